package setup

import (
	"context"
	"io"
)

// GlobalFlags are the flags that every command takes.
type GlobalFlags struct {
	Config   string `help:"${jerem_config}" placeholder:"FILE" short:"c"`
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
