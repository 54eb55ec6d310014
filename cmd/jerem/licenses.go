package main

import (
	"jerem/cmd/jerem/setup"
	"jerem/licenses"
)

type licensesCommand struct{}

// Run prints the licence and the notices of all that is built in.
func (licensesCommand) Run(e *setup.Environment) error {
	return licenses.WriteText(e.Stdout)
}
