package measure_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/internal/amount"
	"jerem/measure/internal/index"
	"jerem/measure/storytest"
)

// TestReconciliationAddsUp: in any history, at any moment, the rows of a sprint add up exactly to what it says it
// completed and to what is done, each row is the sum of its issues, and its first two are the ledger's.
func TestReconciliationAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		team := measure.Of(storytest.GenerateHistory(t))
		at := storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(0, 130).Draw(t, "hours")) * time.Hour)
		for _, id := range []int64{1, 2} {
			s, err := team.Sprint(id, at)
			if err != nil {
				t.Fatal(err)
			}
			if (s.Ledger == nil) != (s.Reconciliation == nil) {
				t.Fatalf("ledger %v, reconciliation %v", s.Ledger, s.Reconciliation)
			}
			if s.Ledger != nil {
				if why := checkReconciliation(s); why != "" {
					t.Fatalf("sprint %d at %v: %s\n%+v", id, at, why, s.Reconciliation)
				}
			}
		}
	})
}

// TestThirdsAddUp: estimates of endless fractions add up exactly too.
func TestThirdsAddUp(t *testing.T) {
	h := storytest.NewHistory()
	end := storytest.GeneratedStart.Add(100 * time.Hour)
	h.Sprints = []agile.Sprint{{ID: 1, Versions: []agile.SprintVersion{{Name: "S1", State: agile.Active,
		Start: storytest.GeneratedStart, End: end}}}}
	for id := int64(1); id <= 7; id++ {
		i := &agile.Issue{ID: id, Created: storytest.GeneratedStart.Add(-time.Hour),
			Key:     agile.Constant(storytest.GeneratedStart, "K-1"),
			Project: agile.Constant(storytest.GeneratedStart, "10"),
			Type: agile.Constant(storytest.GeneratedStart,
				"story"), Sprints: agile.Constant(storytest.GeneratedStart.Add(-time.Hour), []int64{1}),
			Status: agile.Constant(storytest.GeneratedStart.Add(-time.Hour),
				"1")}
		i.Numbers.Put(storytest.EstimateField, agile.Constant(storytest.GeneratedStart.Add(-time.Hour),
			agile.Number{Value: float64(id) / 3, Known: true}))
		i.Status = append(i.Status,
			agile.Step[string]{From: agile.MomentOf(storytest.GeneratedStart.Add(time.Duration(id) * time.Hour)),
				Order: 1, Value: "6"})
		h.Issues = append(h.Issues, i)
	}
	s, err := measure.Of(h).Sprint(1, end)
	if err != nil {
		t.Fatal(err)
	}
	if why := checkReconciliation(s); why != "" || *s.Completed != 9.333333 {
		t.Errorf("completed %v: %s", *s.Completed, why)
	}
}

// TestEstimatesOutOfBounds: what is no number, or too large to be added up, counts as no estimate and is told.
func TestEstimatesOutOfBounds(t *testing.T) {
	for _, x := range []float64{1e308, -1e308, math.Inf(1), math.Inf(-1), math.NaN(), 1.1e12} {
		if n := index.CountedEstimate(agile.Number{Value: x, Known: true}); n.Known {
			t.Errorf("%v counts as %v", x, n.Value)
		}
	}
	for x, want := range map[float64]float64{1e12: 1e12, -1e12: -1e12, 0: 0, .1 + .2: .3,
		123456789.1234564: 123456789.123456} {
		if n := index.CountedEstimate(agile.Number{Value: x, Known: true}); !n.Known || n.Value != want {
			t.Errorf("%v counts as %v", x, n)
		}
	}
}

