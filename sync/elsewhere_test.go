package sync

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// aroundTeam is a story of a team, and of a project beside it that has no team.
const aroundTeam = `-- site --
clock 2026-10-06 12:00
project OB "Observability"
-- board 1 scrum AA "First" --
-- sprints --
1 "One" 2026-10-05 09:00 .. 2026-10-16 17:00 board=1
-- AA-1 Epic "Plan" --
2026-10-01 10:00 created labels=Q4-26
-- AA-2 Story "Work" --
2026-10-01 10:00 created points=3 sprint=1 epic=AA-1
2026-10-05 12:00 log 2h
-- AA-3 Story "Moves away" --
2026-10-01 10:00 created points=2
2026-10-06 11:00 move=OB-9
2026-10-06 13:30 deleted
-- OB-1 Story "Leaves the sprint" --
2026-10-01 10:00 created points=5 sprint=1
2026-10-06 13:00 sprint=none
-- OB-2 Story "Is deleted" --
2026-10-01 10:00 created points=8 sprint=1
2026-10-06 13:00 deleted
-- OB-3 Story "Leaves the epic" --
2026-10-01 10:00 created points=1 epic=AA-1
2026-10-06 13:00 epic=none
-- OB-4 Story "Stays" --
2026-10-01 10:00 created points=1 sprint=1
`

// issue returns what is known of an issue by the last key that it had.
func issue(t *testing.T, r *rig, team agile.Team, key string) *agile.Issue {
	t.Helper()
	h, err := r.reader.Store.Teams.History(t.Context(), team)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range h.Issues {
		if i.Key.Last() == key {
			return i
		}
	}
	return nil
}

// TestElsewhere: issues of another project that leave a sprint or an epic, move away or are deleted are in no
// answer any more; a day later they are known as they are.
func TestElsewhere(t *testing.T) {
	t.Parallel()
	a := synctest.Team("AA", 1)
	r, c := livingRig(t, aroundTeam, a)
	r.collect(t, a)
	for _, key := range []string{"OB-1", "OB-2", "OB-3", "OB-4", "OB-9"} {
		if issue(t, r, a, key) == nil && key != "OB-9" {
			t.Fatalf("%s is not known", key)
		}
	}
	c.Set(time.Date(2026, 10, 6, 15, 0, 0, 0, time.UTC))
	r.collect(t, a)
	left := issue(t, r, a, "OB-1")
	if left == nil || len(left.Sprints.Last()) != 0 {
		t.Errorf("the issue that left the sprint is forgotten, or stands there: %v", left)
	}
	if i := issue(t, r, a, "OB-3"); i != nil && i.Parent.Last() != 0 {
		t.Errorf("the issue that left the epic stands there: %v", i.Parent)
	}
	for _, key := range []string{"OB-2", "OB-9"} {
		if issue(t, r, a, key) != nil {
			t.Errorf("%s was deleted, and is known", key)
		}
	}
	if issue(t, r, a, "OB-4") == nil {
		t.Error("the issue that stays is forgotten")
	}
	if _, err := r.reader.Collect(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	if left = issue(t, r, a, "OB-1"); left == nil || len(left.Sprints) != 2 {
		t.Errorf("reading everything forgets the issue that left: %v", left)
	}
}

// TestHiddenProject: where the account does not see another project any more, what is known of its issues stays.
func TestHiddenProject(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	a := synctest.Team("AA", 1)
	r, c := livingRig(t, aroundTeam, a)
	r.collect(t, a)
	mine, _, _ := strings.Cut(aroundTeam, "-- OB-1")
	hidden := &jirasim.Fault{
		Status: http.StatusNotFound,
		Header: http.Header{"Content-Type": {"application/json"}},
		Body:   `{"errorMessages":["No project could be found."],"errors":{}}`,
	}
	for _, full := range []bool{false, true} {
		faulty(t, r, c, mine, func(req *http.Request) *jirasim.Fault {
			if strings.Contains(req.URL.Path, "/project/1") ||
				strings.Contains(req.URL.Path, "/project/search") { // by its id, or in the list
				return hidden
			}
			return nil
		})
		c.Set(c.Now().Add(2 * time.Hour))
		if _, err := r.reader.Collect(t.Context(), full); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"OB-1", "OB-2", "OB-3", "OB-4"} {
			if issue(t, r, a, key) == nil {
				t.Errorf("%s is only hidden, and was forgotten", key)
			}
		}
	}
}

