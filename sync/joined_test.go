package sync

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// joiningTeam is a story of a team, and of a project beside it that has no team, whose sprint stands on a board of some
// number and whose epic moves to the team.
func joiningTeam(board string) string {
	return `-- site --
clock 2026-10-06 12:00
project OB "Observability"
-- board 1 scrum AA "First" --
-- board 2 scrum OB "Second" --
-- sprints --
1 "One" 2026-10-05 09:00 .. 2026-10-16 17:00 board=1
2 "Two" 2026-10-05 09:00 .. 2026-10-16 17:00 board=` + board + `
-- AA-1 Story "Work" --
2026-10-01 10:00 created points=3 sprint=1
-- AA-2 Story "Guest" --
2026-10-01 10:00 created points=5 sprint=2
-- OB-1 Story "Stands in the sprint" --
2026-10-01 10:00 created points=8 sprint=2
2026-10-05 12:00 log 2h
-- OB-2 Epic "Moves to the team" --
2026-10-01 10:00 created labels=Q4-26
2026-10-06 12:10 move=AA-9
-- OB-3 Story "Stands in the epic" --
2026-10-01 10:00 created points=13 epic=OB-2
2026-10-05 12:00 log 3h
-- OB-4 Epic "Moves too" --
2026-10-01 10:00 created labels=Q4-26
2026-10-06 12:10 move=AA-10
-- OB-5 Story "Stands in that" --
2026-10-01 10:00 created points=21 epic=OB-4
`
}

// TestWhatBecomesTheTeams: where a sprint or an epic becomes a team's, what stands in it counts with the same reading,
// though none of it was changed, with its time logged; twenty minutes later nothing of it is asked for again.
func TestWhatBecomesTheTeams(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	for name, c := range map[string]struct {
		board string // of the second sprint, in the end
		want  []string
	}{
		"an epic":              {"2", []string{"OB-3", "OB-5"}},
		"an epic and a sprint": {"1", []string{"OB-1", "OB-3", "OB-5"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conf := synctest.Team("AA", 1)
			r, clock := livingRig(t, joiningTeam("2"), conf)
			r.collect(t, conf)
			if i := issue(t, r, conf, "OB-3"); i != nil {
				t.Fatal("what stands in no epic of the team is known")
			}
			site, err := jirasim.LoadScenario("story", []byte(joiningTeam(c.board)))
			if err != nil {
				t.Fatal(err)
			}
			clock.Set(time.Date(2026, 10, 6, 12, 40, 0, 0, time.UTC))
			r.serve(t, site, jirasim.Options{Email: "bot@example.org", Token: "token", Now: clock.Now})
			r.restart(t)
			r.collect(t, conf)
			if got := elsewhereOf(t, r, conf); !slices.Equal(got, c.want) {
				t.Errorf("of other projects %v are known, want %v", got, c.want)
			}
			lived := told(t, r.kept(t, conf))
			fresh, freshClock := livingRig(t, joiningTeam(c.board), conf)
			freshClock.Set(clock.Now())
			if want := told(t, fresh.collect(t, conf)); lived != want && c.board == "2" {
				t.Error(synctest.FirstDifference(lived, want))
			}
		})
	}
}

// elsewhereOf lists the keys of the issues of other projects that a team's history holds.
func elsewhereOf(t *testing.T, r *rig, conf agile.Team) (keys []string) {
	t.Helper()
	h, err := r.reader.Store.Teams.History(t.Context(), conf)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range h.Issues {
		if key := i.Key.Last(); !strings.HasPrefix(key, "AA-") {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}
