package web

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"jerem/agile"
)

// TestMetrics: what is scraped is what the pages show, what is unknown is absent, and the text holds to
// the conventions.
func TestMetrics(t *testing.T) {
	h := serve(t, story(t), append(company(), team("Lost", "NOPE"))...)
	_, body, _ := get(t, h, "/metrics")
	for _, line := range []string{
		`jerem_sprint_commitment{sprint="Sprint 23",team="Kubernetes",unit="points"} 38`,
		`jerem_sprint_remaining{sprint="Sprint 23",team="Kubernetes",unit="points"} 27`,
		`jerem_quarter_estimate{quarter="Q4-26",team="Kubernetes",unit="points"} 117`,
		`jerem_quarter_remaining{quarter="Q4-26",team="Kubernetes",unit="points"} 45`,
		`jerem_quarter_slack_workdays{quarter="Q4-26",team="Kubernetes"} 15`,
		`jerem_quarter_slack_workdays{quarter="Q4-26",team="Réseau / 50%"} -33`,
		`jerem_quarter_remaining{quarter="Q4-26",team="Réseau / 50%",unit="seconds"} 446400`,
		`jerem_sprint_impediment_issues{sprint="DB <i>first</i> & \"only\"",team="<b>Databases</b> & \"co\""} 1`,
		`jerem_sprint_impediment_seconds{sprint="DB <i>first</i> & \"only\"",team="<b>Databases</b> & \"co\""} 7200`,
		`jerem_sprint_impediment_seconds{sprint="NET 8",team="Réseau / 50%"} 0`,
		`jerem_team_behind{team="Kubernetes"} 0`, `jerem_team_behind{team="Lost"} 1`,
	} {
		if !strings.Contains(body, line+"\n") {
			t.Errorf("there is no line %s", line)
		}
	}
	for _, absent := range []string{`jerem_velocity_per_workday{team="<b>`,
		`jerem_quarter_slack_workdays{quarter="Q4-26",team="<b>`, `jerem_team_read_timestamp_seconds{team="Lost`,
		`jerem_team_behind_since_timestamp_seconds{team="Kubernetes`, `jerem_sprint_remaining{sprint="",`,
		`team="Observability",unit="points"} NaN`, `jerem_sprint_unestimated_issues{sprint="DB`} {
		if strings.Contains(body, absent) {
			t.Errorf("what is not known is told: %s", absent)
		}
	}
	if regexp.MustCompile(`jerem_sprint_[a-z]+\{sprint="[^}]*team="Observability"`).MatchString(body) {
		t.Error("a team without sprints has figures of one")
	}
	problems, err := promlint.New(strings.NewReader(body)).Lint()
	if err != nil || len(problems) > 0 {
		t.Errorf("%v %v", problems, err)
	}
}

// TestReady: 503 with the reasons until every team was read, 200 then; in text, and in JSON as described.
func TestReady(t *testing.T) {
	for _, c := range []struct {
		teams []agile.Team
		want  int
		holds string
	}{
		{[]agile.Team{team("Kubernetes", "K8S"), team("Lost", "NOPE")}, http.StatusServiceUnavailable, "Lost"},
		{[]agile.Team{team("Kubernetes", "K8S")}, http.StatusOK, "ready"},
	} {
		h := serve(t, story(t), c.teams...)
		if code, body, _ := get(t, h, "/readyz"); code != c.want || !strings.Contains(body, c.holds) {
			t.Errorf("text: %d %s, want %d", code, body, c.want)
		}
		r := httptest.NewRequest(http.MethodGet, "/readyz", nil)
		r.Header.Set("Accept", "application/json")
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		readDescription(t, h).hold(t, "/readyz", "/readyz", rec.Code, rec.Body.String())
		var state struct {
			Ready   bool
			Reasons []struct{ Team, Code, Hint string }
		}
		if err := json.Unmarshal(rec.Body.Bytes(), &state); err != nil || rec.Code != c.want ||
			state.Ready != (c.want == 200) || len(state.Reasons) != len(c.teams)-1 {
			t.Errorf("JSON: %d %s %v", rec.Code, rec.Body, err)
		}
	}
}
