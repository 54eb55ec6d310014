package frame

import (
	"math"
	"net/http"
	"strings"

	"jerem/agile"
	"jerem/measure/explain/explanation"
	"jerem/measure/words"
	"jerem/web/format"
)

// Comparison holds two moments of the same subject side by side: every figure that is another one, and what happened
// between them.
type Comparison struct {
	From, To string // the moments in words
	CSV      string // address of the figures that differ, as a table
	Between  string // address of what happened between, as a table
	Rows     []ComparisonRow
	Events   []ComparisonEvent
	Epics    bool // the events are epics with what changed of each, which have no moment
}

// Happened says how much happened between the moments.
func (c *Comparison) Happened() string {
	if c.Epics {
		return format.Plural(len(c.Events), "epic") + " changed"
	}
	return format.Plural(len(c.Events), "event")
}

// ComparisonRow is a figure at both moments. Change is "" where a difference says nothing.
type ComparisonRow struct {
	Name, Unit, From, To, Change string
	Before, After                string // addresses of the figure by itself at both moments
	Issues                       []Choice
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
	rows := [][]string{{"time", "issue", "what", "change"}}
	for _, e := range c.Events {
		rows = append(rows, []string{e.Time, e.Key, e.What, e.Change})
	}
	return rows
}

// ComparisonFile is a table of a comparison as a file, by its name; a problem where no other moment is named, or no
// such file is there.
func ComparisonFile(c *Comparison, file, name string) (View, error) {
	switch {
	case c == nil:
		return View{}, NewProblem(http.StatusBadRequest, "no_comparison", "Name another moment: ?with=2026-11-16.",
			"there is nothing to compare with")
	case file == "between":
		return Table("between-"+name, c.EventTable()), nil
	}
	return Table("changed-"+name, c.Table()), nil
}

// ComparisonEvent is what happened to an issue between the moments.
type ComparisonEvent struct{ Time, Key, Address, Title, What, Change string }

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

// CompareFigures lists the figures that differ between two lists of explanations of the same subject.
func CompareFigures(from, to []explanation.Explanation, w format.Words, leads Leads) []ComparisonRow {
	var out []ComparisonRow
	for _, c := range explanation.Changes(from, to) {
		before, after := findFigure(from, c.Figure), findFigure(to, c.Figure)
		row := ComparisonRow{Name: format.OrElse(after.Shown.Name, before.Shown.Name),
			Unit:   format.OrElse(after.Unit, before.Unit),
			Before: leads.Before(c.Figure), After: leads.After(c.Figure)}
		row.Cells = []string{c.Figure, row.Unit, format.Cell(c.From), format.Cell(c.To), strings.Join(c.Issues, ", ")}
		row.From, row.To = writeBoth(c, before, after, w)
		row.Change, row.Unit = changeWord(c, row.Unit, w)
		if row.From != "–" && row.From == row.To {
			row.Change = "hardly moved"
		}
		for n, key := range c.Issues {
			if n == issuesNamed {
				row.More = len(c.Issues) - n
				break
			}
			row.Issues = append(row.Issues, Choice{Name: key, Address: leads.Issue(key)})
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
func changeWord(c explanation.Change, unit string, w format.Words) (change, name string) {
	d := math.NaN()
	if c.From != nil && c.To != nil {
		d = *c.To - *c.From
	}
	switch unit {
	case string(w.Unit):
		if change, name = w.Signed(d), w.UnitName(); change == "0" {
			change = signedUntilTold(w.Scale(d), 1)
		}
	case unitSeconds:
		change, name = signedUntilTold(d/3600, 1), "hours"
	case unitShare:
		change, name = signedUntilTold(d*100, 0), "percentage points"
	default:
		change, name = signedUntilTold(d, 1), strings.ReplaceAll(unit, "_", " ")
	}
	if math.IsNaN(d) {
		return "", name
	}
	return change, name
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
