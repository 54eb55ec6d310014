package sprint

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/web/sprint/days"
)

// sumsInSight holds the rows under the bar of states to what they claim: each "=" is the sum of the rows above it, and
// the figures of headline, ledger and bar are among them.
func sumsInSight(t *testing.T, team *measure.Team, sp *measure.Sprint, at time.Time, m *page) {
	t.Helper()
	value := func(text string) float64 {
		x, err := strconv.ParseFloat(strings.ReplaceAll(text, "−", "-"), 64)
		if err != nil {
			t.Errorf("%s at %s: %v", sp.Name, at, err)
		}
		return x
	}
	rounding := 1e-6
	if team.Unit() == agile.Seconds {
		rounding = .05 // hours are written with one decimal
	}
	sum, terms := 0.0, 0.0
	totals := map[string]float64{}
	for _, line := range m.Reconciliation {
		switch line.Op {
		case "=":
			if math.Abs(sum-value(line.Value)) > rounding*(terms+1) {
				t.Errorf("%s at %s: %s is %s, the rows above it are %v: %+v", sp.Name, at, line.Name, line.Value, sum,
					m.Reconciliation)
			}
			totals[line.Name], sum, terms = value(line.Value), value(line.Value), 1
		case "−":
			sum, terms = sum-value(line.Value), terms+1
		case "+":
			sum, terms = sum+value(line.Value), terms+1
		default: // a sum begins
			sum, terms = value(line.Value), 1
		}
	}
	for name, want := range map[string]string{"completed": m.W.Amount(*sp.Completed),
		"done in all": m.W.Amount(sp.Done.Estimate), "scope": m.W.Amount(*sp.Scope)} {
		if got, ok := totals[name]; !ok || math.Abs(got-value(want)) > rounding {
			t.Errorf("%s at %s: the rows tell %s as %v, the page says %s", sp.Name, at, name, got, want)
		}
	}
}

// daysAddUp holds the day-by-day table to the ledger: the changes of each day lead from what remained the day before to
// what remains, and the last day to what remains in all.
func daysAddUp(t *testing.T, team *measure.Team, sp *measure.Sprint, at time.Time) {
	t.Helper()
	ax := days.NewAxis(team, sp, at)
	if ax.Cut {
		return
	}
	remaining := sp.Ledger.Commitment
	days := days.DayByDay(team, sp, ax, at)
	for _, d := range days {
		remaining += d.Scope - d.Completed + d.Reopened
		if math.Abs(remaining-d.Remaining) > 1e-6 {
			t.Errorf("%s at %s: on %s %v remain, the changes make it %v", sp.Name, at, d.Date, d.Remaining, remaining)
		}
	}
	if n := len(days); n == 0 || math.Abs(days[n-1].Remaining-sp.Ledger.Remaining) > 1e-6 {
		t.Errorf("%s at %s: the days end at another amount than the ledger's %v: %+v", sp.Name, at, sp.Ledger.Remaining,
			days)
	}
}

// outcomesInOrder holds the fan of a burndown: it begins at what remains, its bounds keep their order, and no outcome
// is below nothing.
func outcomesInOrder(t *testing.T, sp *measure.Sprint, f *forecastEnd) {
	t.Helper()
	if f == nil || len(f.fan) == 0 {
		return
	}
	if f.fan[0].before != evenSpread(sp.Ledger.Remaining) {
		t.Errorf("%s: the fan begins at %v, %v remain", sp.Name, f.fan[0].before, sp.Ledger.Remaining)
	}
	for _, day := range f.fan {
		for i := 1; i < len(day.after); i++ {
			if day.after[i] < day.after[i-1] || day.after[0] < 0 {
				t.Errorf("%s on %s: %v", sp.Name, day.date, day.after)
			}
		}
	}
}
