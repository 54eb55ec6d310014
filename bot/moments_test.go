package bot

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/measure"
	"jerem/measure/timeseries"
	"jerem/series"
	"jerem/sync/synctest"
	"jerem/teams"
)

// TestNextMoment: between a moment and the next one at which series may change by time alone, what was computed at the
// first holds: the points are those that are computed at any moment between.
func TestNextMoment(t *testing.T) {
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	conf.Sprint.Grace = 3 * time.Hour
	r := newRig(t, synctest.DemoSite(t), conf)
	team := r.collect(t, conf)
	random := rand.New(rand.NewPCG(1, 2))
	at := team.Now().AddDate(0, 0, -40)
	if testing.Short() {
		at = team.Now().AddDate(0, 0, -20)
	}
	moments := 0
	for at.Before(team.Now()) {
		next := teams.NextMoment(team.History(), at)
		if !next.After(at) || next.Sub(at) > 25*time.Hour {
			t.Fatalf("after %v comes %v", at, next)
		}
		later := at.Add(time.Duration(random.Int64N(int64(next.Sub(at)))))
		want, got := pointsAt(team, later, later), pointsAt(team, at, later)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("computed at %v, as of %v, the next moment is %v (−computed then +held):\n%.2000s", at, later, next,
				cmp.Diff(want, got))
		}
		moments++
		at = next
	}
	if moments < 50 {
		t.Errorf("only %d moments were tried", moments)
	}
}

// pointsAt are the points up to a moment of the series as they are computed at another.
func pointsAt(team *measure.Team, computed, until time.Time) map[string][]string {
	out := map[string][]string{}
	for _, line := range teams.LinesOf(timeseries.Pieces(team, computed)) {
		e := &series.Extent{Pieces: line.Pieces, Step: 6 * time.Hour, Until: until}
		for _, p := range e.Points(series.First) {
			out[line.Key] = append(out[line.Key], fmt.Sprintf("%d %s", p.Tick, p.Value.GTS()))
		}
	}
	return out
}
