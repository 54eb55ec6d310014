package flow_test

import (
	"slices"
	"testing"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/flow"
	"jerem/measure/storytest"
)

// TestPastStatusOfUnknownCategory: an issue that left a status which nobody knows is told by the flow of the windows
// that look at it and by the sprint it stood in then, under the name of the status, and by no other.
func TestPastStatusOfUnknownCategory(t *testing.T) {
	team := measure.Of(storytest.Read(t, `until 2026-12-20
status 77 Old
sprint 1 S1 closed 2026-11-02T09:00 2026-11-13T18:00 2026-11-13T18:00
sprint 2 S2 closed 2026-11-16T09:00 2026-11-27T18:00 2026-11-27T18:00`,
		`K-1 2026-10-01T10:00 status=77 sprint=1,2 points=3
  2026-11-10T10:00 status=6
K-2 2026-10-01T10:00 status=1 sprint=1,2 points=3
K-3 2026-10-01T10:00 status=1 sprint=1,2 points=3`))
	reason := "1 status of unknown category in the past of 1 issue: Old"
	at := storytest.ParseTime(t, "2026-12-20T12:00")
	date := func(text string) calendar.Date {
		return calendar.DateOf(storytest.ParseTime(t, text), team.History().Team.Calendar.Zone)
	}
	for from, want := range map[string]bool{"2026-11-01": true, "2026-11-10": true, "2026-12-01": false} {
		q := flow.Measure(team, at, date(from), date("2026-12-20")).Quality
		if slices.Contains(q.Reasons, reason) != want {
			t.Errorf("flow from %s: %s %q", from, q.Grade, q.Reasons)
		}
	}
	for id, want := range map[int64]bool{1: true, 2: false} {
		s, err := team.Sprint(id, at)
		if err != nil {
			t.Fatal(err)
		}
		if slices.Contains(s.Quality.Reasons, reason) != want {
			t.Errorf("sprint %d: %s %q", id, s.Quality.Grade, s.Quality.Reasons)
		}
	}
}
