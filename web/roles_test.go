package web

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"jerem/access"
	"jerem/access/rules"
	"jerem/testrun"
)

// opened are the addresses that are for everybody: they tell nothing of a team.
var opened = []string{"/healthz", "/health", "/readyz", "/favicon.ico", "/assets/jerem.css"}

// TestWhatEachRoleSees: figures are for viewers: who has another role alone sees nothing but what is open. Every
// address is asked for by everybody, and the one that programs post to.
func TestWhatEachRoleSees(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	people := map[string][]rules.Role{"vera": {rules.Viewer}, "mona": {rules.Member}, "olaf": {rules.Operator},
		"paul": {rules.Pay}, "otto": {rules.Viewer, rules.Operator},
		"all but": {rules.Member, rules.Operator, rules.Pay}}
	g := newGated(t, func(_ *Options, gate *access.Options) {
		gate.Rules.Roles, gate.Rules.Teams = map[rules.Role][]rules.Matcher{}, nil
		for who, list := range people {
			for _, role := range list {
				gate.Rules.Roles[role] = append(gate.Rules.Roles[role], rules.Matcher{Login: who})
			}
		}
	})
	for _, address := range servedPatterns(t, "Kubernetes") {
		for who, list := range people {
			code, body, _ := g.ask(t, who, address)
			isRefused := code == http.StatusUnauthorized || code == http.StatusForbidden
			sees := slices.Contains(opened, address) || slices.Contains(list, rules.Viewer)
			switch {
			case sees == isRefused:
				t.Errorf("%s for %v: %d", address, list, code)
			case !sees && (code != http.StatusForbidden || strings.Contains(body, "Secret")):
				t.Errorf("%s for %v: %d %s", address, list, code, body)
			}
		}
	}
	for who, list := range people {
		if code := g.post(who, "/mcp"); (code == http.StatusForbidden) == slices.Contains(list, rules.Viewer) {
			t.Errorf("POST /mcp for %v: %d", list, code)
		}
	}
	if code := g.post("", "/mcp"); code != http.StatusUnauthorized {
		t.Errorf("POST /mcp for nobody: %d", code)
	}
}

// TestEverybodySees: without a login every address is answered to whoever asks, whatever a header says.
func TestEverybodySees(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	g := newGated(t, func(o *Options, gate *access.Options) {
		gate.Mode, o.Access.MetricsByToken = access.Off, false
	})
	for _, team := range []string{"Kubernetes", "Secret%20team"} {
		for _, address := range servedPatterns(t, team) {
			for _, who := range []string{"", "eve", "mallory"} {
				code, _, _ := g.ask(t, who, address)
				if code == http.StatusUnauthorized || code == http.StatusForbidden {
					t.Errorf("%s for %q: %d", address, who, code)
				}
			}
		}
	}
	if code := g.post("", "/mcp"); code == http.StatusUnauthorized || code == http.StatusForbidden {
		t.Errorf("POST /mcp: %d", code)
	}
}

// post posts a question of an assistant and returns the status of the answer.
func (g gated) post(who, address string) int {
	r := httptest.NewRequest(http.MethodPost, address,
		strings.NewReader(`{"jsonrpc":"2.0","id":1,"method":"tools/list"}`))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json, text/event-stream")
	if who != "" {
		r.Header.Set("X-Forwarded-User", who)
	}
	w := httptest.NewRecorder()
	g.ServeHTTP(w, r)
	return w.Code
}