// TestEstimateThatIsNone: a sprint and a quarter tell of an estimate that cannot be meant, where their figures rest on
// it: what was corrected before them, and what came after the moment asked, is no reason.
func TestEstimateThatIsNone(t *testing.T) {
	for odd, reason := range map[string]string{"-3": "1 estimate below 0, taken off the sums",
		"1e300": "1 estimate out of all bounds and not counted"} {
		h := storytest.Read(t, `until 2026-12-01
sprint 1 S1 closed 2026-11-02T09:00 2026-11-13T18:00 2026-11-13T18:00`, `E-1 2026-09-01 type=epic labels=Q4-26
K-1 2026-09-01 epic=1 points=`+odd+` sprint=1
  2026-09-20T12:00 points=2
  2026-11-04T12:00 points=`+odd+`
  2026-11-20T12:00 points=3
K-2 2026-09-01 epic=1 points=3 sprint=1
`)
		team := measure.Of(h)
		for moment, want := range map[string]struct{ sprint, quarter bool }{
			"2026-11-03T12:00": {}, "2026-11-05T12:00": {true, true}, "2026-11-30T12:00": {true, true},
		} {
			at := storytest.ParseTime(t, moment)
			s, err := team.Sprint(1, at)
			if err != nil {
				t.Fatal(err)
			}
			name, _ := measure.ParseQuarter("Q4-26")
			got := struct{ sprint, quarter bool }{
				slices.Contains(s.Quality.Reasons, reason),
				slices.Contains(team.Quarter(name, at).Quality.Reasons, reason),
			}
			if got != want {
				t.Errorf("%s, as of %s: told of sprint and quarter: %v, want %v", odd, moment, got, want)
			}
		}
	}
}

// TestOddWorklogThatComesLater: a log out of all bounds is told from the moment on at which it was written.
func TestOddWorklogThatComesLater(t *testing.T) {
	team := measure.Of(storytest.Read(t, `until 2026-12-01
sprint 1 S1 active 2026-11-02T09:00 2026-11-13T18:00`, `K-1 2026-10-01 points=3 sprint=1 labels=impediment
  2026-11-05T12:00 log 1000000001s on 2026-11-04T10:00
`))
	const reason = "1 worklog out of all bounds and not counted"
	for moment, want := range map[string]bool{"2026-11-05T11:00": false, "2026-11-05T13:00": true} {
		at := storytest.ParseTime(t, moment)
		s, err := team.Sprint(1, at)
		if err != nil {
			t.Fatal(err)
		}
		if slices.Contains(s.Quality.Reasons, reason) != want {
			t.Errorf("as of %s: %q, want told %v", moment, s.Quality.Reasons, want)
		}
	}
}

// checkReconciliation says what does not add up in a sprint, "" where everything does. It counts in whole
// millionths, so that nothing is near: a sum fits or does not.
func checkReconciliation(s *measure.Sprint) string {
	rows, order := map[string]int64{}, ""
	sum, done := int64(0), int64(0)
	for _, row := range s.Reconciliation {
		parts := int64(0)
		for _, p := range row.Issues {
			parts += exact(amount.OrZero(p.To)) - exact(amount.OrZero(p.From))
		}
		rows[row.What] = exact(row.Estimate)
		if parts != exact(row.Estimate) {
			return fmt.Sprintf("%s is %v, its issues %d", row.What, row.Estimate, parts)
		}
		switch row.What {
		case measure.RowCompleted, measure.RowCompletedOutside:
			done += parts
		case measure.RowDone:
		default:
			sum += parts
		}
		order += row.What + " "
	}
	for what, want := range map[string]float64{
		measure.RowCompletedInLedger: s.Ledger.Completed,
		measure.RowReopenedAndDone:   -s.Ledger.Reopened,
		measure.RowCompleted:         *s.Completed,
		measure.RowCompletedOutside:  *s.CompletedOutside,
		measure.RowCountedOutside:    -*s.CompletedOutside,
		measure.RowDone:              s.Done.Estimate,
	} {
		if rows[what] != exact(want) {
			return fmt.Sprintf("%s is %d, the figure %v", what, rows[what], want)
		}
	}
	if sum != exact(*s.Completed) || done != exact(s.Done.Estimate) {
		return fmt.Sprintf("the rows add up to %d and %d, completed is %v, done %v", sum, done, *s.Completed,
			s.Done.Estimate)
	}
	if !strings.HasPrefix(order, "completed_in_ledger ") ||
		!strings.HasSuffix(order, "completed completed_outside done ") {
		return "the rows stand in the order " + order
	}
	return ""
}

func exact(x float64) int64 { return int64(math.Round(x * 1e6)) }
