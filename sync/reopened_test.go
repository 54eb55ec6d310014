package sync

import (
	"testing"
	"time"

	"jerem/agile"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// TestSprintReopened: a sprint that was closed too early and is opened again goes on with the same account, and
// stands in the end as of its last close; a bot that saw the first close and one that did not agree then.
func TestSprintReopened(t *testing.T) {
	testrun.SkipInShort(t)
	const story = `-- site --
clock 2026-10-05 12:00
-- board 1 scrum K8S "Kubernetes" --
-- sprints --
1 "One" 2026-10-05 09:00 .. 2026-10-16 17:00 closed 2026-10-14 17:00 reopened 2026-10-15 09:00 closed 2026-10-16 17:00
-- K8S-1 Story "Done before the first close" --
2026-10-01 10:00 created points=3 sprint=1
2026-10-13 10:00 status=done
-- K8S-2 Story "Done after the sprint was opened again" --
2026-10-01 10:00 created points=5 sprint=1
2026-10-15 11:00 status=done
-- K8S-3 Story "Added then" --
2026-10-01 10:00 created points=2
2026-10-15 12:00 sprint=1
`
	conf := synctest.Team("K8S", 0)
	follower, c := livingRig(t, story, conf)
	for _, x := range []struct {
		day   int
		state agile.SprintState
		want  string
	}{
		{13, agile.Active, "8 + 0 - 0 + 0 - 3 + 0 = 5; completed 3 outside 0 scope 8 kept 3; to do 5 in 1, " +
			"doing 0 in 0, done 3 in 1; unestimated 0"},
		{14, agile.Closed, "8 + 0 - 0 + 0 - 3 + 0 = 5; completed 3 outside 0 scope 8 kept 3; to do 5 in 1, " +
			"doing 0 in 0, done 3 in 1; unestimated 0"},
		{15, agile.Active, "8 + 2 - 0 + 0 - 8 + 0 = 2; completed 8 outside 0 scope 10 kept 8; to do 2 in 1, " +
			"doing 0 in 0, done 8 in 2; unestimated 0"},
		{16, agile.Closed, "8 + 2 - 0 + 0 - 8 + 0 = 2; completed 8 outside 0 scope 10 kept 8; to do 2 in 1, " +
			"doing 0 in 0, done 8 in 2; unestimated 0"},
	} {
		now := time.Date(2026, 10, x.day, 18, 0, 0, 0, time.UTC)
		c.Set(now)
		team := follower.collect(t, conf)
		reader, clock := livingRig(t, story, conf)
		clock.Set(now)
		other := reader.collect(t, conf)
		if got := team.Sprints(now)[0].State; got != x.state {
			t.Errorf("on %d October it is %s, want %s", x.day, got, x.state)
		}
		if got := synctest.SprintFigures(t, team, 1, 1); got != x.want {
			t.Errorf("on %d October the one that followed\n got %s\nwant %s", x.day, got, x.want)
		}
		if got := synctest.SprintFigures(t, other, 1, 1); got != x.want {
			t.Errorf("on %d October the one that reads everything\n got %s\nwant %s", x.day, got, x.want)
		}
	}
}
