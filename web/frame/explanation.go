package frame

import (
	"slices"

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
}

// MostRows is how many rows of a list that grows with the team a page shows: the rest is at an address of its own.
const MostRows = 40

// Timed tells whether a row has a moment: then each has a place for it.
func (e Explanation) Timed() bool {
	return slices.ContainsFunc(e.Rows, func(row ExplanationRow) bool { return row.Time != "" })
}

// LimitRows leaves out what is beyond [MostRows] of an explanation; whole is the address that lists all of them.
func (e *Explanation) LimitRows(whole string) {
	if left := len(e.Rows) - MostRows; left > 0 {
		e.More, e.Whole, e.Rows = left, whole, e.Rows[:MostRows]
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
