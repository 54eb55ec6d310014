package main

import (
	"io"

	"jerem/licenses"
)

type licensesCommand struct{}

// Run prints the licence and the notices of all that is built in.
func (licensesCommand) Run(e *environ) error {
	_, err := io.WriteString(e.stdout, licenses.Text)
	return err
}
