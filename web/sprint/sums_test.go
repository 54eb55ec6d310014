package sprint

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/web/sprint/days"
)

// sumsInSight holds the ledger and the rows of the reconciliation to what they claim: each "=" is the sum of the rows
// above it, and the figures of headline, ledger and bar are among them.
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
	for _, line := range slices.Concat(append(m.Reconciliation, m.Ledger)...) {
		if line.Op != "" && line.Op != "=" && strings.HasPrefix(line.Value, "−") {
			t.Errorf("%s at %s: %s has two signs: %s %s", sp.Name, at, line.Name, line.Op, line.Value)
		}
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

// TestBudgetReading names a few days over their part of the budget, counts many, and tells what is left of it or how
// much more was taken.
func TestBudgetReading(t *testing.T) {
	budget := int64(36_000)
	tags := regexp.MustCompile("<[^>]+>")
	for _, one := range []struct {
		seconds int64
		over    []string
		want    string
	}{
		{7_200, nil, "On no day over its part of the budget; 8 of 10 hours are left"},
		{7_200, []string{"Mon 16 Nov"}, "Over the budget on Mon 16 Nov; 8 of 10 hours are left"},
		{32_400, nil, "On no day over its part of the budget; 1 of 10 hours are left"},
		{39_600, nil, "On no day over its part of the budget; 1 hour more than its 10 was taken"},
		{43_200, []string{"a", "b", "c", "d"},
			"4 days over their part of the budget; 2 hours more than its 10 were taken"},
	} {
		told := string(budgetReading(&measure.Impediments{BudgetSeconds: &budget, Seconds: one.seconds}, one.over))
		if text := tags.ReplaceAllString(told, ""); text != one.want {
			t.Errorf("told %q, want %q", text, one.want)
		}
		if !strings.Contains(told, "#explain-"+budgetLeft) {
			t.Errorf("the rest of the budget does not open: %s", told)
		}
	}
}

// TestSumOfNatures: all together are told below two natures or more, and what the rows do not say.
func TestSumOfNatures(t *testing.T) {
	two := []measure.Nature{{Nature: "Bug", Count: 2, Seconds: 3600}, {Nature: "Incident", Count: 2, Seconds: 3600}}
	sum := sumOfNatures(&measure.Impediments{Count: 3, Seconds: 7200, WithoutTime: 1, ByNature: two})
	want := natureSum{"2.0", "3", "An impediment of several natures counts once in each, and once in all. " +
		"1 impediment has no time logged: counted, with no time."}
	if sum == nil || *sum != want {
		t.Errorf("told %+v", sum)
	}
	if one := sumOfNatures(&measure.Impediments{Count: 2, ByNature: two[:1]}); one != nil {
		t.Errorf("a single nature is its sum: %+v", one)
	}
}
