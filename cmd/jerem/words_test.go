package main

import (
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	jirasim "jerem/sim/jira"
)

// TestHelpAnywhere: help is shown where the word stands for a command, whatever flags stand before it, and after a
// command; where a command takes a word of its own it is that word.
func TestHelpAnywhere(t *testing.T) {
	for line, want := range map[string]string{
		"help": "Usage: jerem", "--config X help": "Usage: jerem", "-c X help": "Usage: jerem",
		"--log-level info help": "Usage: jerem", "--config=X help export": "Usage: jerem export",
		"help export": "Usage: jerem export", "export help": "Usage: jerem export",
		"-c X export help": "Usage: jerem export", "oncall help": "Usage: jerem oncall",
		"oncall schedule help": "Usage: jerem oncall schedule", "token help": "Usage: jerem token",
		"help --config X": "Usage: jerem", "--listen 127.0.0.1:0 help": "Usage: jerem",
	} {
		out, errs, code := call(t, nil, strings.Fields(line)...)
		if code != 0 || !strings.HasPrefix(out, want) {
			t.Errorf("jerem %s: exit %d: %.80s%s", line, code, out, errs)
		}
	}
	for _, line := range []string{"backup help", "explain help", "completion help", "--config X status --team help"} {
		out, _, code := call(t, nil, strings.Fields(line)...)
		if code == 0 || strings.HasPrefix(out, "Usage: jerem backup") {
			t.Errorf("jerem %s shows help: exit %d: %.80s", line, code, out)
		}
	}
}

// newParser returns the rules of the command line.
func newParser(t *testing.T) *kong.Kong {
	t.Helper()
	parser, err := kong.New(&commandLine{}, kong.Vars{"demo_seed": "1"})
	if err != nil {
		t.Fatal(err)
	}
	return parser
}

// TestExamples: each command has examples, which its help shows and which the command line understands.
func TestExamples(t *testing.T) {
	for _, node := range newParser(t).Model.Leaves(true) {
		path := strings.TrimPrefix(node.Path(), "jerem ")
		if path == "help" { // it shows the help of the program
			continue
		}
		help, _, _ := call(t, nil, append(strings.Fields(path), "--help")...)
		if len(examples[path]) == 0 {
			t.Errorf("%s has no example", path)
		}
		for _, line := range examples[path] {
			if !strings.Contains(help, "    "+line+"\n") {
				t.Errorf("jerem %s --help does not show %s:\n%s", path, line, help)
			}
			words, _, _ := strings.Cut(strings.NewReplacer(" < ", " > ", "'", "").Replace(line), " > ")
			parsed, err := newParser(t).Parse(strings.Fields(words)[1:])
			if err != nil || parsed.Selected().Path() != node.Path() {
				t.Errorf("%s: %v", line, err)
			}
		}
	}
	if help, _, _ := call(t, nil, "--help"); !strings.Contains(help, "Exit codes: 0 fine, 1 failed, 2 wrong usage") {
		t.Errorf("the help does not tell the exit codes:\n%s", help)
	}
}

// TestMeantCommand: a command that is none is told with the one that was likely meant, whatever flags stand before it.
func TestMeantCommand(t *testing.T) {
	for line, want := range map[string]string{
		"chek": "jerem check?", "statu": "jerem status?", "--config X chek": "jerem check?",
		"-c X --log-level info statu": "jerem status?", "--config=X publsh --sink vm": "jerem publish?",
		"help chek": "jerem check?", "--config X help statu": "jerem status?", "token creat": `"create"?`,
	} {
		if _, errs, code := call(t, nil, strings.Fields(line)...); code != exitUsage || !strings.Contains(errs, want) {
			t.Errorf("jerem %s: exit %d: %s", line, code, errs)
		}
	}
	for _, line := range []string{"help nope", "nope", "x"} { // move differs in half of its letters
		if _, errs, code := call(t, nil, strings.Fields(line)...); code != exitUsage || strings.Contains(errs, "mean") {
			t.Errorf("jerem %s: exit %d: %s", line, code, errs)
		}
	}
}

// TestSpanAfterReading: a span that begins after the last complete reading is refused, told with the moment of the
// reading, also where its end lies later still.
func TestSpanAfterReading(t *testing.T) {
	t.Parallel()
	config := demoFile(t, serveStory(t, jirasim.DemoScenario(), jirasim.Options{}))
	if _, errs, code := call(t, nil, "--config", config, "collect"); code != 0 {
		t.Fatal(errs)
	}
	for _, args := range [][]string{{"export", "--from", "2099-01-01"},
		{"export", "--from", "2099-01-01", "--to", "2099-02-01"},
		{"export", "--format", "csv", "--from", "2099-01-01"}} {
		_, errs, code := call(t, nil, append([]string{"--config", config}, args...)...)
		if code != exitUsage || !strings.Contains(errs, "lies after the last complete reading, 20") ||
			!strings.Contains(errs, "team Kubernetes: --from 2099-01-01") {
			t.Errorf("%v: exit %d: %s", args, code, errs)
		}
	}
}
