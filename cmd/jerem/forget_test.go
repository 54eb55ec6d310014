package main

import (
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"jerem/cmd/jerem/serving"
	"jerem/publish/publishtest"
	jirasim "jerem/sim/jira"
	warp10sim "jerem/sim/warp10"
	"jerem/testrun"
)

// forgetFile is a configuration of a store at a place with two teams of one project, or of the first alone.
func forgetFile(t *testing.T, jira, place, sinks string, both bool) string {
	second := ""
	if both {
		second = ", {name: K8S, label: Half, jql_filter: 'labels = x'}"
	}
	return writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+"}\n"+
		"projects: [{name: K8S, label: Kubernetes}"+second+"]\n"+place+sinks)
}

// TestForgetTeam: a team that left the file keeps rows and series until it is forgotten, and check says so. What would
// go is told and asked for; the other team's figures stay byte for byte, and its series too.
func TestForgetTeam(t *testing.T) {
	if testing.Short() {
		t.Skip("it forgets a team at three sinks: TestForgetReadAgain does at none")
	}
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	warp10 := warp10sim.New()
	server := httptest.NewServer(warp10)
	t.Cleanup(server.Close)
	victoria := publishtest.VictoriaMetrics(t)
	place := "store: {path: '" + filepath.Join(t.TempDir(), "jerem.db") + "'}\n"
	sinks := "sinks:\n- {name: second, type: warp10, url: '" + server.URL + "', token: " + warp10sim.Write + "}\n" +
		"- {name: victoria, type: remotewrite, url: '" + victoria + "', backfill: all, interval: 6h}\n" +
		"- {name: prom, type: remotewrite, url: 'http://127.0.0.1:1'}\n"
	two := forgetFile(t, jira, place, sinks, true)
	for _, args := range [][]string{{"collect"}, {"publish"}} {
		if _, errs, code := call(t, nil, append([]string{"--config", two}, args...)...); code != 0 {
			t.Fatal(errs)
		}
	}
	one := forgetFile(t, jira, place, sinks, false)
	exported, _, _ := call(t, nil, "--config", one, "export", "--to", "2026-11-20")
	out, _, _ := call(t, nil, "--config", one, "check")
	left := "Half is in the store and not in the file: its rows and its series at the sinks stay"
	if text := strings.Join(strings.Fields(out), " "); !strings.Contains(text, left) ||
		!strings.Contains(text, `run jerem forget --team "Half" --sinks`) {
		t.Errorf("check does not tell that the team left:\n%s", out)
	}
	if _, errs, code := call(t, nil, "--config", one, "forget", "--team", "Halv"); code != exitUsage ||
		!strings.Contains(errs, "holds nothing of it; it holds Half, Kubernetes") {
		t.Errorf("exit %d: %s", code, errs)
	}
	if _, errs, code := call(t, nil, "--config", one, "forget", "--team", "Half", "--sinks"); code != exitUsage ||
		!strings.Contains(errs, "say --yes") {
		t.Errorf("without being asked: exit %d: %s", code, errs)
	}
	standing := func(team string) int {
		return len(publishtest.StandingAtVictoria(t, victoria, `{team="`+team+`",__name__="jerem_sprint_remaining"}`))
	}
	if standing("Half") == 0 || standing("Kubernetes") == 0 {
		t.Fatal("nothing stands at the sinks")
	}
	out, errs, code := call(t, nil, "--config", one, "forget", "--team", "Half", "--sinks", "--yes")
	if code != 0 || !strings.Contains(errs, "all of team Half would be taken out: 0 issues") ||
		!strings.Contains(errs, "more issues needed by other teams too, and kept") ||
		!strings.Contains(errs, "prom: 0 series stay there: it deletes nothing") ||
		!strings.Contains(out, "second: ") || !strings.Contains(out, "victoria: ") ||
		!strings.Contains(out, "team Half taken out of the store: ") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
	if standing("Half") != 0 || standing("Kubernetes") == 0 {
		t.Errorf("series that stand: %d of the team, %d of the other", standing("Half"), standing("Kubernetes"))
	}
	for _, team := range []string{"Half", "Kubernetes"} {
		stands := strings.Contains(strings.Join(warp10.Points(), "\n"), "project="+team)
		if stands != (team == "Kubernetes") {
			t.Errorf("points of %s stand at Warp 10: %v", team, stands)
		}
	}
	if again, _, _ := call(t, nil, "--config", one, "export", "--to", "2026-11-20"); again != exported {
		t.Error("the figures of the other team changed")
	}
	if out, _, _ := call(t, nil, "--config", one, "check"); strings.Contains(out, "Half") {
		t.Errorf("check still tells of the team:\n%s", out)
	}
}

// TestForgetReadAgain: a team that is taken out of the store and stays in the file is read again whole: nothing of it
// is lacking afterwards.
func TestForgetReadAgain(t *testing.T) {
	testrun.SkipInShort(t)
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	config := demoFile(t, jira)
	if _, errs, code := call(t, nil, "-c", config, "collect"); code != 0 {
		t.Fatal(errs)
	}
	before, _, _ := call(t, nil, "-c", config, "export", "--to", "2026-11-20")
	_, errs, code := call(t, nil, "-c", config, "forget", "--team", "Kubernetes", "--yes")
	if code != 0 || !strings.Contains(errs, "the next reading reads it again from Jira") {
		t.Errorf("exit %d: %s", code, errs)
	}
	if _, errs, code := call(t, nil, "-c", config, "export"); code != exitFailed ||
		!strings.Contains(errs, "not read") {
		t.Errorf("exit %d: %s", code, errs)
	}
	if _, errs, code := call(t, nil, "-c", config, "collect"); code != 0 {
		t.Fatal(errs)
	}
	if after, _, _ := call(t, nil, "-c", config, "export", "--to", "2026-11-20"); after != before || before == "" {
		t.Error("what was read again differs")
	}
	if _, errs, code := call(t, nil, "-c", config, "forget", "--team", "Kubernetes", "--sinks"); code != exitUsage ||
		!strings.Contains(errs, "has no sink") {
		t.Errorf("exit %d: %s", code, errs)
	}
}
