package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Error is one thing that is wrong with the configuration.
type Error struct {
	File         string // "" where the value came from the environment
	Line, Column int    // from 1; 0 where it concerns the file as a whole
	Variable     string // the environment variable that the value came from
	Key          string // "" where it concerns no key
	Message      string // what is wrong
	Hint         string // what to do about it
}

// Error returns the place, the key, what is wrong, and in parentheses what to do.
func (e Error) Error() string {
	var b strings.Builder
	switch {
	case e.Variable != "":
		b.WriteString(e.Variable)
	case e.Line > 0:
		fmt.Fprintf(&b, "%s:%d:%d", e.File, e.Line, e.Column)
	default:
		b.WriteString(e.File)
	}
	if e.Key != "" {
		b.WriteString(": " + e.Key)
	}
	b.WriteString(": " + e.Message)
	if e.Hint != "" {
		b.WriteString(" (" + e.Hint + ")")
	}
	return strings.TrimPrefix(b.String(), ": ")
}

// Errors is all that is wrong with the configuration, in the order of the file; what comes
// from the environment stands last.
type Errors []Error

// Error returns the errors, one a line.
func (es Errors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the single errors to errors.As.
func (es Errors) Unwrap() []error {
	out := make([]error, len(es))
	for i, e := range es {
		out[i] = e
	}
	return out
}

func (es Errors) sortedByPlace() Errors {
	slices.SortStableFunc(es, func(a, b Error) int {
		return cmp.Or(cmp.Compare(a.Variable, b.Variable), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return es
}
