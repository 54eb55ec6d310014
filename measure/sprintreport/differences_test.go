package sprintreport_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jerem/measure"
	"jerem/measure/sprintreport"
	"jerem/measure/storytest"
)

// TestDifferencesAddUp: what the ledger completed, net of what was reopened, and the differences of what is done make
// what the report says done; so for what was removed.
func TestDifferencesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := storytest.GenerateHistory(t)
		team := measure.Of(h)
		at := storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(0, 110).Draw(t, "asked")) * time.Hour)
		for _, sprint := range []int64{1, 2} {
			d, err := sprintreport.Compare(team, sprint, at)
			if err != nil {
				t.Fatal(err)
			}
			if d == nil {
				continue
			}
			s, _ := team.Sprint(sprint, at)
			done := s.Ledger.Completed - s.Ledger.Reopened
			for _, diff := range d.Differences {
				if diff.Report == nil || *diff.Report != sprintreport.ListRemoved ||
					diff.Why == sprintreport.WhyLeftDone && diff.Estimate < 0 {
					done += diff.Estimate
				}
			}
			said := d.Sums[sprintreport.ListCompleted].Final + d.Sums[sprintreport.ListCompletedOutside].Final
			onlyRemovals := slices.ContainsFunc(d.Differences, func(diff sprintreport.Difference) bool {
				return diff.Why == sprintreport.WhyRolledOver || diff.Why == sprintreport.WhyLeftDone
			})
			if !onlyRemovals && math.Abs(done-said) > 1e-9 {
				t.Fatalf("sprint %d at %v: ledger and differences make %v done, the report says %v: %+v", sprint, at,
					done, said, d.Differences)
			}
		}
	})
}

// TestReestimatedAfterDone: the worked example of the room.
func TestReestimatedAfterDone(t *testing.T) {
	team := measure.Of(storytest.Read(t, "sprint 22 S active 2026-11-02T09:00 2026-11-13T18:00",
		"K-1 2026-10-30 sprint=22 points=5\n  2026-11-05 status=done\n  2026-11-06 points=8"))
	d, err := sprintreport.Compare(team, 22, time.Date(2026, 11, 9, 9, 0, 0, 0, time.UTC))
	if err != nil || len(d.Differences) != 1 {
		t.Fatalf("%+v, %v", d, err)
	}
	if done, only := d.Sums[sprintreport.ListCompleted].Final, d.Differences[0]; done != 8 || only.Issue != "K-1" ||
		only.Estimate != 3 || only.Why != sprintreport.WhyReestimatedAfterDone {
		t.Errorf("%v completed, %+v", done, only)
	}
}
