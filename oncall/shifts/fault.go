package shifts

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"

	"jerem/problem"
	"jerem/sorting"
)

// Fault is what is wrong with a table, or with a line of it.
type Fault struct {
	Line int    // 0 where it is about the whole table
	Text string // with the line
}

func faultAt(line int, text string) Fault { return Fault{line, fmt.Sprintf("line %d: %s", line, text)} }

// faultOfTable is what encoding/csv refuses of a table; readsOn tells whether the next line can be read.
func faultOfTable(err error) (f Fault, readsOn bool) {
	told, readsOn := problem.OfTable(err)
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		f.Line = bad.Line
	}
	f.Text = told.Error()
	return f, readsOn
}

// mostFaults is how many faults are told at once.
const mostFaults = 20

// Told tells faults by line: the first of them, and how many more there are.
func Told(faults []Fault) []string {
	sorting.By(faults, func(a, b Fault) int { return cmp.Compare(a.Line, b.Line) })
	var out []string
	for _, f := range faults[:min(len(faults), mostFaults)] {
		out = append(out, f.Text)
	}
	if more := len(faults) - mostFaults; more > 0 {
		out = append(out, fmt.Sprintf("and %d more", more))
	}
	return out
}
