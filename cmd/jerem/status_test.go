package main

import (
	"encoding/json"
	"strings"
	"testing"

	"jerem/cmd/jerem/serving"
	jirasim "jerem/sim/jira"
	"jerem/testrun"
)

// TestStatus: sentences and table tell the figures of the demo's story, as of the moment asked.
func TestStatus(t *testing.T) {
	t.Parallel()
	config := demoFile(t, serveStory(t, jirasim.DemoScenario(), jirasim.Options{}))
	if out, errs, code := call(t, nil, "-c", config, "status"); code != exitFailed || out != "" ||
		!strings.Contains(errs, "jerem") {
		t.Errorf("without a store: code %d, %q, %s", code, out, errs)
	}
	if _, errs, code := call(t, nil, "-c", config, "collect"); code != 0 {
		t.Fatal(errs)
	}
	out, errs, code := call(t, nil, "-c", config, "status", "--at", "2026-11-18T12:00:00Z")
	if code != 0 || errs != "" {
		t.Fatalf("code %d, %s", code, errs)
	}
	for _, want := range []string{"Kubernetes, 18 Nov 2026 13:00 CET\n", "  Sprint 23, day ",
		" against a commitment of 38 points, ", "  Sprint 23  commitment", "38 points\n",
		"  Q4-26: ", "cycle time, 85 %", "late today"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	earlier, _, _ := call(t, nil, "-c", config, "status", "--at", "2026-10-01", "--team", "Kubernetes")
	if !strings.Contains(earlier, "Kubernetes, 1 Oct 2026 23:59 CEST") || strings.Contains(earlier, "Sprint 23, day") {
		t.Errorf("as of 1 October:\n%s", earlier)
	}
}

// TestStatusForPrograms: the JSON has the figures of the API, and says of which team nothing is known.
func TestStatusForPrograms(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	config := writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+
		"}\n"+
		"projects: [{name: GONE, label: Lost}, {name: K8S, label: Kubernetes}]\nstore: {path: STORE}\n")
	call(t, nil, "-c", config, "collect")
	out, errs, code := call(t, nil, "-c", config, "status", "--json", "--at", "2031-01-01")
	var list []struct {
		Team, At, Why string
		Sentences     struct{ Sprint, Quarter, Flow string }
		Sprints       []struct{ Commitment float64 }
		Quarter       struct{ Quarter string }
	}
	if err := json.Unmarshal([]byte(out), &list); err != nil || len(list) != 2 {
		t.Fatalf("%v: %s", err, out)
	}
	if code != exitFailed || !strings.Contains(errs, "team Lost") ||
		!strings.Contains(errs, "lies after the last complete reading") {
		t.Errorf("code %d, %s", code, errs)
	}
	if lost := list[0]; lost.Team != "Lost" || lost.Why == "" || lost.At != "" {
		t.Errorf("a team that was not read: %+v", lost)
	}
	if one := list[1]; one.Team != "Kubernetes" || one.Why != "" || len(one.Sprints) != 1 ||
		one.Sprints[0].Commitment != 38 || one.Quarter.Quarter != "Q4-26" ||
		!strings.HasPrefix(one.Sentences.Sprint, "Sprint 23") {
		t.Errorf("%+v", one)
	}
	out, errs, code = call(t, nil, "-c", config, "status", "--team", "Kubernetes", "--at", "2001-01-01")
	if code != exitFailed || !strings.Contains(out, "nothing is known before ") ||
		!strings.Contains(errs, "ask for a later moment than --at 2001-01-01") {
		t.Errorf("before anything is known: code %d, %s%s", code, out, errs)
	}
	if _, errs, code := call(t, nil, "-c", config, "status", "--at", "soon"); code != exitUsage ||
		!strings.Contains(errs, "--at") {
		t.Errorf("no moment: code %d, %s", code, errs)
	}
}
