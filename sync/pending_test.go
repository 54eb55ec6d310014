package sync

import (
	"slices"
	"testing"
	"time"

	"jerem/agile"
	jirasim "jerem/sim/jira"
	"jerem/sim/jira/faults"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// TestPendingWorklogsOutliveTrouble: an issue that comes to the team with time logged long ago keeps its place among
// the pending ones while time logged cannot be had, and while no team can be read, until it was asked for.
func TestPendingWorklogsOutliveTrouble(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	const story = `-- site --
clock 2026-10-06 12:00
project OB "Observability"
-- board 1 scrum AA "First" --
-- sprints --
1 "One" 2026-10-05 09:00 .. 2026-10-16 17:00 board=1
-- AA-1 Story "Work" --
2026-10-01 10:00 created points=3 sprint=1
-- OB-1 Story "Comes later" --
2026-10-01 10:00 created points=5
2026-10-02 12:00 log 2h
2026-10-06 13:00 sprint=1
`
	conf := synctest.Team("AA", 1)
	planned := &faults.List{}
	r, c := livingRig(t, story, conf)
	r.serve(t, synctest.StorySite(t, story), jirasim.Options{Email: synctest.Email, Token: synctest.Token, Now: c.Now,
		Fault: planned.Next})
	r.collect(t, conf)
	c.Set(time.Date(2026, 10, 6, 14, 0, 0, 0, time.UTC))
	planned.On("/worklog", faults.Refuse(500, "no"))
	if _, err := r.reader.Collect(t.Context(), false); err == nil {
		t.Fatal("time logged cannot be had, and the reading went well")
	}
	coming := issue(t, r, conf, "OB-1")
	if coming == nil {
		t.Fatal("OB-1 is not read")
	}
	isPending := func(when string) {
		t.Helper()
		checkpoint, err := r.reader.Store.Checkpoints.All(t.Context())
		if err != nil || !slices.Contains(checkpoint.WorklogsPending, coming.ID) {
			t.Errorf("%s the pending worklogs are those of %v, want %d among them: %v", when,
				checkpoint.WorklogsPending, coming.ID, err)
		}
	}
	isPending("after time logged was refused")
	planned.Clear()
	planned.On("/project/", faults.Refuse(404, "no"))
	r.reader.site = nil // the project is asked for again
	if _, err := r.reader.Collect(t.Context(), false); err == nil {
		t.Fatal("the team is read without its project")
	}
	isPending("after a reading of no team")
	r.restart(t)
	isPending("after a restart")
	planned.Clear()
	r.collect(t, conf)
	logs, err := r.reader.Store.Worklogs.All(t.Context())
	if err != nil || !slices.ContainsFunc(logs, func(l agile.Worklog) bool { return l.Issue == coming.ID }) {
		t.Errorf("what was logged on OB-1 is lost: %v %v", logs, err)
	}
	if checkpoint, err := r.reader.Store.Checkpoints.All(t.Context()); err != nil ||
		len(checkpoint.WorklogsPending) > 0 {
		t.Errorf("still pending: %v %v", checkpoint.WorklogsPending, err)
	}
}
