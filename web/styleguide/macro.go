package styleguide

import (
	"fmt"
	"strings"

	"jerem/chart"
	"jerem/chart/inline"
	"jerem/chart/small"
)

// macroComponents are the drawings of roadmap and portfolio, each in its states.
func macroComponents() []component {
	return []component{toldCharts(), recordCharts(), waterfallRows(), rangeRows(), trendRows(), sparkRows(),
		smallCharts(), progressRows()}
}

func toldCharts() component {
	ticks := []chart.ToldDate{{Y: .1, Name: "Nov"}, {Y: .4, Name: "Dec"}, {Y: .7, Name: "Jan"}}
	end := chart.ToldDate{Y: .66, Name: "ends 31 Dec", Short: "end", Class: "s-end"}
	weeks := func(n int, class func(i int) string) []chart.ToldDates {
		var out []chart.ToldDates
		for i := range n {
			low := .9 - .4*float64(i)/float64(n)
			out = append(out, chart.ToldDates{Name: fmt.Sprintf("%d Oct", 4+7*i%28), From: new(low - .15), To: new(low),
				Class: class(i), Title: "told then"})
		}
		return out
	}
	none := func(int) string { return "" }
	usual := chart.Told{ID: "sg-told-usual", Title: "Dates told.", Ticks: ticks, Dates: []chart.ToldDate{end},
		Moments: weeks(7, none)}
	partial := chart.Told{ID: "sg-told-partial", Title: "Dates told.", Ticks: ticks, Dates: []chart.ToldDate{end},
		Moments: weeks(4, none)}
	partial.Moments[1].To = nil
	partial.Moments[2].From, partial.Moments[2].To = nil, nil
	many := chart.Told{ID: "sg-told-many", Title: "Dates told.", Ticks: ticks,
		Dates:   []chart.ToldDate{end, {Y: .6, Name: "came 22 Dec", Short: "came", Class: "s-exp"}},
		Moments: weeks(13, func(i int) string { return []string{"bad", "good"}[i/6%2] })}
	long := chart.Told{ID: "sg-told-long", Title: "Dates told.", Ticks: ticks, Dates: []chart.ToldDate{end},
		Moments: weeks(5, none)}
	long.Moments[0].To, long.Moments[1].To = new(1.0), new(1.0)
	return component{Name: "Dates told", Use: "What was told week by week, against the end and what came.", Width: "c8",
		Specimens: []specimen{
			drawnSpecimen("usual", "From the 50 % date, a ring, to the 85 % date.", usual.SVG()),
			blankSpecimen("empty", "No date was ever told.", "The first date comes with ten working days of history."),
			drawnSpecimen("partial", "A ring alone: no 85 % date; a gap: nothing told.", partial.SVG()),
			blankSpecimen("unknown", "Cannot tell yet.",
				"A date needs ten working days of history, five with a finish."),
			drawnSpecimen("long", "Later than the axis reaches: at its edge.", long.SVG()),
			drawnSpecimen("many", "A quarter that is over: what held and what did not.", many.SVG())}}
}

func recordCharts() component {
	record := chart.Scatter{ID: "sg-record-usual", Title: "Past forecasts.", Third: true, Days: sprintDays(90),
		Levels: []chart.Level{{Value: 100, Name: "as told", Short: "told", Class: "s-end"}}}
	for i := range 34 {
		record.Dots = append(record.Dots, chart.Dot{Day: i * 5 / 2, Value: float64(40 + i*37%80), Title: "a forecast"})
	}
	partial, long, many := record, record, record
	partial.ID, partial.Dots = "sg-record-partial", record.Dots[:3]
	long.ID, long.Dots = "sg-record-long", append(record.Dots[:9:9], chart.Dot{Day: 70, Value: 940,
		Title: "a forecast"})
	many.ID, many.Dots = "sg-record-many", nil
	for i := range 180 {
		many.Dots = append(many.Dots, chart.Dot{Day: i / 2, Value: float64(30 + i*37%100), Title: "a forecast"})
	}
	return component{Name: "Record", Use: "A dot for each past forecast: how long it took, in percent of what " +
		"was told.", Width: "c4",
		Specimens: []specimen{drawnSpecimen("usual", "Below the line it held.", record.SVG()),
			blankSpecimen("empty", "No such date has come yet.",
				"Forecasts are replayed from the 250th working day on."),
			drawnSpecimen("partial", "Three outcomes: the width is borrowed from other projects.", partial.SVG()),
			drawnSpecimen("long", "One took nine times as long.", long.SVG()),
			drawnSpecimen("many", "Years of forecasts.", many.SVG())},
		Never: []impossible{{"unknown", "a forecast whose outcome has not come yet has no dot."}}}
}

