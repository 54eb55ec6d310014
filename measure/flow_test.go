package measure

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jerem/calendar"
)

// tellFlow writes what sections like "flow FROM TO at TIME", "cfd FROM TO at TIME" and "late at TIME" ask for.
func tellFlow(t *testing.T, team *Team, words []string, at time.Time) string {
	t.Helper()
	if words[0] == "late" {
		return lateSum(team.Late(at))
	}
	from, to := team.FlowDates(at)
	if len(words) > 3 {
		from, to = readDate(t, words[1]), readDate(t, words[2])
	}
	f := team.Flow(at, from, to)
	if words[0] == "cfd" {
		return cfdSum(f.CFD)
	}
	return flowSum(f)
}

func readDate(t *testing.T, text string) calendar.Date {
	t.Helper()
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return calendar.DateOf(at, time.UTC)
}

func lateSum(late []LateIssue) string {
	var b strings.Builder
	for _, l := range late {
		blocked := "-"
		if l.BlockedSince != nil {
			blocked = l.BlockedSince.Format("2006-01-02T15:04")
		}
		fmt.Fprintf(&b, "%s in %s age %d pace %s untouched %d blocked %s %s\n", l.Issue, maybe(l.Column), l.Age, maybe(l.PaceP85), l.UntouchedDays, blocked, strings.Join(l.Why, " "))
	}
	return b.String()
}

func cfdSum(c CFD) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", strings.Join(c.Columns, ", "))
	for _, d := range c.Days {
		fmt.Fprintf(&b, "%s %v back %d\n", d.Date, d.Reached, d.Backward)
	}
	return b.String()
}

func flowSum(f *Flow) string {
	var b strings.Builder
	c := f.CycleTime
	fmt.Fprintf(&b, "cycle p50 %s p70 %s p85 %s p95 %s spread %s measured %d never %d\n", maybe(c.P50), maybe(c.P70), maybe(c.P85), maybe(c.P95), maybe(c.Spread), c.Measured, c.NeverInProgress)
	for _, i := range c.Issues {
		fmt.Fprintf(&b, "%s %s to %s %d days\n", i.Issue, i.Start.Format("01-02T15:04"), i.Finish.Format("01-02T15:04"), i.Days)
	}
	for _, i := range f.WIP.Issues {
		fmt.Fprintf(&b, "wip %s since %s age %d %s\n", i.Issue, i.Start.Format("01-02T15:04"), i.Age, i.State)
	}
	for _, d := range f.Throughput {
		fmt.Fprintf(&b, "%s %d issues %v\n", d.Date, d.Issues, d.Estimate)
	}
	fmt.Fprintf(&b, "efficiency %s\n", maybe(f.Efficiency))
	fmt.Fprintf(&b, "limits cycle %s throughput %s\n", limitsSum(f.XmR.CycleTime), limitsSum(f.XmR.Throughput))
	for _, p := range f.ColumnPace {
		fmt.Fprintf(&b, "pace %s %s\n", p.Column, maybe(p.P85))
	}
	for _, r := range f.Lifecycle {
		fmt.Fprintf(&b, "%s %s of %s %s\n", r.Rule, maybe(r.Count), maybe(r.Of), strings.Join(r.Issues, " "))
	}
	return strings.ReplaceAll(b.String(), " \n", "\n")
}

func limitsSum(l *Limits) string {
	if l == nil {
		return "none"
	}
	return fmt.Sprintf("%.4g (%.4g to %.4g) outside %v", l.Mean, l.Lower, l.Upper, l.Outside)
}

func TestLimits(t *testing.T) {
	l := limits([]float64{1, 2, 1, 2, 1, 2, 1, 20}, []string{"a", "b", "c", "d", "e", "f", "g", "h"})
	// mean 30/8, ranges 1 1 1 1 1 1 19: mean 25/7, width 9.5
	if got := limitsSum(l); got != "3.75 (0 to 13.25) outside [h]" {
		t.Errorf("limits %s", got)
	}
	if limits([]float64{1}, []string{"a"}) != nil {
		t.Error("one value has limits")
	}
	if l := limits([]float64{5, 5}, []string{"a", "b"}); l.Lower != 5 || l.Upper != 5 || len(l.Outside) != 0 {
		t.Errorf("two equal values: %+v", l)
	}
}

