package onpage

import (
	"testing"

	"jerem/measure"
	"jerem/measure/explain/explanation"
	"jerem/measure/storytest"
)

// TestPastSprints: a sprint counts when it kept enough of its commitment, one without a commitment does not count at
// all; the rows add up to the figure, and the velocity names its range.
func TestPastSprints(t *testing.T) {
	team := measure.Of(storytest.SteadyTeam(storytest.SteadyStart.AddDate(0, 10, 0)))
	sprint := func(name string, committed, kept float64) *measure.Sprint {
		one := &measure.Sprint{SprintHead: measure.SprintHead{Name: name},
			Ledger: &measure.Ledger{Commitment: committed}, Kept: &kept}
		if committed > 0 {
			share := kept / committed
			one.Completion.Kept = &share
		}
		return one
	}
	closed := []*measure.Sprint{sprint("S 3", 10, 8), sprint("S 2", 10, 7), sprint("S 1", 0, 0)}
	e := SprintsKept(team, closed, .8)
	sum := 0.0
	for _, in := range e.Inputs {
		sum += *in.Value
	}
	if e.Numbers != "1 of 2" || *e.Value != 1 || sum != 1 || len(e.Inputs) != 2 || e.Inputs[1].Issue != "S 2" {
		t.Errorf("%s: %v, rows %+v", e.Numbers, *e.Value, e.Inputs)
	}
	v := SprintRates(team, measure.Velocity{Median: 3, Low: 2.5, High: 4, Sprints: []measure.Rate{{ID: 1, Name: "S 1",
		Rate: 2.5}, {ID: 2, Name: "S 2", Rate: 3}, {ID: 3, Name: "S 3", Rate: 4}}})
	if v.Numbers != "the middle of 3 values, between 2.5 and 4, is 3" || len(v.Inputs) != 3 {
		t.Errorf("%q, %d rows", v.Numbers, len(v.Inputs))
	}
}

// TestSprintsSum: the rows of past sprints add up to the figure.
func TestSprintsSum(t *testing.T) {
	team := measure.Of(storytest.SteadyTeam(storytest.SteadyStart.AddDate(0, 10, 0)))
	closed := []*measure.Sprint{
		{SprintHead: measure.SprintHead{Name: "S 2"}, Ledger: &measure.Ledger{Commitment: 10.5}},
		{SprintHead: measure.SprintHead{Name: "S 1"}, Ledger: &measure.Ledger{Commitment: 8}},
	}
	e := SprintsSum(team, closed, "past.sum", "Committed", "commitment",
		func(s *measure.Sprint) float64 { return s.Ledger.Commitment })
	if *e.Value != 18.5 || *e.Inputs[0].Value+*e.Inputs[1].Value != 18.5 || e.Numbers != "10.5 + 8 = 18.5" {
		t.Errorf("%v: %s", *e.Value, e.Numbers)
	}
}

// TestMeanOfPastSprints: a sprint without a commitment has no share and takes no part in the mean; without any share
// there is no mean, and without the time of one sprint no time of all.
func TestMeanOfPastSprints(t *testing.T) {
	team := measure.Of(storytest.SteadyTeam(storytest.SteadyStart.AddDate(0, 10, 0)))
	high, low := .9, .7
	sprint := func(name string, share *float64, unknown bool, seconds int64) *measure.Sprint {
		return &measure.Sprint{SprintHead: measure.SprintHead{Name: name}, Completion: measure.Completion{Kept: share},
			Impediments: &measure.Impediments{TimeUnknown: unknown, Seconds: seconds}}
	}
	closed := []*measure.Sprint{sprint("S 3", &high, false, 3_600), sprint("S 2", nil, false, 0),
		sprint("S 1", &low, false, 5_400)}
	kept := func(s *measure.Sprint) *float64 { return s.Completion.Kept }
	e, ok := SprintsMean(team, closed, "past.mean", "Say/do", "kept ÷ commitment", kept)
	if !ok || *e.Value != .8 || len(e.Inputs) != 2 || plainSpaces(e.Numbers) != "mean of 90 %, 70 % = 80 %" {
		t.Errorf("%v %v: %s, %d rows", ok, e.Value, e.Numbers, len(e.Inputs))
	}
	if e, ok := SprintsMean(team, closed[1:2], "past.mean", "Say/do", "kept ÷ commitment", kept); ok {
		t.Errorf("no sprint has a share, and their mean is %s", e.Shown.Value)
	}
	taken, ok := SprintsTime(team, closed)
	if !ok || *taken.Value != 9_000 || taken.Shown.Value != "2.5" ||
		taken.Numbers != "1 h + 0 h + 1 h 30 min = 2 h 30 min" {
		t.Errorf("%v %s: %s", ok, taken.Shown.Value, taken.Numbers)
	}
	closed[1].Impediments.TimeUnknown = true
	if taken, ok := SprintsTime(team, closed); ok {
		t.Errorf("the time of one sprint is not known, and that of all is %s", taken.Shown.Value)
	}
}

// TestBudgetLeft: the budget less each day is what is left, below 0 too.
func TestBudgetLeft(t *testing.T) {
	for budget, want := range map[int64]string{36_000: "10 h − 4 h 30 min = 5 h 30 min",
		10_800: "3 h − 4 h 30 min = −1 h 30 min"} {
		e := BudgetLeft(&measure.Sprint{Impediments: &measure.Impediments{BudgetSeconds: &budget, Seconds: 16_200,
			Daily: []measure.Day{{Date: "2026-11-16", Seconds: 9_000}, {Date: "2026-11-17"},
				{Date: "2026-11-18", Seconds: 7_200}}}})
		sum := 0.0
		for _, in := range e.Inputs {
			sum += *in.Value
		}
		if e.Numbers != want || sum != *e.Value || len(e.Inputs) != 3 {
			t.Errorf("%s, want %s; rows make %v of %v", e.Numbers, want, sum, *e.Value)
		}
	}
}

// TestLateEpicsAndWeeks: what counts is under its bound, and the rows add up to the count.
func TestLateEpicsAndWeeks(t *testing.T) {
	team := measure.Of(storytest.SteadyTeam(storytest.SteadyStart.AddDate(0, 10, 0)))
	half, less := 0.5, 0.49
	late := EpicsLate(&measure.Quarter{}, []EpicOdds{{Odds: &half}, {Odds: &less}, {}}, "Thu 31 Dec")
	below := WeeksBelow(team, &measure.Quarter{}, []WeekPace{{"W46", 9, 10}, {"W47", 10, 10}, {"W48", 12, 10}})
	for _, e := range []explanation.Explanation{late, below} {
		sum := 0.0
		for _, in := range e.Inputs {
			sum += *in.Value
		}
		if e.Numbers != "1 of 3" || *e.Value != 1 || sum != 1 {
			t.Errorf("%s: %s, rows make %v", e.Figure.Name, e.Numbers, sum)
		}
	}
}
