package setup

import (
	"fmt"
	"slices"
	"strings"

	"jerem/cmd/jerem/terminal"
	"jerem/config"
	"jerem/problem"
)

// VariableNames are the names of an environment's variables.
func VariableNames(environment []string) (names []string) {
	for _, text := range environment {
		name, _, _ := strings.Cut(text, "=")
		names = append(names, name)
	}
	return names
}

// tellUnknownVariables names variables that look like ours and are not: a value that was meant for one is not used.
func (e *Environment) tellUnknownVariables() {
	known := append(config.Variables(), "JEREM_CONFIG")
	for _, name := range e.Variables {
		if !strings.HasPrefix(name, "JEREM_") || slices.Contains(known, name) {
			continue
		}
		fmt.Fprintf(
			e.Stderr,
			"jerem: %s: no variable of jerem has this name, it is not used%s\n",
			terminal.Printable(name),
			meantVariable(name, known),
		)
	}
}

func meantVariable(name string, known []string) string {
	best := problem.Nearest(name, known, 3)
	if best == "" {
		return ""
	}
	return " (did you mean " + best + "?)"
}
