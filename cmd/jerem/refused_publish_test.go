package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"jerem/cmd/jerem/serving"
	jirasim "jerem/sim/jira"
	warp10sim "jerem/sim/warp10"
	"jerem/testrun"
)

// changingStore is a store for remote write that gives one answer to all, until it is told another.
type changingStore struct {
	status  int
	said    string
	deletes bool // the answer is given to deletions alone: samples are taken
}

func (s *changingStore) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	if s.deletes && !strings.HasSuffix(r.URL.Path, "delete_series") {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.WriteHeader(s.status)
	_, _ = io.WriteString(w, s.said)
}

// collectWithSink reads the story into a store whose configuration has one sink.
func collectWithSink(t *testing.T, sink string) (config string) {
	t.Helper()
	story, err := os.ReadFile("../../web/webtest/testdata/story.txtar")
	if err != nil {
		t.Fatal(err)
	}
	jira := serveStory(t, story, jirasim.Options{})
	config = writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+"}\n"+
		"projects: [{name: K8S, label: Kubernetes}]\nstore: {path: STORE}\n"+sink+"\n")
	if _, errs, code := call(t, nil, "--config", config, "collect"); code != 0 {
		t.Fatal(errs)
	}
	return config
}

// TestRefusedPublish: a command by hand of which the store refuses what it was asked to do ends with 1, says why and
// what helps, and claims nothing; whatever the store refuses, and whichever request.
func TestRefusedPublish(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it posts the past of a team several times")
	}
	store := &changingStore{status: http.StatusNoContent}
	server := httptest.NewServer(store)
	t.Cleanup(server.Close)
	config := collectWithSink(t, "sinks: [{name: vm, type: remotewrite, url: '"+server.URL+
		"', token: wrong, backfill: all}]")
	if out, errs, code := call(t, nil, "--config", config, "publish"); code != 0 || !strings.HasPrefix(out, "vm: ") {
		t.Fatalf("exit %d: %s%s", code, out, errs)
	}
	for _, c := range []struct {
		changingStore
		want string
	}{
		{changingStore{status: 401, said: "no"}, "token"},
		{changingStore{status: 403}, "token"},
		{changingStore{status: 400, said: "bad"}, "400: bad"},
		{changingStore{status: 404}, "404"},
		{changingStore{status: 200, said: "<html>login"}, "200: <html>login"},
		{changingStore{status: 401, deletes: true}, "token"},
		{changingStore{status: 200, said: "<html>login", deletes: true}, "delete_series"},
	} {
		*store = c.changingStore
		for _, args := range [][]string{{"publish"}, {"publish", "--from", "2026-11-20"},
			{"forget", "--sinks", "--yes", "--team", "Kubernetes"}} {
			if c.deletes && args[len(args)-1] == "2026-11-20" {
				continue // a range asks for no deletion
			}
			out, errs, code := call(t, nil, append([]string{"--config", config}, args...)...)
			if code != 1 || !strings.Contains(errs, c.want) || strings.Contains(out, " 0 points") ||
				strings.Contains(out, "deleted") {
				t.Errorf("%d %q, %v: exit %d: %s%s", c.status, c.said, args, code, out, errs)
			}
		}
		if out, errs, code := call(t, nil, "--config", config, "check"); code != 1 ||
			!strings.Contains(out+errs, "FAIL") {
			t.Errorf("%d %q: check ends with %d: %s%s", c.status, c.said, code, out, errs)
		}
	}
	*store = changingStore{status: http.StatusNoContent}
	if out, errs, code := call(t, nil, "--config", config, "publish"); code != 0 || strings.Contains(out, " 0 points") {
		t.Errorf("when it is taken again: exit %d: %s%s", code, out, errs)
	}
}

// TestRefusedWarp10: the same at a platform whose token is none.
func TestRefusedWarp10(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	server := httptest.NewServer(warp10sim.New())
	t.Cleanup(server.Close)
	config := collectWithSink(t, "metrics: {url: '"+server.URL+"', token: wrong}")
	for _, args := range [][]string{{"publish"}, {"publish", "--replace", "--yes"}, {"publish", "--from", "2026-11-20"},
		{"forget", "--sinks", "--yes", "--team", "Kubernetes"}} {
		out, errs, code := call(t, nil, append([]string{"--config", config}, args...)...)
		if code != 1 || !strings.Contains(errs, "metrics.token") || strings.Contains(out, "points") {
			t.Errorf("%v: exit %d: %s%s", args, code, out, errs)
		}
	}
}
