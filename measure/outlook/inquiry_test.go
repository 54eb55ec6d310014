package outlook

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/internal/index"
	"jerem/measure/internal/roadmap"
	workdays "jerem/measure/outlook/workdays"
	"jerem/measure/storytest"
)

// TestEpicsLookedUpOnce: what the epics before one hold is looked up once for all questions of an inquiry about a
// moment, not for each epic of the quarter; what an inquiry holds does not grow with the moments it is asked for.
func TestEpicsLookedUpOnce(t *testing.T) {
	team, at := measure.Of(storytest.Read(t, "", "E-1 2026-10-01 type=epic labels=Q4-26\n"+
		"E-2 2026-10-01 type=epic labels=Q4-26\nE-3 2026-10-01 type=epic labels=Q4-26\n"+
		"K-1 2026-10-01 epic=E-1 points=3\n  2026-10-02 status=doing\n"+
		"K-2 2026-10-01 epic=E-2 points=5\n  2026-10-03 status=doing\n"+
		"K-3 2026-10-01 epic=E-3 points=8")), november(20, 0)
	inquiry := About(team)
	remaining := func(epic string) float64 {
		t.Helper()
		f, err := inquiry.AskDates(Question{Epic: epic}, at)
		if err != nil {
			t.Fatal(err)
		}
		return *f.Remaining
	}
	if e1, e2, e3 := remaining("E-1"), remaining("E-2"), remaining("E-3"); e1 != 3 || e2 != 8 || e3 != 16 {
		t.Fatalf("%v, %v and %v are left, want 3, 8 and 16", e1, e2, e3)
	}
	known := inquiry.epicsAt(workUnit{unit: team.Unit(), team: team}, at)
	first, _ := team.Lookup("E-1")
	known.counted[first.ID][0].estimate += 100
	if got := remaining("E-3"); got != 116 {
		t.Errorf("%v left until the last epic: the first one was looked up again", got)
	}
	for day := range 10 {
		if _, err := inquiry.AskDates(Question{Epic: "E-3"}, november(10+day, 0)); err != nil {
			t.Fatal(err)
		}
	}
	if len(inquiry.recent) > recentMoments {
		t.Errorf("%d moments are held", len(inquiry.recent))
	}
}

// TestBasesOfOneKey: moments that share a basis rest on the same past and the same growth; a later reading at which
// nothing was changed shares that of the one before.
func TestBasesOfOneKey(t *testing.T) {
	shared := 0
	rapid.Check(t, func(t *rapid.T) {
		history := storytest.GenerateHistory(t)
		team := measure.Of(history)
		unit := workUnit{unit: rapid.SampledFrom([]agile.Unit{team.Unit(), agile.Issues}).Draw(t, "unit"), team: team}
		minutes := rapid.IntRange(-70*60, 130*60).Draw(t, "minutes")
		at := storytest.GeneratedStart.Add(time.Duration(minutes) * time.Minute)
		later := at.Add(time.Duration(rapid.SampledFrom([]int{1, 60, 3_600, 50_000}).Draw(t, "seconds")) * time.Second)
		if basisKeyOf(unit, at, false) != basisKeyOf(unit, later, false) {
			return
		}
		shared++
		if diff := cmp.Diff(unit.pastOf(at, false), unit.pastOf(later, false),
			cmp.AllowUnexported(past{}, workdays.Places{})); diff != "" {
			t.Errorf("%v and %v (-sooner +later):\n%s", at, later, diff)
		}
		list := workdays.Between(team.Index, team.Index.Date(at.AddDate(0, 0, -9)), team.Index.Date(at))
		if lastSprintMoment(unit, at) == lastSprintMoment(unit, later) {
			all := func(int64) bool { return true }
			drawn := past{days: list, places: workdays.PlacesOf(list)}
			was, is := unit.sprintGrowth(drawn, at, all), unit.sprintGrowth(drawn, later, all)
			anew := workUnit{unit: unit.unit, team: measure.Of(history)}.sprintGrowth(drawn, later, all)
			if !slices.Equal(was, is) || !slices.Equal(is, anew) {
				t.Errorf("%v: growth of sprints %v, at %v %v, asked first %v", at, was, later, is, anew)
			}
		}
		days := workdays.PlacesOf(list)
		was, is := unit.epicGrowth(unit.ownEpics(at), days, at),
			unit.epicGrowth(unit.ownEpics(later), days, later)
		if !slices.Equal(was, is) {
			t.Errorf("%v: growth %v, at %v %v", at, was, later, is)
		}
	})
	if shared == 0 {
		t.Error("no two moments share a basis")
	}
	team := measure.Of(storytest.Read(t, "", "E-1 2026-10-01 type=epic\n  2026-11-10T15:00 labels=Q4-26\n"+
		"K-1 2026-10-01 points=3\n  2026-10-05 status=done\n  2026-11-10T10:00 status=todo"))
	keys := map[basisKey]bool{}
	for _, at := range []time.Time{november(10, 9), november(10, 10), november(10, 12), november(10, 16),
		november(11, 0).Add(-roadmap.Instant), november(11, 0)} {
		keys[basisKeyOf(workUnit{unit: team.Unit(), team: team}, at, true)] = true
	}
	u, drawn := workUnit{unit: team.Unit(), team: team}, past{days: workdays.List{team.Index.Date(november(9, 0))}}
	drawn.places = workdays.PlacesOf(drawn.days)
	if &growthOfSprints(u, drawn, november(10, 11))[0] != &growthOfSprints(u, drawn, november(10, 12))[0] {
		t.Error("nothing changed, and the growth of sprints is summed again")
	}
	if len(keys) != 5 {
		t.Errorf("%d bases: before and after an issue changed, an epic was labelled, and a day ended are five",
			len(keys))
	}
}

// TestEachMomentOnce: an inquiry that asks of each moment once tells what another one tells, holds what a few moments
// rest on, and leaves nothing of it in the history.
func TestEachMomentOnce(t *testing.T) {
	history := storytest.SteadyTeam(november(20, 9), 40, 20, -1)
	team := measure.Of(history)
	once, other := AboutEachMomentOnce(team), About(measure.Of(history))
	quarter := team.QuarterAt(november(1, 9))
	u := workUnit{unit: team.Unit(), team: team}
	for day := range 19 {
		at := november(1+day, 12)
		got, err := once.Figures(Question{Quarter: &quarter}, at)
		want, failed := other.Figures(Question{Quarter: &quarter}, at)
		if diff := cmp.Diff(want, got); diff != "" || err != nil || failed != nil {
			t.Fatalf("%v: %v, %v (-kept +once):\n%s", at, failed, err, diff)
		}
		asked := 0 // how much is not kept
		for _, epicsOnly := range []bool{false, true} {
			index.Recall(team.Index, basisKeyOf(u, at, epicsOnly), func() *basis { asked++; return nil })
		}
		measure.InStep(team, at, answerKey{quarter: quarter, part: onlyProjection}, func() (none projected) {
			asked++
			return none
		})
		if asked != 3 {
			t.Errorf("%v: the history keeps %d of what the inquiry computed", at, 3-asked)
		}
	}
	if held := len(once.bases); held > basesHeld {
		t.Errorf("%d bases are held", held)
	}
}
