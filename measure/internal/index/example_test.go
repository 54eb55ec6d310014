package index

import (
	"testing"
	"time"

	"jerem/measure/internal/workstate"
	"jerem/measure/storytest"
)

// TestWorkedExample: what the room's example says of an issue in a sprint, before it was created, to do and done.
func TestWorkedExample(t *testing.T) {
	x := New(storytest.Read(t, "sprint 22 S active 2026-11-02T09:00 2026-11-13T18:00\nuntil 2026-11-09",
		"K-1 2026-10-30T10:00 sprint=22 points=5\n  2026-11-05T10:00 status=done"))
	issue, ok := x.Lookup("k-1")
	if !ok || len(x.Histories.Of(issue.ID)) != 2 {
		t.Fatalf("%v, %+v", ok, x.Histories.Of(issue.ID))
	}
	on := func(month time.Month, day int) time.Time { return time.Date(2026, month, day, 12, 0, 0, 0, time.UTC) }
	then, exists := x.Histories.Of(issue.ID).At(on(11, 4))
	if !exists || then.State() != workstate.ToDo || then.Estimate().Value != 5 {
		t.Errorf("on the 4th: %+v", then)
	}
	if last := x.Histories.Of(issue.ID)[1]; last.State() != workstate.Done ||
		!last.At().Equal(on(11, 5).Add(-2*time.Hour)) {
		t.Errorf("the last snapshot: %+v", last)
	}
	if _, exists := x.Histories.Of(issue.ID).At(on(10, 29)); exists {
		t.Error("it is there before it was created")
	}
	version := x.History.Sprints[0].At(on(11, 4))
	members := x.Memberships(x.SprintSpan(22, version, on(11, 4)))
	if len(members) != 1 || !members[0].Last().In || members[0].Last().State() != workstate.ToDo {
		t.Errorf("members: %+v", members)
	}
	if before, done := x.Finishes(x.Unit, on(11, 4)), x.Finishes(x.Unit, on(11, 6)); len(before) != 0 ||
		len(done) != 1 {
		t.Errorf("finished by the 4th %v, by the 6th %v", before, done)
	}
}
