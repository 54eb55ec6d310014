package main

import (
	"fmt"
	"strings"
	"testing"

	"jerem/cmd/jerem/serving"
	jirasim "jerem/sim/jira"
	"jerem/web/webtest"
)

// TestOneIsCountedAsOne: no command tells of "1 points", of a company with one of nearly everything.
func TestOneIsCountedAsOne(t *testing.T) {
	if testing.Short() {
		t.Skip("gives many commands")
	}
	t.Parallel()
	jira := serveStory(t, webtest.Ones(), jirasim.Options{})
	var projects []string
	for _, team := range webtest.OnesCompany() {
		projects = append(projects, fmt.Sprintf("{name: %s, label: %s}", team.Project, team.Name))
	}
	config := writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+
		"}\nprojects: ["+strings.Join(projects, ", ")+"]\nstore: {path: STORE}\nsprint: {budget: 1h}\n")
	commands := [][]string{{"check"}, {"collect"}, {"status"}, {"digest"}, {"rebuild"}, {"calibrate"},
		{"forget", "--team", "Flow", "--yes"}}
	for _, at := range []string{"2026-10-02", "2026-11-04", "2026-11-13", "2026-11-18", "2026-11-20", "2026-11-23"} {
		commands = append(commands, []string{"status", "--at", at}, []string{"digest", "--at", at})
	}
	for _, figure := range []string{"commitment", "kept", "completed", "remaining", "impediments", "unplanned", "odds",
		"dates.p85", "price.days", "calibration.share", "late", "wip", "xmr.throughput.mean", "velocity.median"} {
		commands = append(commands, []string{"explain", figure, "--team", "Hours"})
	}
	for _, args := range commands {
		out, errs, _ := call(t, nil, append([]string{"-c", config}, args...)...)
		if out+errs == "" {
			t.Errorf("%v tells nothing", args)
		}
		for _, wrong := range webtest.Miscounted(out + errs) {
			t.Errorf("%v: %s", args, wrong)
		}
	}
}
