package roadmap

import (
	"time"

	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/frame/asked"
)

// epicColumns are the columns that the epics can be ordered by, in the order of the table; the last two stand only
// where epics have likely dates.
var epicColumns = []asked.Column[epicLine]{
	{Parameter: "epic", Name: "Epic", Text: func(e epicLine) string { return e.Summary }},
	{Parameter: "total", Name: "Total", Value: func(e epicLine) *float64 { return &e.epic.Total }},
	{Parameter: "done", Name: "Done", Value: func(e epicLine) *float64 { return &e.epic.Done }},
	{Parameter: "doing", Name: "Doing", Value: func(e epicLine) *float64 { return &e.epic.Doing }},
	{Parameter: "todo", Name: "To do", Value: func(e epicLine) *float64 { return &e.epic.ToDo }},
	{Parameter: "share", Name: "Share", Value: func(e epicLine) *float64 { return e.epic.Progression }},
	{Parameter: "unestimated", Name: "No estimate",
		Value: func(e epicLine) *float64 { return numberOf(e.epic.Unestimated) }},
	{Parameter: "waits", Name: "Waits", Value: func(e epicLine) *float64 { return numberOf(&e.epic.Dependency) }},
	{Parameter: "date", Name: "85" + format.Thin + "% date", Value: likelyDay},
	{Parameter: "odds", Name: "Odds", Value: oddsTold},
}

// columnsOfDates is how many of the columns tell a likely date.
const columnsOfDates = 2

func numberOf(n *int) *float64 {
	if n == nil {
		return nil
	}
	x := float64(*n)
	return &x
}

// likelyDay is the 85 % date of an epic as a number; what is done comes before all dates.
func likelyDay(e epicLine) *float64 {
	day := 0.0
	if e.forecast == nil || e.forecast.State == outlook.StateDone {
		return &day
	}
	date, ok := format.DateOf(e.forecast.Dates.P85)
	if !ok {
		return nil
	}
	day = float64(date.In(time.UTC, 0).Unix())
	return &day
}

// oddsTold are the odds of an epic; what is done is certain.
func oddsTold(e epicLine) *float64 {
	if e.forecast == nil || e.forecast.State == outlook.StateDone {
		certain := 1.0
		return &certain
	}
	return e.forecast.Odds
}

// tableHeads are the heads of the columns.
func (q question) tableHeads(told bool) []asked.ColumnHead {
	columns := epicColumns
	if !told {
		columns = columns[:len(columns)-columnsOfDates]
	}
	return q.order.Heads(columns, func(sort string) string { return q.addressOf("sort", sort) + "#epics" })
}
