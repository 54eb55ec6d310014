package web

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"jerem/testrun"
)

// hostileStory is a story whose texts hold what terminals, tables and drawings take for commands.
func hostileStory(t *testing.T) []byte {
	t.Helper()
	text := string(story(t))
	for from, to := range map[string]string{"\"Sprint 23\"": "\"Sprint 23\x1b[31m\u202e\"",
		"drain nodes one zone at a time": "\x1b[2J drain \ufeff\u2028 nodes"} {
		if !strings.Contains(text, from) {
			t.Skipf("the story has no %s", from)
		}
		text = strings.ReplaceAll(text, from, to)
	}
	return []byte(text)
}

// TestHostileTextsLeaveClean: no address gives control characters or invalid text on.
func TestHostileTextsLeaveClean(t *testing.T) {
	testrun.SkipInShort(t)
	h := serve(t, hostileStory(t), team("Kubernetes", "K8S"))
	for _, address := range []string{"/", "/teams/Kubernetes", "/teams/Kubernetes/roadmap",
		"/teams/Kubernetes/sprints/23/burndown.svg", "/teams/Kubernetes/issues/K8S-1381", "/metrics", "/readyz",
		"/teams.csv", "/teams/Kubernetes/sprints/23/ledger.csv", "/teams/Kubernetes/quarters/Q4-26/epics.csv",
		"/api/v1/teams/Kubernetes/sprints", "/api/v1/teams/Kubernetes/sprints/23", "/api/v1/series",
		"/teams/%1b%5b31m", "/nothing%1b%0d%0aX", "/api/v1/nothing%1b", "/api/v1/teams/%ff%fe/sprints", "/teams/%ff",
		"/teams/Kubernetes/issues/%ff%00", "/?at=%1b%5b31m", "/?quarter=%1b%ff", "/api/v1/series?class=%ff(",
		"/api/v1/explain?figure=%1b&team=Kubernetes"} {
		_, body, header := get(t, h, address)
		if !utf8.ValidString(body) || strings.ContainsAny(body, "\x1b\x00\x07\x08\x7f") {
			t.Errorf("%s: control characters leave: %.200q", address, body)
		}
		for name, values := range header {
			if strings.ContainsFunc(strings.Join(values, ""), unicode.IsControl) {
				t.Errorf("%s: header %s: %q", address, name, values)
			}
		}
		if strings.HasPrefix(address, "/api") && !json.Valid([]byte(body)) {
			t.Errorf("%s: is no JSON: %.200q", address, body)
		}
		if strings.HasSuffix(address, ".svg") {
			if err := wellFormed(body); err != nil {
				t.Errorf("%s: %v", address, err)
			}
		}
	}
}
