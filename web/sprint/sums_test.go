package sprint

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
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
