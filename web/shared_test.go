package web

import (
	"log/slog"
	"strings"
	"testing"

	"jerem/teams"
	"jerem/testrun"
	"jerem/web/webtest"
)

// TestQuietCycle: after a cycle that found nothing new each page is written anew, as of the new moment, without one
// team being loaded or computed again; the portfolio, /metrics and the API share what the first page computed.
func TestQuietCycle(t *testing.T) {
	testrun.SkipInShort(t)
	company := webtest.Company()
	b := webtest.Read(t, webtest.Story(), company...)
	shared := teams.NewCache(b.Store)
	h := New(Options{Store: b.Store, Teams: company, Log: slog.New(slog.DiscardHandler), AnyHost: true,
		Computed: shared})
	pages := []string{"/", "/teams/Kubernetes", "/teams/Kubernetes/roadmap", "/teams/Kubernetes/flow", "/metrics",
		"/api/v1/teams", "/api/v1/portfolio", network, databases, "/teams/Observability"}
	tags := map[string]string{}
	ask := func() {
		t.Helper()
		for _, address := range pages {
			code, page, header := get(t, h, address)
			if code != 200 || strings.TrimSpace(page) == "" {
				t.Errorf("%s: %d", address, code)
			}
			if tag := header.Get("ETag"); tag != "" && tag == tags[address] {
				t.Errorf("%s: the answer of before the cycle is given", address)
			} else {
				tags[address] = tag
			}
		}
	}
	ask()
	if n := shared.Loads(); n != len(company) {
		t.Errorf("%d teams were loaded %d times for all pages", len(company), n)
	}
	if _, err := b.Collect(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	ask()
	if n := shared.Loads(); n != len(company) {
		t.Errorf("after a quiet cycle %d teams were loaded again", n-len(company))
	}
}
