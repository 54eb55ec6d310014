package dutypages

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"jerem/oncall/civil/civiltest"
	"jerem/oncall/intake"
	"jerem/oncall/interruption"
	"jerem/oncall/roster"
)

// TestReview: a rule is told without a handle, and decided by a person of the rota or an operator, with a date to look
// again.
func TestReview(t *testing.T) {
	d := newDesk(t, nil)
	started := civiltest.Instant("2026-02-05T02:00Z")
	d.decide(roster.Writes{
		Alerts: []intake.Alert{{Alert: interruption.Alert{ID: 1, Rule: "DiskFull", Team: "Kubernetes", First: started,
			Last: started, Resolved: started.Add(30 * time.Minute)}}},
		Callouts: []intake.Callout{{ID: 1, Team: "Kubernetes", Rota: "k8s", Level: 1, Person: "ben", Started: started,
			Alerts: []int64{1}, Verdict: interruption.Noise, Reason: intake.NoAction,
			Origin: interruption.Presumed}}})
	if _, body, _ := d.get("vic", "/oncall/review"); !strings.Contains(body, "DiskFull") ||
		strings.Contains(body, "<form") {
		t.Errorf("who may not decide is shown a form, or no rule:\n%s", mainOf(body))
	}
	_, body, _ := d.get("cleo", "/oncall/review")
	isGolden(t, "review", body)
	form := url.Values{"team": {"Kubernetes"}, "rule": {"DiskFull"}, "decision": {"ticket"}, "review": {"2026-02-10"}}
	for who, want := range map[string]int{"vic": 403, "pat": 403, "stranger": 403} {
		if status, _, _ := d.post(who, "/oncall/review/decision", form); status != want {
			t.Errorf("%s decides: %d", who, status)
		}
	}
	if status, body, _ := d.post("ben", "/oncall/review/decision", form); status != 303 {
		t.Errorf("ben decides: %d %s", status, body)
	}
	_, body, _ = d.get("vic", "/oncall/review")
	if !strings.Contains(body, "ticket, to look again on 2026-02-10") || !strings.Contains(body, "now due") {
		t.Errorf("after the decision:\n%s", mainOf(body))
	}
	form.Set("review", "soon")
	if status, _, _ := d.post("eve", "/oncall/review/decision", form); status != 400 {
		t.Errorf("a date that is none: %d", status)
	}
}
