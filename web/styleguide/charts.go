package styleguide

import (
	"fmt"
	"strings"

	"jerem/chart"
	"jerem/web/frame"
)

// chartComponents are the kinds of charts, each in its states.
func chartComponents() []component {
	list := append([]component{burndownCharts(), barCharts(), laneCharts(), burnupCharts(), trendCharts(), weekCharts(),
		scatterCharts(), cumulativeCharts(), ageingCharts(), rowCharts()}, macroComponents()...)
	for n := range list {
		list[n].addStatesOfReading()
	}
	return list
}

// addStatesOfReading adds the states that every drawing has by the reading of its team: not read yet, read long ago,
// and not to be read. Their words are those of the pages.
func (c *component) addStatesOfReading() {
	c.Specimens = append(c.Specimens, blankSpecimen("loading", "6 200 of 9 800 issues are read.",
		"It comes with the last issue, in about 3 minutes."))
	for _, one := range c.Specimens {
		if one.Figure.SVG == "" {
			continue
		}
		one.State, one.Note, one.Stale = "stale", "Read until Mon 23 Nov, 09:42.", true
		one.Figure.SVG = frame.HTML(strings.ReplaceAll(string(one.Figure.SVG), "sg-", "sg-stale-"))
		c.Specimens = append(c.Specimens, one)
		break
	}
	c.Specimens = append(c.Specimens, blankSpecimen("error", "Jira answers 403 for project STO.",
		"Give the account “Browse projects” in STO, or take the team out of the configuration."))
}

// drawnSpecimen makes a specimen of a drawing.
func drawnSpecimen(state, note, svg string) specimen {
	return specimen{State: state, Note: note, Figure: frame.Figure{SVG: frame.HTML(svg)}}
}

// blankSpecimen makes a specimen that says why there is nothing to draw.
func blankSpecimen(state, note, why string) specimen {
	return specimen{State: state, Note: note, Figure: frame.Figure{Empty: why}}
}

// sprintDays are the days of an invented sprint that begins on a Monday.
func sprintDays(n int) []chart.Day {
	var out []chart.Day
	for i := range n {
		day := chart.Day{Name: [7]string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}[i%7],
			Number: fmt.Sprint(i%30 + 1),
			Month:  []string{"Nov", "Dec", "Jan", "Feb"}[min(i/30, 3)], Off: i%7 > 4}
		if day.Off {
			day.Why = "weekend"
		}
		out = append(out, day)
	}
	return out
}

var idealLine = []chart.XY{{X: 0, Y: 38}, {X: .42, Y: 19}, {X: .58, Y: 19}, {X: 1, Y: 0}}

