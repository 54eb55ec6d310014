package outlook

import (
	"testing"
	"time"

	"jerem/measure"
	"jerem/measure/storytest"
)

// TestKeptAnswers: an answer is kept while nothing happened in the week before it either, and only where the question
// is plain.
func TestKeptAnswers(t *testing.T) {
	h := storytest.Read(t, "", `K-1 2026-10-01
2026-11-05T12:00 status=doing`)
	h.Until = time.Date(2026, 11, 12, 13, 0, 0, 0, time.UTC)
	inquiry := About(measure.Of(h))
	keyAt := func(q Question, hour, minute int) answerKey {
		t.Helper()
		key, ok := inquiry.keyOf(q, time.Date(2026, 11, 12, hour, minute, 0, 0, time.UTC), wholeAnswer)
		if !ok {
			t.Fatalf("the answer to %+v is not kept", q)
		}
		return key
	}
	sprint := Question{Sprint: 1}
	if keyAt(sprint, 12, 10) != keyAt(sprint, 12, 50) {
		t.Error("nothing happened: the answer is the same")
	}
	if keyAt(sprint, 11, 50) == keyAt(sprint, 12, 10) {
		t.Error("an issue changed a week before: what moved since then is something else")
	}
	if keyAt(sprint, 12, 10) == keyAt(Question{Sprint: 2}, 12, 10) {
		t.Error("two sprints have one answer")
	}
	remaining := 3.0
	for _, q := range []Question{{Remaining: &remaining}, {Sprint: 1, Scope: 1}, {Sprint: 1, Pace: 2},
		{Sprint: 1, Since: h.Until.AddDate(0, 0, -1)}, {Epic: "K-1", Without: []string{"K-2"}}} {
		if _, ok := inquiry.keyOf(q, h.Until, wholeAnswer); ok {
			t.Errorf("the answer to %+v is kept", q)
		}
	}
}
