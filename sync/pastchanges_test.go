package sync

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/agile"
	"jerem/measure"
	jirasim "jerem/sim/jira"
	"jerem/store/db/postgres/pgtest"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// pastStory is a story of a team of which AA-2 is deleted after its first sprint, on which time had been logged; AA-3
// loses the label of the filter, AA-4 gets it, and the time logged on AA-5 is corrected.
const pastStory = `-- site --
clock 2026-10-20 12:00
-- board 1 scrum AA "First" --
-- sprints --
1 "One" 2026-10-05 09:00 .. 2026-10-09 17:00 closed 2026-10-09 17:30 board=1
2 "Two" 2026-10-12 09:00 .. 2026-10-16 17:00 closed 2026-10-16 17:30 board=1
-- AA-1 Story "Stays" --
2026-10-01 10:00 created points=1 sprint=1 labels=ours
2026-10-12 08:00 sprint=1,2
-- AA-2 Story "Is deleted" --
2026-10-01 10:00 created points=2 sprint=1 labels=ours,impediment
2026-10-06 10:00 log 2h
2026-10-13 10:00 deleted
-- AA-3 Story "Leaves" --
2026-10-01 10:00 created points=4 sprint=1 labels=ours
2026-10-13 10:00 -ours
-- AA-4 Story "Comes" --
2026-10-01 10:00 created points=8 sprint=1
2026-10-13 10:00 labels=ours
-- AA-5 Story "Was logged on" --
2026-10-01 10:00 created labels=ours,impediment
2026-10-06 10:00 log 2h
2026-10-13 10:00 relog 1 3h
`

// pastReasons are the reasons of a sprint's figure, of one path in the API's answer.
func pastReasons(t *testing.T, team *measure.Team, sprint int64, figure string, at time.Time) []string {
	t.Helper()
	s, err := team.Sprint(sprint, at)
	if err != nil {
		t.Fatal(err)
	}
	return s.QualityOf(figure).Reasons
}

// TestPastChangesAreTold: what Jira deletes, what a filter that stays matches otherwise and what is corrected of the
// time logged is told by the sprint that it moved, by its grades, in both kinds of Jira and both databases, and after
// the next start; the sprint after it, which rested on none of it, is complete.
func TestPastChangesAreTold(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	const gone = " that was counted until 2026-10-13 12:00 UTC "
	deleted := "1 issue" + gone + "is deleted, or hidden from the account that reads: AA-2"
	want := map[string][]string{
		"commitment": {deleted, "1 issue" + gone + "matches jql_filter no more: AA-3",
			"1 issue that was not counted until 2026-10-13 12:00 UTC matches jql_filter, and is counted in the time " +
				"before too: AA-4"},
		"impediments.seconds": {deleted,
			"time logged on 1 issue was corrected or deleted after the fact, as found at 2026-10-13 12:00 UTC: AA-5"},
	}
	for _, dialect := range []jirasim.Dialect{jirasim.Cloud, jirasim.DataCenter} {
		for _, database := range []string{"file", "server"} {
			t.Run(string(dialect)+" "+database, func(t *testing.T) {
				t.Parallel()
				conf := synctest.Team("AA", 1)
				conf.Filter = "labels = ours"
				r, clock := livingRig(t, pastStory, conf)
				if dialect == jirasim.DataCenter {
					r.asDataCenter(t, synctest.StorySite(t, pastStory), jirasim.DataCenterOptions{}, clock.Now)
				}
				if database == "server" {
					pgtest.Address(t)
					r.useServer(t)
				}
				clock.Set(time.Date(2026, 10, 12, 12, 0, 0, 0, time.UTC))
				team := r.collect(t, conf)
				for figure := range want {
					if got := pastReasons(t, team, 1, figure, clock.Now()); len(got) > 0 {
						t.Fatalf("before anything changed %s: %q", figure, got)
					}
				}
				for hour := range 3 {
					clock.Set(time.Date(2026, 10, 13, 12+hour, 0, 0, 0, time.UTC))
					r.restart(t)
					team = r.collect(t, conf)
					for figure, want := range want {
						if diff := cmp.Diff(want, pastReasons(t, team, 1, figure, clock.Now())); diff != "" {
							t.Errorf("%s in the hour %d (-want +got):\n%s", figure, hour, diff)
						}
					}
				}
				clock.Set(time.Date(2026, 10, 20, 12, 0, 0, 0, time.UTC))
				team = r.collect(t, conf)
				for figure := range want {
					if got := pastReasons(t, team, 2, figure, clock.Now()); len(got) > 0 {
						t.Errorf("of the sprint after it %s: %q", figure, got)
					}
				}
				h := team.History()
				if n := slices.IndexFunc(h.PastChanges,
					func(c agile.PastChange) bool { return c.Issue != nil }); n < 0 {
					t.Error("nothing is kept of what was deleted")
				} else if i := h.PastChanges[n].Issue; len(i.Summary) > 0 || len(i.Numbers) > 0 {
					t.Errorf("of a deleted issue stay %v and %v", i.Summary, i.Numbers)
				}
			})
		}
	}
}
