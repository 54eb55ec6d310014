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
	at, least := team.Now().AddDate(0, 0, -40), 50
	if testing.Short() {
		at, least = team.Now().AddDate(0, 0, -3), 20
	}
	moments, pieces := 0, timeseries.Pieces
	if testing.Short() { // what was told at noons is kept: twice as quick, and held to be the same elsewhere
		var told timeseries.Told
		pieces = func(team *measure.Team, now time.Time) []series.Series {
			list, err := told.Pieces(t.Context(), team, now)
			if err != nil {
				t.Fatal(err)
			}
			return list
		}
	}
	for at.Before(team.Now()) {
		next := teams.NextMoment(team, at)
		if !next.After(at) || next.Sub(at) > 25*time.Hour {
			t.Fatalf("after %v comes %v", at, next)
		}
		later := at.Add(time.Duration(random.Int64N(int64(next.Sub(at)))))
		want, got := pointsOf(pieces(team, later), later), pointsOf(pieces(team, at), later)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("computed at %v, as of %v, the next moment is %v (−computed then +held):\n%.2000s", at, later,
				next, cmp.Diff(want, got))
		}
		moments++
		at = next
	}
	if moments < least {
		t.Errorf("only %d moments were tried", moments)
	}
}

// pointsOf are the points of series up to a moment.
func pointsOf(pieces []series.Series, until time.Time) map[string][]string {
	out := map[string][]string{}
	for _, line := range teams.LinesOf(pieces) {
		e := &series.Extent{Pieces: line.Pieces, Step: 6 * time.Hour, Until: until}
		for _, p := range e.Points(series.First) {
			out[line.Key] = append(out[line.Key], fmt.Sprintf("%d %s", p.Tick, p.Value.GTS()))
		}
	}
	return out
}
