package timeseries

import (
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/internal/roadmap"
	"jerem/measure/internal/track"
	"jerem/measure/storytest"
	"jerem/measure/timeseries/sprinttrack"
	"jerem/series"
)

// told returns what a published step series says at a moment; false while it says nothing.
func told(list []series.Series, class string, labels map[string]string, at time.Time) (float64, bool) {
	for _, s := range list {
		other := slices.ContainsFunc(slices.Collect(maps.Keys(labels)),
			func(name string) bool { return s.Labels[name] != labels[name] })
		if s.Class != class || other || !s.End.IsZero() && at.After(s.End) {
			continue
		}
		x, ok := 0.0, false
		for _, p := range s.Points {
			if p.Tick <= series.Tick(at) {
				x, ok = p.Value.Number(), true
			}
		}
		return x, ok
	}
	return 0, false
}

// TestSprintSeriesAreFigures: at every moment of a sprint, its completion included, its series tell
// what its figures as of then tell.
func TestSprintSeriesAreFigures(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := storytest.GenerateHistory(t)
		h.Team.Sprint.Grace = time.Duration(rapid.IntRange(0, 2).Draw(t, "grace")) * 5 * time.Hour
		team := measure.Of(h)
		list := Between(team, time.Time{}, storytest.GeneratedStart.Add(200*time.Hour))
		for _, b := range begunSprints(team.Index, storytest.GeneratedStart.Add(200*time.Hour)) {
			at := b.version.Start.Add(time.Duration(rapid.IntRange(0, 100).Draw(t, "hours")) * time.Hour)
			if !b.version.Complete.IsZero() && at.After(b.version.Complete) {
				at = b.version.Complete
			}
			s, err := team.Sprint(b.id, at)
			if err != nil {
				t.Fatal(err)
			}
			want := map[string]float64{
				classSprint + "storypoint.total":      s.ToDo.Estimate + s.Doing.Estimate + s.Done.Estimate,
				classSprint + "storypoint.inprogress": s.Doing.Estimate,
				classSprint + "storypoint.done":       s.Done.Estimate,
			}
			if !at.Before(b.version.Start.Add(h.Team.Sprint.Grace)) {
				l := s.Ledger
				for name, x := range map[string]float64{"commitment": l.Commitment, "added": l.Added,
					"removed":     l.Removed,
					"reestimated": l.Reestimated, "completed": l.Completed, "reopened": l.Reopened,
					"remaining": l.Remaining} {
					want[catalogue.ClassAgileSprint+name] = x
				}
			}
			for class, x := range want {
				if got, ok := told(list, class, map[string]string{"sprint": s.Name}, at); !ok ||
					math.Abs(got-x) > 1e-6 {
					t.Fatalf("sprint %s at %v: %s is at %v (%v), the figure %v", s.Name, at, class, got, ok, x)
				}
			}
		}
	})
}

// TestImpedimentSeriesAreFigures: while a sprint is open, the series of its impediments tell what its
// figures as of then tell, and after its end what late work makes of them.
func TestImpedimentSeriesAreFigures(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		team := measure.Of(storytest.GenerateHistory(t))
		end := storytest.GeneratedStart.Add(200 * time.Hour)
		for _, b := range begunSprints(team.Index, end) {
			at := b.version.Start.Add(time.Duration(rapid.IntRange(0, 140).Draw(t, "hours")) * time.Hour)
			s, err := team.Sprint(b.id, at)
			if err != nil {
				t.Fatal(err)
			}
			sp := sprinttrack.Span(team.Index, b.id, b.version, end)
			for _, tr := range sprinttrack.Impediments(team.Impediments,
				sprinttrack.ImpedimentsWithin(team.Impediments, sp), sp, end) {
				want, sum := 0.0, tr.Value(at)
				switch tr.Class {
				case classImpediment + "total.count":
					want = float64(s.Impediments.Count)
				case classImpediment + "total.timespent":
					want = float64(s.Impediments.Seconds)
				default:
					continue
				}
				if sum != want {
					t.Fatalf("sprint %s at %v: %s is at %v, the figure %v", s.Name, at, tr.Class, sum, want)
				}
			}
		}
	})
}

