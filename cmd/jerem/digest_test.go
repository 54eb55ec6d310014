package main

import (
	"encoding/json"
	"strings"
	"testing"

	"jerem/cmd/jerem/serving"
	jirasim "jerem/sim/jira"
	"jerem/testrun"
)

// TestDigest: the word of a week as text and as JSON, with the address of the roadmap where it is known; what was not
// read is told, and a moment before all is refused.
func TestDigest(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	config := writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+
		"}\nprojects: [{name: K8S, label: Kubernetes}]\nstore: {path: STORE}\n"+
		"server: {url: 'https://jerem.example/base'}\n")
	if _, errs, code := call(t, nil, "--config", config, "digest"); code != 1 {
		t.Errorf("a store that is not there: exit %d: %s", code, errs)
	}
	if _, errs, code := call(t, nil, "--config", config, "collect"); code != 0 {
		t.Fatal(errs)
	}
	out, errs, code := call(t, nil, "--config", config, "digest", "--team", "Kubernetes")
	if code != 0 || !strings.HasPrefix(out, "Kubernetes, the week to ") ||
		!strings.Contains(out, "\n  https://jerem.example/base/teams/Kubernetes/roadmap?quarter=") ||
		!strings.Contains(out, " in the week") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
	out, _, code = call(t, nil, "--config", config, "digest", "--json")
	var list []struct{ Team, Sentence, Moved, Unexpected, Address string }
	if err := json.Unmarshal([]byte(out), &list); err != nil || code != 0 || len(list) != 1 || list[0].Sentence == "" ||
		list[0].Unexpected == "" {
		t.Errorf("exit %d, %v: %s", code, err, out)
	}
	if _, errs, code := call(t, nil, "--config", config, "digest", "--at", "2001-01-01"); code != 1 ||
		!strings.Contains(errs, "nothing is known before") {
		t.Errorf("exit %d: %s", code, errs)
	}
}
