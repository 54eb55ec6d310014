package suite

import (
	"fmt"
	"sync/atomic"
	"testing"

	"jerem/store"
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
