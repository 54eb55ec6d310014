package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/problem"
	"jerem/store"
	"jerem/store/storetest"
)

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
	if s, err := store.Open(ctx, newer); err != nil || s.Close() != nil {
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
		s, err := store.Open(ctx, path)
		if !problem.Is(err, want) {
			t.Errorf("%s: %v, want %s", path, err, want)
		}
		if err == nil {
			s.Close()
		}
	}
	f(dir, store.NotAStore)
	f(write("text.db", strings.Repeat("this is no database, but a long text. ", 200)), store.NotAStore)
	f(foreign, store.NotAStore)
	f(newer, store.Newer)
	f(filepath.Join(dir, "missing", "x.db"), store.Unwritable)
	held := filepath.Join(dir, "held.db")
	s, err := store.Open(ctx, held)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	f(held, store.Locked)
	if _, err := store.Open(ctx, held); err == nil ||
		!strings.Contains(err.Error(), fmt.Sprintf("writes it: process %d", os.Getpid())) {
		t.Errorf("who holds it is not told: %v", err)
	}
	if _, err := store.OpenRead(ctx, filepath.Join(dir, "none.db")); !problem.Is(err, store.Missing) {
		t.Errorf("nothing to read: %v", err)
	}
	r, err := store.OpenRead(ctx, held)
	if err != nil {
		t.Fatalf("beside a writer: %v", err)
	}
	defer r.Close()
	if err := r.Metadata.SetZone(ctx, "UTC"); !problem.Is(err, store.Unwritable) {
		t.Errorf("a store opened for reading was written: %v", err)
	}
}

// TestDiskFull: a write that finds no room fails as a whole, and what was kept before is there.
func TestDiskFull(t *testing.T) {
	s := open(t)
	ctx := t.Context()
	if _, err := s.Issues.Put(ctx, []store.Doc{{Issue: storetest.PlainIssue(1), Raw: []byte("x")}}); err != nil {
		t.Fatal(err)
	}
	limitPages(t, s, 80)
	var many []store.Doc
	for id := int64(2); id < 3000; id++ {
		many = append(many, store.Doc{Issue: storetest.PlainIssue(id)})
	}
	if _, err := s.Issues.Put(ctx, many); !problem.Is(err, store.Full) {
		t.Fatalf("%v, want %s", err, store.Full)
	}
	storetest.ReadTeam(t, s, store.TeamState{})
	if n := len(storetest.History(t, s).Issues); n != 1 {
		t.Errorf("%d issues, want the one that was kept before", n)
	}
}

const chunk = 20

// TestKilled: a process that is killed while it writes leaves whole chunks only.
func TestKilled(t *testing.T) {
	if path := os.Getenv("JEREM_TEST_WRITES"); path != "" {
		s, err := store.Open(context.Background(), path)
		if err != nil {
			t.Fatal(err)
		}
		for n := int64(0); ; n++ {
			var docs []store.Doc
			for id := n * chunk; id < (n+1)*chunk; id++ {
				docs = append(docs, store.Doc{Issue: storetest.PlainIssue(id + 1), Raw: []byte("x")})
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
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	storetest.ReadTeam(t, s, store.TeamState{})
	n := len(storetest.History(t, s).Issues)
	if n%chunk != 0 || n < told*chunk {
		t.Errorf("%d issues after %d chunks of %d were told", n, told, chunk)
	}
}

func manyIssues(n, events int) []store.Doc {
	var docs []store.Doc
	for id := range int64(n) {
		i := storetest.PlainIssue(id + 1)
		for e := range events - 11 {
			i.Status = append(
				i.Status,
				agile.Step[string]{
					From:  agile.MomentOf(storetest.Birth.Add(time.Duration(e) * time.Hour)),
					Order: e + 1,
					Value: fmt.Sprint(e % 3),
				},
			)
		}
		docs = append(docs, store.Doc{Issue: i, Raw: []byte(strings.Repeat("raw ", 100))})
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
	storetest.ReadTeam(b, s, store.TeamState{})
	b.ResetTimer()
	for b.Loop() {
		storetest.History(b, s)
	}
	b.ReportMetric(float64(b.N*10000*20)/b.Elapsed().Seconds(), "events/s")
}
