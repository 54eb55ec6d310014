package days

import (
	"math"
	"testing"
	"time"

	"jerem/measure"
	"jerem/measure/storytest"
)

// sprintOf reads sprint 1 of a story as of a moment, and its days.
func sprintOf(t *testing.T, setup, at string) (*measure.Team, *measure.Sprint, Axis) {
	t.Helper()
	team, moment := measure.Of(storytest.Read(t, setup, "K-1 2026-10-30T10:00 sprint=1 points=8")),
		storytest.ParseTime(t, at)
	sp, err := team.Sprint(1, moment)
	if err != nil {
		t.Fatal(err)
	}
	return team, sp, NewAxis(team, sp, moment)
}

// TestBudgetPart: a day's part of the budget is that of the days that were planned, and stays it in a sprint that goes
// on after its planned end, for more days than are shown too.
func TestBudgetPart(t *testing.T) {
	budget := int64(36_000)
	const planned = "until 2028-12-01\nsprint 1 S1 active 2026-11-02T09:00 2026-11-13T18:00"
	for at, want := range map[string]float64{"2026-11-05": 3600, "2026-11-13": 3600, "2027-01-29": 3600,
		"2028-11-30": 3600} {
		if _, _, ax := sprintOf(t, planned, at); ax.BudgetPart(&budget) != want {
			t.Errorf("%s: %v s a day, want %v", at, ax.BudgetPart(&budget), want)
		}
	}
	if _, _, ax := sprintOf(t, planned, "2026-11-05"); ax.BudgetPart(nil) != 0 {
		t.Error("without a budget a day has no part of it")
	}
	weekend := "until 2026-12-01\nsprint 1 S1 active 2026-11-07T09:00 2026-11-08T18:00"
	if _, _, ax := sprintOf(t, weekend, "2026-11-08"); ax.BudgetPart(&budget) != 0 {
		t.Error("without a working day no day has a part of the budget")
	}
}

// TestIdealLineIsItsValue: the line that is drawn is the value that is told, at each of its corners, and begins where
// the ledger begins.
func TestIdealLineIsItsValue(t *testing.T) {
	const sprint = "until 2026-12-01\nsprint 1 S1 active 2026-11-02T09:00 2026-11-06T18:00"
	for _, setup := range []string{sprint, "grace 26h\n" + sprint, "grace 26h\noff 2026-11-04\n" + sprint} {
		for _, at := range []string{"2026-11-02T19:00", "2026-11-05T12:00"} {
			team, sp, ax := sprintOf(t, setup, at)
			line := IdealLine(sp, ax, func(x float64) float64 { return x })
			if len(line) < 4 || line[0].X != ax.PositionOf(sp.LedgerStart()) || line[0].Y != 8 {
				t.Fatalf("%q at %s: %v", setup, at, line)
			}
			n := 1
			for _, d := range ax.Dates {
				from, to := ax.Cal.Hours(d)
				if !ax.Cal.Working(d) || !to.After(sp.LedgerStart()) {
					continue
				}
				n++ // where the day begins
				if value, ok := measure.IdealAt(team, sp, to); !ok || math.Abs(line[n].Y-value) > 1e-9 {
					t.Errorf("%q at %s: the line stands at %v on the evening of %v, told is %v", setup, at, line[n].Y,
						d, value)
				}
				n++
				if value, _ := measure.IdealAt(team, sp, from); from.After(sp.LedgerStart()) &&
					math.Abs(line[n-2].Y-value) > 1e-9 {
					t.Errorf("%q at %s: the line stands at %v on the morning of %v, told is %v", setup, at, line[n-2].Y,
						d, value)
				}
			}
		}
	}
}

// TestDayThatIsOver: a day is told "so far" while it lasts, and whole at the end of the day that was asked for.
func TestDayThatIsOver(t *testing.T) {
	const setup = "until 2026-12-01\nsprint 1 S1 active 2026-11-02T09:00 2026-11-13T18:00"
	for _, at := range []string{"2026-11-05T14:00", "2026-11-05T23:59"} {
		team, sp, ax := sprintOf(t, setup, at)
		list := DayByDay(team, sp, ax, storytest.ParseTime(t, at))
		if last := list[len(list)-1]; !last.Open {
			t.Errorf("%s: %+v is told whole", at, last)
		}
	}
	team, _, ax := sprintOf(t, setup, "2026-11-05T14:00")
	over := ax.Dates[3].Add(1).Midnight(ax.Cal.Zone).Add(-time.Microsecond)
	sp, err := team.Sprint(1, over)
	if err != nil {
		t.Fatal(err)
	}
	list := DayByDay(team, sp, ax, over)
	if last := list[len(list)-1]; last.Open || last.Date != ax.Dates[3] {
		t.Errorf("at the end of %s: %+v", ax.Dates[3], last)
	}
}
