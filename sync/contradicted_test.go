package sync

import (
	"fmt"
	"strings"
	"testing"

	"jerem/agile"
	"jerem/measure"
	jirasim "jerem/sim/jira"
	"jerem/store"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// ledgerOf tells what a sprint of the small team committed to, completed and has left; "none" without a ledger.
func ledgerOf(t *testing.T, team *measure.Team, id int64) string {
	t.Helper()
	s := sprintOf(t, team, id)
	if s.Ledger == nil {
		return "none"
	}
	return fmt.Sprint(s.Ledger.Commitment, s.Ledger.Completed, s.Ledger.Remaining)
}

// TestContradictions: an answer that contradicts itself is not believed in silence: what can be told otherwise is, and
// the figures say what was not taken, or what to doubt them for.
func TestContradictions(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	for name, c := range synctest.SampleOf(map[string]struct {
		path, was, now string
		closed, active string // ledgers: committed, completed, left
		reason         string // of the sprint that is closed
		alsoTheActive  bool
	}{
		"a sprint ends before it begins": {"/board/1/sprint", `"endDate": ?"2026-10-16[^"]*"`,
			`"endDate":"2026-10-01T15:00:00.000Z"`, "8 5 3", "3 3 8", "no planned end: no ideal line", false},
		"a sprint ends when it begins": {"/board/1/sprint", `"endDate": ?"2026-10-16[^"]*"`,
			`"endDate":"2026-10-05T07:30:00.000Z"`, "8 5 3", "3 3 8", "the endDate of sprint 21 cannot be read", true},
		"a sprint is completed before it begins": {"/board/1/sprint", `"completeDate": ?"[^"]*"`,
			`"completeDate":"2026-10-02T15:00:00.000Z"`, "8 5 3", "3 3 8", "it counts as closed at its planned end",
			false},
		"a sprint was completed in a year": {"/board/1/sprint", `"completeDate": ?"[^"]*"`,
			`"completeDate":"2027-10-16T15:00:00.000Z"`, "8 5 3", "3 3 8",
			"the completeDate of sprint 21 cannot be read", true},
		"what a Scrum board estimates by is not told": {"/board/1/configuration", `"estimation": ?\{[^}]*\}[^}]*\},`,
			`"was":1,`, "2 1 1", "1 1 1", "what the board estimates by cannot be read", true},
		"a Scrum board estimates by no field": {"/board/1/configuration", `"fieldId": ?"[^"]*"`, `"fieldId":""`,
			"2 1 1", "1 1 1", "what the board estimates by cannot be read", true},
		"an estimate is below 0": {"/issue/bulkfetch", `"customfield_10036": ?3\b`, `"customfield_10036":-3`,
			"2 5 -3", "-3 -3 8", "1 estimate below 0, taken off the sums", true},
		"an estimate is huge": {"/issue/bulkfetch", `"customfield_10036": ?3\b`, `"customfield_10036":1e300`,
			"5 5 0", "0 0 8", "values cannot be read (Story Points): K8S-102", true},
		"an estimate is out of bounds": {"/issue/bulkfetch", `"customfield_10036": ?3\b`, `"customfield_10036":1e14`,
			"5 5 0", "0 0 8", "1 estimate out of all bounds and not counted", true},
		"an estimate is no number": {"/issue/bulkfetch", `"customfield_10036": ?3\b`, `"customfield_10036":"NaN"`,
			"5 5 0", "0 0 8", "values cannot be read (Story Points): K8S-102", true},
		"time logged is negative": {"/worklog/list", `"timeSpentSeconds": ?7200`, `"timeSpentSeconds":-7200`,
			"8 5 3", "3 3 8", "time logged cannot be read: K8S-110", true},
		"time logged begins ahead": {"/worklog/list", `"started": ?"2026-10-13[^"]*"`,
			`"started":"2026-12-13T09:00:00.000+0100"`, "8 5 3", "3 3 8",
			"time logged on 1 issue is dated after this reading by Jira's own clock, up to 2026-12-13 08:00 UTC", true},
		"the last change is not the present status": {"/changelog/bulkfetch", `"to": ?"10004","toString": ?"[^"]*"`,
			`"to":"3","toString":"In Progress"`, "8 5 3", "3 3 8", "the change history of 2 issues does not join",
			false},
		"changes before the creation": {"/issue/bulkfetch", `"created": ?"2026-10-01T10:10[^"]*"`,
			`"created":"2026-10-15T10:00:00.000+0200"`, "5 5 3", "3 3 8", "the change history of 1 issue does not join",
			true},
	}) {
		conf, on := synctest.Team("K8S", 1), true
		r := doubtfulRig(t, jirasim.Cloud, conf, &on, c.path, c.was, c.now)
		team := r.collect(t, conf)
		if got := ledgerOf(t, team, 21); got != c.closed {
			t.Errorf("%s: the closed sprint is %s, want %s", name, got, c.closed)
		}
		if got := ledgerOf(t, team, 22); got != c.active {
			t.Errorf("%s: the active sprint is %s, want %s", name, got, c.active)
		}
		for id, told := range map[int64]bool{21: true, 22: c.alsoTheActive} {
			given := strings.Join(sprintOf(t, team, id).Quality.Reasons, "; ")
			if told && !strings.Contains(given, c.reason) {
				t.Errorf("%s: sprint %d says %q, want %q", name, id, given, c.reason)
			}
		}
	}
}

// TestContradictionLater: what contradicts itself at a later reading leaves what was known as it was, told.
func TestContradictionLater(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	for name, c := range map[string]struct {
		path, was, now string
		source         agile.Source
	}{
		"a sprint ends before it begins": {"/board/1/sprint", `"endDate": ?"2026-10-16[^"]*"`,
			`"endDate":"2026-10-01T15:00:00.000Z"`, agile.SourceSprints},
		"a sprint is completed before it begins": {"/board/1/sprint", `"completeDate": ?"[^"]*"`,
			`"completeDate":"2026-10-02T15:00:00.000Z"`, agile.SourceSprints},
		"a sprint was completed in a year": {"/board/1/sprint", `"completeDate": ?"[^"]*"`,
			`"completeDate":"2027-10-16T15:00:00.000Z"`, agile.SourceSprints},
		"what a Scrum board estimates by is not told": {"/board/1/configuration", `"estimation": ?\{[^}]*\}[^}]*\},`,
			`"was":1,`, agile.SourceBoard},
	} {
		conf, on := synctest.Team("K8S", 1), false
		r := doubtfulRig(t, jirasim.Cloud, conf, &on, c.path, c.was, c.now)
		want := synctest.Export(t, r.collect(t, conf))
		on = true
		if got := synctest.Export(t, r.collect(t, conf)); got != want {
			t.Errorf("%s: %s", name, synctest.FirstDifference(got, want))
		}
		if gaps := gapsOf(t, r, conf); !has(gaps, c.source, agile.GapUnreadable) {
			t.Errorf("%s: not told: %+v", name, gaps)
		}
	}
}

// TestContradictionBelievedOnce: dates that contradict each other and that an older reading kept are not what was
// known.
func TestContradictionBelievedOnce(t *testing.T) {
	t.Parallel()
	conf, on := synctest.Team("K8S", 1), true
	r := doubtfulRig(t, jirasim.Cloud, conf, &on, "/board/1/sprint", `"endDate": ?"2026-10-16[^"]*"`,
		`"endDate":"2026-10-01T15:00:00.000Z"`)
	now := r.collect(t, conf).Now()
	kept, _, err := r.reader.Store.Sprints.OfTeam(t.Context(), conf.Name, 1)
	if err != nil || len(kept) != 2 {
		t.Fatalf("%d sprints, %v", len(kept), err)
	}
	kept[0].End = kept[0].Start.AddDate(0, 0, -4)
	kept[0].Complete = kept[0].Start.AddDate(0, 0, -3)
	if err := r.reader.Store.Sprints.Put(t.Context(), now, store.BoardSprints{Team: conf.Name, Board: 1,
		Listed: []int64{21, 22}, Mine: []int64{21, 22}, Seen: kept}); err != nil {
		t.Fatal(err)
	}
	r.collect(t, conf)
	kept, _, err = r.reader.Store.Sprints.OfTeam(t.Context(), conf.Name, 1)
	if err != nil || !kept[0].End.IsZero() || kept[0].Complete.Day() != 16 {
		t.Errorf("kept is %+v, %v", kept[0], err)
	}
}
