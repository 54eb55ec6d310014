package storetest

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jerem/agile"
	"jerem/store"
	"jerem/store/checkpoint"
	"jerem/store/db"
	"jerem/store/digests"
)

// teamColumns are the tables whose rows are of a team, with the column of its name.
var teamColumns = map[string]string{"team": "name", "team_other": "team", "team_match": "team",
	"team_impeded": "team", "team_sprint": "team", "gap": "team", "generation": "team", "damaged": "team",
	"cursor": "team", "posted": "team", "sink_series": "team", "digest": "team", "view_row": "team"}

// issueColumns are the tables whose rows are of an issue.
var issueColumns = map[string]string{"issue": "id", "document": "issue", "timeline": "issue",
	"issue_project": "issue", "link": "child", "epic_link": "child", "epic_key": "issue", "worklog": "issue"}

// checkForget: all rows of a team go, those of sinks too, and nothing that another team needs: its history is the same.
// The team is then as one that was never read.
func checkForget(t *testing.T, open Opener) {
	d := open(t, t.TempDir())
	t.Cleanup(func() { d.Close() })
	s := store.New(d)
	ctx := t.Context()
	Fill(t, s)
	other := PlainIssue(50)
	other.Project, other.Parent = agile.Constant(Birth, "20"), agile.Constant(Birth, int64(8))
	if _, err := s.Issues.Put(ctx, []store.Doc{{Issue: other, Read: Birth}}); err != nil {
		t.Fatal(err)
	}
	shared := store.BoardSprints{Team: "L", Board: 7, Listed: []int64{6}, Mine: []int64{6}, Seen: []store.SprintSeen{
		{ID: 6, OriginBoard: 7, SprintVersion: agile.SprintVersion{Name: "L 1", State: agile.Closed}}}}
	both := ExampleSprints()
	both.Listed, both.Mine = []int64{5, 6}, []int64{5, 6}
	for _, err := range []error{
		s.Teams.Put(ctx, store.TeamState{Name: "L", ProjectID: "20", Board: 7, Until: Birth.AddDate(0, 1, 0)}),
		s.Sprints.Put(ctx, Birth, shared), s.Sprints.Put(ctx, Birth, both),
		s.Digests.Put(ctx, digests.Note{Team: "K", Receiver: "mail 1", Due: Birth, State: digests.Sent}),
		s.Checkpoints.Set(ctx, checkpoint.Checkpoint{Retry: []int64{2, 50}, WorklogsPending: []int64{3}}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	before, err := s.Teams.History(ctx, agile.Team{Name: "L"})
	if err != nil {
		t.Fatal(err)
	}
	want := store.Holding{Issues: 7, Worklogs: 2, Sprints: 1, Boards: 1, Shared: 2, Series: map[string]int{"warp10": 1}}
	told, err := s.Teams.Holding(ctx, "K")
	if diff := cmp.Diff(want, told); err != nil || diff != "" {
		t.Errorf("holds (-want +got), %v:\n%s", err, diff)
	}
	gone, err := s.Teams.Forget(ctx, "K")
	if diff := cmp.Diff(want, gone); err != nil || diff != "" {
		t.Errorf("went (-want +got), %v:\n%s", err, diff)
	}
	checkGone(t, d)
	after, err := s.Teams.History(ctx, agile.Team{Name: "L"})
	if err != nil || !reflect.DeepEqual(before, after) {
		t.Errorf("the other team differs: before %+v, after %+v, %v", before, after, err)
	}
	marks, err := s.Checkpoints.All(ctx)
	_, isMarked := marks.Projects["10"]
	if err != nil || isMarked || !cmp.Equal(marks.Retry, []int64{50}) || len(marks.WorklogsPending) != 0 {
		t.Errorf("checkpoints: %+v, %v", marks, err)
	}
	if names, err := s.Teams.Known(ctx); err != nil || !cmp.Equal(names, []string{"L"}) {
		t.Errorf("known are %q, %v", names, err)
	}
	if gone, err := s.Teams.Forget(ctx, "K"); err != nil || gone.Issues+gone.Shared+gone.Sprints+len(gone.Series) > 0 {
		t.Errorf("a team that is gone: %+v, %v", gone, err)
	}
	ReadTeam(t, s, store.TeamState{})
	if h := History(t, s); len(h.Issues) != 2 { // those that the other team kept
		t.Errorf("read again it has %d issues", len(h.Issues))
	}
}

// checkGone holds that nothing is left of team K and its issues but what team L needs.
func checkGone(t *testing.T, d db.Database) {
	t.Helper()
	for table, column := range teamColumns {
		if n := countRows(t, d, `SELECT count(*) FROM "`+table+`" WHERE "`+column+`" = 'K'`); n != 0 {
			t.Errorf("%d rows of the team are left in %s", n, table)
		}
	}
	for table, column := range issueColumns {
		if n := countRows(t, d, `SELECT count(*) FROM "`+table+`" WHERE "`+column+`" NOT IN (8, 50)`); n != 0 {
			t.Errorf("%d rows of issues are left in %s", n, table)
		}
	}
	for query, want := range map[string]int{`SELECT count(*) FROM sprint WHERE id = 5`: 0,
		`SELECT count(*) FROM sprint WHERE id = 6`:       1,
		`SELECT count(*) FROM board WHERE id = 3`:        0,
		`SELECT count(*) FROM board_sprint`:              1,
		`SELECT count(*) FROM sink_pieces`:               0,
		`SELECT count(*) FROM sink_owed`:                 0,
		`SELECT count(*) FROM status`:                    2,
		`SELECT count(*) FROM team_sprint`:               1,
		`SELECT count(*) FROM issue WHERE id IN (8, 50)`: 2} {
		if n := countRows(t, d, query); n != want {
			t.Errorf("%s: %d, want %d", query, n, want)
		}
	}
}
