package suite

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/agile"
	"jerem/store"
	"jerem/store/checkpoint"
	"jerem/store/db"
	"jerem/store/digests"
	"jerem/store/storetest"
)

// goneRows says of a column what it holds of team K and of the issues, the sprint and the board that no other team
// needs: after the team is forgotten no row of any table may have it.
var goneRows = map[string]string{"team": `= 'K'`, "issue": `NOT IN (8, 50)`, "child": `NOT IN (8, 50)`,
	"sprint": `= 5`, "board": `= 3`,
	"team.name": `= 'K'`, "meta.name": `IN ('mark:10', 'days_off:K', 'rules:K')`,
	"issue.id": `NOT IN (8, 50)`, "sprint.id": `= 5`, "board.id": `= 3`,
	"sink_pieces.series": ofNoSeries, "sink_part.series": ofNoSeries, "sink_owed.series": ofNoSeries}

const ofNoSeries = `NOT IN (SELECT id FROM sink_series)`

// ofNoTeam are the tables whose rows are of no team, with the reason why they stay.
var ofNoTeam = map[string]string{
	"status":      "of the site",
	"status_name": "of the site",
	"type":        "of the site",
	"field":       "of the site",
	"field_name":  "of the site",
	"version":     "of the site",
	"sink_bound":  "of a sink: what it takes of any team",
	"row_sum":     "of the rows of other tables, with which they go",
	"lease":       "an epoch never falls: a former leader may wake after the team came back",
	"instance":    "of a process",
	"hint":        "of issues, until the next cycle takes it",
}

// checkForget: all rows of a team go, those of sinks too, and nothing that another team needs: its history is the same.
// The team is then as one that was never read.
func checkForget(t *testing.T, open Opener) {
	d := open(t, t.TempDir())
	t.Cleanup(func() { d.Close() })
	s := store.New(d)
	ctx := t.Context()
	storetest.Fill(t, s)
	other := storetest.PlainIssue(50)
	other.Project, other.Parent = agile.Constant(birth, "20"), agile.Constant(birth, int64(8))
	if _, err := s.Issues.Put(ctx, []store.Doc{{Issue: other, Read: birth}}); err != nil {
		t.Fatal(err)
	}
	shared := store.BoardSprints{Team: "L", Board: 7, Listed: []int64{6}, Mine: []int64{6}, Seen: []store.SprintSeen{
		{ID: 6, OriginBoard: 7, SprintVersion: agile.SprintVersion{Name: "L 1", State: agile.Closed}}}}
	both := storetest.ExampleSprints()
	both.Listed, both.Mine = []int64{5, 6}, []int64{5, 6}
	for _, err := range []error{
		s.Teams.Put(ctx, store.TeamState{Name: "L", ProjectID: "20", Board: 7, Until: birth.AddDate(0, 1, 0)}),
		s.Sprints.Put(ctx, birth, shared), s.Sprints.Put(ctx, birth, both),
		s.Digests.Put(ctx, digests.Note{Team: "K", Receiver: "mail 1", Due: birth, State: digests.Sent}),
		s.Checkpoints.Set(ctx, checkpoint.Checkpoint{Retry: []int64{2, 50}, WorklogsPending: []int64{3}}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	state := storetest.ExampleState()
	state.DaysOff = "2026-05-01"
	storetest.ReadTeam(t, s, state)
	fillTeamTables(t, d)
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
	storetest.ReadTeam(t, s, store.TeamState{})
	if h := storetest.History(t, s); len(h.Issues) != 2 { // those that the other team kept
		t.Errorf("read again it has %d issues", len(h.Issues))
	}
}

// checkGone holds that nothing is left of team K and its issues but what team L needs.
func checkGone(t *testing.T, d db.Database) {
	t.Helper()
	for _, one := range tableColumns(t, d) {
		gone, some := one.goneRows()
		if !some {
			continue
		}
		if n := countRows(t, d, `SELECT count(*) FROM "`+one.table+`" WHERE `+gone); n != 0 {
			t.Errorf("%d rows of the team are left in %s: %s", n, one.table, gone)
		}
	}
	for query, want := range map[string]int{`SELECT count(*) FROM sprint WHERE id = 6`: 1,
		`SELECT count(*) FROM board_sprint`:              1,
		`SELECT count(*) FROM status`:                    2,
		`SELECT count(*) FROM team_sprint`:               1,
		`SELECT count(*) FROM issue WHERE id IN (8, 50)`: 2} {
		if n := countRows(t, d, query); n != want {
			t.Errorf("%s: %d, want %d", query, n, want)
		}
	}
}

// checkGoalsAreForgotten: no version of a sprint has a goal then, the teams of those that had one are computed anew,
// and forgetting again writes nothing.
func checkGoalsAreForgotten(t *testing.T, open Opener) {
	s := openStore(t, open)
	storetest.ReadTeam(t, s, storetest.ExampleState())
	for n, goal := range []string{"ship it", "ship half of it"} {
		now := storetest.ExampleSprints()
		now.Seen[0].Goal = goal
		if err := s.Sprints.Put(t.Context(), birth.Add(time.Duration(n)*time.Hour), now); err != nil {
			t.Fatal(err)
		}
	}
	was := storetest.Generations(t, s)["K"]
	if err := s.Sprints.ForgetGoals(t.Context()); err != nil {
		t.Fatal(err)
	}
	now := storetest.Generations(t, s)["K"]
	versions := storetest.History(t, s).Sprints[0].Versions
	if now <= was || len(versions) != 2 || versions[0].Goal+versions[1].Goal != "" {
		t.Errorf("generation %d, then %d, of %+v", was, now, versions)
	}
	before, err := s.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Sprints.ForgetGoals(t.Context()); err != nil {
		t.Fatal(err)
	}
	if after, err := s.Version(t.Context()); err != nil || after != before {
		t.Errorf("forgetting again: version %d, then %d, %v", before, after, err)
	}
}
