package main

import (
	"errors"
	"os"
	"os/exec"
	"testing"
	"time"
)

// TestSecondSignal: a command that is deaf to the first Ctrl-C, as one whose output nobody takes, ends at once by a
// second.
func TestSecondSignal(t *testing.T) {
	t.Parallel()
	output, full, err := os.Pipe() // holds less than the licences; nothing is ever read
	if err != nil {
		t.Fatal(err)
	}
	defer output.Close()
	command := program(t, "licenses")
	command.Stdout = full
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	full.Close()
	if _, err := output.Read(make([]byte, 1)); err != nil { // the command has begun to write
		t.Fatal(err)
	}
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
