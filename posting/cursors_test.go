package posting

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"jerem/agile"
	"jerem/store"
	"jerem/teams"
)

// TestCursorsAreWrittenAtOnce: a quiet cycle of many teams writes once: the cursors of all of them, when the last one
// was looked at; one in which no moment passed writes nothing.
func TestCursorsAreWrittenAtOnce(t *testing.T) {
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "jerem.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	until := time.Date(2026, 11, 2, 8, 1, 0, 0, time.UTC)
	sink := &taking{}
	p := &Poster{Store: s, Log: slog.New(slog.DiscardHandler), Now: time.Now, Observer: unobserved{},
		Load: func(_ context.Context, conf agile.Team) (*teams.Team, error) {
			return &teams.Team{Generation: 7, Until: until}, nil
		}}
	state := p.stateOf(sink)
	var names []string
	for n := range 10 {
		names = append(names, fmt.Sprint("T", n))
		state.served[names[n]] = served{generation: 7, until: until, step: p.gridInterval(sink),
			steady: until.Add(time.Hour)}
	}
	written := func() int64 {
		t.Helper()
		version, err := s.Version(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return version
	}
	post := func() {
		t.Helper()
		for _, name := range names {
			if _, err := p.Post(t.Context(), sink, agile.Team{Name: name}); err != nil {
				t.Fatal(err)
			}
		}
	}
	before := written()
	post()
	if err := p.WriteCursors(t.Context(), sink); err != nil || written() != before {
		t.Errorf("no moment passed, and something was written (%v)", err)
	}
	until = until.Add(time.Minute)
	post()
	if written() != before {
		t.Error("a team by itself wrote its cursor")
	}
	if err := p.WriteCursors(t.Context(), sink); err != nil {
		t.Fatal(err)
	}
	if got := written() - before; got != 1 {
		t.Errorf("%d writes for the cursors of ten teams", got)
	}
	for _, name := range names {
		if at, ok, err := s.Ledger.Cursor(t.Context(), sink.Name(), name); !ok || !at.Equal(until) || err != nil {
			t.Errorf("team %s: cursor at %v (%v, %v), want %v", name, at, ok, err, until)
		}
	}
}
