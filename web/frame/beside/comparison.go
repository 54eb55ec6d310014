package beside

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"jerem/measure/explain/explanation"
	"jerem/web/format"
	"jerem/web/frame"
)

// Comparison holds two moments of the same subject side by side: every figure that is another one, and what happened
// between them.
type Comparison struct {
	From, To string // the moments in words
	CSV      string // address of the figures that differ, as a table
	Between  string // address of what happened between, as a table
	Rows     []Row
	Events   []Event
	Epics    bool   // the events are epics with what changed of each, which have no moment
	EventsOf string // what else an event is one of, than an issue: "field"
}

// InOrder puts two moments in their order: the earlier one stands on the left.
func InOrder(a, b time.Time) (first, last time.Time) {
	if b.Before(a) {
		return b, a
	}
	return a, b
}

// mostShown is how many rows, and how many events, a page shows; its tables hold all of them.
const mostShown = 24

// FirstRows are the rows that the page shows.
func (c *Comparison) FirstRows() []Row { return c.Rows[:min(len(c.Rows), mostShown)] }

// RowsLeft is how many rows the page leaves to the table.
func (c *Comparison) RowsLeft() int { return max(0, len(c.Rows)-mostShown) }

// FirstEvents are the events that the page shows.
func (c *Comparison) FirstEvents() []Event { return c.Events[:min(len(c.Events), mostShown)] }

// EventsLeft is how many events the page leaves to the table.
func (c *Comparison) EventsLeft() int { return max(0, len(c.Events)-mostShown) }

// NamesIssues tells whether some row names the issues that changed it.
func (c *Comparison) NamesIssues() bool {
	return slices.ContainsFunc(c.Rows, func(row Row) bool { return len(row.Issues) > 0 })
}

// Differs says how many figures differ between the moments.
func (c *Comparison) Differs() string {
	if len(c.Rows) == 0 {
		return "No figure differs from " + c.From + " to " + c.To
	}
	return format.Plural(len(c.Rows), "figure") + " from " + c.From + " to " + c.To
}

// Happened says how much happened between the moments.
func (c *Comparison) Happened() string {
	switch {
	case c.Epics && len(c.Events) == 0:
		return "No epic changed"
	case c.Epics:
		return format.Plural(len(c.Events), "epic") + " changed"
	case len(c.Events) == 0:
		return "Nothing happened"
	}
	return format.Plural(len(c.Events), "event")
}

// Row is a figure at both moments. Change is "" where a difference says nothing.
type Row struct {
	Name, Unit, From, To, Change string
	Before, After                string // addresses of the figure by itself at both moments; "" where it has none
	Issues                       []frame.Choice
	More                         int      // issues that are not named
	Cells                        []string // the row for other programs: figure, unit, values, issues
}

// Table is what differs between two moments for other programs, in the units of the API.
func (c *Comparison) Table() [][]string {
	rows := [][]string{{"figure", "unit", "from", "to", "issues"}}
	for _, row := range c.Rows {
		rows = append(rows, row.Cells)
	}
	return rows
}

// EventTable is what happened between two moments for other programs.
func (c *Comparison) EventTable() [][]string {
	rows := [][]string{{"time", format.OrElse(c.EventsOf, "issue"), "what", "change"}}
	for _, e := range c.Events {
		rows = append(rows, []string{e.Time, e.Key, e.What, e.Change})
	}
	return rows
}

// File is a table of a comparison as a file, by its name; a problem where no other moment is named.
func File(c *Comparison, file, name string) (frame.View, error) {
	switch {
	case c == nil:
		return frame.View{}, frame.NewProblem(http.StatusBadRequest, "no_comparison",
			"Name another moment: ?with=2026-11-16.", "there is nothing to compare with")
	case file == "between":
		return frame.Table("between-"+name, c.EventTable()), nil
	}
	return frame.Table("changed-"+name, c.Table()), nil
}

// Event is what happened to an issue between the moments.
type Event struct{ Time, Key, Address, Title, What, Change string }

// issuesNamed is how many issues a row of a comparison names.
const issuesNamed = 6

// Leads are the addresses that a comparison leads to: the page of an issue, and a figure by itself at its two moments.
type Leads struct {
	Issue         func(key string) string
	Before, After func(figure string) string
}

// Figures lists the figures that differ between two lists of explanations of the same subject.
func Figures(from, to []explanation.Explanation, w format.Words, leads Leads) []Row {
	var out []Row
	for _, c := range explanation.Changes(from, to) {
		before, after := findFigure(from, c.Figure), findFigure(to, c.Figure)
		row := Row{Name: format.OrElse(after.Shown.Name, before.Shown.Name),
			Unit:   format.OrElse(after.Unit, before.Unit),
			Before: leads.Before(c.Figure), After: leads.After(c.Figure)}
		row.Cells = []string{c.Figure, row.Unit, format.Cell(c.From), format.Cell(c.To), strings.Join(c.Issues, ", ")}
		row.From, row.To = format.OrElse(before.Shown.Value, "–"), format.OrElse(after.Shown.Value, "–")
		of := mannerOf(c.Figure, row.Unit, w)
		row.Unit = of.unit
		if c.From != nil && c.To != nil {
			row.From, row.To, row.Change = of.sideBySide(*c.From, *c.To, row.From, row.To)
		}
		for n, key := range c.Issues {
			if n == issuesNamed {
				row.More = len(c.Issues) - n
				break
			}
			row.Issues = append(row.Issues, frame.Choice{Name: key, Address: leads.Issue(key)})
		}
		out = append(out, row)
	}
	return out
}

func findFigure(list []explanation.Explanation, name string) explanation.Explanation {
	for _, e := range list {
		if e.Figure.Name == name {
			return e
		}
	}
	return explanation.Explanation{}
}
