package sync

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// TestDeletedEpic: issues of an epic that is deleted are no longer in it, though nothing tells that they were changed:
// what is kept by small readings is what a first one would find.
func TestDeletedEpic(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	const story = `-- site --
clock 2026-10-20 12:00
-- board 1 scrum AA "First" --
-- sprints --
-- AA-1 Epic "Is deleted" --
2026-10-01 10:00 created labels=Q4-26
2026-10-21 10:00 deleted
-- AA-2 Story "Created in it" --
2026-10-02 10:00 created points=3 epic=AA-1
-- AA-3 Story "Put into it" --
2026-10-02 10:00 created points=5
2026-10-05 10:00 epic=AA-1
-- AA-4 Story "Left it" --
2026-10-02 10:00 created points=5 epic=AA-1
2026-10-05 10:00 epic=none
`
	for _, dialect := range []jirasim.Dialect{jirasim.Cloud, jirasim.DataCenter} {
		t.Run(string(dialect), func(t *testing.T) {
			t.Parallel()
			conf := synctest.Team("AA", 1)
			r, clock := livingRig(t, story, conf)
			first, later := livingRig(t, story, conf)
			if dialect == jirasim.DataCenter {
				r.asDataCenter(t, synctest.StorySite(t, story), jirasim.DataCenterOptions{}, clock.Now)
				first.asDataCenter(t, synctest.StorySite(t, story), jirasim.DataCenterOptions{}, later.Now)
			}
			team := r.collect(t, conf)
			if epic, ok := team.Index.Lookup("AA-1"); !ok || len(team.Index.EpicIssues.Of(epic.ID)) != 3 {
				t.Fatalf("%v stood in epics", team.Index.EpicIssues.Of(epic.ID))
			}
			clock.Set(time.Date(2026, 10, 22, 12, 0, 0, 0, time.UTC))
			later.Set(clock.Now())
			got, want := r.collect(t, conf), first.collect(t, conf)
			if diff := cmp.Diff(want.Index.History.Issues, got.Index.History.Issues); diff != "" {
				t.Errorf("kept and read anew differ: %s", diff)
			}
		})
	}
}
