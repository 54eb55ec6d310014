package flow

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"jerem/measure/flow"
	"jerem/web/format"
	"jerem/web/frame"
)

// mostSlow is how many of the slowest issues an explanation lists; the file has all of them.
const mostSlow = 20

// explainFigures opens the figures of the flow.
func (v *page) explainFigures(s *Pages, late []flow.LateIssue) {
	for _, e := range []frame.Explanation{v.explainCycle(), v.explainProgress(), v.explainThroughput(), v.explainEfficiency(), v.explainLate(late)} {
		e.Grade, e.Reasons = v.Grade, v.Reasons
		v.Explains = append(v.Explains, e)
	}
	for n := range v.Explains {
		v.Explains[n].Jira = s.Teams.Jira.Search(v.Explains[n].Keys)
	}
}

func (v *page) explainCycle() frame.Explanation {
	c := v.F.CycleTime
	e := frame.Explanation{ID: "flow-cycle", Name: "Cycle time", Value: "–", Unit: "days",
		Formula: frame.Formula("finish day − start day + 1; the value at rank ⌈p × n⌉ of those finished in the window", "no issue was in progress and done in these days")}
	if c.P50 == nil {
		return e
	}
	rank := func(p float64) int { return int(math.Ceil(p * float64(c.Measured))) }
	e.Value, e.Unit = fmt.Sprintf("%d and %d", *c.P50, *c.P85), "days, of 50 and 85 %"
	e.Formula.Numbers = fmt.Sprintf("rank %d of %d = %d; rank %d = %d; 70 %%: %d, 95 %%: %d", rank(.5), c.Measured, *c.P50, rank(.85), *c.P85, *c.P70, *c.P95)
	e.Notes = []string{"The slowest first; the file of the chart lists all.", format.Plural(c.NeverInProgress, "issue") + " done without ever being in progress: no cycle time, counted apart."}
	slow := slices.Clone(c.Issues)
	slices.SortStableFunc(slow, func(a, b flow.CycleIssue) int { return cmp.Compare(b.Days, a.Days) })
	w := format.WordsOf(v.team)
	for _, one := range slow[:min(len(slow), mostSlow)] {
		e.Rows = append(e.Rows, frame.ExplanationRow{Time: w.Day(one.Start) + " to " + w.Day(one.Finish), Key: one.Issue, What: v.summaryOf(one.Issue), Value: fmt.Sprint(one.Days)})
		e.Keys = append(e.Keys, one.Issue)
	}
	return e
}

func (v *page) explainProgress() frame.Explanation {
	e := frame.Explanation{ID: "flow-wip", Name: "In progress", Value: fmt.Sprint(v.F.WIP.Count), Unit: format.IssueWord(v.F.WIP.Count),
		Formula: frame.Formula("issues that entered a column in progress and are not done; what was moved back to do counts", fmt.Sprintf("%d begun and not done", v.F.WIP.Count)),
		Notes:   []string{"Age: today − start + 1, in local dates."}}
	w := format.WordsOf(v.team)
	for _, one := range v.F.WIP.Issues {
		e.Rows = append(e.Rows, frame.ExplanationRow{Time: "since " + w.Day(one.Start), Key: one.Issue, What: v.summaryOf(one.Issue), Value: fmt.Sprint(one.Age)})
		e.Keys = append(e.Keys, one.Issue)
	}
	return e
}

func (v *page) explainThroughput() frame.Explanation {
	finished := v.F.CycleTime.Measured + v.F.CycleTime.NeverInProgress
	e := frame.Explanation{ID: "flow-throughput", Name: "Throughput", Value: fmt.Sprint(finished), Unit: "issues finished, " + v.Span,
		Formula: frame.Formula("issues that entered done in the window and were not done before", fmt.Sprintf("%d with a cycle time + %d without = %d", v.F.CycleTime.Measured, v.F.CycleTime.NeverInProgress, finished))}
	if x := v.F.XmR.Throughput; x != nil {
		e.Notes = []string{fmt.Sprintf("By whole ISO weeks: mean %s; ordinary variation is the mean ± 2.66 × the mean of the moving ranges, %s to %s.", format.Figure(x.Mean), format.Figure(x.Lower), format.Figure(x.Upper))}
	}
	for _, day := range v.F.Throughput {
		e.Rows = append(e.Rows, frame.ExplanationRow{Key: day.Date, What: "finished", Value: fmt.Sprint(day.Issues)})
	}
	return e
}

func (v *page) explainEfficiency() frame.Explanation {
	e := frame.Explanation{ID: "flow-efficiency", Name: "Flow efficiency", Value: format.Percent(v.F.Efficiency), Unit: "of the time from start to finish",
		Formula: frame.Formula("Σ active ÷ Σ (active + waiting), clock time of the issues finished in the window", format.Percent(v.F.Efficiency)+" active"),
		Notes:   []string{"Waiting: in a to-do or a configured waiting status, while flagged, or done before a reopening."}}
	if v.F.Efficiency == nil {
		e.Formula.Numbers = "no issue was in progress and done in these days"
	}
	return e
}

func (v *page) explainLate(late []flow.LateIssue) frame.Explanation {
	e := frame.Explanation{ID: "flow-late", Name: "Late today", Value: fmt.Sprint(len(late)), Unit: format.IssueWord(len(late)),
		Formula: frame.Formula("issues in progress that are older than 85 % of what left their column in 90 days, untouched, or flagged", fmt.Sprintf("%d of %d in progress", len(late), v.F.WIP.Count))}
	w := format.WordsOf(v.team)
	for _, l := range late {
		e.Rows = append(e.Rows, frame.ExplanationRow{Key: l.Issue, What: l.Summary + ": " + frame.WhyLate(l, w), Value: fmt.Sprint(l.Age)})
		e.Keys = append(e.Keys, l.Issue)
	}
	return e
}
