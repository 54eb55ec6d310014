package styleguide

import (
	"fmt"
	"math"
	"strings"

	"jerem/chart"
	"jerem/chart/inline"
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
	return component{"Burndown", "What remains of a sprint, what changed its scope, and what is likely left.", "c8",
		[]specimen{drawnSpecimen("usual", "Ideal line, marks that stack, outcomes to the end.", usual.SVG()),
			blankSpecimen("empty", "Nothing is estimated.", "A burndown begins with the first estimate."),
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
	return component{"Bars", "An amount a day, beside a budget.", "c8",
		[]specimen{drawnSpecimen("usual", "", usual.SVG()),
			blankSpecimen("empty", "Nothing came in.", "Time shows here on the day it was worked."),
			drawnSpecimen("partial", "Today is hatched: it is not over.", partial.SVG()),
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
	return component{"Lanes", "What changed of one thing, on one axis.", "c12",
		[]specimen{drawnSpecimen("usual", "", usual.SVG()),
			drawnSpecimen("many", "Thirty values: names only where there is room.", many.SVG())}}
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
	return component{"Burnup", "Scope and what is done of it, carried on to where they meet.", "c12",
		[]specimen{drawnSpecimen("usual", "", b.SVG()),
			blankSpecimen("empty", "No epic.", "A burnup begins with the first epic."),
			blankSpecimen("unknown", "No forecast.", "A forecast needs ten working days of history.")}}
}

func trendCharts() component {
	t := chart.Trend{ID: "sg-trend-usual", Title: "Velocity.", Names: []string{"19", "20", "21", "22"},
		Values: []float64{3.1, 3.6, 4, 3}, Median: 3.4}
	long := chart.Trend{ID: "sg-trend-long", Title: "Velocity.",
		Names: []string{"Kraken", "Leviathan", "Midgard serpent",
			"Nessie"}, Values: []float64{1031.5, 1036.5, 940, 1003}, Median: 1020}
	return component{"Trend", "A value for each of several names, with its median and range.", "c4",
		[]specimen{drawnSpecimen("usual", "", t.SVG()), drawnSpecimen("long", "Names instead of numbers.", long.SVG()),
			blankSpecimen("empty", "No sprint was closed.", "The first value comes with the first closed sprint.")}}
}

func weekCharts() component {
	w := chart.Weeks{Title: "Issues a week."}
	for i := range 8 {
		w.Weeks = append(w.Weeks, chart.Week{Name: fmt.Sprint("W", 40+i), Value: float64(5 + i*3%4), Open: i == 7})
	}
	usual, many := w, w
	usual.ID, usual.Third, many.ID, many.Third, many.Weeks = "sg-weeks-partial", true, "sg-weeks-many", true, nil
	for i := range 26 {
		many.Weeks = append(many.Weeks, chart.Week{Name: fmt.Sprint("W", 1+i), Value: float64(i * 5 % 9)})
	}
	return component{"Weeks", "An amount a week.", "c4",
		[]specimen{drawnSpecimen("usual", "This week is hatched.", usual.SVG()),
			drawnSpecimen("many", "Half a year.", many.SVG())}}
}

func scatterCharts() component {
	s := chart.Scatter{ID: "sg-scatter-usual", Title: "Cycle time.", Days: sprintDays(60),
		Levels: []chart.Level{{Value: 7,
			Name: "85 %: 7 days", Short: "85 %", Class: "s-end"},
			{Value: 3, Name: "50 %: 3 days", Short: "50 %", Class: "s-now"}}}
	for i := range 40 {
		s.Dots = append(s.Dots, chart.Dot{Day: i * 3 / 2, Value: float64(i*7%13 + 1), Title: fmt.Sprint("K-", i)})
	}
	return component{"Scatter", "One dot for each finished issue, with percentiles.", "c8",
		[]specimen{drawnSpecimen("usual", "", s.SVG()), blankSpecimen("empty", "Nothing was finished.",
			"The first dot comes with the first finished issue.")}}
}

func cumulativeCharts() component {
	c := chart.Cumulative{ID: "sg-cfd-usual", Title: "Cumulative flow.", Days: sprintDays(60)}
	for n, name := range []string{"To Do", "In Progress", "Done"} {
		reached := chart.Reached{Name: name}
		for i := range 60 {
			reached.Values = append(reached.Values, math.Max(0, float64(i)*1.2+10-float64(n*9)))
		}
		c.Columns = append(c.Columns, reached)
	}
	return component{"Cumulative flow", "How much has reached each column.", "c8",
		[]specimen{drawnSpecimen("usual", "", c.SVG())}}
}

func ageingCharts() component {
	pace := 7.0
	a := chart.Ageing{ID: "sg-ageing-usual", Title: "Ageing work.", Columns: []chart.AgeColumn{{Name: "In Progress",
		Pace: &pace, PaceName: "85 % by 7", Dots: []chart.Dot{{Value: 3, Title: "K-1"}, {Value: 14, Title: "K-2"}}},
		{Name: "Review"}}}
	return component{"Ageing", "Work in progress by column, beside the pace of the column.", "c4",
		[]specimen{drawnSpecimen("usual", "A column without pace or work stays.", a.SVG())}}
}

func rowCharts() component {
	tick := .4
	return component{"Rows", "Bars in the rows of tables, on one scale.", "c4", []specimen{
		drawnSpecimen("usual", "A share with a tick; parts of a whole; committed, completed, kept.",
			inline.Meter("62 % of the budget", .62, &tick, "f-unx")+
				inline.Stack("done, doing, to do", []inline.Part{{Value: 16,
					Class: "f-done"}, {Value: 15, Class: "f-doing"}, {Value: 12, Class: "f-todo"}})+
				"<p>\u00a0</p>"+inline.Kept("committed, completed, kept", 38, 27, 22, 44)),
		drawnSpecimen("many", "More than all: the rail is full.",
			inline.Meter("140 % of the budget", 1.4, nil, "f-unx"))}}
}
