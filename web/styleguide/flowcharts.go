package styleguide

import (
	"fmt"
	"math"

	"jerem/chart"
	"jerem/chart/inline"
)

func scatterCharts() component {
	s := chart.Scatter{ID: "sg-scatter-usual", Title: "Cycle time.", Days: sprintDays(60),
		Levels: []chart.Level{{Value: 7,
			Name: "85 %: 7 days", Short: "85 %", Class: "s-end"},
			{Value: 3, Name: "50 %: 3 days", Short: "50 %", Class: "s-now"}}}
	for i := range 40 {
		s.Dots = append(s.Dots, chart.Dot{Day: i * 3 / 2, Value: float64(i*7%13 + 1), Title: fmt.Sprint("K-", i)})
	}
	partial, long, many := s, s, s
	partial.ID, partial.Dots, partial.Levels = "sg-scatter-partial", s.Dots[:2], nil
	long.ID, long.Dots = "sg-scatter-long", append(s.Dots[:9:9], chart.Dot{Day: 30, Value: 1240, Title: "K-1240"})
	long.Levels = []chart.Level{{Value: 1007, Name: "85 %: 1\u202f007 days", Short: "85 %", Class: "s-end"},
		{Value: 903, Name: "50 %: 903 days", Short: "50 %", Class: "s-now"}}
	many.ID, many.Dots = "sg-scatter-many", nil
	for i := range 200 {
		many.Dots = append(many.Dots, chart.Dot{Day: i * 7 % 60, Value: float64(i*31%29 + 1), Title: "an issue"})
	}
	return component{Name: "Scatter", Use: "One dot for each finished issue, with percentiles.", Width: "c8",
		Specimens: []specimen{drawnSpecimen("usual", "", s.SVG()), blankSpecimen("empty", "Nothing was finished.",
			"The first dot comes with the first finished issue."),
			drawnSpecimen("partial", "Two issues: no percentiles yet.", partial.SVG()),
			drawnSpecimen("long", "One issue took years.", long.SVG()),
			drawnSpecimen("many", "Two hundred dots; of more, those of one place are one.", many.SVG())},
		Never: []impossible{{"unknown", "what has no cycle time has no dot; the note below counts it."}}}
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
	partial, long, many := c, c, c
	partial.ID, partial.Columns, long.ID, long.Columns = "sg-cfd-partial", nil, "sg-cfd-long", nil
	for n, column := range c.Columns {
		partial.Columns = append(partial.Columns, chart.Reached{Name: column.Name, Values: column.Values[:2]})
		long.Columns = append(long.Columns, chart.Reached{Values: column.Values, Name: []string{
			"Waiting for the approval of the architecture board", "In Progress at the supplier", "Handed over"}[n]})
	}
	many.ID, many.Columns = "sg-cfd-many", nil
	for n := range 12 {
		reached := chart.Reached{Name: fmt.Sprint("Column ", n+1)}
		for i := range 60 {
			reached.Values = append(reached.Values, math.Max(0, float64(i)+30-float64(n*4)))
		}
		many.Columns = append(many.Columns, reached)
	}
	return component{Name: "Cumulative flow", Use: "How much has reached each column.", Width: "c8",
		Specimens: []specimen{drawnSpecimen("usual", "", c.SVG()),
			blankSpecimen("empty", "Nothing moved in these days.", "An area begins with the first issue."),
			drawnSpecimen("partial", "Two days of history.", partial.SVG()),
			drawnSpecimen("long", "Long names of columns are cut.", long.SVG()),
			drawnSpecimen("many", "Twelve columns: names where there is room.", many.SVG())},
		Never: []impossible{{"unknown", "a day that was read has a count in each column."}}}
}

func ageingCharts() component {
	pace := 7.0
	a := chart.Ageing{ID: "sg-ageing-usual", Title: "Ageing work.", Columns: []chart.AgeColumn{{Name: "In Progress",
		Pace: &pace, PaceName: "85 % by 7", Dots: []chart.Dot{{Value: 3, Title: "K-1"}, {Value: 14, Title: "K-2"}}},
		{Name: "Review"}}}
	unknown, long, many := a, a, a
	unknown.ID, long.ID, many.ID, many.Columns = "sg-ageing-unknown", "sg-ageing-long", "sg-ageing-many", nil
	unknown.Columns = []chart.AgeColumn{{Name: "In Progress", Dots: a.Columns[0].Dots}, {Name: "Review"}}
	long.Columns = []chart.AgeColumn{{Name: "Waiting for the architecture board", Pace: &pace, PaceName: "85 % by 7",
		Dots: []chart.Dot{{Value: 1240, Title: "K-1"}}}, {Name: "At the supplier of the hardware"}}
	for n := range 9 {
		column := chart.AgeColumn{Name: fmt.Sprint("Column ", n+1), Pace: &pace, PaceName: "85 % by 7"}
		for i := range 6 {
			column.Dots = append(column.Dots, chart.Dot{Value: float64((i*5+n*3)%17 + 1), Title: "an issue"})
		}
		many.Columns = append(many.Columns, column)
	}
	return component{Name: "Ageing", Use: "Work in progress by column, beside the pace of the column.", Width: "c4",
		Specimens: []specimen{drawnSpecimen("usual", "A column without work stays.", a.SVG()),
			blankSpecimen("empty", "Nothing is in progress.", "Work shows here from its start until it is done."),
			drawnSpecimen("unknown", "Nothing left the column yet: no pace, no line.", unknown.SVG()),
			drawnSpecimen("long", "Long names are cut; years of age.", long.SVG()),
			drawnSpecimen("many", "Nine columns.", many.SVG())},
		Never: []impossible{{"partial", "work that no column holds stands in the table below the chart."}}}
}

func rowCharts() component {
	tick := .4
	return component{Name: "Rows", Use: "Bars in the rows of tables, on one scale.", Width: "c4", Specimens: []specimen{
		drawnSpecimen("usual", "A share with a tick; parts of a whole; committed, completed, kept.",
			inline.Meter(.62, &tick, "f-unx")+
				inline.Stack([]inline.Part{{Value: 16,
					Class: "f-done"}, {Value: 15, Class: "f-doing"}, {Value: 12, Class: "f-todo"}})+
				"<p>\u00a0</p>"+inline.Kept(38, 27, 22, 44)),
		drawnSpecimen("empty", "Nothing of it: a rail without a bar.",
			inline.Meter(0, nil, "f-unx")),
		drawnSpecimen("unknown", "No share, no bar: a dash.", "<p>–</p>"),
		drawnSpecimen("long", "More than all: the rail is full.",
			inline.Meter(1.4, nil, "f-unx")),
		drawnSpecimen("many", "Six rows on one scale.", rowsOf(inline.Meter(.9, nil, "f-exp"),
			inline.Meter(.7, nil, "f-exp"), inline.Meter(.4, nil, "f-exp"),
			inline.Meter(.2, nil, "f-exp"),
			inline.Meter(.1, nil, "f-exp"), inline.Meter(.02, nil, "f-exp")))},
		Never: []impossible{{"partial", "a bar is a share; how far it can be trusted stands in the head of its card."}}}
}
