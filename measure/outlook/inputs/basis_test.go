package inputs

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/internal/roadmap"
	"jerem/measure/outlook/workdays"
	"jerem/measure/storytest"
)

func november(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 0, 0, 0, time.UTC) }

// TestBasesOfOneKey: moments that share a basis rest on the same past and the same growth; a later reading at which
// nothing was changed shares that of the one before.
func TestBasesOfOneKey(t *testing.T) {
	shared := 0
	rapid.Check(t, func(t *rapid.T) {
		history := storytest.GenerateHistory(t)
		team := measure.Of(history)
		unit := TeamWork{Unit: rapid.SampledFrom([]agile.Unit{team.Unit(), agile.Issues}).Draw(t, "unit"), Team: team}
		minutes := rapid.IntRange(-70*60, 130*60).Draw(t, "minutes")
		at := storytest.GeneratedStart.Add(time.Duration(minutes) * time.Minute)
		later := at.Add(time.Duration(rapid.SampledFrom([]int{1, 60, 3_600, 50_000}).Draw(t, "seconds")) * time.Second)
		if BasisKeyOf(unit, at, false) != BasisKeyOf(unit, later, false) {
			return
		}
		shared++
		if diff := cmp.Diff(unit.PastOf(at, false), unit.PastOf(later, false),
			cmp.AllowUnexported(Past{}, workdays.Places{})); diff != "" {
			t.Errorf("%v and %v (-sooner +later):\n%s", at, later, diff)
		}
		list := workdays.Between(team.Index, team.Index.Date(at.AddDate(0, 0, -9)), team.Index.Date(at))
		if lastSprintMoment(unit, at) == lastSprintMoment(unit, later) {
			all := func(int64) bool { return true }
			drawn := Past{Days: list, Places: workdays.PlacesOf(list)}
			was, is := unit.sprintGrowth(drawn, at, all), unit.sprintGrowth(drawn, later, all)
			anew := TeamWork{Unit: unit.Unit, Team: measure.Of(history)}.sprintGrowth(drawn, later, all)
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
	keys := map[BasisKey]bool{}
	for _, at := range []time.Time{november(10, 9), november(10, 10), november(10, 12), november(10, 16),
		november(11, 0).Add(-roadmap.Instant), november(11, 0)} {
		keys[BasisKeyOf(TeamWork{Unit: team.Unit(), Team: team}, at, true)] = true
	}
	w, drawn := TeamWork{Unit: team.Unit(), Team: team}, Past{Days: workdays.List{team.Index.Date(november(9, 0))}}
	drawn.Places = workdays.PlacesOf(drawn.Days)
	if &growthOfSprints(w, drawn, november(10, 11))[0] != &growthOfSprints(w, drawn, november(10, 12))[0] {
		t.Error("nothing changed, and the growth of sprints is summed again")
	}
	if len(keys) != 5 {
		t.Errorf("%d bases: before and after an issue changed, an epic was labelled, and a day ended are five",
			len(keys))
	}
}
