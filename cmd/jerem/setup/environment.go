package setup

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"jerem/cmd/jerem/terminal"
	"jerem/config"
	"jerem/problem"
)

// GlobalFlags are the flags that every command takes.
type GlobalFlags struct {
	Config   string `help:"{jerem_config}" placeholder:"FILE" short:"c"`
	LogLevel string `help:"How much to log: debug, info, warn or error." placeholder:"LEVEL"`
}

// Environment is what the commands get from outside.
type Environment struct {
	Ctx            context.Context
	Getenv         func(string) string
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Flags          GlobalFlags
	Variables      []string // names of the environment
}

// UsageError is trouble with how the program was called.
type UsageError struct{ Err error }

// Error tells what was wrong with the call.
func (e UsageError) Error() string { return e.Err.Error() }

// Unwrap returns what was wrong with the call.
func (e UsageError) Unwrap() error { return e.Err }

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
