package mcp

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestEmptyArguments: an empty argument is left out of the address that is asked, for some assistants fill in all that
// they know of; one that says something where it is empty is not: else an assistant that passes what an address under
// explain holds would be told of another row.
func TestEmptyArguments(t *testing.T) {
	t.Parallel()
	var asked string
	h := Handler("test", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked = r.URL.RequestURI() }))
	for _, c := range []struct{ tool, arguments, want string }{
		{"flow", `{"team": "A", "at": "", "from": ""}`, "/api/v1/teams/A/flow"},
		{"explain", `{"figure": "oncall.by_rule.callouts", "team": "A", "sprint": "7", "rule": "", "epic": ""}`,
			"/api/v1/explain?figure=oncall.by_rule.callouts&rule=&sprint=7&team=A"},
		{"explain", `{"figure": "initiative_done", "team": "A", "initiative": "", "nature": ""}`,
			"/api/v1/explain?figure=initiative_done&initiative=&team=A"},
	} {
		r := httptest.NewRequest(http.MethodPost, Path, strings.NewReader(`{"jsonrpc": "2.0", "id": 1, "method": `+
			`"tools/call", "params": {"name": "`+c.tool+`", "arguments": `+c.arguments+`}}`))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", "application/json, text/event-stream")
		w := httptest.NewRecorder()
		asked = ""
		h.ServeHTTP(w, r)
		if asked != c.want {
			t.Errorf("%s %s asks %q, want %q: %s", c.tool, c.arguments, asked, c.want, w.Body)
		}
	}
}
