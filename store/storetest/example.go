package storetest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"jerem/agile"
	"jerem/store"
	"jerem/store/checkpoint"
	"jerem/store/ledger"
)

// Birth is when all issues of the example were created.
var Birth = time.Date(2026, 1, 1, 9, 0, 0, 123456000, time.UTC)

// PlainIssue is an issue of project 10 to which nothing happened.
func PlainIssue(id int64) *agile.Issue {
	return &agile.Issue{ID: id, Created: Birth, Updated: agile.MomentOf(Birth),
		Key: agile.Constant(
			Birth,
			fmt.Sprintf("K-%d", id),
		), Summary: agile.Constant(Birth, "work"), Project: agile.Constant(Birth, "10"),
		Type: agile.Constant(Birth, "1"),
		Status: agile.Constant(
			Birth,
			"1",
		), Resolution: agile.Constant(Birth, ""), Sprints: agile.Constant(Birth, []int64(nil)),
		Parent: agile.Constant(Birth, int64(0)),
		EpicLink: agile.Constant(
			Birth,
			"",
		), Labels: agile.Constant(Birth, []string(nil)), Flagged: agile.Constant(Birth, false),
	}
}

// ReadTeam keeps a state of team K of project 10.
func ReadTeam(t testing.TB, s *store.Store, state store.TeamState) {
	t.Helper()
	state.Name, state.ProjectID = "K", "10"
	if state.Until.IsZero() {
		state.Until = Birth.AddDate(0, 1, 0)
	}
	if err := s.Teams.Put(context.Background(), state); err != nil {
		t.Fatal(err)
	}
}

// History returns the history of team K.
func History(t testing.TB, s *store.Store) *agile.History {
	t.Helper()
	h, err := s.Teams.History(context.Background(), agile.Team{Name: "K"})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// Altered returns plain issue 1 of project 10, changed.
func Altered(change func(*agile.Issue)) store.Doc {
	i := PlainIssue(1)
	change(i)
	return store.Doc{Issue: i, Read: Birth}
}

// ExampleState is the state of team K in the example.
func ExampleState() store.TeamState {
	return store.TeamState{
		Name:      "K",
		ProjectID: "10",
		Board:     3,
		Until:     Birth.AddDate(0, 1, 0),
		Others:    map[int64]bool{4: true},
		Matches:   map[int64]bool{1: true, 2: true},
		Impeded:   map[int64]bool{2: true},
	}
}

// ExampleSprints are the sprints of team K in the example.
func ExampleSprints() store.BoardSprints {
	v := agile.SprintVersion{Name: "S", State: "active", Start: Birth, End: Birth.AddDate(0, 0, 14)}
	return store.BoardSprints{
		Team:   "K",
		Board:  3,
		Listed: []int64{5},
		Mine:   []int64{5},
		Seen:   []store.SprintSeen{{ID: 5, OriginBoard: 3, SprintVersion: v}},
	}
}

// ExampleDocs are the issues of the example.
func ExampleDocs() (docs []store.Doc) {
	for id := int64(1); id <= 8; id++ {
		i := PlainIssue(id)
		i.Parent = agile.Constant(Birth, id/2)
		i.Numbers.Put("customfield_1", agile.Constant(Birth, agile.Number{Value: float64(id), Known: true}))
		docs = append(docs, store.Doc{Issue: i, Raw: fmt.Appendf(nil, `{"id": %d}`, id), RawVersion: 1, Read: Birth})
	}
	return docs
}

// Fill puts something into every table of a store.
func Fill(t testing.TB, s *store.Store) {
	t.Helper()
	if _, err := s.Issues.Put(context.Background(), ExampleDocs()); err != nil {
		t.Fatal(err)
	}
	steps := []func() error{
		func() error { return s.Metadata.SetZone(context.Background(), "Europe/Paris") },
		func() error {
			err := s.Metadata.PutStatuses(
				context.Background(),
				[]agile.Status{{ID: "1", Name: "Open", Category: "new"}, {ID: "2", Name: "Done", Category: "done"}},
			)
			return err
		},
		func() error {
			return s.Metadata.PutTypes(context.Background(), []agile.Type{{ID: "1", Name: "Story"}})
		},
		func() error {
			return s.Metadata.PutFields(
				context.Background(),
				[]agile.Field{{ID: "customfield_1", Name: "Points", Number: true}},
			)
		},
		func() error {
			err := s.Metadata.PutBoard(
				context.Background(),
				agile.Board{ID: 3, Name: "B", Kind: "scrum", Estimate: "customfield_1"},
			)
			return err
		},
		func() error {
			return s.Sprints.Put(context.Background(), Birth, ExampleSprints())
		},
		func() error {
			err := s.Worklogs.Put(
				context.Background(),
				[]agile.Worklog{
					{ID: 9, Issue: 1, Created: Birth, Started: Birth, Seconds: 3600},
					{ID: 10, Issue: 2, Created: Birth, Started: Birth, Seconds: 60},
				},
				Birth,
			)
			return err
		},
		func() error {
			return s.Checkpoints.Set(
				context.Background(),
				checkpoint.Checkpoint{Projects: map[string]time.Time{"10": Birth}, Worklogs: Birth},
			)
		},
	}
	for _, step := range steps {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	entry := ledger.SinkEntry{
		SinkSeries: ledger.SinkSeries{
			Key:     "c{}",
			Taken:   ledger.Claim{Digest: "d", Step: time.Hour, Until: Birth},
			Pending: []ledger.PendingDeletion{{First: 1, Last: 2, Since: Birth}},
		},
		Pieces: map[string]ledger.Content{"d": ExampleContent("pieces", "p1", "p2")},
	}
	for _, err := range []error{s.Ledger.Put(context.Background(), "warp10", "K", []ledger.SinkEntry{entry}),
		s.Ledger.SetCursors(context.Background(), "warp10", map[string]time.Time{"K": Birth}),
		s.Ledger.SetBounds(context.Background(), "warp10", ledger.Bounds{Past: time.Hour})} {
		if err != nil {
			t.Fatal(err)
		}
	}
	ReadTeam(t, s, ExampleState())
}

// emptyStore returns the bytes of a file with all tables and no row. It is made once in a process: migrations take more
// time than most tests.
var emptyStore = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "jerem-empty-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "jerem.db")
	s, err := store.Open(context.Background(), path)
	if err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// EmptyFile writes a store without rows to a path where there is no file yet, and returns the path. What opens it finds
// the tables there; how they are made is held by the tests of the databases.
func EmptyFile(t testing.TB, path string) string {
	t.Helper()
	content, err := emptyStore()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err == nil {
		return path
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// ExampleContent is the content of pieces, with parts of some digests before the last one.
func ExampleContent(last string, former ...string) ledger.Content {
	c := ledger.Content{Last: []byte(last)}
	for _, digest := range former {
		c.Former = append(c.Former, ledger.Part{Digest: digest,
			Pack: func() []byte { return []byte("part " + digest) }})
	}
	return c
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
