package timeseries

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/measure"
	"jerem/series"
)

// toldForecasts returns the series of forecasts for who never ends.
func toldForecasts(k *Told, team *measure.Team, now time.Time) []series.Series {
	out, _ := k.seriesOfForecasts(context.Background(), team, now)
	return out
}

// exhaustParts makes all that no simulation is needed for.
func exhaustParts(m *maker) {
	for range m.allParts() {
	}
}

// countedContext ends when it was asked so often whether it did.
type countedContext struct {
	context.Context
	left int
}

// Err tells that it ended after the last of the questions that are left.
func (c *countedContext) Err() error {
	if c.left == 0 {
		return context.Canceled
	}
	c.left--
	return nil
}

// TestStopsAtNoons: who is told to end while forecasts are made ends before the next noon, and keeps those it has; the
// next call makes the others.
func TestStopsAtNoons(t *testing.T) {
	at := time.Date(2026, 10, 21, 9, 0, 0, 0, time.UTC)
	team := measure.Of(steadyMonths(t, at))
	var told Told
	out, err := told.seriesOfForecasts(&countedContext{t.Context(), 3}, team, at)
	if !errors.Is(err, context.Canceled) || out != nil {
		t.Fatalf("told to end it returns %d series and %v", len(out), err)
	}
	noons := map[int64]bool{}
	for key := range told.figures {
		noons[key.noon] = true
	}
	if len(noons) > 3 || len(noons) == 0 {
		t.Errorf("%d noons were told, want 3 at most", len(noons))
	}
	if whole := toldForecasts(&told, team, at); len(whole) == 0 || len(told.figures) < 10 {
		t.Errorf("the next call makes %d series of %d noons", len(whole), len(told.figures))
	}
}

// TestToldAtOnce: several noons told at once are what they are one after the other.
func TestToldAtOnce(t *testing.T) {
	at := time.Date(2026, 10, 21, 9, 0, 0, 0, time.UTC)
	history := steadyMonths(t, at)
	tell := func(workers int) []series.Series {
		t.Helper()
		told := Told{workers: workers}
		list, err := told.seriesOfForecasts(t.Context(), measure.Of(history), at)
		if err != nil || len(list) == 0 {
			t.Fatal(len(list), err)
		}
		return list
	}
	if diff := cmp.Diff(fmt.Sprint(tell(1)), fmt.Sprint(tell(4))); diff != "" {
		t.Errorf("(-one after the other +at once):\n%s", diff)
	}
}

// TestStopsAtParts: no part is made for who was told to end, and an export of a part is an error.
func TestStopsAtParts(t *testing.T) {
	at := time.Date(2026, 10, 21, 9, 0, 0, 0, time.UTC)
	team := measure.Of(steadyMonths(t, at))
	made := 0
	noForecasts := func(class string) bool { return !strings.Contains(class, "forecast") }
	for range Parts(&countedContext{t.Context(), 1}, team, at, noForecasts) {
		made++
	}
	if made != 1 {
		t.Errorf("%d parts are made until the context ends, want 1", made)
	}
	ended, stop := context.WithCancel(t.Context())
	stop()
	if err := AddTo(ended, &series.Pack{}, team, time.Time{}, at, AllClasses); !errors.Is(err, context.Canceled) {
		t.Errorf("a pack of a context that ended: %v", err)
	}
	var told Told
	if pieces, err := told.Pieces(ended, team, at); !errors.Is(err, context.Canceled) || len(pieces) > 0 {
		t.Errorf("%d pieces of a context that ended: %v", len(pieces), err)
	}
	if _, err := PiecesUntilDone(ended, team, at); !errors.Is(err, context.Canceled) {
		t.Errorf("the pieces of a context that ended: %v", err)
	}
}
