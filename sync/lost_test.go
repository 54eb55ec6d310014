package sync

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// twoTeams is a story of two teams: an issue of the second one comes into the first one's sprint.
const twoTeams = `-- site --
clock 2026-10-06 12:00
-- fields --
size customfield_10500 number "Size"
-- board 1 scrum AA "First" --
-- board 2 scrum BB "Second" --
-- board 3 scrum AA "First" --
name "Other board"
-- sprints --
1 "One" 2026-10-05 09:00 .. 2026-10-16 17:00 board=1
2 "Two" 2026-10-05 09:00 .. 2026-10-16 17:00 board=2
3 "Three" 2026-10-05 09:00 .. 2026-10-16 17:00 board=3
-- AA-1 Story "Work" --
2026-10-01 10:00 created points=3 sprint=1
-- AA-2 Story "Later" --
2026-10-06 15:00 created points=8 sprint=1
2026-10-06 16:00 log 1h
-- BB-1 Story "Visits" --
2026-10-01 10:00 created points=5 sprint=2
2026-10-06 14:00 sprint=1
2026-10-07 09:00 status=done
-- BB-2 Story "Visits another board" --
2026-10-01 10:00 created points=2 sprint=3
`

// onlyAt lets a fault happen where the address holds a part.
func onlyAt(part string, f *jirasim.Fault) func(*http.Request) *jirasim.Fault {
	return func(r *http.Request) *jirasim.Fault {
		if strings.Contains(r.URL.Path, part) {
			return f
		}
		return nil
	}
}

// same fails where a bot knows something else of a team than one that reads everything now.
func same(t *testing.T, r *rig, now time.Time, story string, team agile.Team, teams ...agile.Team) {
	t.Helper()
	got := synctest.Export(t, r.collect(t, team))
	other, clock := livingRig(t, story, teams...)
	clock.Set(now)
	if want := synctest.Export(t, other.collect(t, team)); got != want {
		t.Errorf("it differs from what a new bot reads: %s", synctest.FirstDifference(got, want))
	}
}

func faulty(t *testing.T, r *rig, c *synctest.Clock, story string, fault func(*http.Request) *jirasim.Fault) {
	t.Helper()
	site, err := jirasim.LoadScenario("story", []byte(story))
	if err != nil {
		t.Fatal(err)
	}
	o := options(fault)
	o.Now = c.Now
	r.serve(t, site, o)
}

// TestVisitorWhileInTrouble: an issue of a second team that comes into the sprint of a first one is known when
// the first one's trouble ends, although the second one's reading kept it long before.
func TestVisitorWhileInTrouble(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	a, b := synctest.Team("AA", 1), synctest.Team("BB", 2)
	r, c := livingRig(t, twoTeams, a, b)
	r.collect(t, a)
	faulty(t, r, c, twoTeams, onlyAt("/board/1", &jirasim.Fault{Status: 403, Body: `{}`}))
	for hour := range 5 {
		c.Set(time.Date(2026, 10, 6, 14+hour, 30, 0, 0, time.UTC))
		var own TeamErrors
		if _, err := r.reader.Collect(t.Context(), false); !errors.As(err, &own) || len(own) != 1 ||
			!strings.Contains(err.Error(), "team AA: the board: board 1") {
			t.Fatalf("one team is in trouble: %v", err)
		}
	}
	faulty(t, r, c, twoTeams, nil)
	same(t, r, c.Now(), twoTeams, a, a, b)
}

