package suite

import (
	"context"
	"errors"
	"time"

	"jerem/agile"
	"jerem/store"
	"jerem/store/checkpoint"
	"jerem/store/ledger"
	"jerem/store/metadata"
	"jerem/store/storetest"
)

// generationCase is a write, and whose generation it raises.
type generationCase struct {
	name   string
	do     func(context.Context, *store.Store) error
	raises string
}

const (
	rests = ""            // nobody's
	ours  = "K"           // team K's alone
	both  = "K and Other" // team Other's too
)

// issueCases are writes of issues.
func issueCases() []generationCase {
	return []generationCase{
		{"the same issues again", putDocs(storetest.ExampleDocs()...), rests},
		{
			"an issue with another History",
			putDocs(storetest.Altered(func(i *agile.Issue) { i.Summary = agile.Constant(birth, "other") })),
			ours,
		},
		{
			"an issue with another date of its resolution",
			putDocs(func() store.Doc {
				d := storetest.ExampleDocs()[0]
				d.Issue.Resolved = agile.MomentOf(birth)
				return d
			}()),
			ours,
		},
		{
			"an issue with another last change",
			putDocs(func() store.Doc {
				d := storetest.ExampleDocs()[0]
				d.Issue.Updated = agile.MomentOf(birth.Add(1e9))
				return d
			}()),
			ours,
		},
		{
			"an issue whose history does not join",
			putDocs(func() store.Doc {
				d := storetest.ExampleDocs()[0]
				d.Issue.Broken = agile.Joints{"status": 1}
				return d
			}()),
			ours,
		},
		{
			"an issue that leaves the project",
			putDocs(storetest.Altered(func(i *agile.Issue) { i.Project = agile.Constant(birth, "30") })),
			ours,
		},
		{
			"an issue of a project of nobody",
			putDocs(storetest.Altered(func(i *agile.Issue) { i.ID, i.Project = 77, agile.Constant(birth, "30") })),
			rests,
		},
		{"a child of a child of an epic", putDocs(storetest.Altered(func(i *agile.Issue) {
			i.ID, i.Project, i.Parent = 77, agile.Constant(birth, "30"), agile.Constant(birth, int64(8))
		})), ours},
		{"an issue with a gap", putDocs(func() store.Doc {
			d := storetest.ExampleDocs()[0]
			d.Gaps = []agile.Gap{{Source: "issues", Code: "cut"}}
			return d
		}()), ours},
		{
			"an issue deleted",
			func(ctx context.Context, s *store.Store) error {
				return s.Issues.Delete(ctx, []int64{3}, birth)
			},
			ours,
		},
		{
			"an issue of nobody deleted",
			func(ctx context.Context, s *store.Store) error {
				return s.Issues.Delete(ctx, []int64{99}, birth)
			},
			rests,
		},
	}
}

// gapCases are writes of gaps.
func gapCases() []generationCase {
	issueGap := store.Gap{Source: agile.SourceIssues, Code: "unreadable", Issue: 1}
	return []generationCase{
		{"a gap of an issue", func(ctx context.Context, s *store.Store) error {
			return s.Gaps.NoteOfIssues(ctx, birth, []store.Gap{issueGap}, nil)
		}, ours},
		{"gaps of no issue forgotten", func(ctx context.Context, s *store.Store) error {
			return s.Gaps.NoteOfIssues(ctx, birth, nil, []int64{1})
		}, rests},
		{"a gap of a source", func(ctx context.Context, s *store.Store) error {
			return s.Gaps.SetOfTeam(
				ctx,
				"K",
				[]agile.Source{"board"},
				birth,
				[]store.Gap{{Source: "board", Code: "missing"}},
			)
		}, ours},
		{"no gap of a source", func(ctx context.Context, s *store.Store) error {
			return s.Gaps.SetOfTeam(ctx, "K", []agile.Source{"board"}, birth, nil)
		}, rests},
	}
}

// stateCases are ends of a reading.
func stateCases() []generationCase {
	return []generationCase{
		{"a quiet reading", putState(func(s *store.TeamState) { s.Until = s.Until.Add(time.Hour) }), rests},
		{"a doubtful reading", putState(func(s *store.TeamState) { s.Why = "doubted" }), rests},
		{
			"a failed reading",
			func(ctx context.Context, s *store.Store) error {
				return s.Teams.SetBehind(ctx, "K", birth, "refused")
			},
			rests,
		},
		{"other settings", putState(func(s *store.TeamState) { s.Settings = "other" }), ours},
		{"other settings before a reading", func(ctx context.Context, s *store.Store) error {
			return s.Teams.UseSettings(ctx, "K", "other")
		}, ours},
		{"the same settings before a reading", func(ctx context.Context, s *store.Store) error {
			return s.Teams.UseSettings(ctx, "K", "")
		}, rests},
		{"another board", putState(func(s *store.TeamState) { s.Board = 4 }), ours},
		{"an issue of others less", putState(func(s *store.TeamState) { s.Others = nil }), ours},
		{"a match more", putState(func(s *store.TeamState) { s.Matches[3] = true }), ours},
		{"an impediment less", putState(func(s *store.TeamState) { s.Impeded = map[int64]bool{} }), ours},
	}
}

