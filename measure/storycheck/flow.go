package storycheck

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/flow"
	"jerem/measure/investment"
	"jerem/measure/sprintreport"
	"jerem/measure/storytest"
)

// tellFlow writes what sections like "flow FROM TO at TIME", "cfd FROM TO at TIME" and "late at TIME" ask for.
func tellFlow(t *testing.T, team *measure.Team, words []string, at time.Time) string {
	t.Helper()
	if words[0] == "late" {
		return lateSum(flow.Late(team, at))
	}
	from, to := flow.DefaultDates(team, at)
	if len(words) > 3 {
		from, to = readDate(t, words[1]), readDate(t, words[2])
	}
	f := flow.Measure(team, at, from, to)
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

func lateSum(late []flow.LateIssue) string {
	var b strings.Builder
	for _, l := range late {
		blocked := "-"
		if l.BlockedSince != nil {
			blocked = l.BlockedSince.Format("2006-01-02T15:04")
		}
		fmt.Fprintf(&b, "%s in %s age %d pace %s untouched %d blocked %s %s\n", l.Issue, storytest.Maybe(l.Column),
			l.Age,
			storytest.Maybe(l.PaceP85), l.UntouchedDays, blocked, strings.Join(l.Why, " "))
	}
	return b.String()
}

func cfdSum(c flow.CFD) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", strings.Join(c.Columns, ", "))
	for _, d := range c.Days {
		fmt.Fprintf(&b, "%s %v back %d\n", d.Date, d.Reached, d.Backward)
	}
	return b.String()
}

func flowSum(f *flow.Flow) string {
	var b strings.Builder
	c := f.CycleTime
	fmt.Fprintf(&b, "cycle p50 %s p70 %s p85 %s p95 %s spread %s measured %d never %d\n", storytest.Maybe(c.P50),
		storytest.Maybe(c.P70),
		storytest.Maybe(c.P85), storytest.Maybe(c.P95), storytest.Maybe(c.Spread), c.Measured, c.NeverInProgress)
	for _, i := range c.Issues {
		fmt.Fprintf(&b, "%s %s to %s %d days\n", i.Issue, i.Start.Format("01-02T15:04"), i.Finish.Format("01-02T15:04"),
			i.Days)
	}
	for _, i := range f.WIP.Issues {
		fmt.Fprintf(&b, "wip %s since %s age %d %s\n", i.Issue, i.Start.Format("01-02T15:04"), i.Age, i.State)
	}
	for _, d := range f.Throughput {
		fmt.Fprintf(&b, "%s %d issues %v\n", d.Date, d.Issues, d.Estimate)
	}
	fmt.Fprintf(&b, "efficiency %s\n", storytest.Maybe(f.Efficiency))
	fmt.Fprintf(&b, "limits cycle %s throughput %s\n", limitsSum(f.XmR.CycleTime), limitsSum(f.XmR.Throughput))
	for _, p := range f.ColumnPace {
		fmt.Fprintf(&b, "pace %s %s\n", p.Column, storytest.Maybe(p.P85))
	}
	for _, r := range f.Lifecycle {
		fmt.Fprintf(&b, "%s %s of %s %s\n", r.Rule, storytest.Maybe(r.Count), storytest.Maybe(r.Of),
			strings.Join(r.Issues, " "))
	}
	return strings.ReplaceAll(b.String(), " \n", "\n")
}

func limitsSum(l *flow.Limits) string {
	if l == nil {
		return "none"
	}
	return fmt.Sprintf("%.4g (%.4g to %.4g) outside %v", l.Mean, l.Lower, l.Upper, l.Outside)
}

// differencesSum writes the account of a sprint against Jira's report.
func differencesSum(d *sprintreport.Differences) string {
	var b strings.Builder
	names := []string{sprintreport.ListCompleted, sprintreport.ListNotCompleted, sprintreport.ListCompletedOutside,
		sprintreport.ListRemoved}
	lists := [][]sprintreport.Issue{d.Report.Completed, d.Report.NotCompleted, d.Report.CompletedOutside,
		d.Report.Removed}
	for n, name := range names {
		fmt.Fprintf(&b, "%s %v to %v:", name, d.Sums[name].Initial, d.Sums[name].Final)
		for _, i := range lists[n] {
			fmt.Fprintf(&b, " %s %s→%s", i.Issue, storytest.Maybe(i.Initial), storytest.Maybe(i.Final))
		}
		b.WriteString("\n")
	}
	for _, i := range d.Differences {
		fmt.Fprintf(&b, "%s %v in %s: %v %s\n", i.Issue, i.Here, storytest.Maybe(i.Report), i.Estimate, i.Why)
	}
	return b.String()
}

func mixSum(quarters []investment.Quarter) string {
	var b strings.Builder
	for _, q := range quarters {
		fmt.Fprintf(&b, "%s\n", q.Quarter)
		for _, r := range q.Rows {
			fmt.Fprintf(&b, "%s %s %v %ds %s\n", r.Kind, storytest.Maybe(r.Name), r.Estimate, r.Seconds,
				storytest.Maybe(r.Share))
		}
	}
	return b.String()
}
