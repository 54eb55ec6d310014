package schema

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"jerem/problem"
	"jerem/sorting"
)

// The codes of what is wrong with a configuration.
const (
	NoFile     problem.Code = "config.no_file"         // none was found, or the one that was asked for is not there
	Unreadable problem.Code = "config.unreadable_file" // it is there and cannot be read
	Invalid    problem.Code = "config.invalid"         // a key, a value, or the form of the file
)

// Place is where in a configuration something is wrong.
type Place struct {
	File         string // "" where the value came from the environment
	Line, Column int    // from 1; 0 where it concerns the file as a whole
	Variable     string // the environment variable that the value came from
	Key          string // "" where it concerns no key
}

// String returns the place as a message begins with it, then the key.
func (p Place) String() string {
	where := p.File
	switch {
	case p.Variable != "":
		where = p.Variable
	case p.Line > 0:
		where = fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
	}
	if p.Key != "" {
		where += ": " + p.Key
	}
	return where
}

// NewProblem makes a problem of a place of the configuration: its message names the place, its arguments are its parts.
func NewProblem(code problem.Code, at Place, message, hint string) *problem.Problem {
	args := map[string]string{}
	for name, value := range map[string]string{"file": at.File, "variable": at.Variable, "key": at.Key} {
		if value != "" {
			args[name] = value
		}
	}
	if at.Line > 0 {
		args["line"], args["column"] = strconv.Itoa(at.Line), strconv.Itoa(at.Column)
	}
	text := strings.TrimPrefix(at.String()+": "+message, ": ")
	return &problem.Problem{Code: code, Message: text, Hint: hint, Args: args}
}

// Errors is all that is wrong with the configuration, in the order of the file; what comes
// from the environment stands last.
type Errors []*problem.Problem

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

// fault is one thing that is wrong, as it is found.
type fault struct {
	at            Place
	message, hint string
}

// problemsOf makes problems of faults, in the order of their places.
func problemsOf(faults []fault) Errors {
	if len(faults) == 0 {
		return nil
	}
	sorting.By(faults, func(a, b fault) int {
		return cmp.Or(cmp.Compare(a.at.Variable, b.at.Variable), cmp.Compare(a.at.Line, b.at.Line),
			cmp.Compare(a.at.Column, b.at.Column))
	})
	out := make(Errors, len(faults))
	for i, f := range faults {
		out[i] = NewProblem(Invalid, f.at, f.message, f.hint)
	}
	return out
}
