package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	jirasim "jerem/sim/jira"
	"jerem/testrun"
)

// TestSettingsNeedNoJira: closed statuses, hours, the grace of a sprint and natures are settings of what is derived.
// Changed, they give the figures that a store read anew under them gives, and nothing is asked of Jira.
func TestSettingsNeedNoJira(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	var asked atomic.Int64
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{Fault: func(*http.Request) *jirasim.Fault {
		asked.Add(1)
		return nil
	}})
	read := demoFile(t, jira)
	if _, errs, code := call(t, nil, "-c", read, "collect"); code != 0 {
		t.Fatal(errs)
	}
	text, err := os.ReadFile(read)
	if err != nil {
		t.Fatal(err)
	}
	before := exportOf(t, read)
	for name, line := range map[string]string{
		"closed statuses": "jira.closed.statuses: [Done, In Progress]",
		"hours":           "calendar.hours: 10:00 - 12:00",
		"grace":           "sprint.planning_grace: 200h",
		"natures":         "impediment.nature: labels",
	} {
		if testing.Short() && name != "hours" { // one setting is like the other
			continue
		}
		changed := filepath.Join(filepath.Dir(read), strings.ReplaceAll(name, " ", "-")+".yml")
		if err := os.WriteFile(changed, append(text, line+"\n"...), 0o600); err != nil {
			t.Fatal(err)
		}
		asked.Store(0)
		if _, errs, code := call(t, nil, "-c", changed, "rebuild"); code != 0 {
			t.Errorf("%s: rebuild: %s", name, errs)
		}
		after := exportOf(t, changed)
		if n := asked.Load(); n != 0 {
			t.Errorf("%s: Jira was asked %d times", name, n)
		}
		anew := writeConfig(t, string(text)+line+"\n")
		fresh := strings.ReplaceAll(string(text), filepath.Join(filepath.Dir(read), "jerem.db"),
			filepath.Join(filepath.Dir(anew), "jerem.db"))
		if err := os.WriteFile(anew, []byte(fresh+line+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, errs, code := call(t, nil, "-c", anew, "collect"); code != 0 {
			t.Fatal(errs)
		}
		if after != exportOf(t, anew) {
			t.Errorf("%s: the figures are others than those of a store that was read under the new setting", name)
		}
		if after == before && name != "hours" { // which no series of this story rests on
			t.Errorf("%s: the figures are those of before: the setting changes nothing here", name)
		}
	}
}

func exportOf(t *testing.T, config string) string {
	t.Helper()
	out, errs, code := call(t, nil, "-c", config, "export")
	if code != 0 || out == "" {
		t.Fatalf("export: code %d: %s", code, errs)
	}
	return out
}
