package mcp

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestIDsComeBack: an id comes back as it was sent, or is refused with itself and a reason.
func TestIDsComeBack(t *testing.T) {
	t.Parallel()
	h := Handler("test", http.NotFoundHandler())
	for id, want := range map[string]int{
		`1`: 200, `0`: 200, `-7`: 200, `"a"`: 200, `"9223372036854775808"`: 200, `9007199254740991`: 200,
		`9007199254740992`: 400, `9007199254740993`: 400, `9223372036854775807`: 400, `9223372036854775808`: 400,
		`-9007199254740993`: 400, `1.5`: 400, `1e3`: 400, `1.0`: 400,
	} {
		r := httptest.NewRequest(http.MethodPost, Path,
			strings.NewReader(`{"jsonrpc":"2.0","id":`+id+`,"method":"ping"}`))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", "application/json, text/event-stream")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		body := w.Body.String()
		if w.Code != want || !strings.Contains(body, `"id":`+id+`,`) && !strings.Contains(body, `"id":`+id+`}`) {
			t.Errorf("%s: %d, want %d: %s", id, w.Code, want, body)
		}
		if w.Code == 400 && !strings.Contains(body, "whole number") {
			t.Errorf("%s is refused without a reason: %s", id, body)
		}
	}
}