func burndownCharts() component {
	now, start := .62, 0.0
	b := chart.Burndown{Title: "Burndown: 38 points committed, 27 remain.", Days: sprintDays(12), End: now, Now: &now,
		NowName: "now", Line: []chart.XY{{X: 0, Y: 38}, {X: .12, Y: 35}, {X: .2, Y: 40}, {X: .32, Y: 33},
			{X: .6, Y: 27}},
		Ideal: idealLine, First: "38 committed", Last: "27 remain", FanEnd: "about 11 left",
		FanRange: "between 4 and 19",
		Marks: []chart.Mark{{X: .2, Kind: chart.Added, Delta: "+5", Word: "added", Label: "K8S-1447"},
			{X: .21, Kind: chart.Reestimated, Delta: "+3", Word: "5 → 8", Label: "K8S-1427"},
			{X: .32, Kind: chart.Removed, Delta: "−3", Word: "removed", Label: "K8S-1438"}}}
	for i := range 5 {
		at := func(end float64) float64 { return 27 - (27-end)*float64(i)/4 }
		b.Fan = append(b.Fan, chart.FanPoint{X: now + (1-now)*float64(i)/4, P05: at(4), P15: at(6), P30: at(9),
			P50: at(11),
			P70: at(14), P85: at(16), P95: at(19)})
	}
	usual, fresh, plain, long, many := b, b, b, b, b
	usual.ID = "sg-burn-usual"
	fresh.ID, fresh.End, fresh.Now, fresh.Line, fresh.Last = "sg-burn-many0", 0, &start, b.Line[:1], "38 remain"
	fresh.Marks, fresh.Fan = nil, nil
	plain.ID, plain.Ideal, plain.Fan = "sg-burn-unknown", nil, nil
	long.ID, long.First, long.Last = "sg-burn-long", "1\u202f038.5 hours committed", "1\u202f027.5 hours remain"
	long.Marks = []chart.Mark{{X: .97, Kind: chart.Added, Delta: "+1\u202f200.5", Word: "added",
		Label: "PLATFORMINFRASTRUCTURE-144712"}}
	many.ID, many.Marks = "sg-burn-many", nil
	for i := range 40 {
		many.Marks = append(many.Marks, chart.Mark{X: float64(i) / 66,
			Kind: []chart.MarkKind{chart.Added, chart.Removed,
				chart.Reestimated, chart.Reopened}[i%4], Delta: "+1", Word: "added", Label: fmt.Sprint("K-", i)})
	}
	return component{Name: "Burndown", Use: "What remains of a sprint, what changed its scope, and what is " +
		"likely left.", Width: "c8",
		Specimens: []specimen{drawnSpecimen("usual", "Ideal line, marks that stack, outcomes to the end.", usual.SVG()),
			blankSpecimen("empty", "Nothing is estimated.", "Without an estimate above 0 there is no line to draw."),
			drawnSpecimen("partial", "The first hour: one point, no outcomes yet.", fresh.SVG()),
			drawnSpecimen("unknown", "No planned end: no ideal line, no odds.", plain.SVG()),
			drawnSpecimen("long", "Large amounts, a long key at the edge.", long.SVG()),
			drawnSpecimen("many", "Forty changes of scope.", many.SVG())}}
}

func barCharts() component {
	b := chart.Bars{Title: "Hours a day.", Days: sprintDays(12), Level: 3, LevelName: "budget 3 h",
		Bars: []chart.Bar{{Day: 0, Value: 2}, {Day: 1, Value: 3.5}, {Day: 2, Value: 6.5}, {Day: 4, Value: 2}}}
	usual, partial, many := b, b, b
	usual.ID = "sg-bars-usual"
	partial.ID, partial.Bars = "sg-bars-partial", append(b.Bars[:4:4], chart.Bar{Day: 7, Value: 3, Open: true})
	many.ID, many.Days, many.Bars = "sg-bars-many", sprintDays(42), nil
	for i := range 42 {
		many.Bars = append(many.Bars, chart.Bar{Day: i, Value: float64(i*7%11) / 2})
	}
	long := b
	long.ID, long.Level, long.LevelName = "sg-bars-long", 1200.5, "budget 1\u202f200.5 h"
	long.Bars = []chart.Bar{{Day: 0, Value: 1031.5}, {Day: 1, Value: 1036.5}, {Day: 2, Value: 2940}, {Day: 4, Value: 3}}
	return component{Name: "Bars", Use: "An amount a day, beside a budget.", Width: "c8",
		Specimens: []specimen{drawnSpecimen("usual", "", usual.SVG()),
			blankSpecimen("empty", "Nothing came in.", "Time shows here on the day it was worked."),
			drawnSpecimen("partial", "Today is hatched: it is not over.", partial.SVG()),
			blankSpecimen("unknown", "6 impediments, time logged was not read.", "Time shows here when Jira tells it."),
			drawnSpecimen("long", "Large amounts, a long name of the line.", long.SVG()),
			drawnSpecimen("many", "Six weeks.", many.SVG())}}
}

