package beside

import (
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/measure/explain/explanation"
	"jerem/measure/words"
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

// The units of the catalogue that people read in another one.
const (
	unitSeconds = "seconds"
	unitShare   = "share"
)

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
		row.From, row.To = writeBoth(c, before, after, w)
		row.Change, row.Unit = changeWord(c, row, w)
		if row.From != "–" && row.From == row.To {
			row.Change = "hardly moved"
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

// growthFigure is the share of what was planned first that is planned now. People read by how much it is more.
const growthFigure = "growth"

// mostDecimals is how many decimals are written to tell two values apart; what differs by less hardly moved.
const mostDecimals = 4

// writeBoth writes the values of a figure at both moments: as pages show them, with more decimals where they would read
// the same.
func writeBoth(c explanation.Change, before, after explanation.Explanation, w format.Words) (from, to string) {
	from, to = format.OrElse(before.Shown.Value, "–"), format.OrElse(after.Shown.Value, "–")
	if c.From == nil || c.To == nil {
		return from, to
	}
	if c.Figure == growthFigure {
		return formatSigned((*c.From-1)*100, 0) + format.Thin + "%", formatSigned((*c.To-1)*100, 0) + format.Thin + "%"
	}
	scale, sign := scaleOf(format.OrElse(after.Unit, before.Unit), w)
	for decimals := 1; from == to && decimals <= mostDecimals; decimals++ {
		a, b := words.Decimal(*c.From*scale, decimals), words.Decimal(*c.To*scale, decimals)
		if a != b {
			return a + sign, b + sign
		}
	}
	return from, to
}

// scaleOf is what turns a value of the API into the unit that people read it in, and the sign behind it.
func scaleOf(unit string, w format.Words) (scale float64, sign string) {
	switch unit {
	case unitShare:
		return 100, format.Thin + "%"
	case unitSeconds, string(w.Unit):
		return words.Scale(1, agile.Unit(unit)), ""
	}
	return 1, ""
}

// changeWord writes the difference of a figure with its sign, and the unit that people read it in, which stands with
// the figure's name.
func changeWord(c explanation.Change, row Row, w format.Words) (change, name string) {
	scale := 1.0
	switch row.Unit {
	case string(w.Unit):
		scale, name = w.Scale(1), w.UnitName()
	case unitSeconds:
		scale, name = 1.0/3600, "hours"
	case unitShare:
		return changedShare(c.From, c.To), "percentage points"
	default:
		name = strings.ReplaceAll(row.Unit, "_", " ")
	}
	if c.From == nil || c.To == nil {
		return "", name
	}
	return changedAmount(*c.From*scale, *c.To*scale, max(decimalsOf(row.From), decimalsOf(row.To), 1)), name
}

// changedAmount writes the difference of two values with as many decimals as they are shown with, and one more where
// the difference of what stands beside it is another one.
func changedAmount(from, to float64, decimals int) string {
	power := math.Pow10(decimals)
	if math.Round(to*power)-math.Round(from*power) != math.Round((to-from)*power) {
		decimals++
	}
	return signedUntilTold(to-from, decimals)
}

// decimalsOf counts the decimals of a value as it is shown.
func decimalsOf(text string) int {
	_, decimals, _ := strings.Cut(text, ".")
	return len(decimals)
}

// ChangedShare writes the difference of two shares in percentage points, with a decimal where the difference of the
// whole percents that stand beside it is another one.
func ChangedShare(from, to float64) string {
	d, decimals := (to-from)*100, 0
	if math.Round(to*100)-math.Round(from*100) != math.Round(d) {
		decimals = 1
	}
	return signedUntilTold(d, decimals)
}

// changedShare is [ChangedShare] of shares that may be unknown, which is then not shown.
func changedShare(from, to *float64) string {
	if from == nil || to == nil {
		return ""
	}
	return ChangedShare(*from, *to)
}

// signedUntilTold writes a number with its sign and at least so many decimals, with more where it would read as 0.
func signedUntilTold(x float64, decimals int) string {
	for ; decimals < mostDecimals && words.Decimal(x, decimals) == "0"; decimals++ {
	}
	return formatSigned(x, decimals)
}

// formatSigned writes a number with its sign and at most so many decimals.
func formatSigned(x float64, decimals int) string {
	text := words.Decimal(x, decimals)
	if x > 0 && text != "0" {
		return "+" + text
	}
	return text
}