// TestQuarterSeriesAreFigures: at every moment of a quarter the series of it, and of its epics, tell
// what its figures as of then tell; carry-over is not taken off the epics' own series.
func TestQuarterSeriesAreFigures(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := storytest.GenerateHistory(t)
		team := measure.Of(h)
		list := Between(team, time.Time{}, storytest.GeneratedStart.Add(200*time.Hour))
		at := storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(-30, 120).Draw(t, "hours")) * time.Hour)
		q := team.Quarter(seriesQuarter, at)
		for class, want := range map[string]float64{"total": q.Total, "done": q.Done, "doing": q.Doing, "todo": q.ToDo,
			"remaining": q.Remaining} {
			if got, _ := told(list, classAgileQuarter+class, map[string]string{"quarter": "Q4-26"},
				at); math.Abs(got-want) > 1e-6 {
				t.Fatalf("at %v: the series %s is at %v, the figure %v", at, class, got, want)
			}
		}
		for _, m := range team.Roadmap.EpicsOf(seriesQuarter, at) {
			w := team.Roadmap.WorkOf(m.Issue.ID, at, func(int64) bool { return true })
			for class, want := range map[string]float64{"storypoint": w.Total, "storypoint.inprogress": w.Doing,
				"storypoint.done": w.Done,
				"unestimated":     float64(w.Unestimated), "dependency": float64(w.Dependency)} {
				if got, _ := told(list, classEpic+class,
					map[string]string{"key": m.Issue.Key.Last(), "quarter": "Q4-26"},
					at); math.Abs(got-want) > 1e-6 {
					t.Fatalf("epic %s at %v: %s is at %v, the figure %v", m.Issue.Key.Last(), at, class, got, want)
				}
			}
		}
	})
}

// TestSeriesKnowNoFuture: what comes after a moment changes nothing of the series as of it.
func TestSeriesKnowNoFuture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := storytest.GenerateHistory(t)
		at := storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(-60, 110).Draw(t, "asked")) * time.Hour)
		past, whole := Pieces(measure.Of(storytest.KnownAt(h, at)), at), Pieces(measure.Of(h), at)
		if diff := cmp.Diff(past, whole, cmp.AllowUnexported(series.Value{})); diff != "" {
			t.Errorf("the series (-without +with what came later):\n%s", diff)
		}
	})
}

// TestGridOfEpics: the grid of an epic's series ends 92 days after its quarter, whether or not the series lives on; no
// other series has such an end.
func TestGridOfEpics(t *testing.T) {
	epics := 0
	rapid.Check(t, func(t *rapid.T) {
		team := measure.Of(storytest.GenerateHistory(t))
		for _, s := range Pieces(team, storytest.GeneratedStart.Add(400*24*time.Hour)) {
			quarter, named := team.Roadmap.Marks.Quarter(s.Labels["quarter"])
			want := time.Time{}
			if strings.HasPrefix(s.Class, classEpic) && named {
				want = team.Roadmap.Span(quarter).To.AddDate(0, 0, 92)
				epics++
			}
			if !s.GridEnd.Equal(want) {
				t.Fatalf("%s: the grid ends at %v, want %v", s.Key(), s.GridEnd, want)
			}
		}
	})
	if epics == 0 {
		t.Error("no epic was drawn")
	}
}

// seriesQuarter is the quarter of generated histories: it begins on 1 November 2026.
var seriesQuarter = roadmap.QuarterName{Number: 4, Year: 2026}

// TestCutOfPoints: a part of a track as points is the part of the track, as points.
func TestCutOfPoints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hour := func(n int) time.Time { return time.Date(2026, 11, 2, n, 0, 0, 0, time.UTC) }
		tr := track.Track{Class: "total", Whole: rapid.Bool().Draw(t, "whole")}
		for n := range 12 {
			if rapid.Bool().Draw(t, "changes") {
				tr.Set(hour(n), float64(rapid.IntRange(0, 3).Draw(t, "value")))
			}
		}
		from, to, closing := hour(rapid.IntRange(-1, 12).Draw(t, "from")), time.Time{}, false
		if rapid.Bool().Draw(t, "ends") {
			to = from.Add(time.Duration(rapid.IntRange(0, 13).Draw(t, "hours")) * time.Hour)
			closing = rapid.Bool().Draw(t, "closing")
		}
		want := asPoints([]track.Track{tr.Cut(from, to, closing)})[0]
		if got := asPoints([]track.Track{tr})[0].cutToPeriod(from, to, closing); !got.saysTheSame(want) ||
			got.whole != want.whole {
			t.Fatalf("of %v from %v to %v: %v, want %v", tr.Points, from, to, got, want)
		}
	})
}

// TestTracksAreThePointsOfSeries: what is remembered of a sprint's tracks is the points of its series, not a copy.
func TestTracksAreThePointsOfSeries(t *testing.T) {
	team := measure.Of(storytest.BigHistoryOf(500))
	m := newMaker(team, team.Now(), memory{})
	s := begunSprints(team.Index, team.Now())[0]
	tracks := m.tracksOf(s)
	for n, one := range m.seriesOfSprint(s, "S", tracks)[:len(tracks.work)] {
		if &one.Points[0] != &tracks.work[n].points[0] {
			t.Errorf("%s is written to memory of its own", one.Class)
		}
	}
	whole := activePeriod{sprint: s, from: s.version.Start, to: s.version.Completed(), closing: true}
	current := currentSprint{maker: m}
	for n, one := range current.addPeriod(whole, tracks)[:len(tracks.work)] {
		if &one.Points[0] != &tracks.work[n].points[0] || len(one.Points) != len(tracks.work[n].points) {
			t.Errorf("%s of the current sprint is written to memory of its own", one.Class)
		}
	}
}
