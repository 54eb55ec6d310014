package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestSecondSignal: a command that waits for its input does not end by the first Ctrl-C, and ends at once by a second.
func TestSecondSignal(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "projects.csv")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip("no pipes here:", err)
	}
	command := program(t, "calibrate", pipe)
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	input, err := os.OpenFile(pipe, os.O_WRONLY, 0) // waits until the command reads; nothing is ever written
	if err != nil {
		t.Fatal(err)
	}
	defer input.Close()
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	for range 200 {
		_ = command.Process.Signal(os.Interrupt) // it may have ended
		select {
		case err := <-ended:
			var exit *exec.ExitError
			if !errors.As(err, &exit) {
				t.Errorf("it ends with %v", err)
			}
			return
		case <-time.After(50 * time.Millisecond):
		}
	}
	_ = command.Process.Kill()
	t.Error("two hundred signals do not end it")
}
