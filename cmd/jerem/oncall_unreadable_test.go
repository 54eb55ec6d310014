package main

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jerem/cmd/jerem/serving"
	jirasim "jerem/sim/jira"
	warp10sim "jerem/sim/warp10"
)

// linesBesideOnCall are the lines of what a command wrote but those of on-call's series.
func linesBesideOnCall(text string) []string {
	return slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool {
		return strings.Contains(line, "jerem.oncall.")
	})
}

// TestCommandsWithoutOnCall: where what on-call keeps cannot be read, because it is damaged or because its folder
// cannot be entered, commands tell and post all that does not rest on it, then what lacks; nothing is deleted at a
// sink.
func TestCommandsWithoutOnCall(t *testing.T) {
	t.Parallel()
	skipSlow(t)
	platform := warp10sim.New()
	server := httptest.NewServer(platform)
	t.Cleanup(server.Close)
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	config := writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+
		"}\nprojects: [{name: K8S, label: Kubernetes}]\nstore: {path: STORE}\n"+
		"metrics: {url: '"+server.URL+"', token: "+warp10sim.Write+"}\n"+
		`oncall:
  people: [{handle: ada, zone: Europe/Paris}, {handle: ben}]
  rotas: [{name: k8s, team: Kubernetes, zone: Europe/Paris, versions: [{from: 2026-01-05, handover: "09:00", every: 1w,
      people: [ada, ben], coverage: always}]}]
`)
	if _, errs, code := call(t, nil, "-c", config, "collect"); code != 0 {
		t.Fatal(errs)
	}
	commands := []string{"export --format json", "status", "digest", "publish"}
	before := map[string]string{}
	for _, command := range commands {
		out, errs, code := call(t, nil, append([]string{"-c", config}, strings.Fields(command)...)...)
		if code != 0 || out == "" {
			t.Fatalf("%s: code %d: %s", command, code, errs)
		}
		before[command] = out
	}
	records := filepath.Join(filepath.Dir(config), "jerem.oncall.db")
	spoils := map[string]func() error{
		"damaged": func() error { return os.WriteFile(records, []byte(strings.Repeat("no database ", 1000)), 0o600) },
		"no file to be looked at": func() error {
			return os.Symlink(filepath.Base(records), records) // leads to itself
		},
	}
	for kind, spoil := range spoils {
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		for _, command := range commands {
			out, errs, code := call(t, nil, append([]string{"-c", config}, strings.Fields(command)...)...)
			if code != exitFailed || strings.Count(errs, "on-call cannot be read") != 1 {
				t.Errorf("%s, %s: code %d: %s", kind, command, code, errs)
			}
			if command != "publish" && !slices.Equal(linesBesideOnCall(out), linesBesideOnCall(before[command])) {
				t.Errorf("%s, %s says %.500s\nbefore %.500s", kind, command, out, before[command])
			}
			if command == "publish" && !strings.Contains(out, " series, ") {
				t.Errorf("%s, %s says %s", kind, command, out)
			}
		}
		_, errs, code := call(t, nil, "-c", config, "publish", "--replace", "--yes")
		if code != exitFailed || !strings.Contains(errs, "nothing was deleted: on-call cannot be read") {
			t.Errorf("%s, replacing: code %d: %s", kind, code, errs)
		}
		if err := os.Remove(records); err != nil {
			t.Fatal(err)
		}
	}
}