func laneCharts() component {
	l := chart.Lanes{Title: "Timeline of K8S-1420.", Ticks: []chart.Tick{{X: .1, Name: "2 Nov"}, {X: .5, Name: "9 Nov"},
		{X: .9, Name: "16 Nov"}},
		Lanes: []chart.Lane{{Name: "Status", Spans: []chart.LaneSpan{{From: 0, To: .4, Name: "To Do", Class: "f-todo"},
			{From: .4, To: .8, Name: "In Progress", Class: "f-doing"},
			{From: .8, To: 1, Name: "Done", Class: "f-done"}}},
			{Name: "Estimate, points", Spans: []chart.LaneSpan{{From: 0, To: .3, Name: "none"},
				{From: .3, To: 1, Name: "5"}}},
			{Name: "Time logged, hours", Class: "f-exp", Columns: []chart.LaneColumn{{X: .5, Share: 1, Name: "6"}}}}}
	usual, many := l, l
	usual.ID, many.ID = "sg-lanes-usual", "sg-lanes-many"
	var spans []chart.LaneSpan
	for i := range 30 {
		spans = append(spans, chart.LaneSpan{From: float64(i) / 30, To: float64(i+1) / 30,
			Name: fmt.Sprint("Waiting ", i)})
	}
	many.Lanes = []chart.Lane{{Name: "Status", Spans: spans}}
	partial, unknown, long := l, l, l
	partial.ID, unknown.ID, long.ID = "sg-lanes-partial", "sg-lanes-unknown", "sg-lanes-long"
	partial.Lanes = []chart.Lane{{Name: "Sprints", Spans: []chart.LaneSpan{{From: .3, To: 1, Name: "Sprint 22"}}},
		l.Lanes[2]}
	unknown.Lanes = []chart.Lane{{Name: "Flag", Spans: []chart.LaneSpan{{From: 0, To: 1, Name: "not known"}}}}
	long.Lanes = []chart.Lane{{Name: "Status", Spans: []chart.LaneSpan{{From: 0, To: .5, Class: "f-todo",
		Name: "Waiting for the approval of the architecture board"}, {From: .5, To: .9, Class: "f-doing",
		Name: "In Progress at the supplier of the hardware"}, {From: .9, To: 1, Class: "f-done",
		Name: "Done and handed over"}}}}
	return component{Name: "Lanes", Use: "What changed of one thing, on one axis.", Width: "c12",
		Specimens: []specimen{drawnSpecimen("usual", "", usual.SVG()),
			drawnSpecimen("partial", "What is not known before a moment is a gap.", partial.SVG()),
			drawnSpecimen("unknown", "What Jira does not tell is said so.", unknown.SVG()),
			drawnSpecimen("long", "Long names are cut where they find no room.", long.SVG()),
			drawnSpecimen("many", "Thirty values: names only where there is room.", many.SVG())},
		Never: []impossible{{"empty", "an issue has a status from its creation on."}}}
}

func burnupCharts() component {
	now, due := .5, .85
	b := chart.Burnup{ID: "sg-burnup-usual", Title: "Burnup.", Days: sprintDays(90), End: now, Now: &now,
		NowName: "now",
		Scope:   []chart.XY{{X: 0, Y: 180}, {X: .3, Y: 212}},
		Done:    []chart.XY{{X: 0, Y: 0}, {X: .2, Y: 60}, {X: .45, Y: 121}},
		First:   "180 at first", Last: "212 in all", DoneLabel: "121 done", Deadline: &due, DueName: "ends 31 Dec",
		Dates: []chart.DateMark{{X: .8, Name: "50 % 12 Dec"}, {X: .95, Name: "85 % 8 Jan"}}}
	for i := range 12 {
		at := func(speed float64) float64 { return min(212, 121+91*float64(i)/11*speed) }
		b.Fan = append(b.Fan, chart.FanPoint{X: now + .48*float64(i)/11, P05: at(.7), P15: at(.85), P30: at(.95),
			P50: at(1.1),
			P70: at(1.3), P85: at(1.5), P95: at(1.9)})
	}
	partial, long, many := b, b, b
	partial.ID, partial.Fan, partial.Dates = "sg-burnup-partial", nil, nil
	long.ID, long.First, long.Last, long.DoneLabel = "sg-burnup-long", "1\u202f801.5 hours at first",
		"1\u202f212.5 hours in all", "1\u202f021.5 hours done"
	long.Grown = []chart.Growth{{X: .3, Y: 212, Up: true, Text: "+1\u202f032.5 PLATFORMINFRASTRUCTURE-144712"}}
	many.ID, many.Scope, many.Fan, many.Dates = "sg-burnup-many", nil, nil, nil
	for i := range 12 {
		x, y := float64(i)*.04, 180+float64(i*37%60)
		many.Scope = append(many.Scope, chart.XY{X: x, Y: y})
		if i == 0 {
			continue
		}
		change := y - many.Scope[i-1].Y
		amount := strings.Replace(fmt.Sprintf("%+.0f", change), "-", "−", 1)
		many.Grown = append(many.Grown, chart.Growth{X: x, Y: y, Up: change > 0,
			Text: fmt.Sprintf("%s K-%d", amount, i)})
	}
	return component{Name: "Burnup", Use: "Scope and what is done of it, carried on to where they meet.", Width: "c12",
		Specimens: []specimen{drawnSpecimen("usual", "", b.SVG()),
			blankSpecimen("empty", "No epic.", "A burnup begins with the first epic."),
			drawnSpecimen("partial", "No forecast yet: it needs ten working days of history.", partial.SVG()),
			blankSpecimen("unknown", "Nothing is estimated.", "Without an estimate above 0 there is no line to draw."),
			drawnSpecimen("long", "Large amounts, a long key.", long.SVG()),
			drawnSpecimen("many", "Twelve changes of scope: names where there is room.", many.SVG())}}
}