// rowsOf joins rows of tables to one specimen.
func rowsOf(rows ...string) string { return strings.Join(rows, "<p>\u00a0</p>") }

func waterfallRows() component {
	fall := func(parts []float64, classes ...string) string {
		var rows []string
		for _, row := range inline.FloatingRows(parts, classes) {
			rows = append(rows, row.SVG())
		}
		return rowsOf(rows...)
	}
	return component{Name: "Waterfall", Use: "Working days, part by part, and their sum.", Width: "c4",
		Specimens: []specimen{
			drawnSpecimen("usual", "The price of the unexpected.", fall([]float64{30, 7}, "f-doing", "f-unx", "f-exp")),
			drawnSpecimen("partial", "A part of 0 is a line.", fall([]float64{5, 0,
				2}, "f-exp", "f-scope", "f-unx", "f-sum")),
			drawnSpecimen("many", "Five parts, some of them back.", fall([]float64{-17, 12, 0, -4,
				1}, "f-exp", "f-scope", "f-unx",
				"f-doing", "f-cal", "f-sum")),
			drawnSpecimen("empty", "Nothing moved it: lines of 0.", fall([]float64{0, 0}, "f-exp", "f-scope", "f-sum")),
			drawnSpecimen("long", "Two years in one part.", fall([]float64{3, 520,
				-9}, "f-exp", "f-scope", "f-unx", "f-sum")),
			blankSpecimen("unknown", "No 85 % date.", "It needs an 85 % date now and one a week before.")}}
}

func rangeRows() component {
	row := func(label, class string, from, to *float64) string {
		return inline.Range{Label: label, From: from, To: to, Due: new(.5), Class: class}.SVG()
	}
	head := inline.AxisHead{Due: .5, DueName: "31 Dec",
		Ticks: []inline.AxisTick{{X: .2, Name: "Dec"}, {X: .8, Name: "Feb"}}}
	return component{Name: "Range", Use: "From the 50 to the 85 % date on one axis of all rows.", Width: "c4",
		Specimens: []specimen{
			drawnSpecimen("usual", "On track, at risk, unlikely, under the head of their axis.", head.SVG()+
				rowsOf(row("on track", "good", new(.2), new(.35)), row("at risk", "warn", new(.45), new(.6)),
					row("unlikely", "bad", new(.7), new(.85)))),
			drawnSpecimen("partial", "No 85 % date within four horizons.", row("a ring alone", "bad", new(.8), nil)),
			drawnSpecimen("unknown", "Nothing is told: the end alone.", row("no date", "", nil, nil)),
			drawnSpecimen("empty", "Done: no date to come.", row("done", "good", nil, nil)),
			drawnSpecimen("long", "Further away than the axis: an arrow.",
				row("at the edge", "bad", new(.9), new(1.4))),
			drawnSpecimen("many", "Six rows on one axis.", rowsOf(row("1", "good", new(.1), new(.15)),
				row("2", "good", new(.2), new(.3)), row("3", "good", new(.3), new(.49)),
				row("4", "warn", new(.4), new(.6)),
				row("5", "bad", new(.6), new(.8)), row("6", "bad", new(.7), new(.95))))}}
}

func trendRows() component {
	line := func(class string, values ...*float64) string {
		return inline.DateTrend{Label: "85 % date", Values: values, Due: new(.5), Class: class}.SVG()
	}
	return component{Name: "Date trend", Use: "How a date moved from week to week, against the end.", Width: "c4",
		Specimens: []specimen{
			drawnSpecimen("usual", "Above the grey line is after the end.",
				line("warn", new(.7), new(.65), new(.7), new(.55))),
			drawnSpecimen("partial", "A gap: nothing was told then.", line("good", new(.6), nil, new(.45), new(.4))),
			drawnSpecimen("empty", "Done: the last date that was told.", line("good", new(.4))),
			drawnSpecimen("unknown", "No date was told in these weeks.", line("", nil, nil, nil)+"<p>–</p>"),
			drawnSpecimen("long", "Later than the axis reaches.", line("bad", new(1.4), new(1.2), new(.95))),
			drawnSpecimen("many", "Thirteen weeks.",
				line("warn", new(.9), new(.8), new(.85), new(.7), new(.72), new(.6), new(.66),
					new(.58), new(.61), new(.55), new(.57), new(.52), new(.54)))}}
}

