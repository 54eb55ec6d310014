package explain

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"jerem/measure/flow"

	"jerem/measure"
)

// flowWords gathers what the explanations of a flow share.
type flowWords struct {
	words
	team    *measure.Team
	figures *flow.Flow
	late    []flow.LateIssue
}

// Flow opens every figure of a team's flow, in the order of the catalogue; late is the work that needs a look.
func Flow(team *measure.Team, f *flow.Flow, late []flow.LateIssue) []Explanation {
	s := flowWords{wordsOf(team), team, f, late}
	list := s.cycleTimes()
	list = append(list, s.spread(), s.measured(), s.withoutProgress(), s.inProgress(), s.throughput(), s.efficiency())
	list = append(list, s.limits("xmr.cycle_time", f.XmR.CycleTime, s.cycles())...)
	list = append(list, s.limits("xmr.throughput", f.XmR.Throughput, s.weeks())...)
	list = append(list, s.lateToday())
	list = append(list, s.rules()...)
	for i := range list {
		list[i].At, list[i].Quality = f.At, f.Quality
	}
	return list
}

const nothingMeasured = "no issue was in progress and done in these days"

// cycles makes an input of each cycle time, in order of finish.
func (s flowWords) cycles() []Input {
	var out []Input
	for _, one := range s.figures.CycleTime.Issues {
		at := one.Finish
		out = append(out, Input{Term: "days", Time: &at, When: s.day(one.Start) + " to " + s.day(one.Finish), Issue: one.Issue,
			What: s.summary(one.Issue), Value: number(float64(one.Days)), Shown: fmt.Sprint(one.Days)})
	}
	return out
}

// summary is the title of an issue as of the moment, "" where none is known.
func (s flowWords) summary(key string) string {
	if i, ok := s.team.Lookup(key); ok {
		return i.Summary.At(s.figures.At)
	}
	return ""
}

// quantiles are the shares of the cycle times that are told.
var quantiles = []struct {
	name  string
	share float64
}{{"p50", 0.5}, {"p70", 0.7}, {"p85", 0.85}, {"p95", 0.95}}

func (s flowWords) cycleTimes() []Explanation {
	c := s.figures.CycleTime
	values := []*int{c.P50, c.P70, c.P85, c.P95}
	var list []Explanation
	for n, q := range quantiles {
		e := begin(measure.OfFlow, "cycle_time."+q.name)
		e.Shown.Value, e.Shown.Unit, e.Numbers = "–", "days", nothingMeasured
		if value := values[n]; value != nil {
			e.Value, e.Shown.Value = whole(value), fmt.Sprint(*value)
			e.Numbers = fmt.Sprintf("rank %d of %d = %d", int(math.Ceil(q.share*float64(c.Measured))), c.Measured, *value)
			e.Inputs = s.cycles()
			e.Issues = keysOf(e.Inputs)
		}
		list = append(list, e)
	}
	return list
}

// CycleTime opens the cycle time as one figure, as pages show it: the median and the 85 % together, the slowest issues
// first.
func CycleTime(team *measure.Team, f *flow.Flow) Explanation {
	s := flowWords{wordsOf(team), team, f, nil}
	c := f.CycleTime
	e := s.cycleTimes()[0]
	e.Shown.Name = "Cycle time"
	e.At, e.Quality = f.At, f.Quality
	if c.P50 == nil {
		return e
	}
	rank := func(p float64) int { return int(math.Ceil(p * float64(c.Measured))) }
	e.Shown.Value, e.Shown.Unit = fmt.Sprintf("%d and %d", *c.P50, *c.P85), "days, of 50 and 85 %"
	e.Numbers = fmt.Sprintf("rank %d of %d = %d; rank %d = %d; 70 %%: %d, 95 %%: %d", rank(0.5), c.Measured, *c.P50, rank(0.85), *c.P85, *c.P70, *c.P95)
	e.Notes = []string{"The slowest first; the file of the chart lists all.",
		plural(c.NeverInProgress, "issue") + " done without ever being in progress: no cycle time, counted apart."}
	slices.SortStableFunc(e.Inputs, func(a, b Input) int { return cmp.Compare(*b.Value, *a.Value) })
	e.Inputs = e.Inputs[:min(len(e.Inputs), mostSlow)]
	for i := range e.Inputs {
		e.Inputs[i].Listed = true
	}
	e.Issues = keysOf(e.Inputs)
	return e
}

// mostSlow is how many of the slowest issues the explanation of a page lists; the file has all of them.
const mostSlow = 20

func (s flowWords) spread() Explanation {
	c := s.figures.CycleTime
	e := begin(measure.OfFlow, "cycle_time.spread")
	e.Value, e.Shown.Value, e.Numbers = c.Spread, "–", nothingMeasured
	if c.Spread != nil {
		e.Shown.Value = decimal(*c.Spread, 2)
		e.Numbers = fmt.Sprintf("%d ÷ %d = %s", *c.P95, *c.P50, e.Shown.Value)
		e.Inputs = s.cycles()
	}
	return e
}

func (s flowWords) measured() Explanation {
	n := s.figures.CycleTime.Measured
	e := s.countOf("cycle_time.measured", n, s.cycles())
	return e
}

// countOf opens a number of issues.
func (s flowWords) countOf(name string, n int, inputs []Input) Explanation {
	e := begin(measure.OfFlow, name)
	e.Value, e.Shown.Value, e.Shown.Unit, e.Numbers = whole(&n), fmt.Sprint(n), strings.TrimPrefix(plural(n, "issue"), fmt.Sprint(n)+" "), fmt.Sprint(n)
	e.Inputs, e.Issues = inputs, keysOf(inputs)
	return e
}

