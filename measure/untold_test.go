package measure_test

import (
	"reflect"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
)

// TestUntoldSprintsGoOn: an issue that becomes a sub-task of a parent in the same sprint changes what was computed of the
// time before, although its Sprint field shows what it showed.
func TestUntoldSprintsGoOn(t *testing.T) {
	const setup = "until 2026-11-28T12:00\n" +
		"sprint 1 S1 closed 2026-11-02T08:00 2026-11-13T18:00 2026-11-13T18:00\n"
	const issues = "K-1 2026-11-01T08:00 sprint=1 points=5\nK-2 2026-11-01T08:00 parent=K-1 sprint=1 points=3\n"
	h := storytest.Read(t, setup, issues)
	at := time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)
	team := measure.Of(h)
	if got := sprintOf(t, team, at); got.Ledger.Commitment != 8 {
		t.Fatalf("committed %v", got.Ledger.Commitment)
	}
	next := *h
	next.Issues = []*agile.Issue{h.Issues[0],
		storytest.Read(t, setup, issues+"  2026-11-20T08:00 type=sub\n").Issues[1]}
	got, want := sprintOf(t, measure.Update(team, &next, nil), at), sprintOf(t, measure.Of(&next), at)
	if !reflect.DeepEqual(got, want) || got.Ledger.Commitment != 5 {
		t.Errorf("committed %v, computed anew %v", got.Ledger.Commitment, want.Ledger.Commitment)
	}
}

// sprintOf returns the first sprint of a team at a moment.
func sprintOf(t *testing.T, team *measure.Team, at time.Time) *measure.Sprint {
	t.Helper()
	s, err := team.Sprint(1, at)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
