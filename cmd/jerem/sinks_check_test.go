package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jerem/cmd/jerem/serving"
	"jerem/publish/publishtest"
	jirasim "jerem/sim/jira"
	warp10sim "jerem/sim/warp10"
	"jerem/testrun"
)

// TestCheckSinks: each entry of sinks is tried, with its login; what does not work is told by the sink's name with the
// remedy, and nothing stays of a try.
func TestCheckSinks(t *testing.T) {
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	played := warp10sim.New()
	warp10 := httptest.NewServer(played)
	t.Cleanup(warp10.Close)
	locked := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); user != "jerem" || password != "hunter2" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	}))
	t.Cleanup(locked.Close)
	config := writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+
		"}\nprojects: [{name: K8S}]\nstore: {path: STORE}\nsinks:\n"+
		"- {name: second, type: warp10, url: '"+warp10.URL+"', token: "+warp10sim.Write+"}\n"+
		"- {name: third, type: warp10, url: '"+warp10.URL+"', token: hunter2}\n"+
		"- {name: inside, type: remotewrite, url: '"+locked.URL+"', user: jerem, password: hunter2}\n"+
		"- {name: outside, type: remotewrite, url: '"+locked.URL+"', user: jerem, password: hunter3}\n"+
		"- {name: newer, type: remotewrite, url: '"+locked.URL+"', user: jerem, password: hunter2, version: 2}\n"+
		"- {name: gone, type: remotewrite, url: 'http://127.0.0.1:1'}\n")
	out, errs, code := call(t, nil, "--config", config, "check")
	text := strings.Join(strings.Fields(out), " ")
	for _, want := range []string{"ok write second: the token can write", "ok delete second: the token can delete",
		"FAIL write third: ", "ok write inside: it takes remote write; nothing was written", "FAIL write outside: ",
		"its user and password, to one that may write there", "FAIL write newer: ", "set version: 1 for this sink",
		"FAIL write gone: "} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if code != exitFailed || strings.Contains(out+errs, "hunter") || len(played.Points()) != 0 {
		t.Errorf("exit %d, %v stays: %s%s", code, played.Points(), out, errs)
	}
}

// TestCheckRealSinks: a real VictoriaMetrics and a real Prometheus pass the tries.
func TestCheckRealSinks(t *testing.T) {
	testrun.SkipInShort(t)
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	config := writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+
		"}\nprojects: [{name: K8S}]\nstore: {path: STORE}\nsinks:\n"+
		"- {name: victoria, type: remotewrite, url: '"+publishtest.VictoriaMetrics(t)+"', backfill: all}\n"+
		"- {name: prom, type: remotewrite, url: '"+publishtest.Prometheus(t)+"'}\n"+
		"- {name: prom2, type: remotewrite, url: '"+publishtest.Prometheus2(t)+"', version: 2}\n")
	out, errs, code := call(t, nil, "--config", config, "check")
	text := strings.Join(strings.Fields(out), " ")
	for _, want := range []string{"ok write victoria: it takes", "ok delete victoria: it deletes",
		"ok write prom: it takes", "ok write prom2: it takes"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if code != 0 {
		t.Errorf("exit %d: %s", code, errs)
	}
}
