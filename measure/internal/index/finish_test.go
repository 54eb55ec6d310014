package index

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/measure/internal/workstate"
	"jerem/measure/storytest"
)

// TestFinishes: as of any moment of any history, what is told to be finished is what following each issue from its
// creation to the moment finds.
func TestFinishes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := storytest.GenerateHistory(t)
		x := New(h)
		for range 4 {
			at := storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(-70, 130).Draw(t, "hours")) * time.Hour)
			for _, unit := range []agile.Unit{agile.Issues, agile.Points, agile.Seconds} {
				if diff := cmp.Diff(followFinishes(x, unit, at), x.Finishes(unit, at)); diff != "" {
					t.Fatalf("%s as of %v (-followed +told):\n%s", unit, at, diff)
				}
			}
		}
	})
}

// followFinishes finds what was finished issue by issue.
func followFinishes(x *Index, unit agile.Unit, at time.Time) []Finish {
	done := []Finish{}
	for _, i := range x.History.Issues {
		history := x.Histories.Of(i.ID)
		now, ok := history.At(at)
		if !ok || now.State() != workstate.Done || !now.InScope() || !CountsIn(unit, x.Level(i.Type.At(at))) {
			continue
		}
		if s, ok := lastFinish(history, at); ok {
			done = append(done, Finish{Issue: i.ID, At: s.At(), Estimate: EstimateIn(unit, s),
				UnderEpic: isUnderEpic(x, i, s)})
		}
	}
	slices.SortStableFunc(done, func(a, b Finish) int { return a.At.Compare(b.At) })
	return done
}

// lastFinish returns the last entry into done, from what is not done, up to a moment; false without one, as for an
// issue that was created done.
func lastFinish(h StateHistory, at time.Time) (Snapshot, bool) {
	entry, was := -1, workstate.ToDo
	for n, s := range h {
		if s.At().After(at) {
			break
		}
		if !h.LastOfMoment(n) {
			continue
		}
		created := entry < 0 && s.At().Equal(h[0].At())
		if s.State() == workstate.Done && was != workstate.Done && !created {
			entry = n
		}
		was = s.State()
	}
	if entry < 0 {
		return Snapshot{}, false
	}
	return h[entry], true
}

// TestSnapshotIsSmall: a large team has a million snapshots, and a stretch of being done of most of its issues, so that
// each byte of one counts.
func TestSnapshotIsSmall(t *testing.T) {
	if size := reflect.TypeFor[Snapshot]().Size(); size > 40 {
		t.Errorf("a snapshot takes %d bytes", size)
	}
	if size := reflect.TypeFor[doneSpan]().Size(); size > 48 {
		t.Errorf("a stretch of being done takes %d bytes", size)
	}
}
