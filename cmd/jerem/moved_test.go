package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"jerem/cmd/jerem/serving"
	jirasim "jerem/sim/jira"
)

// cloudStory is the story of the demo on a site with other ids: a project and an issue stand before it, and the
// sprints have other numbers.
func cloudStory(story string) string {
	story = strings.Replace(story, "-- board 1 scrum K8S", "-- board 9 scrum OTHER \"Other\" --\n\n"+
		"-- board 10 scrum K8S", 1)
	story = strings.Replace(story, "-- K8S-1300 ",
		"-- OTHER-1 Task \"Something else\" --\n2026-01-05 10:00 created\n\n-- K8S-1300 ", 1)
	story = regexp.MustCompile(`(?m)^(2[1-3]) "Sprint`).ReplaceAllString(story, `1$1 "Sprint`)
	story = regexp.MustCompile(`sprint=(2[1-3])`).ReplaceAllString(story, `sprint=1$1`)
	return regexp.MustCompile(`next=(2[1-3])`).ReplaceAllString(story, `next=1$1`)
}

// withoutPast is a story of which the changes before a moment, and the time logged, are not told: each issue has been,
// since it was created, what it was then.
func withoutPast(story, moment string) string {
	var out []string
	created := -1 // the line on which the issue was created
	for line := range strings.Lines(story) {
		line = strings.TrimRight(line, "\n")
		at, change, isChange := strings.Cut(line, ":")
		isChange = isChange && regexp.MustCompile(`^2026-\d\d-\d\d \d\d$`).MatchString(at)
		if !isChange || line > moment {
			out = append(out, line)
			continue
		}
		change = strings.Join(strings.Fields(change)[1:], " ")
		if strings.HasPrefix(change, "created") {
			created = len(out)
			out = append(out, line)
			continue
		}
		for _, pair := range regexp.MustCompile(`\w+=("[^"]*"|\S+)`).FindAllString(change, -1) {
			field, _, _ := strings.Cut(pair, "=")
			old := regexp.MustCompile(` ` + field + `=("[^"]*"|\S+)`)
			out[created] = old.ReplaceAllString(out[created], "") + " " + pair
		}
	}
	return strings.Join(out, "\n")
}

// TestTeamThatMoved: a team that was read on a Data Center until it moved to Cloud has the series of one that was in
// Cloud from the first day, whether Cloud knows the past or not; the Data Center is gone by then.
func TestTeamThatMoved(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it reads a story from four sites")
	}
	story := string(jirasim.DemoScenario())
	dir := t.TempDir()
	former := filepath.Join(dir, "former.db")
	before := strings.Replace(story, "clock 2026-11-23 14:00", "clock 2026-11-11 20:00", 1)
	onDataCenter := writeConfig(t, "jira: {url: '"+
		serveStory(t, []byte(before), jirasim.Options{Dialect: jirasim.DataCenter})+"', token: "+serving.SimToken+
		"}\nprojects: [{name: K8S, label: Kubernetes}]\nstore: {path: '"+former+"'}\n")
	if _, errs, code := call(t, nil, "--config", onDataCenter, "collect"); code != 0 {
		t.Fatalf("reading the Data Center: code %d\n%s", code, errs)
	}
	cloud := cloudStory(story)
	file := func(story, entry string) string {
		return writeConfig(t, "jira: {url: '"+serveStory(t, []byte(story), jirasim.Options{})+"', username: "+
			serving.SimEmail+", password: "+serving.SimToken+"}\nprojects: [{name: K8S, label: Kubernetes"+entry+
			"}]\nstore: {path: STORE}\n")
	}
	export := func(config string) string {
		if _, errs, code := call(t, nil, "--config", config, "collect"); code != 0 {
			t.Fatalf("reading the cloud: code %d\n%s", code, errs)
		}
		out, errs, code := call(t, nil, "--config", config, "export")
		if code != 0 {
			t.Fatalf("export: code %d\n%s", code, errs)
		}
		return out
	}
	unbroken := export(file(cloud, ""))
	// K8S-1389 was open when sprint 21 was closed, and went on to the next one.
	forgetful := regexp.MustCompile(`sprint=121( epic=K8S-1300 status=done\n\n-- K8S-1390)`).
		ReplaceAllString(withoutPast(cloud, "2026-11-11 00:00"), "sprint=121,122$1")
	if export(file(forgetful, "")) == unbroken {
		t.Error("a Cloud that does not know the past tells the same series")
	}
	moved := ", moved: {from: 'https://jira.example', store: '" + former + "', at: 2026-11-11}"
	for _, story := range []string{cloud, forgetful} {
		if joined := export(file(story, moved)); joined != unbroken {
			t.Errorf("the series of the team that moved are others:\n%s", firstDifference(unbroken, joined))
		}
	}
	config := file(cloud, moved)
	if out, _, _ := call(t, nil, "--config", config, "check", "--json"); !strings.Contains(out, "none is joined yet") {
		t.Errorf("before it is read, check tells\n%s", out)
	}
	export(config)
	if out, _, _ := call(t, nil, "--config", config, "check", "--json"); !strings.Contains(out, "and 3 of 3 sprints") {
		t.Errorf("check tells\n%s", out)
	}
	config = file(forgetful, moved)
	export(config)
	out, errs, _ := call(t, nil, "--config", config, "explain", "ledger.commitment", "--team", "Kubernetes", "--sprint",
		"121")
	if !strings.HasPrefix(out, "ledger.commitment of Kubernetes: 44 ") {
		t.Errorf("what sprint 21 was committed to is explained by %s%s", out, errs)
	}
	config = file(cloud, strings.Replace(moved, "former.db", "gone.db", 1))
	if _, errs, code := call(t, nil, "--config", config, "collect"); code == 0 ||
		!strings.Contains(errs, "moved.store") {
		t.Errorf("without the store of before: code %d, %s", code, errs)
	}
}

// firstDifference shows the first line in which two texts differ.
func firstDifference(want, got string) string {
	wants, gots := strings.Split(want, "\n"), strings.Split(got, "\n")
	for n := range wants {
		if n >= len(gots) || wants[n] != gots[n] {
			return "want " + wants[n] + "\ngot  " + strings.Join(gots[n:min(n+1, len(gots))], "")
		}
	}
	return "more lines"
}
