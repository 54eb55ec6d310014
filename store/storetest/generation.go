package storetest

import (
	"context"
	"errors"
	"jerem/agile"
	"jerem/store"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// checkGeneration: what raises a team's generation and what leaves it; another team's stays but where all share what
// changed; and it is the same after the store was closed.
func checkGeneration(t *testing.T, open Opener) {
	const rests, ours, both = "", "K", "K and Other"
	put := func(docs ...store.Doc) func(context.Context, *store.Store) error {
		return func(ctx context.Context, s *store.Store) error { _, err := s.Issues.Put(ctx, docs); return err }
	}
	team := func(change func(*store.TeamState)) func(context.Context, *store.Store) error {
		return func(ctx context.Context, s *store.Store) error {
			state := ExampleState()
			change(&state)
			err := s.Teams.Put(ctx, state)
			return err
		}
	}
	sprints := func(change func(*store.BoardSprints)) func(context.Context, *store.Store) error {
		return func(ctx context.Context, s *store.Store) error {
			now := ExampleSprints()
			change(&now)
			err := s.Sprints.Put(ctx, Birth.Add(time.Hour), now)
			return err
		}
	}
	statuses := func(list ...agile.Status) func(context.Context, *store.Store) error {
		return func(ctx context.Context, s *store.Store) error { err := s.Metadata.PutStatuses(ctx, list); return err }
	}
	board := func(b agile.Board) func(context.Context, *store.Store) error {
		return func(ctx context.Context, s *store.Store) error { err := s.Metadata.PutBoard(ctx, b); return err }
	}
	logged := func(l agile.Worklog) func(context.Context, *store.Store) error {
		return func(ctx context.Context, s *store.Store) error {
			err := s.Worklogs.Put(ctx, []agile.Worklog{l})
			return err
		}
	}
	issueGap := store.Gap{Source: agile.SourceIssues, Code: "unreadable", Issue: 1}
	cases := []struct {
		name   string
		do     func(context.Context, *store.Store) error
		raises string
	}{
		{"the same issues again", put(ExampleDocs()...), rests},
		{
			"an issue with another History",
			put(Altered(func(i *agile.Issue) { i.Summary = agile.Constant(Birth, "other") })),
			ours,
		},
		{
			"an issue with another date of its resolution",
			put(func() store.Doc { d := ExampleDocs()[0]; d.Issue.Resolved = Birth; return d }()),
			ours,
		},
		{
			"an issue with another last change",
			put(func() store.Doc { d := ExampleDocs()[0]; d.Issue.Updated = Birth.Add(1e9); return d }()),
			ours,
		},
		{
			"an issue whose history does not join",
			put(func() store.Doc { d := ExampleDocs()[0]; d.Issue.Broken = agile.Joints{"status": 1}; return d }()),
			ours,
		},
		{
			"an issue that leaves the project",
			put(Altered(func(i *agile.Issue) { i.Project = agile.Constant(Birth, "30") })),
			ours,
		},
		{
			"an issue of a project of nobody",
			put(Altered(func(i *agile.Issue) { i.ID, i.Project = 77, agile.Constant(Birth, "30") })),
			rests,
		},
		{"a child of a child of an epic", put(Altered(func(i *agile.Issue) {
			i.ID, i.Project, i.Parent = 77, agile.Constant(Birth, "30"), agile.Constant(Birth, int64(8))
		})), ours},
		{"an issue with a gap", put(func() store.Doc {
			d := ExampleDocs()[0]
			d.Gaps = []agile.Gap{{Source: "issues", Code: "cut"}}
			return d
		}()), ours},
		{
			"an issue deleted",
			func(ctx context.Context, s *store.Store) error { err := s.Issues.Delete(ctx, []int64{3}); return err },
			ours,
		},
		{
			"an issue of nobody deleted",
			func(ctx context.Context, s *store.Store) error { err := s.Issues.Delete(ctx, []int64{99}); return err },
			rests,
		},
		{"a gap of an issue", func(ctx context.Context, s *store.Store) error {
			return s.Gaps.NoteOfIssues(ctx, Birth, []store.Gap{issueGap}, nil)
		}, ours},
		{"gaps of no issue forgotten", func(ctx context.Context, s *store.Store) error {
			return s.Gaps.NoteOfIssues(ctx, Birth, nil, []int64{1})
		}, rests},
		{"a gap of a source", func(ctx context.Context, s *store.Store) error {
			return s.Gaps.SetOfTeam(
				ctx,
				"K",
				[]agile.Source{"board"},
				Birth,
				[]store.Gap{{Source: "board", Code: "missing"}},
			)
		}, ours},
		{"no gap of a source", func(ctx context.Context, s *store.Store) error {
			return s.Gaps.SetOfTeam(ctx, "K", []agile.Source{"board"}, Birth, nil)
		}, rests},
		{"a quiet reading", team(func(s *store.TeamState) { s.Until = s.Until.Add(time.Hour) }), rests},
		{"a doubtful reading", team(func(s *store.TeamState) { s.Why = "doubted" }), rests},
		{
			"a failed reading",
			func(ctx context.Context, s *store.Store) error { return s.Teams.SetBehind(ctx, "K", Birth, "refused") },
			rests,
		},
		{"other settings", team(func(s *store.TeamState) { s.Settings = "other" }), ours},
		{"another board", team(func(s *store.TeamState) { s.Board = 4 }), ours},
		{"an issue of others less", team(func(s *store.TeamState) { s.Others = nil }), ours},
		{"a match more", team(func(s *store.TeamState) { s.Matches[3] = true }), ours},
		{"an impediment less", team(func(s *store.TeamState) { s.Impeded = map[int64]bool{} }), ours},
		{"the same sprints", sprints(func(*store.BoardSprints) {}), rests},
		{"a sprint closed", sprints(func(b *store.BoardSprints) { b.Seen[0].State = "closed" }), ours},
		{"a sprint less", sprints(func(b *store.BoardSprints) { b.Mine = nil }), ours},
		{
			"a sprint of nobody",
			sprints(func(b *store.BoardSprints) { b.Seen[0].ID = 6; b.Listed = []int64{5, 6} }),
			rests,
		},
		{"a sprint more", sprints(func(b *store.BoardSprints) { b.Mine = []int64{5, 6} }), ours},
		{"the same board", board(agile.Board{ID: 3, Name: "B", Kind: "scrum", Estimate: "customfield_1"}), rests},
		{"a board with another estimate", board(agile.Board{ID: 3, Name: "B", Kind: "scrum"}), ours},
		{"a board of nobody", board(agile.Board{ID: 8, Name: "B", Kind: "scrum"}), rests},
		{"the same statuses", statuses(agile.Status{ID: "1", Name: "Open", Category: "new"}), rests},
		{"a status of another category", statuses(agile.Status{ID: "1", Name: "Open", Category: "done"}), both},
		{
			"a former name of a status",
			statuses(agile.Status{ID: "1", Name: "Open", Category: "new", Names: []string{"Fresh"}}),
			both,
		},
		{"a known name out of a History", func(ctx context.Context, s *store.Store) error {
			return s.Metadata.PutStatusNames(ctx, []store.StatusName{{ID: "1", Name: "Open"}})
		}, rests},
		{"a name out of a History", func(ctx context.Context, s *store.Store) error {
			return s.Metadata.PutStatusNames(ctx, []store.StatusName{{ID: "9", Name: "Gone"}})
		}, both},
		{"the same type", func(ctx context.Context, s *store.Store) error {
			err := s.Metadata.PutTypes(ctx, []agile.Type{{ID: "1", Name: "Story"}})
			return err
		}, rests},
		{"a type of another level", func(ctx context.Context, s *store.Store) error {
			err := s.Metadata.PutTypes(ctx, []agile.Type{{ID: "1", Name: "Story", Level: 1}})
			return err
		}, both},
		{"the same fields", func(ctx context.Context, s *store.Store) error {
			return s.Metadata.PutFields(ctx, []agile.Field{{ID: "customfield_1", Name: "Points", Number: true}})
		}, rests},
		{
			"a field less",
			func(ctx context.Context, s *store.Store) error { return s.Metadata.PutFields(ctx, nil) },
			both,
		},
		{
			"the same zone",
			func(ctx context.Context, s *store.Store) error { return s.Metadata.SetZone(ctx, "Europe/Paris") },
			rests,
		},
		{
			"another zone",
			func(ctx context.Context, s *store.Store) error { return s.Metadata.SetZone(ctx, "Europe/Berlin") },
			both,
		},
		{
			"the same time logged",
			logged(agile.Worklog{ID: 9, Issue: 1, Created: Birth, Started: Birth, Seconds: 3600}),
			rests,
		},
		{
			"time logged elsewhere",
			logged(agile.Worklog{ID: 9, Issue: 77, Created: Birth, Started: Birth, Seconds: 3600}),
			ours,
		},
		{
			"time logged on an issue of nobody",
			logged(agile.Worklog{ID: 11, Issue: 77, Created: Birth, Started: Birth, Seconds: 3600}),
			rests,
		},
		{
			"time logged deleted",
			func(ctx context.Context, s *store.Store) error { err := s.Worklogs.Delete(ctx, []int64{9}); return err },
			ours,
		},
		{"a checkpoint", func(ctx context.Context, s *store.Store) error {
			return s.Checkpoints.Set(ctx, store.Checkpoint{Worklogs: Birth.Add(time.Hour)})
		}, rests},
		{
			"a cursor",
			func(ctx context.Context, s *store.Store) error { return s.Ledger.SetCursor(ctx, "warp10", "K", Birth) },
			rests,
		},
		{"the ledger of a sink", func(ctx context.Context, s *store.Store) error {
			return s.Ledger.Put(
				ctx,
				"warp10",
				"K",
				[]store.SinkEntry{{SinkSeries: store.SinkSeries{Key: "k{}", Taken: store.Claim{Digest: "e"}}}},
			)
		}, rests},
		{
			"a comparison that finds nothing",
			func(ctx context.Context, s *store.Store) error { _, err := s.Repair.TakeOut(ctx); return err },
			rests,
		},
		{"a write that fails", func(ctx context.Context, s *store.Store) error {
			s.SetFault(func() error { return errors.New("no") })
			defer s.SetFault(nil)
			_ = s.Issues.Delete(ctx, []int64{1})
			return nil
		}, rests},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			place := t.TempDir()
			s := store.New(open(t, place))
			Fill(t, s)
			if err := s.Teams.Put(t.Context(), store.TeamState{Name: "Other", ProjectID: "20",
				Until: Birth}); err != nil {
				t.Fatal(err)
			}
			before := Generations(t, s)
			if before["K"] == 0 || before["Other"] == 0 {
				t.Fatalf("teams that were read have generations %v", before)
			}
			if err := c.do(t.Context(), s); err != nil {
				t.Fatal(err)
			}
			after := Generations(t, s)
			if raised := after["K"] > before["K"]; raised != (c.raises != rests) || after["K"] < before["K"] {
				t.Errorf(
					"team K goes from %d to %d; it should be raised: %v",
					before["K"],
					after["K"],
					c.raises != rests,
				)
			}
			if raised := after["Other"] != before["Other"]; raised != (c.raises == both) {
				t.Errorf(
					"team Other goes from %d to %d; it should be raised: %v",
					before["Other"],
					after["Other"],
					c.raises == both,
				)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			s = store.New(open(t, place))
			defer s.Close()
			if diff := cmp.Diff(after, Generations(t, s)); diff != "" {
				t.Errorf("after a restart (−before +after):\n%s", diff)
			}
		})
	}
}