// TestFieldsChangeInterrupted: where the fields changed and the reading of everything is stopped, or a team is
// in trouble just then, the next reading still reads all that is left.
func TestFieldsChangeInterrupted(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	a, b := synctest.Team("AA", 1), synctest.Team("BB", 2)
	for name, fault := range map[string]*jirasim.Fault{"bulkfetch": {Status: 401, Body: `{}`},
		"/project/AA": {Status: 403, Body: `{}`}} {
		r, c := livingRig(t, strings.Replace(twoTeams, "number \"Size\"", "number \"Volume\"", 1), a, b)
		r.collect(t, a)
		signature, err := r.reader.Store.Checkpoints.All(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		c.Set(c.Now().Add(20 * time.Minute))
		more := strings.Replace(
			twoTeams,
			"size customfield_10500",
			"extra customfield_10501 number \"Extra\"\nsize customfield_10500",
			1,
		)
		faulty(t, r, c, more, onlyAt(name, fault))
		r.reader.site = nil
		if _, err := r.reader.Collect(t.Context(), false); err == nil {
			t.Fatal("there is no trouble")
		}
		faulty(t, r, c, more, nil)
		r.collect(t, a)
		now, err := r.reader.Store.Checkpoints.All(t.Context())
		if err != nil || now.Fields == signature.Fields {
			t.Fatalf("the fields did not change: %v", err)
		}
		read, err := r.reader.Store.Issues.ReadSince(t.Context(), c.Now())
		if n := r.sim.Counts()["POST /rest/api/3/issue/bulkfetch"]; err != nil || n == 0 || len(read) != 3 {
			t.Errorf(
				"trouble at %s: %d requests for issues after it, %d of 3 were read with the new fields, %v",
				name,
				n,
				len(read),
				err,
			)
		}
	}
}

// TestBoardChanges: a team that gets another board in its configuration has the issues of that board's sprints, also
// those that were kept for another team long ago. The sprints of the board before stay, for its issues stood in them,
// and it is told that only earlier readings know them.
func TestBoardChanges(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	a, b := synctest.Team("AA", 1), synctest.Team("BB", 2)
	r, c := livingRig(t, twoTeams, a, b)
	before := r.collect(t, a)
	c.Set(c.Now().Add(20 * time.Minute))
	a.Board = 3
	r.reader.Teams, r.reader.site = []agile.Team{a, b}, nil
	now := r.collect(t, a)
	other, clock := livingRig(t, twoTeams, a, b)
	clock.Set(c.Now())
	fresh := other.collect(t, a)
	for id, same := range map[int64]*measure.Team{1: before, 3: fresh} {
		want, err := same.Sprint(id, same.Now())
		if err != nil {
			t.Fatal(err)
		}
		got, err := now.Sprint(id, same.Now())
		if err != nil || got.Ledger == nil || got.Ledger.Commitment != want.Ledger.Commitment ||
			len(got.Issues) != len(want.Issues) {
			t.Errorf("sprint %d: %+v, not %+v; %v", id, got, want, err)
		}
	}
	if gaps := gapsOf(t, r, a); !has(gaps, agile.SourceSprints, agile.GapMoved) {
		t.Errorf("it is not told where the other sprint comes from: %+v", gaps)
	}
}

// TestClockJumpsBack: a Jira whose clock was a day ahead for an hour loses nothing of that day.
func TestClockJumpsBack(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	a := synctest.Team("AA", 1)
	r, c := livingRig(t, twoTeams, a)
	r.collect(t, a)
	ahead := c.Now().Add(48 * time.Hour)
	o := options(nil)
	o.Now = func() time.Time { return ahead }
	// Only the clock is ahead: what is in Jira is what was.
	quiet := strings.Split(twoTeams, "-- AA-2")[0] + "-- BB-1 Story \"Visits\" --\n2026-10-01 10:00 created " +
		"points=5 sprint=2\n"
	still, err := jirasim.LoadScenario("story", []byte(quiet))
	if err != nil {
		t.Fatal(err)
	}
	r.serve(t, still, o)
	r.collect(t, a)
	c.Set(time.Date(2026, 10, 7, 11, 0, 0, 0, time.UTC))
	faulty(t, r, c, twoTeams, nil)
	same(t, r, c.Now(), twoTeams, a, a)
}

// TestMissingIsReadAgain: an issue that a search lists and that is not sent is read by a later reading, however
// long that takes.
func TestMissingIsReadAgain(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	a := synctest.Team("AA", 1)
	r, c := livingRig(t, twoTeams, a)
	r.collect(t, a)
	for hour := range 4 {
		c.Set(time.Date(2026, 10, 7, 9+hour, 30, 0, 0, time.UTC))
		faulty(
			t,
			r,
			c,
			twoTeams,
			onlyAt(
				"bulkfetch",
				&jirasim.Fault{
					Status: 200,
					Header: http.Header{"Content-Type": {"application/json"}},
					Body:   `{"issues":[],"issueChangeLogs":[]}`,
				},
			),
		)
		if _, err := r.reader.Collect(t.Context(), false); err != nil {
			t.Fatal(err)
		}
	}
	faulty(t, r, c, twoTeams, nil)
	same(t, r, c.Now(), twoTeams, a, a)
}

// TestEpicsLabelComesLater: an issue of another project that stands in an epic long before the epic gets its
// quarter belongs to that quarter's figures soon after.
func TestEpicsLabelComesLater(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	a := synctest.Team("AA", 1)
	story := twoTeams + `-- AA-9 Epic "Planned late" --
2026-10-01 10:00 created
2026-10-06 13:00 labels=Q4-26
-- BB-7 Story "Elsewhere" --
2026-10-01 11:00 created points=13 epic=AA-9
`
	r, c := livingRig(t, story, a)
	r.collect(t, a)
	for hour := range 3 {
		c.Set(time.Date(2026, 10, 6, 13+hour, 30, 0, 0, time.UTC))
		r.collect(t, a)
	}
	same(t, r, c.Now(), story, a, a)
}

// TestTroubleTellsJirasTime: a trouble that all teams share is told with Jira's time, as far as it is known, like
// that of a single team: where Jira is simulated its clock is another than ours.
func TestTroubleTellsJirasTime(t *testing.T) {
	t.Parallel()
	a := synctest.Team("AA", 1)
	r, c := livingRig(t, twoTeams, a)
	r.collect(t, a)
	for _, part := range []string{"bulkfetch", "myself", "serverInfo"} {
		faulty(t, r, c, twoTeams, onlyAt(part, &jirasim.Fault{Status: 401, Body: "{}"}))
		c.Set(c.Now().Add(3 * time.Hour))
		if _, err := r.reader.Collect(t.Context(), true); err == nil {
			t.Fatal("there is no trouble")
		}
		state, err := r.reader.Store.Teams.State(t.Context(), "AA")
		if err != nil || state.Behind.Year() != 2026 || state.Behind.Month() != 10 || state.Behind.Day() != 6 {
			t.Errorf("trouble at %s: behind since %v, %v", part, state.Behind, err)
		}
		faulty(t, r, c, twoTeams, nil)
		r.collect(t, a)
	}
}
