package moved

import (
	"testing"
	"time"

	"jerem/agile"
)

// TestPastChangesComeAlong: what changed the past on the former site while the team was there is told under the present
// ids, what was found there later is not.
func TestPastChangesComeAlong(t *testing.T) {
	at := func(day int) time.Time { return time.Date(2026, 10, day, 0, 0, 0, 0, time.UTC) }
	ids := identities{issues: map[int64]int64{7: 70}, sprints: map[int64]int64{3: 30}}
	deleted := &agile.Issue{ID: 7, Created: at(1), Sprints: agile.Constant(at(1), []int64{3})}
	former := &agile.History{PastChanges: []agile.PastChange{
		{Kind: agile.IssueDeleted, ID: 7, Found: at(2), Issue: deleted, Worklogs: []agile.Worklog{{ID: 1, Issue: 7}}},
		{Kind: agile.TimeCorrected, ID: 8, Found: at(9)},
	}}
	present := &agile.History{PastChanges: []agile.PastChange{{Kind: agile.SprintLeft, ID: 30, Found: at(9)}}}
	got := joinPastChanges(former, present, ids, at(5))
	if len(got) != 2 || got[0].ID != 30 || got[1].ID != 70 || got[1].Worklogs[0].Issue != 70 {
		t.Fatalf("told: %+v", got)
	}
	if sprints := got[1].Issue.Sprints.Last(); len(sprints) != 1 || sprints[0] != 30 || deleted.ID != 7 {
		t.Errorf("the deleted issue stood in %v", sprints)
	}
	if former.PastChanges[0].Worklogs[0].Issue != 7 {
		t.Error("the former past was changed")
	}
}
