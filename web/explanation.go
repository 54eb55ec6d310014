package web

import (
	"jerem/measure"
	"time"
)

// explanation opens a figure: its formula with the numbers put in, and what stands behind it.
type explanation struct {
	ID, Name, Value, Unit string
	Formula               inWords
	Notes                 []string
	Rows                  []explainRow
	Keys                  []string // of the issues, for a search in Jira
	Jira                  string   // address of that search
	Grade                 measure.Grade
	Reasons               string
	quality               measure.Quality // the same for programs
}

// explainRow is an issue or an event behind a figure.
type explainRow struct {
	Time, Key, What, Value string
	at                     *time.Time // the same for programs
	number                 *float64   // in the unit of the API; nil for none
}

// inWords is a formula in words, and with the numbers put in.
type inWords struct{ Words, Numbers string }

func formula(words, numbers string) inWords { return inWords{words, numbers} }

// only returns a number that a row tells, for programs.
func only(x float64) *float64 { return &x }
