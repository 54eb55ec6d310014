package main

import (
	"fmt"
	"slices"
	"strings"

	"jerem/cmd/jerem/terminal"

	"jerem/check"
	"jerem/config"
)

// printableFindings are findings as a terminal may show them.
func printableFindings(findings []check.Finding) []check.Finding {
	out := make([]check.Finding, len(findings))
	for i, f := range findings {
		f.What, f.Part, f.Team = terminal.Printable(f.What), terminal.Printable(f.Part), terminal.Printable(f.Team)
		f.Found, f.Hint = terminal.Printable(f.Found), terminal.Printable(f.Hint)
		out[i] = f
	}
	return out
}

// errorText writes an error, each part of one that has several in a line of its own.
func errorText(err error) string {
	many, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return terminal.Printable(err.Error())
	}
	var lines, whole []string
	for _, one := range many.Unwrap() {
		lines, whole = append(lines, errorText(one)), append(whole, one.Error())
	}
	if strings.Join(whole, "\n") != err.Error() { // it words them itself
		return terminal.Printable(err.Error())
	}
	return strings.Join(lines, "\n")
}

// variableNames are the names of an environment's variables.
func variableNames(environment []string) (names []string) {
	for _, text := range environment {
		name, _, _ := strings.Cut(text, "=")
		names = append(names, name)
	}
	return names
}

// tellUnknownVariables names variables that look like ours and are not: a value that was meant for one is not used.
func (e *environ) tellUnknownVariables() {
	known := append(config.Variables(), "JEREM_CONFIG")
	for _, name := range e.variables {
		if !strings.HasPrefix(name, "JEREM_") || slices.Contains(known, name) {
			continue
		}
		fmt.Fprintf(
			e.stderr,
			"jerem: %s: no variable of jerem has this name, it is not used%s\n",
			terminal.Printable(name),
			meantVariable(name, known),
		)
	}
}

func meantVariable(name string, known []string) string {
	best := config.Nearest(name, known, 3)
	if best == "" {
		return ""
	}
	return " (did you mean " + best + "?)"
}
