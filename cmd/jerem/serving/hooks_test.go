package serving

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestHookBesidePages: a message of Jira is taken below the base of the server too, where a proxy leads it, and all
// else reaches the pages as it was asked for: what stands before them refuses it, or leads on.
func TestHookBesidePages(t *testing.T) {
	t.Parallel()
	named := func(name string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, name+" "+r.URL.Path)
		})
	}
	for _, c := range []struct{ base, method, path, want string }{
		{"", "POST", "/hooks/jira", "messages /hooks/jira"},
		{"", "GET", "/hooks/jira", "pages /hooks/jira"},
		{"", "POST", "/jerem/hooks/jira", "pages /jerem/hooks/jira"},
		{"", "POST", "/hooks/prod", "pages /hooks/prod"},
		{"", "GET", "/teams/A/../B/badge.svg", "pages /teams/A/../B/badge.svg"},
		{"/jerem", "POST", "/jerem/hooks/jira", "messages /jerem/hooks/jira"},
		{"/jerem", "POST", "/hooks/jira", "messages /hooks/jira"},
		{"/jerem", "POST", "/jeremhooks/jira", "pages /jeremhooks/jira"},
	} {
		w := httptest.NewRecorder()
		besideHook(c.base, named("messages"), named("pages")).ServeHTTP(w, httptest.NewRequest(c.method, c.path, nil))
		if got := w.Body.String(); w.Code != 200 || got != c.want {
			t.Errorf("base %q, %s %s: %d %s, want %s", c.base, c.method, c.path, w.Code, got, c.want)
		}
	}
}
