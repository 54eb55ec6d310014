package suite

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/agile"
	"jerem/agile/rules"
	"jerem/store"
	"jerem/store/db"
	"jerem/store/storetest"
)

// gapStore is a store that holds a team with two issues.
func gapStore(t *testing.T, open Opener) (*store.Store, db.Database, agile.Team) {
	t.Helper()
	d := open(t, t.TempDir())
	t.Cleanup(func() { d.Close() })
	s := store.New(d)
	if err := s.Teams.Put(t.Context(), store.TeamState{Name: "Team", Project: "AA", ProjectID: "1",
		Until: time.Unix(400, 0)}); err != nil {
		t.Fatal(err)
	}
	keepIssue(t, s, 10, "AA-1", nil)
	keepIssue(t, s, 20, "AA-2", nil)
	return s, d, agile.Team{Name: "Team"}
}

func keepIssue(t *testing.T, s *store.Store, id int64, key string, gaps []agile.Gap) {
	t.Helper()
	at := time.Unix(50, 0).UTC()
	i := &agile.Issue{
		ID:      id,
		Created: at,
		Updated: agile.MomentOf(at),
		Key:     agile.Timeline[string]{{From: agile.MomentOf(at), Value: key}},
		Project: agile.Timeline[string]{{From: agile.MomentOf(at), Value: "1"}},
	}
	if _, err := s.Issues.Put(t.Context(), []store.Doc{{Issue: i, Read: at, Gaps: gaps}}); err != nil {
		t.Fatal(err)
	}
}

func historyGaps(t *testing.T, s *store.Store, team agile.Team) []agile.Gap {
	t.Helper()
	h, err := s.Teams.History(t.Context(), team)
	if err != nil {
		t.Fatal(err)
	}
	return h.Gaps
}

// checkGapsOfATeam: what a source lacks stands in the History with the moment when it was first found, until its source
// is asked again and tells it no more; other sources and other teams keep theirs.
func checkGapsOfATeam(t *testing.T, open Opener) {
	s, _, team := gapStore(t, open)
	first, later := time.Unix(200, 0).UTC(), time.Unix(300, 0).UTC()
	set := func(at time.Time, source agile.Source, gaps ...store.Gap) {
		if err := s.Gaps.SetOfTeam(t.Context(), "Team", []agile.Source{source}, at, gaps); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Gaps.SetOfTeam(t.Context(), "Other", []agile.Source{agile.SourceBoard}, first,
		[]store.Gap{{Source: agile.SourceBoard, Code: agile.GapRefused}}); err != nil {
		t.Fatal(err)
	}
	refused := store.Gap{Source: agile.SourceWorklogs, Code: agile.GapRefused,
		Subject: agile.NewSubject(agile.SubjectHTTPStatus, 403)}
	shrunk := store.Gap{Source: agile.SourceSprints, Code: agile.GapShrunk,
		Subject: agile.NewSubject(agile.SubjectIssuesUnlisted, 3, 4)}
	set(first, agile.SourceWorklogs, refused)
	set(first, agile.SourceSprints, shrunk)
	set(later, agile.SourceWorklogs, refused)
	want := []agile.Gap{
		{Source: agile.SourceSprints, Code: agile.GapShrunk, Subject: shrunk.Subject, Since: first},
		{Source: agile.SourceWorklogs, Code: agile.GapRefused, Subject: refused.Subject, Since: first},
	}
	if got := historyGaps(t, s, team); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, not %+v", got, want)
	}
	set(later, agile.SourceWorklogs)
	if got := historyGaps(t, s, team); !reflect.DeepEqual(got, want[:1]) {
		t.Errorf("after the source answered: %+v", got)
	}
}

// checkGapsOfIssues: gaps of single issues are told together, by key where one is known, in every team whose History
// holds the issue and in the team that a never received one belongs to; they go when the issue is read, or is gone.
func checkGapsOfIssues(t *testing.T, open Opener) {
	s, _, team := gapStore(t, open)
	at := time.Unix(200, 0).UTC()
	note := []store.Gap{
		{Source: agile.SourceIssues, Code: agile.GapMissing, Issue: 10},
		{Team: "Team", Source: agile.SourceIssues, Code: agile.GapMissing, Issue: 30},
		{
			Team:   "Other",
			Source: agile.SourceIssues,
			Code:   agile.GapMissing,
			Issue:  40,
		},
		{Source: agile.SourceIssues, Code: agile.GapMissing, Issue: 50},
		{Team: "Team", Source: agile.SourceIssues, Code: agile.GapUnreadable, Issue: 60, Key: "AA-6"},
	}
	if err := s.Gaps.NoteOfIssues(t.Context(), at, note, nil); err != nil {
		t.Fatal(err)
	}
	want := []agile.Gap{{Source: agile.SourceIssues, Code: agile.GapMissing, Issues: []string{"AA-1", "30"}, Since: at},
		{Source: agile.SourceIssues, Code: agile.GapUnreadable, Issues: []string{"AA-6"}, Since: at}}
	got := historyGaps(t, s, team)
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, not %+v", got, want)
	}
	keepIssue(t, s, 10, "AA-1", []agile.Gap{{Source: agile.SourceValues, Code: agile.GapUnreadable,
		Subject: agile.NamedSubject("Size")}})
	if err := s.Gaps.NoteOfIssues(t.Context(), at, nil, []int64{30, 60}); err != nil {
		t.Fatal(err)
	}
	want = []agile.Gap{
		{
			Source:  agile.SourceValues,
			Code:    agile.GapUnreadable,
			Subject: agile.NamedSubject("Size"),
			Issues:  []string{"AA-1"},
			Since:   time.Unix(50, 0).UTC(),
		},
	}
	if got := historyGaps(t, s, team); !reflect.DeepEqual(got, want) {
		t.Errorf("after one was read and the others were gone: %+v, not %+v", got, want)
	}
}

