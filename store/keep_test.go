package store

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/problem"
)

var birth = time.Date(2026, 1, 1, 9, 0, 0, 123456000, time.UTC)

func open(t testing.TB) *Store {
	t.Helper()
	s, err := Open(context.Background(), filepath.Join(t.TempDir(), "jerem.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// plainIssue is an issue of project 10 to which nothing happened.
func plainIssue(id int64) *agile.Issue {
	return &agile.Issue{ID: id, Created: birth, Updated: birth,
		Key: agile.Constant(birth, fmt.Sprintf("K-%d", id)), Summary: agile.Constant(birth, "work"), Project: agile.Constant(birth, "10"), Type: agile.Constant(birth, "1"),
		Status: agile.Constant(birth, "1"), Resolution: agile.Constant(birth, ""), Sprints: agile.Constant(birth, []int64(nil)), Parent: agile.Constant(birth, int64(0)),
		EpicLink: agile.Constant(birth, ""), Labels: agile.Constant(birth, []string(nil)), Flagged: agile.Constant(birth, false),
		Numbers: map[string]agile.Timeline[agile.Number]{}, Options: map[string]agile.Timeline[[]string]{}, Relatives: map[int64]string{}}
}

func readTeam(t testing.TB, s *Store, state TeamState) {
	t.Helper()
	state.Name, state.ProjectID = "K", "10"
	if state.Until.IsZero() {
		state.Until = birth.AddDate(0, 1, 0)
	}
	if err := s.Teams.Put(context.Background(), state); err != nil {
		t.Fatal(err)
	}
}

func history(t testing.TB, s *Store) *agile.History {
	t.Helper()
	h, err := s.Teams.History(context.Background(), agile.Team{Name: "K"})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func genTimeline[T any](t *rapid.T, values *rapid.Generator[T]) agile.Timeline[T] {
	tl := agile.Constant(birth, values.Draw(t, "first"))
	for n := range rapid.IntRange(0, 3).Draw(t, "changes") {
		tl = append(tl, agile.Step[T]{From: birth.Add(time.Duration(n) * time.Hour), Order: n + 1, Value: values.Draw(t, "value")})
	}
	return tl
}

func genIssue(t *rapid.T) *agile.Issue {
	text := rapid.String()
	i := plainIssue(rapid.Int64Range(1, 1e9).Draw(t, "id"))
	i.Key, i.Summary, i.Status = genTimeline(t, text), genTimeline(t, text), genTimeline(t, text)
	i.Type, i.Resolution, i.EpicLink = genTimeline(t, text), genTimeline(t, text), genTimeline(t, text)
	i.Sprints = genTimeline(t, rapid.SliceOf(rapid.Int64Range(1, 99)))
	i.Parent = genTimeline(t, rapid.Int64Range(0, 99))
	i.Labels = genTimeline(t, rapid.SliceOf(text))
	i.Flagged = genTimeline(t, rapid.Bool())
	i.Numbers["customfield_1"] = genTimeline(t, rapid.Custom(func(t *rapid.T) agile.Number {
		if !rapid.Bool().Draw(t, "known") {
			return agile.Number{}
		}
		return agile.Number{Value: rapid.Float64().Draw(t, "number"), Known: true}
	}))
	i.Options["components"] = genTimeline(t, rapid.SliceOf(text))
	i.Relatives[rapid.Int64().Draw(t, "relative")] = text.Draw(t, "key")
	i.Broken = rapid.MapOf(text, rapid.IntRange(1, 9)).Draw(t, "broken")
	if rapid.Bool().Draw(t, "resolved") {
		i.Resolved, i.Recategorized = birth.Add(time.Hour), birth.Add(2*time.Hour)
	}
	return i
}

// TestKeepsAnyIssue: what is put is what is read, whatever the values; putting it again changes
// nothing, and what it was derived from comes back byte for byte.
func TestKeepsAnyIssue(t *testing.T) {
	s := open(t)
	readTeam(t, s, TeamState{})
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		i, raw := genIssue(t), rapid.SliceOf(rapid.Byte()).Draw(t, "raw")
		for n := range 2 {
			c, err := s.Issues.Put(ctx, []Doc{{Issue: i, Raw: raw, RawVersion: 1}})
			if err != nil {
				t.Fatal(err)
			}
			if n == 1 && c != 0 {
				t.Fatalf("the same issue again changed %d", c)
			}
		}
		h, err := s.Teams.History(ctx, agile.Team{Name: "K"})
		if err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(h.Issues, func(got *agile.Issue) bool { return got.ID == i.ID })
		if at < 0 {
			t.Fatalf("issue %d was put and is not read", i.ID)
		}
		if diff := cmp.Diff(i, h.Issues[at], cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("(−put +read):\n%s", diff)
		}
		docs, err := s.Issues.DocumentsOf(ctx, []int64{i.ID})
		if err != nil || len(docs) != 1 || !bytes.Equal(docs[0].Raw, raw) || docs[0].Version != 1 {
			t.Fatalf("%v: %v, put %q", err, docs, raw)
		}
	})
}

// TestSprintsKeepVersions: a version more only where something changed; the first time it was seen is
// kept.
func TestSprintsKeepVersions(t *testing.T) {
	s := open(t)
	v := agile.SprintVersion{Name: "S", State: agile.Active, Start: birth, End: birth.Add(100 * time.Hour)}
	moved := v
	moved.Start = birth.Add(-time.Hour)
	for n, v := range []agile.SprintVersion{v, v, moved} {
		now := BoardSprints{"K", 1, []int64{7}, []int64{7}, []SprintSeen{{7, 1, v}}}
		if err := s.Sprints.Put(t.Context(), birth.Add(time.Duration(n+1)*time.Hour), now); err != nil {
			t.Fatal(err)
		}
	}
	readTeam(t, s, TeamState{Board: 1})
	got := history(t, s).Sprints
	if len(got) != 1 || len(got[0].Versions) != 2 || !got[0].Versions[0].Seen.Equal(birth.Add(time.Hour)) {
		t.Errorf("%+v", got)
	}
}

// TestOwnSprints: a team's sprints are those that were kept as its own, whatever else its board lists.
func TestOwnSprints(t *testing.T) {
	s := open(t)
	v := agile.SprintVersion{Name: "S", State: agile.Active, Start: birth}
	for _, mine := range [][]int64{{1}, {2, 3}} {
		now := BoardSprints{"K", 1, []int64{1, 2}, mine, []SprintSeen{{1, 1, v}, {2, 5, v}, {3, 6, v}}}
		if err := s.Sprints.Put(t.Context(), birth, now); err != nil {
			t.Fatal(err)
		}
		readTeam(t, s, TeamState{Board: 1})
		var ids []int64
		for _, sp := range history(t, s).Sprints {
			ids = append(ids, sp.ID)
		}
		if !slices.Equal(ids, mine) {
			t.Errorf("%v, want %v", ids, mine)
		}
		if kept, listed, err := s.Sprints.OfTeam(t.Context(), "K", 1); err != nil || len(kept) != len(mine) || !listed[1] || !listed[2] || listed[3] {
			t.Errorf("%v %v %v", kept, listed, err)
		}
	}
}

// TestStatusesStay: a status that is no longer listed keeps its category, and every name it had.
func TestStatusesStay(t *testing.T) {
	s := open(t)
	ctx := t.Context()
	for _, list := range [][]agile.Status{{{ID: "1", Name: "Open", Category: "new"}, {ID: "5", Name: "Resolved", Category: "done"}}, {{ID: "1", Name: "To Do", Category: "new"}}} {
		if err := s.Metadata.PutStatuses(ctx, list); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Metadata.PutStatusNames(ctx, []StatusName{{"9", "Gone"}, {"1", "Offen"}}); err != nil {
		t.Fatal(err)
	}
	readTeam(t, s, TeamState{})
	got := history(t, s).Statuses
	if got["5"].Category != agile.CategoryDone || got["1"].Name != "To Do" || fmt.Sprint(got["1"].Names) != "[Offen Open To Do]" || got["9"].Name != "Gone" || got["9"].Category != agile.CategoryUnknown {
		t.Errorf("%+v", got)
	}
}

// TestScope: a team sees what its project ever held, what was noted of others, and what is linked to
// them, wherever it is.
func TestScope(t *testing.T) {
	s := open(t)
	moved, far, other, child, epic := plainIssue(2), plainIssue(3), plainIssue(4), plainIssue(5), plainIssue(6)
	moved.Project = append(moved.Project, agile.Step[string]{From: birth.Add(time.Hour), Order: 1, Value: "20"})
	for _, i := range []*agile.Issue{far, other, child, epic} {
		i.Project = agile.Constant(birth, "20")
	}
	child.Parent = agile.Constant(birth, int64(1))
	one := plainIssue(1)
	one.EpicLink = agile.Constant(birth, "6")
	var docs []Doc
	for _, i := range []*agile.Issue{one, moved, far, other, child, epic} {
		docs = append(docs, Doc{Issue: i})
	}
	if _, err := s.Issues.Put(t.Context(), docs); err != nil {
		t.Fatal(err)
	}
	readTeam(t, s, TeamState{Others: map[int64]bool{4: true}, Matches: map[int64]bool{1: true}})
	h := history(t, s)
	var ids []int64
	for _, i := range h.Issues {
		ids = append(ids, i.ID)
	}
	if fmt.Sprint(ids) != "[1 2 4 5 6]" || !h.Matches[1] || len(h.Matches) != 1 {
		t.Errorf("issues %v, matches %v", ids, h.Matches)
	}
}

// TestMembershipByReading: what matches an impediment query is known as of each reading.
func TestMembershipByReading(t *testing.T) {
	s := open(t)
	at := func(n int) time.Time { return birth.Add(time.Duration(n) * time.Hour) }
	for n, set := range []map[int64]bool{{1: true}, {1: true}, {}, {1: true}} {
		readTeam(t, s, TeamState{Until: at(n + 1), Impeded: set})
	}
	want := agile.Timeline[bool]{{From: at(1), Value: true}, {From: at(3), Value: false}, {From: at(4), Value: true}}
	if diff := cmp.Diff(want, history(t, s).Impeded[1]); diff != "" {
		t.Error(diff)
	}
}

// TestBehind: since when a team is behind is kept from the first failure on, and forgotten by the
// next complete read.
func TestBehind(t *testing.T) {
	s := open(t)
	ctx := t.Context()
	if _, err := s.Teams.History(ctx, agile.Team{Name: "K"}); !problem.Is(err, NotRead) {
		t.Errorf("never read: %v", err)
	}
	for n, why := range []string{"first", "second"} {
		if err := s.Teams.SetBehind(ctx, "K", birth.Add(time.Duration(n)*time.Hour), why); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Teams.History(ctx, agile.Team{Name: "K"}); !problem.Is(err, NotRead) || !strings.Contains(err.Error(), "second") {
		t.Errorf("never read, and why: %v", err)
	}
	readTeam(t, s, TeamState{})
	if state, err := s.Teams.State(ctx, "K"); err != nil || !state.Behind.IsZero() || state.Why != "" {
		t.Errorf("%+v, %v", state, err)
	}
}

// TestCursors: a cursor moves where it is set alone; what changes in a store is found by the sink ledger.
func TestCursors(t *testing.T) {
	s := open(t)
	ctx := t.Context()
	if _, ok, err := s.Ledger.Cursor(ctx, "sink", "K"); ok || err != nil {
		t.Error("a cursor that nobody set", ok, err)
	}
	if err := s.Ledger.SetCursor(ctx, "sink", "K", birth); err != nil {
		t.Fatal(err)
	}
	if err := s.Metadata.PutStatuses(ctx, []agile.Status{{ID: "77", Name: "New", Category: agile.CategoryDoing}}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Issues.Put(ctx, []Doc{{Issue: plainIssue(77)}}); err != nil {
		t.Fatal(err)
	}
	if at, ok, err := s.Ledger.Cursor(ctx, "sink", "K"); !ok || err != nil || !at.Equal(birth) {
		t.Errorf("%v, %v, %v", at, ok, err)
	}
}

// TestSinkLedger: what is noted of a series comes back, its pieces as long as a claim names them; a series of which nothing
// stands and nothing is owed leaves the ledger; teams and sinks are apart.
func TestSinkLedger(t *testing.T) {
	s := open(t)
	ctx := t.Context()
	put := func(team string, e SinkEntry) {
		t.Helper()
		if err := s.Ledger.Put(ctx, "sink", team, []SinkEntry{e}); err != nil {
			t.Fatal(err)
		}
	}
	one := SinkSeries{Key: "c{a=b}", Taken: Claim{"d1", time.Hour, birth}, Tried: Claim{"d2", time.Minute, birth.Add(time.Hour)}, Through: 7,
		Owed: []Owed{{1, 5, birth}, {9, 9, birth.Add(time.Minute)}}}
	put("K", SinkEntry{one, map[string][]byte{"d1": []byte("one"), "d2": []byte("two")}})
	put("L", SinkEntry{SinkSeries: SinkSeries{Key: one.Key, Taken: Claim{Digest: "d1"}}})
	all, err := s.Ledger.Series(ctx, "sink", "K")
	if diff := cmp.Diff(map[string]*SinkSeries{one.Key: &one}, all); err != nil || diff != "" {
		t.Errorf("%v (−want +got):\n%s", err, diff)
	}
	for digest, want := range map[string]string{"d1": "one", "d2": "two", "d3": ""} {
		if got, err := s.Ledger.Pieces(ctx, "sink", "K", one.Key, digest); err != nil || string(got) != want {
			t.Errorf("%s: %q %v", digest, got, err)
		}
	}
	put("K", SinkEntry{SinkSeries: SinkSeries{Key: one.Key, Taken: one.Tried}})
	if got, err := s.Ledger.Pieces(ctx, "sink", "K", one.Key, "d1"); err != nil || got != nil {
		t.Errorf("pieces that no claim names: %q %v", got, err)
	}
	put("K", SinkEntry{SinkSeries: SinkSeries{Key: one.Key}})
	if all, err := s.Ledger.Series(ctx, "sink", "K"); err != nil || len(all) > 0 {
		t.Errorf("%v %v", all, err)
	}
	if all, err := s.Ledger.Series(ctx, "sink", "L"); err != nil || len(all) != 1 {
		t.Errorf("another team's: %v %v", all, err)
	}
}

func TestRefusals(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	foreign := filepath.Join(dir, "foreign.db")
	newer := filepath.Join(dir, "newer.db")
	if s, err := Open(ctx, newer); err != nil || s.Close() != nil {
		t.Fatal(err)
	}
	for path, statement := range map[string]string{foreign: `CREATE TABLE x (y)`, newer: `PRAGMA user_version = 99`} {
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
		db.Close()
	}
	f := func(path string, want problem.Code) {
		t.Helper()
		s, err := Open(ctx, path)
		if !problem.Is(err, want) {
			t.Errorf("%s: %v, want %s", path, err, want)
		}
		if err == nil {
			s.Close()
		}
	}
	f(dir, NotAStore)
	f(write("text.db", strings.Repeat("this is no database, but a long text. ", 200)), NotAStore)
	f(foreign, NotAStore)
	f(newer, Newer)
	f(filepath.Join(dir, "missing", "x.db"), Unwritable)
	held := filepath.Join(dir, "held.db")
	s, err := Open(ctx, held)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	f(held, Locked)
	if _, err := Open(ctx, held); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("writes it: process %d", os.Getpid())) {
		t.Errorf("who holds it is not told: %v", err)
	}
	if _, err := OpenRead(ctx, filepath.Join(dir, "none.db")); !problem.Is(err, Missing) {
		t.Errorf("nothing to read: %v", err)
	}
	r, err := OpenRead(ctx, held)
	if err != nil {
		t.Fatalf("beside a writer: %v", err)
	}
	defer r.Close()
	if err := r.Metadata.SetZone(ctx, "UTC"); !problem.Is(err, Unwritable) {
		t.Errorf("a store opened for reading was written: %v", err)
	}
}

// TestDiskFull: a write that finds no room fails as a whole, and what was kept before is there.
func TestDiskFull(t *testing.T) {
	s := open(t)
	ctx := t.Context()
	if _, err := s.Issues.Put(ctx, []Doc{{Issue: plainIssue(1), Raw: []byte("x")}}); err != nil {
		t.Fatal(err)
	}
	limitPages(t, s, 80)
	var many []Doc
	for id := int64(2); id < 3000; id++ {
		many = append(many, Doc{Issue: plainIssue(id)})
	}
	if _, err := s.Issues.Put(ctx, many); !problem.Is(err, Full) {
		t.Fatalf("%v, want %s", err, Full)
	}
	readTeam(t, s, TeamState{})
	if n := len(history(t, s).Issues); n != 1 {
		t.Errorf("%d issues, want the one that was kept before", n)
	}
}

const chunk = 20

// TestKilled: a process that is killed while it writes leaves whole chunks only.
func TestKilled(t *testing.T) {
	if path := os.Getenv("JEREM_TEST_WRITES"); path != "" {
		s, err := Open(context.Background(), path)
		if err != nil {
			t.Fatal(err)
		}
		for n := int64(0); ; n++ {
			var docs []Doc
			for id := n * chunk; id < (n+1)*chunk; id++ {
				docs = append(docs, Doc{Issue: plainIssue(id + 1), Raw: []byte("x")})
			}
			if _, err := s.Issues.Put(context.Background(), docs); err != nil {
				t.Fatal(err)
			}
			fmt.Println("chunk")
		}
	}
	path := filepath.Join(t.TempDir(), "jerem.db")
	writer := exec.Command(os.Args[0], "-test.run=^TestKilled$")
	writer.Env = append(os.Environ(), "JEREM_TEST_WRITES="+path)
	out, err := writer.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := writer.Start(); err != nil {
		t.Fatal(err)
	}
	told := 0
	for buffer := make([]byte, 64); told < 5; {
		n, err := out.Read(buffer)
		if err != nil {
			t.Fatal(err)
		}
		told += strings.Count(string(buffer[:n]), "chunk")
	}
	if err := writer.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = writer.Wait() // it was killed
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	readTeam(t, s, TeamState{})
	n := len(history(t, s).Issues)
	if n%chunk != 0 || n < told*chunk {
		t.Errorf("%d issues after %d chunks of %d were told", n, told, chunk)
	}
}

func TestEpicKeys(t *testing.T) {
	s := open(t)
	if err := s.Metadata.PutTypes(t.Context(), []agile.Type{{ID: "1", Name: "Story"}, {ID: "2", Name: "Epic", Level: 1}}); err != nil {
		t.Fatal(err)
	}
	var docs []Doc
	for id, typ := range map[int64]string{1: "1", 2: "2", 3: "2"} {
		i := plainIssue(id)
		i.Type = agile.Constant(birth, typ)
		if id != 3 {
			i.Labels = agile.Timeline[[]string]{{From: birth, Value: []string{"Q4-26"}}, {From: birth.Add(time.Hour), Order: 1, Value: nil}}
		}
		docs = append(docs, Doc{Issue: i})
	}
	if _, err := s.Issues.Put(t.Context(), docs); err != nil {
		t.Fatal(err)
	}
	keys, err := s.Issues.EpicKeys(t.Context(), "10", regexp.MustCompile(`^Q\d-\d\d$`))
	if err != nil || fmt.Sprint(keys) != "[K-2]" {
		t.Errorf("%v, %v", keys, err)
	}
}

func manyIssues(n, events int) []Doc {
	var docs []Doc
	for id := range int64(n) {
		i := plainIssue(id + 1)
		for e := range events - 11 {
			i.Status = append(i.Status, agile.Step[string]{From: birth.Add(time.Duration(e) * time.Hour), Order: e + 1, Value: fmt.Sprint(e % 3)})
		}
		docs = append(docs, Doc{Issue: i, Raw: []byte(strings.Repeat("raw ", 100))})
	}
	return docs
}

func BenchmarkPutIssues(b *testing.B) {
	docs := manyIssues(10000, 20)
	for b.Loop() {
		s := open(b)
		for at := 0; at < len(docs); at += 1000 {
			if _, err := s.Issues.Put(context.Background(), docs[at:at+1000]); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.N*10000*20)/b.Elapsed().Seconds(), "events/s")
}

func BenchmarkHistory(b *testing.B) {
	s := open(b)
	if _, err := s.Issues.Put(context.Background(), manyIssues(10000, 20)); err != nil {
		b.Fatal(err)
	}
	readTeam(b, s, TeamState{})
	b.ResetTimer()
	for b.Loop() {
		history(b, s)
	}
	b.ReportMetric(float64(b.N*10000*20)/b.Elapsed().Seconds(), "events/s")
}
