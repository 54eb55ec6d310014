package bot

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"jerem/jira"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
)

// TestDoubtedReadingsCount: a reading of a team of which Jira tells less than is known counts as failed, as the team
// is behind by it; the one before and the one after count as fine.
func TestDoubtedReadingsCount(t *testing.T) {
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.StorySite(t, synctest.SmallTeam), conf)
	r.bot.Metrics = NewMetrics(func() time.Duration { return 0 }, func() []jira.LimitedBy { return nil })
	empty := false
	r.between(t, synctest.SmallTeam, jirasim.Options{}, func(req *http.Request, _ []byte, a *synctest.Answer) {
		if empty && strings.HasSuffix(req.URL.Path, "/status") {
			a.Body = []byte(`[]`)
		}
	})
	for n, doubted := range []bool{false, true, false} {
		empty = doubted
		if err := r.bot.readOnce(t.Context()); (err != nil) != doubted {
			t.Fatal(n, err)
		}
		state, err := r.bot.Store.Teams.State(t.Context(), conf.Name)
		if err != nil || strings.Contains(state.Why, `"doubt":"no_statuses"`) != doubted ||
			strings.Contains(state.Why, "is empty") {
			t.Errorf("reading %d is kept as %q, which is no code: %v", n, state.Why, err)
		}
	}
	for _, want := range []string{`jerem_team_readings_total{result="failed",team="K8S"} 1`,
		`jerem_team_readings_total{result="ok",team="K8S"} 2`} {
		if !strings.Contains(told(r.bot.Metrics), want+"\n") {
			t.Errorf("there is no line %s", want)
		}
	}
}

// told is what metrics tell.
func told(m *Metrics) string {
	registry := prometheus.NewRegistry()
	registry.MustRegister(m)
	rec := httptest.NewRecorder()
	promhttp.HandlerFor(registry, promhttp.HandlerOpts{}).ServeHTTP(rec,
		httptest.NewRequest(http.MethodGet, "/metrics", nil))
	return rec.Body.String()
}
