package frame

import (
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
