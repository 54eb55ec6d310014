package flow

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"jerem/measure"
	"jerem/measure/storytest"
)

func TestLimits(t *testing.T) {
	l := controlLimits([]float64{1, 2, 1, 2, 1, 2, 1, 20}, []string{"a", "b", "c", "d", "e", "f", "g", "h"})
	// mean 30/8, ranges 1 1 1 1 1 1 19: mean 25/7, width 9.5
	if math.Abs(l.Mean-3.75) > 1e-9 || l.Lower != 0 || math.Abs(l.Upper-13.25) > 1e-9 ||
		!slices.Equal(l.Outside, []string{"h"}) {
		t.Errorf("limits %+v", l)
	}
	if controlLimits([]float64{1}, []string{"a"}) != nil {
		t.Error("one value has limits")
	}
	if l := controlLimits([]float64{5, 5}, []string{"a", "b"}); l.Lower != 5 || l.Upper != 5 || len(l.Outside) != 0 {
		t.Errorf("two equal values: %+v", l)
	}
}

// TestFlowKnowsNoFuture: what comes after a moment changes nothing of the flow as of it.
func TestFlowKnowsNoFuture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := storytest.GenerateHistory(t)
		at := storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(-60, 110).Draw(t, "asked")) * time.Hour)
		whole, past := measure.Of(h), measure.Of(storytest.KnownAt(h, at))
		from, to := DefaultDates(whole, at)
		if diff := cmp.Diff(Measure(past, at, from, to), Measure(whole, at, from, to),
			cmpopts.IgnoreUnexported(Flow{}, WIPIssue{}, CycleIssue{})); diff != "" {
			t.Errorf("the flow (-without +with what came later):\n%s", diff)
		}
		if diff := cmp.Diff(Late(past, at), Late(whole, at)); diff != "" {
			t.Errorf("late work (-without +with what came later):\n%s", diff)
		}
	})
}

// TestFlowWhateverTheOrder: the flow does not depend on the order in which issues, time logged and sprints were
// received.
func TestFlowWhateverTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := storytest.GenerateHistory(t)
		at := storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(-60, 110).Draw(t, "asked")) * time.Hour)
		inOrder, shuffled := measure.Of(h), measure.Of(storytest.Shuffled(t, h))
		from, to := DefaultDates(inOrder, at)
		if diff := cmp.Diff(Measure(inOrder, at, from, to), Measure(shuffled, at, from, to),
			cmpopts.IgnoreUnexported(Flow{}, WIPIssue{}, CycleIssue{})); diff != "" {
			t.Errorf("the flow (-in order +shuffled):\n%s", diff)
		}
		if diff := cmp.Diff(Late(inOrder, at), Late(shuffled, at)); diff != "" {
			t.Errorf("late work (-in order +shuffled):\n%s", diff)
		}
	})
}

// TestPassagesAreKept: an issue is followed through its past once. What asks again, of another reading or of a history
// in which a few issues changed, makes nothing of the issues that are the same.
func TestPassagesAreKept(t *testing.T) {
	const issues = 4_000
	team := measure.Of(storytest.BigHistoryOf(issues))
	Late(team, team.Now())
	for what, later := range map[string]*measure.Team{"the same team": team,
		"a later reading": team.AsOf(team.Now().Add(time.Hour))} {
		made := testing.AllocsPerRun(3, func() { Late(later, later.Now()) })
		if made > issues/10 {
			t.Errorf("%s: %v allocations for %d issues", what, made, issues)
		}
	}
}

// TestReachedCountsThePast: each number of the cumulative flow counts the issues that it opens, those of before the
// window among them.
func TestReachedCountsThePast(t *testing.T) {
	team := measure.Of(storytest.BigHistoryOf(1_000))
	from, to := DefaultDates(team, team.Now())
	f := Measure(team, team.Now(), from, to)
	for _, day := range []CFDDay{f.CFD.Days[0], f.CFD.Days[WindowDays/2], f.CFD.Days[WindowDays-1]} {
		for column, count := range day.Reached {
			if keys := f.ReachedBy(day.Date, column); count != len(keys) || count < 500 {
				t.Errorf("%s: %d issues reached %q, which opens %d", day.Date, count, f.CFD.Columns[column], len(keys))
			}
		}
	}
}
