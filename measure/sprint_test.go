package measure_test

import (
	"slices"
	"testing"

	"jerem/measure"
	"jerem/measure/storytest"
)

// TestActiveSprint: of several active sprints the one that started last, none before, between and after them.
func TestActiveSprint(t *testing.T) {
	team := measure.Of(storytest.Read(t, `sprint 1 S1 closed 2026-11-02 2026-11-06 2026-11-06
sprint 2 S2 active 2026-11-09 2026-11-20
sprint 3 S3 active 2026-11-11 2026-11-20
sprint 4 S4 future 2026-12-01 2026-12-05`, ""))
	for at, want := range map[string]int64{"2026-11-01": 0, "2026-11-03": 1, "2026-11-07": 0, "2026-11-10": 2,
		"2026-11-12": 3} {
		id, ok := team.ActiveSprint(storytest.ParseTime(t, at))
		if id != want || ok != (want != 0) {
			t.Errorf("on %s sprint %d is active (%v), want %d", at, id, ok, want)
		}
	}
}

// TestSprintOrder: sprints are listed by start, those of one start by id, those without one last and by id.
func TestSprintOrder(t *testing.T) {
	team := measure.Of(storytest.Read(t, `sprint 5 S5 future
sprint 4 S4 active 2026-11-09 2026-11-20
sprint 3 S3 future
sprint 2 S2 active 2026-11-09 2026-11-20
sprint 6 S6 closed 2026-11-02 2026-11-06 2026-11-06
sprint 1 S1 future`, ""))
	var ids []int64
	for _, head := range team.Sprints(storytest.ParseTime(t, "2026-11-10")) {
		ids = append(ids, head.ID)
	}
	if want := []int64{6, 2, 4, 1, 3, 5}; !slices.Equal(ids, want) {
		t.Errorf("sprints %v, want %v", ids, want)
	}
}

// TestActiveSprintHasBegun: a sprint told active that has no start, or whose start lies ahead, and one that is closed
// without dates never stand in front of the one that began; alone an active one is still the active one.
func TestActiveSprintHasBegun(t *testing.T) {
	strange := `sprint 1 bare closed - - - 2026-11-01
sprint 3 ahead active 2026-12-07 2026-12-18 - 2026-11-10
sprint 4 undated active - - - 2026-11-10
`
	at := storytest.ParseTime(t, "2026-11-20")
	for setup, want := range map[string]int64{strange + "sprint 2 S2 active 2026-11-09 2026-11-27 - 2026-11-09": 2,
		strange: 4, "sprint 1 bare closed - - - 2026-11-01": 0} {
		if id, _ := measure.Of(storytest.Read(t, setup, "")).ActiveSprint(at); id != want {
			t.Errorf("sprint %d is active, want %d, of\n%s", id, want, setup)
		}
	}
}

// TestOthersActive: beside an active sprint stand the others that are active, by the names that tell them apart; beside
// one that is not, none. Where none is active the last one closed with its dates is meant.
func TestOthersActive(t *testing.T) {
	team := measure.Of(storytest.Read(t, `sprint 1 S3 closed 2026-11-02 2026-11-06 2026-11-06
sprint 2 current active 2026-11-09 2026-11-20
sprint 3 S3 active 2026-11-11 2026-11-20
sprint 4 S4 active 2026-11-10 2026-11-13
sprint 5 bare closed - - - 2026-11-08`, ""))
	at := storytest.ParseTime(t, "2026-11-12")
	told := func(id int64) (names []string) {
		for _, h := range measure.OthersActive(team, id, at) {
			names = append(names, h.Name)
		}
		return names
	}
	for id, want := range map[int64][]string{3: {"current #2", "S4"}, 4: {"current #2", "S3 #3"}, 1: nil} {
		if got := told(id); !slices.Equal(got, want) {
			t.Errorf("beside sprint %d: %v, want %v", id, got, want)
		}
	}
	if s, err := team.NamedSprint(3, at); err != nil || s.Name != "S3 #3" {
		t.Errorf("sprint 3 is named %v (%v)", s, err)
	}
	if id, ok := team.LastSprint(storytest.ParseTime(t, "2026-11-08T12:00")); !ok || id != 1 {
		t.Errorf("the last sprint is %d (%v), want 1", id, ok)
	}
}
