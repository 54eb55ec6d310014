package posting

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/series"
	"jerem/store"
	"jerem/store/ledger"
	"jerem/store/storetest"
	"jerem/teams"
)

// TestCursorsAreWrittenAtOnce: a cycle in which no step of the grid passed writes nothing, and one in which one passed
// writes once: the cursors of all teams, when the last one was looked at.
func TestCursorsAreWrittenAtOnce(t *testing.T) {
	s, err := store.Open(t.Context(), storetest.EmptyFile(t, filepath.Join(t.TempDir(), "jerem.db")))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	until := time.Date(2026, 11, 2, 8, 1, 0, 0, time.UTC)
	sink, told := &taking{}, &reached{}
	p := &Poster{Store: s, Log: slog.New(slog.DiscardHandler), Now: time.Now, Observer: told,
		Load: func(_ context.Context, conf agile.Team) (*teams.Team, error) {
			return &teams.Team{Generation: 7, Until: until, Measured: measure.Of(&agile.History{Team: conf})}, nil
		}}
	state := p.stateOf(sink)
	var names []string
	for n := range 10 {
		names = append(names, fmt.Sprint("T", n))
		state.served[names[n]] = served{generation: 7, until: until, step: p.gridInterval(sink),
			steady: until.Add(time.Hour), ledger: map[string]*ledger.SinkSeries{}}
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
	until = until.Add(18 * time.Minute)
	post()
	if err := p.WriteCursors(t.Context(), sink); err != nil || written() != before {
		t.Errorf("no step of the grid passed, and something was written (%v)", err)
	}
	if !told.at.Equal(until) {
		t.Errorf("it is told that the sink has the series up to %v, want %v", told.at, until)
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

// reached is an observer that keeps up to which moment a sink was last told to have series.
type reached struct {
	unobserved
	at time.Time
}

func (r *reached) Reached(_, _ string, at time.Time) { r.at = at }

// TestStopWithinStep: a process that is killed while its cursor lies earlier in the same step of the grid lost nothing:
// the next one posts no point again, and after the step the points of it alone.
func TestStopWithinStep(t *testing.T) {
	s, err := store.Open(t.Context(), storetest.EmptyFile(t, filepath.Join(t.TempDir(), "jerem.db")))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	start := time.Date(2026, 11, 2, 8, 1, 0, 0, time.UTC)
	one := series.Series{Class: "c"}
	one.Add(start.Add(-time.Hour), series.Long(1))
	sink, lines := &taking{}, teams.LinesOf([]series.Series{one})
	post := func(until time.Time) int {
		t.Helper()
		sink.points = 0
		p := &Poster{Store: s, Log: slog.New(slog.DiscardHandler), Now: time.Now, Observer: unobserved{}}
		x := p.newPush(p.stateOf(sink), "T", missing)
		x.until = until
		if err := errors.Join(x.runPush(t.Context(), lines, nil), p.WriteCursors(t.Context(), sink)); err != nil {
			t.Fatal(err)
		}
		return sink.points
	}
	if got := post(start); got != 4 {
		t.Errorf("%d points at first, want 4", got)
	}
	if got := post(start.Add(18 * time.Minute)); got != 0 {
		t.Errorf("%d points were posted again within the step", got)
	}
	if got := post(start.Add(20 * time.Minute)); got != 1 {
		t.Errorf("%d points after the step, want 1", got)
	}
}
