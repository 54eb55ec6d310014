package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// silent is an input that nobody writes to; it tells when it is read.
type silent struct{ isRead chan struct{} }

func (s silent) Read([]byte) (int, error) {
	s.isRead <- struct{}{}
	select {}
}

// runUntilRead runs a command, stops it by its context once it reads its input, and returns what it ended with; false
// where it goes on. isRead is nil for an input that cannot tell: there it is stopped at once.
func runUntilRead(t *testing.T, stdin io.Reader, isRead chan struct{}, args ...string) (error, bool) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ended := make(chan error, 1)
	go func() {
		ended <- runNamed(ctx, args, noVariables, nil, stdin, io.Discard, io.Discard)
	}()
	if isRead != nil {
		select {
		case <-isRead:
		case err := <-ended:
			return err, true
		}
	}
	stop()
	select {
	case err := <-ended:
		return err, true
	case <-time.After(20 * time.Second):
		return nil, false
	}
}

// TestSilentInput: a command that waits for standard input, for a pipe that nobody opens for writing, or for one that
// stays silent, ends by the first Ctrl-C, whatever the input is for.
func TestSilentInput(t *testing.T) {
	dir := t.TempDir()
	unopened, opened := filepath.Join(dir, "unopened"), filepath.Join(dir, "opened")
	for _, pipe := range []string{unopened, opened} {
		if err := syscall.Mkfifo(pipe, 0o600); err != nil {
			t.Skip("no pipes here:", err)
		}
	}
	writer, err := os.OpenFile(opened, os.O_RDWR, 0) // opens at once, and nothing is ever written
	if err != nil {
		t.Fatal(err)
	}
	defer writer.Close()
	for _, args := range []string{"calibrate INPUT", "oncall import --csv INPUT", "sim --scenario PIPE",
		"check --config PIPE", "oncall replay --config PIPE", "oncall who --config PIPE"} {
		for _, input := range []string{"-", unopened, opened} {
			if strings.Contains(args, "PIPE") && input == "-" {
				continue // a name, not standard input
			}
			args := strings.Fields(strings.NewReplacer("INPUT", input, "PIPE", input).Replace(args))
			var isRead chan struct{}
			if input == "-" {
				isRead = make(chan struct{}, 10)
			}
			err, hasEnded := runUntilRead(t, silent{isRead}, isRead, args...)
			switch {
			case !hasEnded:
				t.Fatalf("%q goes on", args)
			case args[0] != "sim" && exitCode(err) != exitFailed:
				t.Errorf("%q ends with %v", args, err)
			}
		}
	}
}
