package main

import (
	"fmt"

	"github.com/alecthomas/kong"

	"jerem/cmd/jerem/build"
	"jerem/cmd/jerem/setup"
)

// versionFlag prints the version and ends the program.
type versionFlag bool

// BeforeReset is called when the flag is met.
func (versionFlag) BeforeReset(app *kong.Kong) error {
	fmt.Fprintln(app.Stdout, build.VersionLine())
	app.Exit(0)
	return nil
}

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(e *setup.Environment) error {
	_, err := fmt.Fprintln(e.Stdout, build.VersionLine())
	return err
}
