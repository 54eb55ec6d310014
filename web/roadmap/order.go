package roadmap

import (
	"cmp"
	"net/http"
	"strings"
	"time"

	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/frame"
)

// epicOrder is the order of the table of epics: by a column, from its least value up or from its greatest down. What
// is unknown comes last in both.
type epicOrder struct {
	column epicColumn // without a name for the order of the keys
	down   bool
}

// epicColumn is a column that the epics can be ordered by: by its values, or by the titles where it has none.
type epicColumn struct {
	Parameter, Name string
	likely          bool                      // stands only where epics have likely dates
	value           func(e epicLine) *float64 // nil where it is unknown
}

// epicColumns are the columns in the order of the table.
var epicColumns = []epicColumn{
	{Parameter: "epic", Name: "Epic"},
	{Parameter: "total", Name: "Total", value: func(e epicLine) *float64 { return &e.epic.Total }},
	{Parameter: "done", Name: "Done", value: func(e epicLine) *float64 { return &e.epic.Done }},
	{Parameter: "doing", Name: "Doing", value: func(e epicLine) *float64 { return &e.epic.Doing }},
	{Parameter: "todo", Name: "To do", value: func(e epicLine) *float64 { return &e.epic.ToDo }},
	{Parameter: "share", Name: "Share", value: func(e epicLine) *float64 { return e.epic.Progression }},
	{Parameter: "unestimated", Name: "No estimate",
		value: func(e epicLine) *float64 { return numberOf(e.epic.Unestimated) }},
	{Parameter: "waits", Name: "Waits", value: func(e epicLine) *float64 { return numberOf(&e.epic.Dependency) }},
	{Parameter: "date", Name: "85" + format.Thin + "% date", likely: true, value: likelyDay},
	{Parameter: "odds", Name: "Odds", likely: true, value: oddsTold},
}

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

// readOrder reads a column, with a minus before it for the greatest first.
func readOrder(text string) (epicOrder, error) {
	name, down := strings.CutPrefix(text, "-")
	var names []string
	for _, column := range epicColumns {
		if column.Parameter == name {
			return epicOrder{column, down}, nil
		}
		names = append(names, column.Parameter)
	}
	if text == "" {
		return epicOrder{}, nil
	}
	return epicOrder{}, frame.NewProblem(http.StatusBadRequest, "bad_sort",
		"Write one of "+strings.Join(names, ", ")+"; with a - before it the greatest comes first.",
		"sort=%q names no column of the epics", text)
}

// compare orders two rows; where nothing is asked for they stay as they are.
func (o epicOrder) compare(a, b epicLine) int {
	if o.column.Parameter == "" {
		return 0
	}
	if o.column.value == nil {
		return o.turned(strings.Compare(a.Summary, b.Summary))
	}
	x, y := o.column.value(a), o.column.value(b)
	switch {
	case x == nil && y == nil:
		return 0
	case x == nil:
		return 1
	case y == nil:
		return -1
	}
	return o.turned(cmp.Compare(*x, *y))
}

// turned turns a comparison round where the greatest comes first.
func (o epicOrder) turned(comparison int) int {
	if o.down {
		return -comparison
	}
	return comparison
}

// columnHead is the head of a column: its name, and the address of the page in its order.
type columnHead struct {
	Name, Address string
	Sorted        string // "ascending", "descending" or "" as a screen reader says it
	Right         bool   // holds numbers
}

// heads are the heads of the columns. A second click turns the order round, a third one takes it away.
func (q question) heads(told bool) []columnHead {
	var out []columnHead
	for _, column := range epicColumns {
		if column.likely && !told {
			continue
		}
		head, next := columnHead{Name: column.Name, Right: column.value != nil}, column.Parameter
		if q.order.column.Parameter == column.Parameter {
			head.Sorted = "ascending"
			if next = "-" + column.Parameter; q.order.down {
				head.Sorted, next = "descending", ""
			}
		}
		head.Address = q.address("sort", next) + "#epics"
		out = append(out, head)
	}
	return out
}