func (s flowWords) withoutProgress() Explanation {
	var keys []string
	for _, rule := range s.figures.Lifecycle {
		if rule.Rule == flow.RuleDoneWithoutProgress {
			keys = rule.Issues
		}
	}
	return s.countOf("cycle_time.never_in_progress", s.figures.CycleTime.NeverInProgress, ones("issue", keys))
}

func (s flowWords) inProgress() Explanation {
	wip := s.figures.WIP
	var inputs []Input
	for _, one := range wip.Issues {
		at := one.Start
		inputs = append(inputs, Input{Term: "age", Time: &at, When: "since " + s.day(at), Issue: one.Issue, What: s.summary(one.Issue),
			Value: number(float64(one.Age)), Shown: fmt.Sprint(one.Age), Listed: true})
	}
	e := s.countOf("wip.count", wip.Count, inputs)
	e.Numbers = fmt.Sprintf("%d begun and not done", wip.Count)
	e.Notes = []string{"Age: today − start + 1, in local dates."}
	return e
}

func (s flowWords) throughput() Explanation {
	c := s.figures.CycleTime
	finished := c.Measured + c.NeverInProgress
	var inputs []Input
	for _, day := range s.figures.Throughput {
		inputs = append(inputs, Input{Term: "finished", Date: day.Date, What: "finished", Value: number(float64(day.Issues)), Shown: fmt.Sprint(day.Issues), Listed: true})
	}
	e := s.countOf("throughput", finished, inputs)
	e.Issues = nil
	e.Numbers = fmt.Sprintf("%d with a cycle time + %d without = %d", c.Measured, c.NeverInProgress, finished)
	if x := s.figures.XmR.Throughput; x != nil {
		e.Notes = []string{fmt.Sprintf("By whole ISO weeks: mean %s; ordinary variation is the mean ± 2.66 × the mean of the moving "+
			"ranges, %s to %s.", oneDecimal(x.Mean), oneDecimal(x.Lower), oneDecimal(x.Upper))}
	}
	return e
}

func (s flowWords) efficiency() Explanation {
	f := s.figures
	e := begin(measure.OfFlow, "flow_efficiency")
	e.Value, e.Shown.Value, e.Shown.Unit = f.Efficiency, percent(f.Efficiency), "of the time from start to finish"
	e.Numbers = percent(f.Efficiency) + " active"
	e.Notes = []string{"Waiting: in a to-do or a configured waiting status, while flagged, or done before a reopening."}
	if f.Efficiency == nil {
		e.Numbers = nothingMeasured
		return e
	}
	for _, one := range f.ActiveTimes() {
		e.Issues = append(e.Issues, one.Issue)
		e.Inputs = append(e.Inputs,
			Input{Term: "active", Issue: one.Issue, What: "active", Value: number(one.Active.Seconds()), Shown: hours(int64(one.Active.Seconds())) + " h"},
			Input{Term: "waiting", Issue: one.Issue, What: "waiting", Value: number((one.Whole - one.Active).Seconds()),
				Shown: hours(int64((one.Whole - one.Active).Seconds())) + " h"})
	}
	return e
}

// weeks makes an input of each whole week of the window.
func (s flowWords) weeks() []Input {
	var out []Input
	for _, week := range s.figures.WeeklyThroughput() {
		out = append(out, Input{Term: "week", Date: week.Week, What: "finished", Value: number(week.Issues), Shown: oneDecimal(week.Issues)})
	}
	return out
}

// limits opens the limits of a process.
func (s flowWords) limits(name string, l *flow.Limits, inputs []Input) []Explanation {
	var list []Explanation
	for n, which := range []string{"mean", "lower", "upper"} {
		e := begin(measure.OfFlow, name+"."+which)
		e.Shown.Value, e.Numbers = "–", "there are fewer than two values"
		if l != nil {
			value := []float64{l.Mean, l.Lower, l.Upper}[n]
			e.Value, e.Shown.Value, e.Inputs = &value, oneDecimal(value), inputs
			e.Numbers = fmt.Sprintf("of %d values: %s", len(inputs), e.Shown.Value)
			if which != "mean" {
				e.Numbers = fmt.Sprintf("of %d values, around the mean %s: %s", len(inputs), oneDecimal(l.Mean), e.Shown.Value)
			}
		}
		list = append(list, e)
	}
	return list
}

func (s flowWords) lateToday() Explanation {
	var inputs []Input
	for _, l := range s.late {
		inputs = append(inputs, Input{Term: "age", Issue: l.Issue, What: l.Summary + ": " + WhyLate(l, s.zone), Value: number(float64(l.Age)),
			Shown: fmt.Sprint(l.Age), Listed: true})
	}
	e := s.countOf("late", len(s.late), inputs)
	e.Numbers = fmt.Sprintf("%d of %d in progress", len(s.late), s.figures.WIP.Count)
	return e
}

// rules opens how many tickets do not keep each rule of their lifecycle.
func (s flowWords) rules() []Explanation {
	var list []Explanation
	for _, rule := range s.figures.Lifecycle {
		e := begin(measure.OfFlow, "lifecycle."+rule.Rule)
		e.Shown.Value, e.Numbers = "–", "issues are counted: none needs an estimate"
		if rule.Count != nil {
			e = s.countOf("lifecycle."+rule.Rule, *rule.Count, ones("issue", rule.Issues))
			e.Numbers = fmt.Sprintf("%d of %d", *rule.Count, *rule.Of)
		}
		list = append(list, e)
	}
	return list
}