// TestFlowKnowsNoFuture: what comes after a moment changes nothing of the flow as of it.
func TestFlowKnowsNoFuture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := genHistory(t)
		at := genStart.Add(time.Duration(rapid.IntRange(-60, 110).Draw(t, "asked")) * time.Hour)
		whole, past := Of(h), Of(knownAt(h, at))
		from, to := whole.FlowDates(at)
		if diff := cmp.Diff(flowSum(past.Flow(at, from, to)), flowSum(whole.Flow(at, from, to))); diff != "" {
			t.Errorf("the flow (-without +with what came later):\n%s", diff)
		}
		if diff := cmp.Diff(cfdSum(past.Flow(at, from, to).CFD), cfdSum(whole.Flow(at, from, to).CFD)); diff != "" {
			t.Errorf("the columns (-without +with what came later):\n%s", diff)
		}
		if diff := cmp.Diff(lateSum(past.Late(at)), lateSum(whole.Late(at))); diff != "" {
			t.Errorf("late work (-without +with what came later):\n%s", diff)
		}
	})
}

// differencesSum writes the account of a sprint against Jira's report.
func differencesSum(d *Differences) string {
	var b strings.Builder
	for _, name := range []string{ListCompleted, ListNotCompleted, ListCompletedOutside, ListRemoved} {
		fmt.Fprintf(&b, "%s %v to %v:", name, d.Sums[name].Initial, d.Sums[name].Final)
		for _, i := range *d.Report.lists()[name] {
			fmt.Fprintf(&b, " %s %s→%s", i.Issue, maybe(i.Initial), maybe(i.Final))
		}
		b.WriteString("\n")
	}
	for _, i := range d.Differences {
		fmt.Fprintf(&b, "%s %v in %s: %v %s\n", i.Issue, i.Here, maybe(i.Report), i.Estimate, i.Why)
	}
	return b.String()
}

func mixSum(quarters []MixQuarter) string {
	var b strings.Builder
	for _, q := range quarters {
		fmt.Fprintf(&b, "%s\n", q.Quarter)
		for _, r := range q.Rows {
			fmt.Fprintf(&b, "%s %s %v %ds %s\n", r.Kind, maybe(r.Name), r.Estimate, r.Seconds, maybe(r.Share))
		}
	}
	return b.String()
}

// TestDifferencesAddUp: what the ledger completed, net of what was reopened, and the differences of what is done make what
// the report says done; so for what was removed.
func TestDifferencesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := genHistory(t)
		team := Of(h)
		at := genStart.Add(time.Duration(rapid.IntRange(0, 110).Draw(t, "asked")) * time.Hour)
		for _, sprint := range []int64{1, 2} {
			d, err := team.Differences(sprint, at)
			if err != nil {
				t.Fatal(err)
			}
			if d == nil {
				continue
			}
			s, _ := team.Sprint(sprint, at)
			done := s.Ledger.Completed - s.Ledger.Reopened
			for _, diff := range d.Differences {
				if diff.Report == nil || *diff.Report != ListRemoved || diff.Why == WhyLeftDone && diff.Estimate < 0 {
					done += diff.Estimate
				}
			}
			said := d.Sums[ListCompleted].Final + d.Sums[ListCompletedOutside].Final
			onlyRemovals := slices.ContainsFunc(d.Differences, func(diff Difference) bool { return diff.Why == WhyRolledOver || diff.Why == WhyLeftDone })
			if !onlyRemovals && math.Abs(done-said) > 1e-9 {
				t.Fatalf("sprint %d at %v: ledger and differences make %v done, the report says %v: %s", sprint, at, done, said, differencesSum(d))
			}
		}
	})
}

// TestMixAddsUp: each kind adds up to the whole time that is logged, and to the same estimate.
func TestMixAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		team := Of(genHistory(t))
		for _, quarter := range team.Mix(genStart.Add(120*time.Hour), 2) {
			seconds, estimates := map[string]int64{}, map[string]float64{}
			for _, row := range quarter.Rows {
				seconds[row.Kind] += row.Seconds
				estimates[row.Kind] += row.Estimate
			}
			for _, kind := range mixKinds {
				if seconds[kind] != seconds[MixType] || math.Abs(estimates[kind]-estimates[MixType]) > 1e-6 {
					t.Fatalf("%s: %s makes %ds and %v, types %ds and %v", quarter.Quarter, kind, seconds[kind], estimates[kind], seconds[MixType], estimates[MixType])
				}
			}
		}
	})
}
