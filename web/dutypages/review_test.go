package dutypages

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"jerem/oncall/civil/civiltest"
	"jerem/oncall/intake"
	"jerem/oncall/interruption"
	"jerem/oncall/plan"
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
	if !strings.Contains(body, "ticket, to look again on Tue 10 Feb") || !strings.Contains(body, "now due") {
		t.Errorf("after the decision:\n%s", mainOf(body))
	}
	form.Set("review", "soon")
	if status, _, _ := d.post("eve", "/oncall/review/decision", form); status != 400 {
		t.Errorf("a date that is none: %d", status)
	}
}

// TestReviewOfFew: where fewer than three people were on duty in these months, who is none of them is not told what
// would be one person's load, in no line, sum or headline; an operator is. No decision is chosen beforehand.
func TestReviewOfFew(t *testing.T) {
	d := newDesk(t, func(f *plan.File) { f.Rotas[0].Versions[0].People = []string{"ben", "ada"} })
	started := civiltest.Instant("2026-02-05T02:00Z")
	var w roster.Writes
	for id := range int64(mostRules + 2) {
		w.Alerts = append(w.Alerts,
			intake.Alert{Alert: interruption.Alert{ID: id + 1, Rule: fmt.Sprintf("rule-%02d", id),
				Team: "Kubernetes", First: started, Last: started}})
		w.Callouts = append(w.Callouts, intake.Callout{ID: id + 1, Team: "Kubernetes", Rota: "k8s", Level: 1,
			Person: "ben", Started: started, Ended: started.Add(time.Hour), Alerts: []int64{id + 1},
			Verdict: interruption.Noise, Reason: intake.NoAction, Origin: interruption.Presumed})
	}
	d.decide(w)
	_, seen, _ := d.get("vic", "/oncall/review")
	if !strings.Contains(seen, "are not told of all days (fewer than three people were on duty") ||
		!strings.Contains(seen, "out of hours –") ||
		!strings.Contains(seen, "paged 1 time in these months: 1 was noise") || strings.Contains(seen, "time 1 h") {
		t.Errorf("what a viewer sees of one person's load:\n%s", mainOf(seen))
	}
	_, seen, _ = d.get("eve", "/oncall/review")
	for _, want := range []string{`out of hours 1, <span class="nobr">time 1 h</span>`,
		"out of hours 2,\n        time 2 h",
		"paged 1 time in these months, 1 out of hours", `<option value="">choose a decision`} {
		if !strings.Contains(seen, want) {
			t.Errorf("an operator is not told %q:\n%s", want, mainOf(seen))
		}
	}
	if strings.Contains(seen, "are not told of") || strings.Contains(mainOf(seen), " selected") {
		t.Errorf("an operator sees\n%s", mainOf(seen))
	}
}