// Generations returns the generations of all teams.
func Generations(t testing.TB, s *store.Store) map[string]int64 {
	t.Helper()
	all, err := s.Teams.Generations(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for team, value := range all {
		if one, err := s.Teams.Generation(context.Background(), team); err != nil || one != value {
			t.Fatalf("team %s alone: %d, %v; among all: %d", team, one, err, value)
		}
	}
	return all
}

// checkGenerationTellsEveryChange: whenever what History returns of a team differs after a write, but in Until, its
// generation was raised. Issues come, move between projects, change parents and go, in any order.
func checkGenerationTellsEveryChange(t *testing.T, open Opener) {
	ctx := context.Background()
	s := openStore(t, open)
	rapid.Check(t, func(rt *rapid.T) {
		if err := s.Issues.Delete(ctx, []int64{1, 2, 3, 4, 5, 6}); err != nil {
			t.Fatal(err)
		}
		teams := map[string]string{"K": "10", "L": "20"}
		read := func() map[string]*agile.History {
			all := map[string]*agile.History{}
			for team, project := range teams {
				h, err := s.Teams.History(ctx, agile.Team{Name: team})
				if err != nil {
					t.Fatal(err)
				}
				if h.ProjectID != project {
					t.Fatalf("project %s", h.ProjectID)
				}
				all[team] = h
			}
			return all
		}
		for team, project := range teams {
			if err := s.Teams.Put(ctx, store.TeamState{Name: team, ProjectID: project, Until: Birth}); err != nil {
				t.Fatal(err)
			}
		}
		ids := rapid.Int64Range(1, 6)
		projects := rapid.SampledFrom([]string{"10", "20", "30", "30", "30"})
		for range rapid.IntRange(1, 16).Draw(rt, "writes") {
			before, generation := read(), Generations(t, s)
			id := ids.Draw(rt, "id")
			var err error
			switch rapid.IntRange(0, 5).Draw(rt, "kind") {
			case 0:
				err = s.Issues.Delete(ctx, []int64{id})
			case 1:
				err = s.Worklogs.Put(
					ctx,
					[]agile.Worklog{{ID: ids.Draw(rt, "log"), Issue: id, Created: Birth, Started: Birth, Seconds: id}},
				)
			case 2:
				err = s.Gaps.NoteOfIssues(ctx, Birth, []store.Gap{{Source: "issues", Code: "cut", Issue: id}}, nil)
			default:
				i := PlainIssue(id)
				i.Project = agile.Constant(Birth, projects.Draw(rt, "project"))
				i.Summary = agile.Constant(Birth, rapid.SampledFrom([]string{"a", "b", "c"}).Draw(rt, "summary"))
				i.Parent = agile.Constant(Birth, rapid.Int64Range(0, 6).Draw(rt, "parent"))
				_, err = s.Issues.Put(ctx, []store.Doc{{Issue: i, Read: Birth}})
			}
			if err != nil {
				t.Fatal(err)
			}
			after, raised := read(), Generations(t, s)
			for team := range teams {
				if raised[team] <= generation[team] && !reflect.DeepEqual(before[team], after[team]) {
					rt.Fatalf(
						"team %s differs and its generation stays %d: %d issues, then %d",
						team,
						raised[team],
						len(before[team].Issues),
						len(after[team].Issues),
					)
				}
			}
		}
	})
}