func sparkRows() component {
	grown := inline.Spark{Label: "burnup of an epic", Places: 60}
	for i := range 40 {
		grown.Total, grown.Done = append(grown.Total, 20+float64(i/15*4)), append(grown.Done, float64(i)*.55)
	}
	whole := grown
	whole.Places = len(whole.Total)
	begun, grew := grown, inline.Spark{Label: "burnup of an epic", Places: 60}
	begun.Total, begun.Done = grown.Total[:3], grown.Done[:3]
	for i := range 40 {
		grew.Total, grew.Done = append(grew.Total, 2+float64(i/20*98)), append(grew.Done, float64(i)/8)
	}
	return component{Name: "Spark", Use: "A small burnup in a row.", Width: "c4", Specimens: []specimen{
		drawnSpecimen("usual", "What lies ahead stays empty.", grown.SVG()),
		drawnSpecimen("partial", "Three days into the quarter.", begun.SVG()),
		drawnSpecimen("empty", "No issue yet: nothing is drawn.", inline.Spark{Label: "no issue",
			Places: 60}.SVG()+"<p>–</p>"),
		drawnSpecimen("long", "The scope grew fifty times.", grew.SVG()),
		drawnSpecimen("many", "A whole quarter.", whole.SVG())},
		Never: []impossible{{"unknown",
			"an epic that is known has a total on each day, 0 where nothing is estimated."}}}
}

func smallCharts() component {
	early, late := new(.62), new(.74)
	epic := func(n int, total, pace float64) small.Burnup {
		one := small.Burnup{Label: "burnup of an epic", Places: 92, Due: 1, Early: early, Late: late}
		for i := range n {
			one.Total = append(one.Total, total+float64(i/25*3))
			one.Done = append(one.Done, min(float64(i/6)*pace, total))
		}
		return one
	}
	side := func(list ...small.Burnup) string {
		var drawings []string
		for _, one := range list {
			drawings = append(drawings, one.SVG(small.ScaleOf(list)))
		}
		return rowsOf(drawings...)
	}
	over := []small.Burnup{epic(92, 20, 1.6), epic(92, 12, .4), epic(92, 6, 0)}
	for n := range over {
		over[n].Early, over[n].Late = nil, nil
	}
	ring := epic(40, 20, .3)
	ring.Late = nil
	return component{Name: "Small burnup", Use: "Epics side by side on one scale and one axis of days.", Width: "c4",
		Specimens: []specimen{
			drawnSpecimen("usual", "Two epics on one scale; ring and dot: the 50 and the 85 % date.",
				side(epic(48, 20, 1.2), epic(48, 8, .5))),
			blankSpecimen("empty", "Nothing is estimated in it.",
				"Without an estimate above 0 there is no line to draw."),
			drawnSpecimen("partial", "No 85 % date on the axis.", side(ring)),
			drawnSpecimen("long", "One holds fifty times as much as the other.",
				side(epic(48, 400, 30), epic(48, 8, .5))),
			drawnSpecimen("many", "A quarter that is over: no dates, three epics.",
				side(over...))},
		Never: []impossible{{"unknown",
			"an epic that is known has a total on each day, 0 where nothing is estimated."}}}
}

func progressRows() component {
	return component{Name: "Progress", Use: "Done, doing and to do of a row, on the scale of all rows.", Width: "c4",
		Specimens: []specimen{
			drawnSpecimen("usual", "Three rows on one scale.", rowsOf(inline.Progress(38, 5, 5, 48),
				inline.Progress(10, 2, 6, 48), inline.Progress(0, 0, 10, 48))),
			drawnSpecimen("empty", "Nothing estimated: no bar.", inline.Progress(0, 0, 0, 48)+"<p>–</p>"),
			drawnSpecimen("unknown", "No estimate is known: a dash.", "<p>–</p>"),
			drawnSpecimen("long", "Done is all there is.", inline.Progress(40, 0, 0, 40)),
			drawnSpecimen("many", "Six rows on one scale.", rowsOf(inline.Progress(40, 4, 4, 48),
				inline.Progress(30, 4, 4, 48), inline.Progress(20, 9, 4, 48),
				inline.Progress(9, 9, 9, 48),
				inline.Progress(2, 4, 4, 48), inline.Progress(0, 1, 2, 48)))},
		Never: []impossible{{"partial", "issues without an estimate have a column of their own beside the bar."}}}
}