// sprintCases are writes of sprints.
func sprintCases() []generationCase {
	return []generationCase{
		{"the same sprints", putSprints(func(*store.BoardSprints) {}), rests},
		{"a sprint closed", putSprints(func(b *store.BoardSprints) { b.Seen[0].State = "closed" }), ours},
		{
			"a sprint closed, after one of nobody",
			putSprints(func(b *store.BoardSprints) {
				strange := b.Seen[0]
				strange.ID, b.Seen[0].State = 4, "closed"
				b.Seen = []store.SprintSeen{strange, b.Seen[0]}
			}),
			ours,
		},
		{"a sprint less", putSprints(func(b *store.BoardSprints) { b.Mine = nil }), ours},
		{
			"a sprint of nobody",
			putSprints(func(b *store.BoardSprints) { b.Seen[0].ID = 6; b.Listed = []int64{5, 6} }),
			rests,
		},
		{"a sprint more", putSprints(func(b *store.BoardSprints) { b.Mine = []int64{5, 6} }), ours},
	}
}

// metadataCases are writes of what all teams share, and of boards.
func metadataCases() []generationCase {
	return []generationCase{
		{"the same board", putBoard(agile.Board{ID: 3, Name: "B", Kind: "scrum", Estimate: "customfield_1"}), rests},
		{"a board with another estimate", putBoard(agile.Board{ID: 3, Name: "B", Kind: "scrum"}), ours},
		{"a board of nobody", putBoard(agile.Board{ID: 8, Name: "B", Kind: "scrum"}), rests},
		{"the same statuses", putStatuses(agile.Status{ID: "1", Name: "Open", Category: "new"}), rests},
		{"a status of another category", putStatuses(agile.Status{ID: "1", Name: "Open", Category: "done"}), both},
		{
			"a former name of a status",
			putStatuses(agile.Status{ID: "1", Name: "Open", Category: "new", Names: []string{"Fresh"}}),
			both,
		},
		{"a known name out of a History", func(ctx context.Context, s *store.Store) error {
			return s.Metadata.PutStatusNames(ctx, []metadata.StatusName{{ID: "1", Name: "Open"}})
		}, rests},
		{"a name out of a History", func(ctx context.Context, s *store.Store) error {
			return s.Metadata.PutStatusNames(ctx, []metadata.StatusName{{ID: "9", Name: "Gone"}})
		}, both},
		{"the same type", func(ctx context.Context, s *store.Store) error {
			return s.Metadata.PutTypes(ctx, []agile.Type{{ID: "1", Name: "Story"}})
		}, rests},
		{"a type of another level", func(ctx context.Context, s *store.Store) error {
			return s.Metadata.PutTypes(ctx, []agile.Type{{ID: "1", Name: "Story", Level: 1}})
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
	}
}

// worklogCases are writes of time logged.
func worklogCases() []generationCase {
	return []generationCase{
		{
			"the same time logged",
			putWorklog(agile.Worklog{ID: 9, Issue: 1, Created: birth, Started: birth, Seconds: 3600}),
			rests,
		},
		{
			"time logged elsewhere",
			putWorklog(agile.Worklog{ID: 9, Issue: 77, Created: birth, Started: birth, Seconds: 3600}),
			ours,
		},
		{
			"time logged on an issue of nobody",
			putWorklog(agile.Worklog{ID: 11, Issue: 77, Created: birth, Started: birth, Seconds: 3600}),
			rests,
		},
		{
			"time logged deleted",
			func(ctx context.Context, s *store.Store) error {
				return s.Worklogs.Delete(ctx, []int64{9}, birth)
			},
			ours,
		},
	}
}

// otherCases are writes of what no history holds, and writes that fail.
func otherCases() []generationCase {
	return []generationCase{
		{"a checkpoint", func(ctx context.Context, s *store.Store) error {
			return s.Checkpoints.Set(ctx, checkpoint.Checkpoint{Worklogs: birth.Add(time.Hour)})
		}, rests},
		{
			"a cursor",
			func(ctx context.Context, s *store.Store) error {
				return s.Ledger.SetCursors(ctx, "warp10", map[string]time.Time{"K": birth})
			},
			rests,
		},
		{"the ledger of a sink", func(ctx context.Context, s *store.Store) error {
			return s.Ledger.Put(
				ctx,
				"warp10",
				"K",
				[]ledger.SinkEntry{{SinkSeries: ledger.SinkSeries{Key: "k{}", Taken: ledger.Claim{Digest: "e"}}}},
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
			_ = s.Issues.Delete(ctx, []int64{1}, birth)
			return nil
		}, rests},
	}
}

func putDocs(docs ...store.Doc) func(context.Context, *store.Store) error {
	return func(ctx context.Context, s *store.Store) error { _, err := s.Issues.Put(ctx, docs); return err }
}

func putState(change func(*store.TeamState)) func(context.Context, *store.Store) error {
	return func(ctx context.Context, s *store.Store) error {
		state := storetest.ExampleState()
		change(&state)
		return s.Teams.Put(ctx, state)
	}
}

func putSprints(change func(*store.BoardSprints)) func(context.Context, *store.Store) error {
	return func(ctx context.Context, s *store.Store) error {
		now := storetest.ExampleSprints()
		change(&now)
		return s.Sprints.Put(ctx, birth.Add(time.Hour), now)
	}
}

func putStatuses(list ...agile.Status) func(context.Context, *store.Store) error {
	return func(ctx context.Context, s *store.Store) error { err := s.Metadata.PutStatuses(ctx, list); return err }
}

func putBoard(b agile.Board) func(context.Context, *store.Store) error {
	return func(ctx context.Context, s *store.Store) error { err := s.Metadata.PutBoard(ctx, b); return err }
}

func putWorklog(l agile.Worklog) func(context.Context, *store.Store) error {
	return func(ctx context.Context, s *store.Store) error {
		return s.Worklogs.Put(ctx, []agile.Worklog{l}, birth)
	}
}
