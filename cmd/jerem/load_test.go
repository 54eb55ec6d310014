package main

import (
	"context"
	"errors"
	"path/filepath"
	"syscall"
	"testing"

	"jerem/cmd/jerem/setup"
)

// TestLogLevelFlag: the flag takes words, and the numbers of the older bot.
func TestLogLevelFlag(t *testing.T) {
	config := writeConfig(t, "jira: {url: https://jira.example, token: t}\nprojects: [{name: K8S}]\n")
	for level, fine := range map[string]bool{"debug": true, "5": true, "loud": false, "9": false} {
		e := &setup.Environment{Ctx: t.Context(), Getenv: func(string) string { return "" },
			Flags: setup.GlobalFlags{Config: config, LogLevel: level}}
		if _, err := e.LoadConfig(); (err == nil) != fine || !fine && exitCode(err) != exitUsage {
			t.Errorf("%s: %v", level, err)
		}
	}
}

// TestConfigurationThatNobodyWrites: a configuration that is a pipe without a writer is waited for until the command is
// told to end.
func TestConfigurationThatNobodyWrites(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "config.yml")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip("no pipes here:", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	e := &setup.Environment{Ctx: ctx, Getenv: func(string) string { return "" },
		Flags: setup.GlobalFlags{Config: pipe}}
	if _, err := e.LoadConfig(); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want that it was told to end", err)
	}
}