// checkDeletedLeavesNothing: no table holds an issue that is deleted, whatever belonged to it.
func checkDeletedLeavesNothing(t *testing.T, open Opener) {
	s, d, _ := gapStore(t, open)
	set := map[int64]bool{10: true, 20: true}
	state := store.TeamState{
		Name:      "Team",
		Project:   "AA",
		ProjectID: "1",
		Until:     time.Unix(100, 0),
		Others:    set,
		Matches:   set,
		Impeded:   set,
	}
	if err := s.Teams.Put(t.Context(), state); err != nil {
		t.Fatal(err)
	}
	keepIssue(t, s, 10, "AA-1", []agile.Gap{{Source: agile.SourceValues, Code: agile.GapUnreadable}})
	if err := s.Worklogs.Put(t.Context(), []agile.Worklog{{ID: 1, Issue: 10, Created: time.Unix(60, 0),
		Started: time.Unix(60, 0), Seconds: 5}}, time.Unix(60, 0)); err != nil {
		t.Fatal(err)
	}
	holding := func(id int64) (tables []string) {
		for table, column := range map[string]string{"issue": "id", "timeline": "issue", "document": "issue",
			"issue_project": "issue", "link": "child", "epic_key": "issue", "epic_link": "child", "worklog": "issue",
			"team_other": "issue",
			"team_match": "issue", "team_impeded": "issue", "gap": "issue"} {
			if countRows(t, d, `SELECT count(*) FROM `+table+` WHERE `+column+` = $1`, id) > 0 {
				tables = append(tables, table)
			}
		}
		return tables
	}
	if before := holding(10); len(before) < 8 {
		t.Fatalf("the issue stands in %v only", before)
	}
	if err := s.Issues.Delete(t.Context(), []int64{10}, birth); err != nil {
		t.Fatal(err)
	}
	if left := holding(10); len(left) > 0 {
		t.Errorf("rows are left in %v", left)
	}
	if left := holding(20); len(left) < 4 {
		t.Errorf("the other issue stands in %v only", left)
	}
}

// checkRules: each rule that was another one than it is now is a gap of the team's history, of the time alone in which
// it was so, and a change of that raises its generation; a reading that did not look at the rules leaves what is kept,
// and a team that is forgotten has none.
func checkRules(t *testing.T, open Opener) {
	s := openStore(t, open)
	at := func(n int) time.Time { return birth.Add(time.Duration(n) * time.Hour) }
	counted := func(filter string, board int64) *rules.Set {
		set := rules.Of(agile.Team{Filter: filter}, rules.Site{Board: &agile.Board{ID: board}, Zone: "UTC"})
		return &set
	}
	filter := agile.Gap{Source: agile.SourceScope, Code: agile.GapMoved, Since: at(1),
		Subject: agile.NewSubject(agile.SubjectRuleFilter)}
	wrong := filter // since the first reading that found it, until the one that found it mended
	wrong.From, wrong.Since = at(1), at(5)
	board := agile.Gap{Source: agile.SourceBoard, Code: agile.GapMoved, Since: at(4),
		Subject: agile.NewSubject(agile.SubjectRuleBoard, 1, 2)}
	was := storetest.Generations(t, s)["K"]
	for n, c := range []struct {
		rules *rules.Set
		want  []agile.Gap
	}{
		{counted("a", 1), nil},
		{counted("b", 1), []agile.Gap{filter}},
		{nil, []agile.Gap{filter}},
		{counted("b", 1), []agile.Gap{filter}},
		{counted("b", 2), []agile.Gap{board, filter}},
		{counted("a", 2), []agile.Gap{board, wrong}},
	} {
		storetest.ReadTeam(t, s, store.TeamState{Until: at(n), Rules: c.rules})
		if diff := cmp.Diff(c.want, storetest.History(t, s).Gaps); diff != "" {
			t.Errorf("reading %d: %s", n, diff)
		}
		now := storetest.Generations(t, s)["K"]
		if raised, changed := now > was, n == 0 || n == 1 || n > 3; raised != changed {
			t.Errorf("reading %d: generation %d, then %d", n, was, now)
		}
		was = now
	}
	if _, err := s.Teams.Forget(t.Context(), "K"); err != nil {
		t.Fatal(err)
	}
	storetest.ReadTeam(t, s, store.TeamState{Until: at(9), Rules: counted("c", 3)})
	if gaps := storetest.History(t, s).Gaps; len(gaps) > 0 {
		t.Errorf("a team that was forgotten and is read again lacks %v", gaps)
	}
}
