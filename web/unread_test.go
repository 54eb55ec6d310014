package web

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jerem/access"
	"jerem/web/live"
)

// TestParametersBesidePages: what is no page and no answer of the API refuses what it does not read too, with a reason;
// what looks after the process, and files, are answered whatever stands behind the ?.
func TestParametersBesidePages(t *testing.T) {
	t.Parallel()
	g := newGated(t, nil)
	for _, c := range []struct {
		address, bearer string
		status          int
	}{
		{"/live", "board", http.StatusOK},
		{"/live?x=1", "board", http.StatusBadRequest},
		{"/live?x=1", "one", http.StatusBadRequest}, // of a view that knows some of the teams
		{"/mcp?x=1", "board", http.StatusBadRequest},
		{"/healthz?x=1", "", http.StatusOK},
		{"/readyz?x=1&x=2", "", http.StatusOK},
		{"/metrics?x=1", "board", http.StatusOK},
		{"/favicon.ico?x=1", "", http.StatusFound},
	} {
		if status, body := g.askBy(t, c.address, c.bearer); status != c.status ||
			status == http.StatusBadRequest && !strings.Contains(body, "reads no parameter") {
			t.Errorf("%s for %q: %d, want %d: %.300s", c.address, c.bearer, status, c.status, body)
		}
	}
}

// askBy asks an address with a token, "" for none.
func (g gated) askBy(t *testing.T, address, bearer string) (int, string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, address, nil)
	if bearer != "" {
		r.Header.Set("Authorization", "Bearer "+g.tokens[bearer])
	}
	rec := httptest.NewRecorder()
	g.ServeHTTP(rec, r)
	return rec.Code, rec.Body.String()
}

// TestKeyTwice: a badge or a card whose key is named twice is refused, where people log in and where nobody does, and
// no answer shows a key.
func TestKeyTwice(t *testing.T) {
	t.Parallel()
	g, open := newGated(t, nil), newGatedOff(t, nil)
	key := g.tokens["badge"]
	for _, path := range []string{"/teams/Kubernetes/badge.svg", "/teams/Kubernetes/card"} {
		for query, want := range map[string]int{
			"?key=" + key:                 http.StatusOK,
			"?k%65y=" + key:               http.StatusOK,
			"?key=" + key + "&key=" + key: http.StatusBadRequest,
			"?key=&key=" + key:            http.StatusBadRequest,
			"?key=" + key + "&x=1":        http.StatusBadRequest,
			"?key=" + key + "&at=&at=":    http.StatusBadRequest,
		} {
			for name, h := range map[string]http.Handler{"with logins": g, "open": open} {
				status, body, _ := get(t, h, path+query)
				if status != want || strings.Contains(body, key) {
					t.Errorf("%s, %s%s: %d, want %d: %.300s", name, path, strings.ReplaceAll(query, key, "KEY"),
						status, want, strings.ReplaceAll(body, key, "THE KEY"))
				}
			}
		}
	}
}

// TestStreamsAreShared: who takes all streams gives one up to the next viewer, be it a token, a login or an address
// that a trusted proxy names, whatever teams they see; of more for themselves they are told that the server is busy.
func TestStreamsAreShared(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		mode        access.Mode
		loud, quiet [2]string // a header
	}{
		"tokens": {access.ByProxy, [2]string{"Authorization", "board"}, [2]string{"Authorization", "one"}},
		"logins": {access.ByProxy, [2]string{"X-Forwarded-User", "ada"}, [2]string{"X-Forwarded-User", "bob"}},
		"addresses": {access.Off, [2]string{"X-Forwarded-For", "203.0.113.7"},
			[2]string{"X-Forwarded-For", "203.0.113.8"}},
	} {
		t.Run(name, func(t *testing.T) {
			g := newGated(t, func(o *Options, gate *access.Options) {
				o.Ended, gate.Mode = nil, c.mode
			})
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				r.RemoteAddr = "192.0.2.1:1234" // the proxy
				g.ServeHTTP(w, r)
			}))
			defer server.Close()
			ctx, leave := context.WithCancel(t.Context())
			defer leave()
			var first *http.Response
			for i := range live.StreamsAtOnce {
				res := g.listenAs(ctx, t, server.URL, c.loud)
				if i == 0 {
					first = res
				}
				if res.StatusCode != http.StatusOK {
					t.Fatalf("stream %d is answered with %d", i+1, res.StatusCode)
				}
			}
			if res := g.listenAs(ctx, t, server.URL, c.loud); res.StatusCode != http.StatusServiceUnavailable ||
				res.Header.Get("Retry-After") == "" {
				t.Errorf("beyond all streams: %d, Retry-After %q", res.StatusCode, res.Header.Get("Retry-After"))
			}
			if res := g.listenAs(ctx, t, server.URL, c.quiet); res.StatusCode != http.StatusOK {
				t.Fatalf("another viewer is answered with %d", res.StatusCode)
			}
			for lines := bufio.NewScanner(first.Body); lines.Scan(); { // until the oldest stream ends
			}
		})
	}
}

// listenAs opens a stream for who a header names: a token by its name, a login, an address.
func (g gated) listenAs(ctx context.Context, t *testing.T, url string, by [2]string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/live", nil)
	if err != nil {
		t.Fatal(err)
	}
	value := by[1]
	if by[0] == "Authorization" {
		value = "Bearer " + g.tokens[value]
	}
	r.Header.Set(by[0], value)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Body.Close() })
	return res
}