func trendCharts() component {
	t := chart.Trend{ID: "sg-trend-usual", Title: "Velocity.", Names: []string{"19", "20", "21", "22"},
		Values: []float64{3.1, 3.6, 4, 3}, Median: 3.4}
	long := chart.Trend{ID: "sg-trend-long", Title: "Velocity.",
		Names: []string{"Kraken", "Leviathan", "Midgard serpent",
			"Nessie"}, Values: []float64{1031.5, 1036.5, 940, 1003}, Median: 1020}
	partial, many := t, t
	partial.ID, partial.Names, partial.Values, partial.Median = "sg-trend-partial", t.Names[:1], t.Values[:1], 3.1
	many.ID, many.Names, many.Values = "sg-trend-many", nil, nil
	for i := range 26 {
		many.Names, many.Values = append(many.Names, fmt.Sprint(i+1)), append(many.Values, 2+float64(i*7%11)/4)
	}
	return component{Name: "Trend", Use: "A value for each of several names, with its median and range.", Width: "c4",
		Specimens: []specimen{drawnSpecimen("usual", "", t.SVG()),
			drawnSpecimen("long", "Names instead of numbers.", long.SVG()),
			blankSpecimen("empty", "No sprint was closed.", "The first value comes with the first closed sprint."),
			drawnSpecimen("partial", "One sprint: its value is the median.", partial.SVG()),
			drawnSpecimen("many", "A year of sprints.", many.SVG())},
		Never: []impossible{{"unknown", "a sprint that was closed has a value, 0 where nothing was completed."}}}
}

func weekCharts() component {
	w := chart.Weeks{Title: "Issues a week."}
	for i := range 8 {
		w.Weeks = append(w.Weeks, chart.Week{Name: fmt.Sprint("W", 40+i), Value: float64(5 + i*3%4), Open: i == 7})
	}
	usual, partial, long, many := w, w, w, w
	usual.ID, usual.Third, usual.Weeks = "sg-weeks-usual", true, w.Weeks[:7]
	partial.ID, partial.Third = "sg-weeks-partial", true
	long.ID, long.Third = "sg-weeks-long", true
	long.Weeks = []chart.Week{{Name: "W40", Value: 10315}, {Name: "W41", Value: 31}, {Name: "W42", Value: 20940}}
	many.ID, many.Third, many.Weeks = "sg-weeks-many", true, nil
	for i := range 26 {
		many.Weeks = append(many.Weeks, chart.Week{Name: fmt.Sprint("W", 1+i), Value: float64(i * 5 % 9)})
	}
	return component{Name: "Weeks", Use: "An amount a week.", Width: "c4",
		Specimens: []specimen{drawnSpecimen("usual", "Weeks that are over.", usual.SVG()),
			blankSpecimen("empty", "Nothing was finished.", "Each week shows what was finished in it."),
			drawnSpecimen("partial", "This week is hatched.", partial.SVG()),
			drawnSpecimen("long", "Large amounts.", long.SVG()),
			drawnSpecimen("many", "Half a year.", many.SVG())},
		Never: []impossible{{"unknown", "a week that was read has a count, 0 where nothing was finished."}}}
}
