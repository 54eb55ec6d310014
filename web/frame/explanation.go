package frame

import (
	"html/template"
	"slices"
	"strings"
	"sync"

	"jerem/measure/grade"
)

// Explanation opens a figure: its formula with the numbers put in, and what stands behind it.
type Explanation struct {
	ID, Name, Value, Unit string
	Formula               FormulaText
	Notes                 []string
	Rows                  []ExplanationRow
	Keys                  []string // of the issues, for a search in Jira
	Jira                  string   // address of that search
	Grade                 grade.Grade
	Reasons               string
	Figure                string // its name in the catalogue; "" for none
	Address               string // of the explanation by itself; "" for none
	Running               bool   // the rows tell what the figure is after each of them
	More                  int    // rows that are left out; Whole lists them
	Whole                 string // address of a list of all rows; "" where none is left out

	parts *drawerParts // its texts where they are kept; nil where they are written anew
}

// MostRows is how many rows of a list that grows with the team a page shows: the rest is at an address of its own.
const MostRows = 40

// Timed tells whether a row has a moment: then each has a place for it.
func (e Explanation) Timed() bool {
	return slices.ContainsFunc(e.Rows, func(row ExplanationRow) bool { return row.Time != "" })
}

// WithTimes is the explanation with the moments of its rows told by a function, which is asked of each row.
func (e Explanation) WithTimes(timeOf func(ExplanationRow) string) Explanation {
	differs := func(row ExplanationRow) bool { return timeOf(row) != row.Time }
	if !slices.ContainsFunc(e.Rows, differs) {
		return e
	}
	e.Rows, e.parts = slices.Clone(e.Rows), nil
	for n := range e.Rows {
		e.Rows[n].Time = timeOf(e.Rows[n])
	}
	return e
}

// LimitRows leaves out what is beyond [MostRows] of an explanation; whole is the address that lists all of them, where
// none is told yet.
func (e *Explanation) LimitRows(whole string) {
	kept := min(len(e.Rows), MostRows)
	e.More += len(e.Rows) - kept
	if e.More > 0 && e.Whole == "" {
		e.Whole, e.Rows = whole, e.Rows[:kept]
	}
}

// Remainder is what a page leaves out of a list: how many rows, and the address of the table that has all.
type Remainder struct {
	More    int
	Address string
}

// RemainderOf tells what is left out of so many rows beyond [MostRows].
func RemainderOf(rows int, address string) Remainder {
	return Remainder{More: max(0, rows-MostRows), Address: address}
}

// ExplanationRow is an issue or an event behind a figure.
type ExplanationRow struct {
	Time, Key, What, Value string
	Address                string // of the issue; "" for what is none
	Running                string // what the figure is after it; "" where that is not told
}

// FormulaText is a formula in words, and with the numbers put in.
type FormulaText struct{ Words, Numbers string }

// Formula puts together a formula in words and the same with its numbers.
func Formula(words, numbers string) FormulaText { return FormulaText{words, numbers} }

// drawerParts are the texts of a drawer, before the moment that it tells and behind it.
type drawerParts struct {
	once         sync.Once
	lead, behind template.HTML
	err          error
}

// KeepDrawers has the texts of explanations written once, however many pages show these. Nobody changes them
// afterwards.
func KeepDrawers(list []Explanation) {
	for n := range list {
		list[n].parts = &drawerParts{}
	}
}

// write writes the texts of a drawer.
func (p *drawerParts) write(e Explanation) *drawerParts {
	p.once.Do(func() {
		if p.lead, p.err = drawerText("drawerlead", e); p.err == nil {
			p.behind, p.err = drawerText("drawerbehind", e)
		}
	})
	return p
}

// Lead is the text of a drawer before the moment that it tells.
func (e Explanation) Lead() (template.HTML, error) {
	if e.parts == nil {
		return drawerText("drawerlead", e)
	}
	kept := e.parts.write(e)
	return kept.lead, kept.err
}

// Behind is the text of a drawer behind the moment that it tells: the formula, and what it is made from.
func (e Explanation) Behind() (template.HTML, error) {
	if e.parts == nil {
		return drawerText("drawerbehind", e)
	}
	kept := e.parts.write(e)
	return kept.behind, kept.err
}

// drawerText writes a part of a drawer.
func drawerText(name string, e Explanation) (template.HTML, error) {
	var text strings.Builder
	err := ProblemTemplate.ExecuteTemplate(&text, name, e)
	return template.HTML(text.String()), err
}