// TestRestoredFromBackup: a Jira that was restored from a backup, with issues as they were a day before and without
// what was logged since, is known as it is within a day.
func TestRestoredFromBackup(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	a := synctest.Team("AA", 1)
	backup := twoTeams
	lost := strings.Replace(
		backup,
		"points=3 sprint=1\n",
		"points=3 sprint=1\n2026-10-06 15:30 points=5\n2026-10-06 15:40 log 4h\n",
		1,
	)
	r, c := livingRig(t, lost, a)
	c.Set(time.Date(2026, 10, 7, 10, 0, 0, 0, time.UTC))
	r.collect(t, a)
	faulty(t, r, c, backup, nil)
	doubts := 0 // time logged is gone, and no deletion of it is listed: that is believed when it is told twice
	for range 26 {
		c.Set(c.Now().Add(time.Hour))
		var behind TeamErrors
		if _, err := r.reader.Collect(t.Context(), false); errors.As(err, &behind) {
			doubts++
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if doubts != 1 {
		t.Errorf("%d readings doubt what a backup took away, want one", doubts)
	}
	same(t, r, c.Now(), backup, a, a)
}

// TestKeyOfProjectChanges: a project that gets another key, and so all its issues, is known under the new one.
func TestKeyOfProjectChanges(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	a := synctest.Team("AA", 1)
	r, c := livingRig(t, aroundTeam, a)
	r.collect(t, a)
	renamed := strings.NewReplacer("scrum AA", "scrum ZZ", "-- AA-", "-- ZZ-", "epic=AA-", "epic=ZZ-").
		Replace(aroundTeam)
	faulty(t, r, c, renamed, nil)
	c.Set(c.Now().Add(20 * time.Minute))
	a.Project = "ZZ"
	r.reader.Teams, r.reader.site = []agile.Team{a}, nil
	same(t, r, c.Now(), renamed, a, a)
}

// TestResumedDaysLater: a first reading that is stopped at any request, and begun again when days have passed, knows
// what a new bot knows then, also of the issues that it had kept before.
func TestResumedDaysLater(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads a world twice")
	}
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	now := time.Date(2026, 10, 14, 18, 0, 0, 0, time.UTC)
	fresh, clock := livingRig(t, synctest.LivingStory, conf)
	clock.Set(now)
	want := synctest.Export(t, fresh.collect(t, conf))
	total := len(fresh.sim.Requests())
	for stop := 1; stop <= total; stop++ {
		r, c := livingRig(t, synctest.LivingStory, conf)
		r.reader.Chunk = 3
		c.Set(time.Date(2026, 10, 5, 12, 0, 0, 0, time.UTC))
		asked := 0
		faulty(t, r, c, synctest.LivingStory, func(*http.Request) *jirasim.Fault {
			asked++
			if asked >= stop {
				return &jirasim.Fault{Status: http.StatusUnauthorized, Body: "{}"}
			}
			return nil
		})
		if _, err := r.reader.Collect(t.Context(), false); err == nil {
			break // it needs fewer requests at that time
		}
		r.restart(t)
		c.Set(now)
		faulty(t, r, c, synctest.LivingStory, nil)
		if got := synctest.Export(t, r.collect(t, conf)); got != want {
			t.Errorf("stopped at request %d: %s", stop, synctest.FirstDifference(got, want))
		}
	}
}
