package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jerem/agile"
	"jerem/store"
	"jerem/store/checkpoint"
	"jerem/store/db/sqlite"
	"jerem/store/storetest"
	"jerem/testrun"
)

// measured is a store whose statements and written bytes are counted.
type measured struct {
	*store.Store
	path       string
	database   *sqlite.Database
	statements atomic.Int64
}

// openMeasured opens an empty store for the time of a test.
func openMeasured(t *testing.T) *measured {
	t.Helper()
	m := &measured{path: filepath.Join(t.TempDir(), "jerem.db")}
	d, err := sqlite.Open(t.Context(), m.path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	d.SetTrace(func(string) { m.statements.Add(1) })
	m.Store, m.database = store.New(d), d
	return m
}

// cost is what something cost.
type cost struct{ statements, bytes int64 }

// costOf tells how many statements something executes, and how many bytes it adds to the log of the store.
func (m *measured) costOf(t *testing.T, do func(context.Context) error) cost {
	t.Helper()
	edit(t, m.path, `PRAGMA wal_checkpoint(TRUNCATE)`)
	m.statements.Store(0)
	if err := do(t.Context()); err != nil {
		t.Fatal(err)
	}
	executed := m.statements.Load()
	info, err := os.Stat(m.path + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	return cost{executed, info.Size()}
}

// TestSprintsInSets: many new versions of sprints take few statements more than one does.
func TestSprintsInSets(t *testing.T) {
	statements := func(count int64) int64 {
		now := store.BoardSprints{Team: "K", Board: 1}
		for id := range count {
			v := agile.SprintVersion{Name: fmt.Sprint("S", id), State: agile.Closed, Start: storetest.Birth}
			now.Seen = append(now.Seen, store.SprintSeen{ID: id + 1, OriginBoard: 1, SprintVersion: v})
			now.Listed, now.Mine = append(now.Listed, id+1), append(now.Mine, id+1)
		}
		m := openMeasured(t)
		return m.costOf(t, func(ctx context.Context) error {
			return m.Sprints.Put(ctx, storetest.Birth, now)
		}).statements
	}
	if one, many := statements(1), statements(64); many > one+4 {
		t.Errorf("64 sprints take %d statements, one takes %d", many, one)
	}
}

// TestGapsInSets: many gaps are noted, and forgotten again, by few statements more than one is.
func TestGapsInSets(t *testing.T) {
	testrun.SkipInShort(t)
	for name, do := range map[string]func(context.Context, *measured, int64) error{
		"of a team": func(ctx context.Context, m *measured, count int64) error {
			var gaps []store.Gap
			for n := range count {
				subject := agile.NewSubject(agile.SubjectSprintGone, n)
				gaps = append(gaps, store.Gap{Source: agile.SourceSprints, Code: agile.GapShrunk, Subject: subject})
			}
			sources := []agile.Source{agile.SourceSprints}
			if err := m.Gaps.SetOfTeam(ctx, "K", sources, storetest.Birth, gaps); err != nil {
				return err
			}
			return m.Gaps.SetOfTeam(ctx, "K", sources, storetest.Birth, nil)
		},
		"of issues that are not kept": func(ctx context.Context, m *measured, count int64) error {
			var gaps []store.Gap
			var ids []int64
			for id := range count {
				gaps = append(gaps, store.Gap{Team: "K", Source: agile.SourceIssues, Code: agile.GapUnreadable,
					Issue: id + 1})
				ids = append(ids, id+1)
			}
			if err := m.Gaps.NoteOfIssues(ctx, storetest.Birth, gaps, nil); err != nil {
				return err
			}
			return m.Gaps.NoteOfIssues(ctx, storetest.Birth, nil, ids)
		},
		"of issues that are read": func(ctx context.Context, m *measured, count int64) error {
			docs := make([]store.Doc, count)
			for n := range docs {
				docs[n] = store.Doc{Issue: storetest.PlainIssue(int64(n + 1)), Read: storetest.Birth}
				docs[n].Gaps = []agile.Gap{{Source: agile.SourceIssues, Code: agile.GapRefused}}
			}
			if _, err := m.Issues.Put(ctx, docs); err != nil {
				return err
			}
			for n := range docs {
				docs[n].Gaps = nil
			}
			_, err := m.Issues.Put(ctx, docs)
			return err
		},
		"of issues by their code": func(ctx context.Context, m *measured, count int64) error {
			var gaps []store.Gap
			for id := range count {
				gaps = append(gaps, store.Gap{Source: agile.SourceIssues, Code: agile.GapRefused, Issue: id + 1})
			}
			if err := m.Gaps.NoteOfIssues(ctx, storetest.Birth, gaps, nil); err != nil {
				return err
			}
			return m.Gaps.ClearOfIssues(ctx, agile.SourceIssues, agile.GapRefused, nil)
		},
		"of time logged": func(ctx context.Context, m *measured, count int64) error {
			var gaps []store.Gap
			var logs []agile.Worklog
			for id := range count {
				gaps = append(gaps, store.Gap{Source: agile.SourceWorklogs, Code: agile.GapUnreadable,
					Subject: agile.NewSubject(agile.SubjectWorklog, id+1), Issue: 7})
				logs = append(logs, agile.Worklog{ID: id + 1, Issue: 7, Created: storetest.Birth, Seconds: 60})
			}
			if err := m.Gaps.NoteOfIssues(ctx, storetest.Birth, gaps, nil); err != nil {
				return err
			}
			return m.Worklogs.Put(ctx, logs, storetest.Birth)
		},
	} {
		t.Run(name, func(t *testing.T) {
			statements := func(count int64) int64 {
				m := openMeasured(t)
				cost := m.costOf(t, func(ctx context.Context) error { return do(ctx, m, count) })
				left, err := m.Gaps.OfTeam(t.Context(), "K")
				if err != nil || len(left) > 0 {
					t.Errorf("%d gaps are left of %d: %v", len(left), count, err)
				}
				return cost.statements
			}
			if one, many := statements(1), statements(64); many > one+4 {
				t.Errorf("64 gaps take %d statements, one takes %d", many, one)
			}
		})
	}
}

// sizedDocs are issues as a Jira of some years has them, with documents of three kilobytes.
func sizedDocs(first, n int64) []store.Doc {
	docs := make([]store.Doc, 0, n)
	for id := first; id < first+n; id++ {
		i := storetest.PlainIssue(id)
		i.Parent = agile.Constant(storetest.Birth, id%50+1)
		var raw []byte
		for k := range 40 {
			raw = fmt.Appendf(raw, `{"field":"customfield_%d","value":"%d","at":%d,"order":%d},`, k, id*int64(k+7), id,
				k)
		}
		docs = append(docs, store.Doc{Issue: i, Raw: raw, RawVersion: 1, Read: storetest.Birth})
	}
	return docs
}

// changedDocs are issues that got another status.
func changedDocs(docs []store.Doc) (changed []store.Doc, size int64) {
	for _, d := range docs {
		i := *d.Issue
		i.Updated = agile.MomentOf(i.Updated.Time().Add(time.Hour))
		i.Status = append(agile.Constant(storetest.Birth, "1"), agile.Step[string]{From: i.Updated,
			Order: 1,
			Value: "2"})
		d.Issue, d.Raw, d.Read = &i, append([]byte(`{"changed":1}`), d.Raw...), i.Updated.Time()
		size += int64(len(d.Raw))
		changed = append(changed, d)
	}
	return changed, size
}

// TestCostOfAChunk: issues are kept in sets, and what is written of them is about what they are.
func TestCostOfAChunk(t *testing.T) {
	testrun.SkipInShort(t)
	m := openMeasured(t)
	docs := sizedDocs(1, 1000)
	first := m.costOf(t, func(ctx context.Context) error { _, err := m.Issues.Put(ctx, docs); return err })
	if first.statements > 125 {
		t.Errorf("%d statements for 1000 new issues, want 125 at most", first.statements)
	}
	changed, size := changedDocs(docs[:100])
	storetest.ReadTeam(t, m.Store, store.TeamState{})
	again := m.costOf(t, func(ctx context.Context) error { _, err := m.Issues.Put(ctx, changed); return err })
	if again.statements > 45 {
		t.Errorf("%d statements for 100 changed issues, want 45 at most", again.statements)
	}
	if again.bytes > 5*size {
		t.Errorf("%d bytes are written for %d bytes of documents, want five times at most", again.bytes, size)
	}
}

// TestCostOfAQuietReading: a reading that finds nothing new writes a few pages, however many teams there are.
func TestCostOfAQuietReading(t *testing.T) {
	m := openMeasured(t)
	end := func(at time.Time) func(context.Context) error {
		return func(ctx context.Context) error {
			return m.Together(ctx, func(ctx context.Context) error {
				for n := range 10 {
					state := store.TeamState{Name: fmt.Sprint("team ", n), ProjectID: "10", Until: at}
					if err := m.Gaps.SetOfTeam(ctx, state.Name, []agile.Source{"board"}, at, nil); err != nil {
						return err
					}
					if err := m.Teams.Put(ctx, state); err != nil {
						return err
					}
				}
				checkpoint := checkpoint.Checkpoint{Projects: map[string]time.Time{"10": at}, Worklogs: at, Erased: at}
				return m.Checkpoints.Set(ctx, checkpoint)
			})
		}
	}
	if _, err := m.Issues.Put(t.Context(), sizedDocs(1, 300)); err != nil {
		t.Fatal(err)
	}
	if err := end(storetest.Birth)(t.Context()); err != nil {
		t.Fatal(err)
	}
	quiet := m.costOf(t, end(storetest.Birth.Add(time.Minute)))
	if quiet.bytes > 25_000 {
		t.Errorf("%d bytes are written, want 25,000 at most", quiet.bytes)
	}
}

// TestCostOfARefresh: a team that is refreshed costs what changed, not what it holds.
func TestCostOfARefresh(t *testing.T) {
	testrun.SkipInShort(t)
	costs := map[int64]cost{}
	allocations := map[int64]float64{}
	for _, size := range []int64{500, 2000} {
		m := openMeasured(t)
		docs := sizedDocs(1, size)
		if _, err := m.Issues.Put(t.Context(), docs); err != nil {
			t.Fatal(err)
		}
		storetest.ReadTeam(t, m.Store, store.TeamState{})
		was, err := m.Teams.Load(t.Context(), agile.Team{Name: "K"})
		if err != nil {
			t.Fatal(err)
		}
		changed, _ := changedDocs(docs[:20])
		if _, err := m.Issues.Put(t.Context(), changed); err != nil {
			t.Fatal(err)
		}
		storetest.ReadTeam(t, m.Store, store.TeamState{})
		refresh := func(ctx context.Context) error {
			now, err := m.Teams.Refresh(ctx, agile.Team{Name: "K"}, was)
			if len(now.Changed) != len(changed) || now.Anew {
				t.Errorf("%d issues are read, want %d", len(now.Changed), len(changed))
			}
			return err
		}
		costs[size] = m.costOf(t, refresh)
		allocations[size] = testing.AllocsPerRun(3, func() { _ = refresh(t.Context()) })
	}
	if costs[500].statements != costs[2000].statements || costs[2000].bytes != 0 {
		t.Errorf("%+v: as many statements for a team of 500 as for one of 2000, and nothing is written", costs)
	}
	if allocations[2000] > 1.3*allocations[500] {
		t.Errorf("%v allocations, by the issues of the team: they grow with what did not change", allocations)
	}
}

// TestLoadCostsLittle: a further issue that a team is loaded with costs what it holds, and each question is asked once.
func TestLoadCostsLittle(t *testing.T) {
	testrun.SkipInShort(t)
	load := func(size int64) (allocations float64, statements int) {
		m := openMeasured(t)
		if _, err := m.Issues.Put(t.Context(), sizedDocs(1, size)); err != nil {
			t.Fatal(err)
		}
		storetest.ReadTeam(t, m.Store, store.TeamState{})
		whole := func() {
			loaded, err := m.Teams.Load(t.Context(), agile.Team{Name: "K"})
			if err != nil || len(loaded.History.Issues) != int(size) {
				t.Fatal(len(loaded.History.Issues), err)
			}
		}
		allocations = testing.AllocsPerRun(3, whole)
		m.database.SetTrace(func(query string) {
			if strings.Contains(query, "FROM worklog") {
				statements++
			}
		})
		whole()
		return allocations, statements
	}
	few, _ := load(500)
	many, statements := load(2000)
	if an := (many - few) / 1500; an > 30 {
		t.Errorf("%.1f allocations for each issue, more than 30", an)
	}
	if statements != 1 {
		t.Errorf("%d statements ask for the time logged", statements)
	}
}

// TestRefreshByIssuesAlone: where nothing but issues changed, a team is refreshed without a look at sprints, board,
// statuses and whatever else it shares with others or has of its own, and by a few statements.
func TestRefreshByIssuesAlone(t *testing.T) {
	m := openMeasured(t)
	storetest.Fill(t, m.Store)
	refresh := func(was store.Loaded) (now store.Loaded, looked int, statements int64) {
		var tables []string
		m.database.SetTrace(func(query string) {
			statements++
			for _, table := range []string{"sprint", "board", "status", "type", "field", "field_name", "version"} {
				if regexp.MustCompile(`FROM "?`+table+`"?\b`).MatchString(query) && !slices.Contains(tables, table) {
					tables = append(tables, table)
				}
			}
		})
		defer m.database.SetTrace(nil)
		now, err := m.Teams.Refresh(t.Context(), agile.Team{Name: "K"}, was)
		if err != nil || now.Anew || len(now.Changed) == 0 {
			t.Errorf("%d issues are read, anew: %v, %v", len(now.Changed), now.Anew, err)
		}
		return now, len(tables), statements
	}
	was, err := m.Teams.Load(t.Context(), agile.Team{Name: "K"})
	if err != nil {
		t.Fatal(err)
	}
	change := func(summary string, goal string) {
		i := storetest.ExampleDocs()[0]
		i.Issue.Summary = agile.Constant(storetest.Birth, summary)
		if _, err := m.Issues.Put(t.Context(), []store.Doc{i}); err != nil {
			t.Fatal(err)
		}
		sprints := storetest.ExampleSprints()
		sprints.Seen[0].Goal = goal
		if err := m.Sprints.Put(t.Context(), storetest.Birth.Add(time.Hour), sprints); err != nil {
			t.Fatal(err)
		}
		if err := m.Teams.Put(t.Context(), storetest.ExampleState()); err != nil {
			t.Fatal(err)
		}
	}
	change("other", "")
	was, looked, few := refresh(was)
	if looked > 0 || few > 12 {
		t.Errorf("%d statements look at %d tables that did not change", few, looked)
	}
	change("another", "a goal")
	now, looked, _ := refresh(was)
	if goal := now.History.Sprints[0].Last().Goal; looked < 7 || goal != "a goal" {
		t.Errorf("%d tables are looked at where a sprint changed too, and its goal is %q", looked, goal)
	}
}

// TestEpicsAreFoundByTheirType: the epics of a project are found without a look at its other issues, of which one that
// was an epic once is none.
func TestEpicsAreFoundByTheirType(t *testing.T) {
	m := openMeasured(t)
	if err := m.Metadata.PutTypes(t.Context(), []agile.Type{{ID: "1", Name: "Story"},
		{ID: "2", Name: "Epic", Level: 1}}); err != nil {
		t.Fatal(err)
	}
	docs := sizedDocs(1, 200)
	for _, d := range docs[:2] {
		d.Issue.Labels = agile.Constant(storetest.Birth, []string{"Q4-26"})
		d.Issue.Type = agile.Constant(storetest.Birth, "2")
	}
	docs[1].Issue.Type = append(docs[1].Issue.Type, agile.Step[string]{From: agile.MomentOf(storetest.Birth),
		Order: 1, Value: "1"})
	if _, err := m.Issues.Put(t.Context(), docs); err != nil {
		t.Fatal(err)
	}
	edit(t, m.path, `UPDATE timeline SET events = 'unreadable' WHERE issue > 2`)
	keys, err := m.Issues.EpicKeys(t.Context(), "10", agile.QuarterRule{Label: regexp.MustCompile(`^Q`)})
	if err != nil || fmt.Sprint(keys) != "[K-1 K-2]" {
		t.Errorf("%v, want K-1 and K-2: %v", keys, err)
	}
}
