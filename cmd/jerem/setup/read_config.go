package setup

import (
	"context"
	"errors"
	"io/fs"

	"jerem/cmd/jerem/terminal"
	"jerem/config"
	"jerem/config/schema"
)

// ReadConfig reads a file and loads it; its errors are those of [config.Load], and one with a code of
// package config where the file cannot be read.
func ReadConfig(ctx context.Context, path string, getenv func(string) string) (*config.Config, error) {
	data, err := terminal.ReadInput(ctx, path)
	if err == nil {
		return config.Load(path, data, getenv)
	}
	if ctx.Err() != nil {
		return nil, err
	}
	code, message, hint := schema.Unreadable, "cannot be read: "+
		withoutPath(err), "check the path and the rights of the file"
	switch {
	case errors.Is(err, fs.ErrNotExist):
		code, message = schema.NoFile, "there is no such file"
		hint = "check --config and JEREM_CONFIG, or try `jerem demo`, which needs none"
	case errors.Is(err, fs.ErrPermission):
		message, hint = "cannot be read: permission denied", "give the user that runs jerem the right to read it"
	}
	return nil, schema.NewProblem(code, schema.Place{File: path}, message, hint)
}

// withoutPath leaves out the path of an error, which is told already.
func withoutPath(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}
