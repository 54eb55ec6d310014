package sync

import (
	"fmt"
	"testing"
	"time"

	"jerem/agile"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
)

// movedStory is a story of a team with a filter, of which issues move to another project after its first sprint: AA-2
// and AA-3 in it, the latter of another component; AA-4 matches no more once it is there.
const movedStory = `-- site --
clock 2026-10-14 12:00
project OB "Observability"
-- board 1 scrum AA "First" --
-- sprints --
1 "One" 2026-10-05 09:00 .. 2026-10-09 17:00 closed 2026-10-09 17:30 board=1
-- AA-1 Story "Stays" --
2026-10-01 10:00 created points=1 sprint=1 labels=ours
2026-10-06 10:00 status=Done
-- AA-2 Story "Moves" --
2026-10-01 10:00 created points=2 sprint=1 labels=ours
2026-10-06 10:00 status=Done
2026-10-13 10:00 move=OB-1
-- AA-3 Story "Of others, moves" --
2026-10-01 10:00 created points=4 sprint=1 labels=theirs
2026-10-06 10:00 status=Done
2026-10-13 10:00 move=OB-2
-- AA-4 Story "Moves, and matches no more" --
2026-10-01 10:00 created points=8 sprint=1 labels=ours
2026-10-06 10:00 status=Done
2026-10-13 10:00 move=OB-3
2026-10-13 11:00 labels=theirs
-- OB-9 Story "Never of the project" --
2026-10-01 10:00 created points=16 sprint=1 labels=ours
`

// TestMovedIssuesOfAFilter: what a filter matches counts for as long as the team's project held it, wherever it is now:
// a sprint that is over does not lose what moved away since. What matches no more is left out of the past too.
func TestMovedIssuesOfAFilter(t *testing.T) {
	conf := synctest.Team("AA", 1)
	conf.Filter = "labels = ours"
	for _, isDataCenter := range []bool{false, true} {
		for _, first := range []time.Time{{}, time.Date(2026, 10, 12, 12, 0, 0, 0, time.UTC)} {
			r, c := livingRig(t, movedStory, conf)
			if isDataCenter {
				r.asDataCenter(t, synctest.StorySite(t, movedStory), jirasim.DataCenterOptions{}, c.Now)
			}
			want := "3 points completed of 3"
			if !first.IsZero() {
				end := c.Now()
				c.Set(first)
				if got := completedOf(t, r, conf); got != "11 points completed of 11" {
					t.Errorf("Data Center %v, before anything moved: %s", isDataCenter, got)
				}
				c.Set(end)
			} else {
				want = "1 points completed of 1" // what moved before the first reading is in no question
			}
			if got := completedOf(t, r, conf); got != want {
				t.Errorf("Data Center %v, first read %v: %s, want %s", isDataCenter, first, got, want)
			}
		}
	}
}

func completedOf(t *testing.T, r *rig, conf agile.Team) string {
	t.Helper()
	if _, err := r.reader.Collect(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	team := r.kept(t, conf)
	sprint, err := team.Sprint(1, team.Now())
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%v points completed of %v", *sprint.Completed, sprint.Ledger.Commitment)
}
