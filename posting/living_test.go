package posting

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"jerem/publish"
	"jerem/series"
	"jerem/store"
	"jerem/store/storetest"
	"jerem/teams"
)

// unobserved is told nothing.
type unobserved struct{}

func (unobserved) Pushed(string, publish.Outcome, bool)         {}
func (unobserved) Reached(string, string, time.Time)            {}
func (unobserved) Pending(string, string, int)                  {}
func (unobserved) Bounded(string, time.Duration, time.Duration) {}
func (unobserved) Left(string, string)                          {}

// taking is a sink that takes everything and counts points.
type taking struct{ points int }

func (*taking) Name() string { return "taking" }

func (*taking) Capabilities() publish.Capabilities {
	return publish.Capabilities{OldPoints: true, Overwrites: true, Deletes: publish.DeletesRanges, Texts: true}
}

func (s *taking) Push(_ context.Context, list []series.Series) error {
	for i := range list {
		s.points += len(list[i].Points)
	}
	return nil
}

func (*taking) Delete(context.Context, []series.Range) error { return nil }

// gridStep posts a team of two living series and of a number that ended, then a step of the grid, and returns how many
// allocations and points the step took.
func gridStep(t *testing.T, ended int) (allocations float64, points int) {
	t.Helper()
	s, err := store.Open(t.Context(), storetest.EmptyFile(t, filepath.Join(t.TempDir(), "jerem.db")))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	start := time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)
	until := start.Add(24 * time.Hour)
	var pieces []series.Series
	for n := range ended + 2 {
		one := series.Series{Class: "c", Labels: map[string]string{"n": fmt.Sprint(n)}}
		one.Add(start, series.Long(int64(n)))
		if n < ended {
			one.End = start.Add(time.Hour)
		}
		pieces = append(pieces, one)
	}
	lines, sink := teams.LinesOf(pieces), &taking{}
	p := &Poster{Store: s, Log: slog.New(slog.DiscardHandler), Now: time.Now, Observer: unobserved{}}
	x := p.newPush(p.stateOf(sink), "T", missing)
	x.until = until
	if err := x.runPush(t.Context(), lines, nil); err != nil {
		t.Fatal(err)
	}
	sink.points = 0
	entries, living := x.ledger.entries, livingLines(lines, until, x.step)
	allocations = testing.AllocsPerRun(1, func() {
		until = until.Add(x.step)
		x := p.newPush(p.stateOf(sink), "T", missing)
		x.until, x.livingOnly = until, true
		if err := x.runPush(t.Context(), living, entries); err != nil {
			t.Fatal(err)
		}
	})
	return allocations, sink.points
}

// TestGridStepOfLiving: a step of the grid costs by the series that live, not by those that ended.
func TestGridStepOfLiving(t *testing.T) {
	few, points := gridStep(t, 10)
	many, same := gridStep(t, 2000)
	if points != 4 || same != 4 { // two steps of two series
		t.Errorf("%d and %d points were posted", points, same)
	}
	if many > few+200 {
		t.Errorf("%.0f allocations beside 10 series that ended, %.0f beside 2,000", few, many)
	}
}
