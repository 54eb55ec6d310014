package index

import (
	"testing"
	"time"

	"jerem/agile"
)

// TestCheckpointsCostOneList: however many changes an issue has, its checkpoints are gathered in one list, which the
// state history of each issue of a team that is loaded asks for.
func TestCheckpointsCostOneList(t *testing.T) {
	created := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	epic := &agile.Issue{ID: 1, Created: created, Type: agile.Timeline[string]{{From: agile.MomentOf(created),
		Value: "epic"}}}
	issue := &agile.Issue{ID: 2, Created: created, Parent: agile.Timeline[int64]{{From: agile.MomentOf(created),
		Value: 1}}}
	const changes = 200
	for n := range changes {
		at := created.Add(time.Duration(changes-n) * time.Hour)
		issue.Status = append(issue.Status, agile.Step[string]{From: agile.MomentOf(at), Value: "1"})
		issue.Sprints = append(issue.Sprints, agile.Step[[]int64]{From: agile.MomentOf(at)})
	}
	x := New(&agile.History{Issues: []*agile.Issue{epic, issue}})
	var found []Checkpoint
	lists := testing.AllocsPerRun(10, func() { found = x.Checkpoints(issue) })
	if lists > 2 { // the list, and what gathers it
		t.Errorf("%v allocations", lists)
	}
	if len(found) != changes+1 || !found[0].At.Equal(created) || !found[changes].SprintChanged {
		t.Errorf("%d checkpoints, from %v on", len(found), found[0])
	}
	for n := 1; n < len(found); n++ {
		if !found[n-1].At.Before(found[n].At) {
			t.Errorf("%v stands before %v", found[n-1], found[n])
		}
	}
}
