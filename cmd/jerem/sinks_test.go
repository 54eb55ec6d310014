package main

import (
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"jerem/cmd/jerem/serving"
	"jerem/publish/publishtest"
	jirasim "jerem/sim/jira"
	warp10sim "jerem/sim/warp10"
)

// TestVictoriaSinks: the sinks of the configuration are posted to by their names; one that takes no old points is left
// out of a posting of the past, told, and refuses it where it is named.
func TestVictoriaSinks(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts a server: TestForgetReadAgain and publish/remotewrite post to none")
	}
	t.Parallel()
	victoria := publishtest.VictoriaMetrics(t)
	warp10 := httptest.NewServer(warp10sim.New())
	t.Cleanup(warp10.Close)
	story, err := os.ReadFile("../../web/webtest/testdata/story.txtar")
	if err != nil {
		t.Fatal(err)
	}
	jira := serveStory(t, story, jirasim.Options{})
	config := writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+
		"}\n"+
		"projects: [{name: K8S, label: Kubernetes}]\nstore: {path: STORE}\nsinks:\n"+
		"- {name: second, type: warp10, url: '"+warp10.URL+"', token: "+warp10sim.Write+"}\n"+
		"- {name: victoria, type: remotewrite, url: '"+victoria+"', backfill: all, interval: 6h}\n"+
		"- {name: prom, type: remotewrite, url: 'http://127.0.0.1:1'}\n")
	if _, errs, code := call(t, nil, "--config", config, "collect"); code != 0 {
		t.Fatal(errs)
	}
	out, errs, code := call(t, nil, "--config", config, "publish")
	if code != 0 || !strings.Contains(out, "second: ") || !strings.Contains(out, "victoria: ") ||
		!strings.Contains(errs, "prom: left out") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
	out, errs, code = call(t, nil, "--config", config, "publish", "--sink", "victoria")
	if code != 0 || !strings.HasPrefix(out, "victoria: ") || strings.Contains(out, "second") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
	standing := publishtest.StandingAtVictoria(t, victoria, `{team="Kubernetes",__name__="jerem_sprint_remaining"}`)
	if len(standing) == 0 {
		t.Error("nothing stands")
	}
	for flag, want := range map[string]string{"prom": "takes no old points",
		"third": "known is second, victoria, prom"} {
		_, errs, code = call(t, nil, "--config", config, "publish", "--sink", flag)
		if code == 0 || !strings.Contains(errs, want) {
			t.Errorf("--sink %s: exit %d: %s", flag, code, errs)
		}
	}
}
