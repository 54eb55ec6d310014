package suite

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/store"
	"jerem/store/checkpoint"
	"jerem/store/db"
)

// tracing is a database that tells the statements that it executes.
type tracing interface {
	db.Database
	SetTrace(trace func(query string))
}

// checkReadings: how far all teams were read is one statement, however many there are.
func checkReadings(t *testing.T, open Opener) {
	d, traced := open(t, t.TempDir()).(tracing)
	if !traced {
		t.Fatal("the database does not tell its statements")
	}
	t.Cleanup(func() { d.Close() })
	s, ctx := store.New(d), t.Context()
	for n := range 30 {
		if err := s.Teams.SetBehind(ctx, fmt.Sprint("team ", n), birth, "away"); err != nil {
			t.Fatal(err)
		}
		if n != 0 && n != 29 {
			continue
		}
		var statements atomic.Int64
		d.SetTrace(func(string) { statements.Add(1) })
		all, err := s.Teams.Readings(ctx)
		d.SetTrace(nil)
		last := all[fmt.Sprint("team ", n)]
		if err != nil || len(all) != n+1 || !last.Behind.Equal(birth) || last.Why != "away" {
			t.Errorf("%d readings of %d teams, the last %+v: %v", len(all), n+1, last, err)
		}
		if statements.Load() != 1 {
			t.Errorf("the readings of %d teams are %d statements", n+1, statements.Load())
		}
	}
}

// checkCheckpoints holds that projects keep each its own moment, also those that a checkpoint does not name, and that
// moving all of them at once changes one row.
func checkCheckpoints(t *testing.T, open Opener) {
	d := open(t, t.TempDir())
	t.Cleanup(func() { d.Close() })
	s := store.New(d)
	ctx := t.Context()
	set := func(projects map[string]time.Time, want map[string]time.Time) {
		t.Helper()
		if err := s.Checkpoints.Set(ctx, checkpoint.Checkpoint{Projects: projects}); err != nil {
			t.Fatal(err)
		}
		got, err := s.Checkpoints.All(ctx)
		if err != nil || !cmp.Equal(got.Projects, want) {
			t.Errorf("after %v: %v, want %v; %v", projects, got.Projects, want, err)
		}
	}
	at := func(hour int) time.Time { return birth.Add(time.Duration(hour) * time.Hour) }
	type moments = map[string]time.Time
	set(moments{"10": at(2), "20": at(2), "30": at(1)}, moments{"10": at(2), "20": at(2), "30": at(1)})
	set(moments{"10": at(3)}, moments{"10": at(3), "20": at(2), "30": at(1)})
	set(moments{"20": at(1)}, moments{"10": at(3), "20": at(1), "30": at(1)})
	set(nil, moments{"10": at(3), "20": at(1), "30": at(1)})
	set(moments{"10": {}}, moments{"10": {}, "20": at(1), "30": at(1)})
	all := func(hour int) moments { return moments{"10": at(hour), "20": at(hour), "30": at(hour)} }
	set(all(4), all(4))
	before := metaRows(t, d)
	set(all(5), all(5))
	changed := 0
	for name, value := range metaRows(t, d) {
		if name != "version" && before[name] != value {
			changed++
		}
	}
	if changed != 1 {
		t.Errorf("%d rows changed where all projects moved together, want 1", changed)
	}
}

// metaRows returns the rows of the table of single values.
func metaRows(t *testing.T, d db.Database) map[string]string {
	t.Helper()
	rows := map[string]string{}
	err := d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		return tx.Each(ctx, `SELECT name, value FROM meta`, nil, func(scan db.Scan) error {
			var name, value string
			err := scan(&name, &value)
			rows[name] = value
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
