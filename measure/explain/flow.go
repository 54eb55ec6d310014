package explain

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain/explanation"
	"jerem/measure/flow"
	"jerem/measure/words"
	"jerem/sorting"
)

// flowWords gathers what the explanations of a flow share.
type flowWords struct {
	words   explanation.TeamWords
	team    *measure.Team
	figures *flow.Flow
	late    []flow.LateIssue
	most    int // of a page: how many inputs its lists show; 0 for all of them
}

// Flow opens every figure of a team's flow, in the order of the catalogue; late is the work that needs a look.
func Flow(team *measure.Team, f *flow.Flow, late []flow.LateIssue) []explanation.Explanation {
	s := flowWords{words: explanation.WordsOf(team), team: team, figures: f, late: late}
	list := s.explainCycleTimes()
	list = append(
		list,
		s.explainSpread(),
		s.explainMeasured(),
		s.explainWithoutProgress(),
		s.explainInProgress(),
		s.explainAge("wip.age.p50", f.WIP.Age.P50, 0.5),
		s.explainAge("wip.age.p85", f.WIP.Age.P85, 0.85),
		s.explainThroughput(),
		s.explainEfficiency(),
	)
	list = append(list, s.explainLimits("xmr.cycle_time", f.XmR.CycleTime, s.inputsOfCycles())...)
	list = append(list, s.explainLimits("xmr.throughput", f.XmR.Throughput, s.inputsOfWeeks())...)
	list = append(list, s.explainLate())
	return s.withMomentAndGrade(append(list, s.explainRules()...))
}

// FlowOnPage opens those figures of a flow alone that its page opens beside the cycle time: work in progress,
// throughput, efficiency and what is late. What no list of a page shows is left out: of what grows with the team the
// inputs behind the first most, and those that only a formula names.
func FlowOnPage(team *measure.Team, f *flow.Flow, late []flow.LateIssue, most int) []explanation.Explanation {
	s := flowWords{explanation.WordsOf(team), team, f, late, most}
	return s.withMomentAndGrade([]explanation.Explanation{s.explainInProgress(), s.explainThroughput(),
		s.explainEfficiency(),
		s.explainLate()})
}

// withMomentAndGrade gives explanations the moment and the grade of the flow.
func (s flowWords) withMomentAndGrade(list []explanation.Explanation) []explanation.Explanation {
	for i := range list {
		list[i].At, list[i].Quality = s.figures.At, s.figures.QualityOf(list[i].Figure.Name)
	}
	return list
}

const nothingMeasured = "no issue was in progress and done in these days"

// firstOf are the first of some issues, at most a number of them; 0 for all.
func firstOf[T any](list []T, most int) []T {
	if most == 0 {
		return list
	}
	return list[:min(len(list), most)]
}

// inputsOfCycles makes an input of each cycle time, in order of finish.
func (s flowWords) inputsOfCycles() []explanation.Input {
	var out []explanation.Input
	for _, one := range s.figures.CycleTime.Issues {
		at := one.Finish
		out = append(
			out,
			explanation.Input{Term: "days", Time: &at,
				When:  s.words.FormatDay(one.Start) + " to " + s.words.FormatDay(one.Finish),
				Issue: one.Issue,
				What:  one.Summary(s.figures.At), Value: explanation.Number(float64(one.Days)),
				Shown: fmt.Sprint(one.Days)},
		)
	}
	return out
}

// summaryOf is the title of an issue as of the moment, "" where none is known.
func (s flowWords) summaryOf(key string) string {
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

func (s flowWords) explainCycleTimes() []explanation.Explanation {
	c := s.figures.CycleTime
	var list []explanation.Explanation
	for n, value := range []*int{c.P50, c.P70, c.P85, c.P95} {
		list = append(list, s.explainCycleTime(quantiles[n].name, quantiles[n].share, value))
	}
	return list
}

// explainCycleTime opens the days that a share of the issues took at most.
func (s flowWords) explainCycleTime(name string, share float64, value *int) explanation.Explanation {
	e := explanation.Begin(catalogue.OfFlow, "cycle_time."+name)
	e.Shown.Value, e.Shown.Unit, e.Numbers = "–", "days", nothingMeasured
	if value != nil {
		measured := s.figures.CycleTime.Measured
		e.Value, e.Shown.Value = explanation.Count(value), fmt.Sprint(*value)
		e.Numbers = fmt.Sprintf("rank %d of %d = %d", int(math.Ceil(share*float64(measured))), measured, *value)
		e.Inputs = s.inputsOfCycles()
		e.Issues = explanation.KeysOf(e.Inputs)
	}
	return e
}

// CycleTimeShown is the name of the cycle time as pages show it.
const CycleTimeShown = "cycle_time"

// CycleTime opens the cycle time as one figure, as pages show it: the median and the 85 % together. All issues are
// behind it, the slowest first, of which people see some.
func CycleTime(team *measure.Team, f *flow.Flow) explanation.Explanation {
	s := flowWords{words: explanation.WordsOf(team), team: team, figures: f}
	c := f.CycleTime
	e := s.explainCycleTime(quantiles[0].name, quantiles[0].share, c.P50)
	e.Figure.Name, e.Shown.Name = CycleTimeShown, "Cycle time"
	e.At, e.Quality = f.At, f.QualityOf(e.Figure.Name)
	if c.P50 == nil {
		return e
	}
	rank := func(p float64) int { return int(math.Ceil(p * float64(c.Measured))) }
	e.Shown.Value, e.Shown.Unit = fmt.Sprintf("%d and %d", *c.P50, *c.P85), "days, of 50 and 85 %"
	e.Numbers = fmt.Sprintf(
		"rank %d of %d = %d; rank %d = %d; 70 %%: %d, 95 %%: %d",
		rank(0.5),
		c.Measured,
		*c.P50,
		rank(0.85),
		*c.P85,
		*c.P70,
		*c.P95,
	)
	e.Notes = []string{"The slowest first; the file of the chart lists all.",
		words.Count(c.NeverInProgress, "issue") + " done without ever being in progress: no cycle time, counted apart."}
	sorting.By(e.Inputs, func(a, b explanation.Input) int { return cmp.Compare(*b.Value, *a.Value) })
	shown := e.Inputs[:min(len(e.Inputs), mostSlow)]
	for i := range e.Inputs {
		e.Inputs[i].Listed = i < len(shown)
	}
	e.Issues = explanation.KeysOf(shown)
	return e
}

// mostSlow is how many of the slowest issues the explanation of a page lists; the file has all of them.
const mostSlow = 20

func (s flowWords) explainSpread() explanation.Explanation {
	c := s.figures.CycleTime
	e := explanation.Begin(catalogue.OfFlow, "cycle_time.spread")
	e.Value, e.Shown.Value, e.Numbers = c.Spread, "–", nothingMeasured
	if c.Spread != nil {
		e.Shown.Value = words.Decimal(*c.Spread, 2)
		e.Numbers = fmt.Sprintf("%d ÷ %d = %s", *c.P95, *c.P50, e.Shown.Value)
		e.Inputs = s.inputsOfCycles()
	}
	return e
}

func (s flowWords) explainMeasured() explanation.Explanation {
	n := s.figures.CycleTime.Measured
	e := s.explainCount("cycle_time.measured", n, s.inputsOfCycles())
	return e
}

// explainCount opens a number of issues.
func (s flowWords) explainCount(name string, n int, inputs []explanation.Input) explanation.Explanation {
	e := explanation.Begin(catalogue.OfFlow, name)
	e.Value, e.Shown.Value, e.Shown.Unit, e.Numbers = explanation.Count(
		&n,
	), fmt.Sprint(
		n,
	), strings.TrimPrefix(
		words.Count(n, "issue"),
		fmt.Sprint(n)+" ",
	), fmt.Sprint(
		n,
	)
	e.Inputs, e.Issues = inputs, explanation.KeysOf(inputs)
	return e
}

func (s flowWords) explainWithoutProgress() explanation.Explanation {
	var keys []string
	for _, rule := range s.figures.Lifecycle {
		if rule.Rule == flow.RuleDoneWithoutProgress {
			keys = rule.Issues
		}
	}
	return s.explainCount("cycle_time.never_in_progress", s.figures.CycleTime.NeverInProgress,
		explanation.OnesOf("issue", keys))
}

// inputsOfAges makes an input of each issue in progress.
func (s flowWords) inputsOfAges() []explanation.Input {
	var inputs []explanation.Input
	for _, one := range firstOf(s.figures.WIP.Issues, s.most) {
		at := one.Start
		inputs = append(
			inputs,
			explanation.Input{Term: "age", Time: &at, When: "since " + s.words.FormatDay(at), Issue: one.Issue,
				What:  one.Summary(s.figures.At),
				Value: explanation.Number(float64(one.Age)), Shown: fmt.Sprint(one.Age), Listed: true},
		)
	}
	return inputs
}

func (s flowWords) explainInProgress() explanation.Explanation {
	wip, inputs := s.figures.WIP, s.inputsOfAges()
	e := s.explainCount("wip.count", wip.Count, inputs)
	e.Left = wip.Count - len(inputs)
	e.Issues = slices.Grow(e.Issues, e.Left)
	for _, one := range wip.Issues[len(inputs):] {
		e.Issues = append(e.Issues, one.Issue)
	}
	e.Numbers = fmt.Sprintf("%d begun and not done", wip.Count)
	e.Notes = []string{"Age: today − start + 1, in local dates."}
	return e
}

// explainAge opens the age up to which a share of what is in progress is.
func (s flowWords) explainAge(name string, age *int, share float64) explanation.Explanation {
	e := explanation.Begin(catalogue.OfFlow, name)
	e.Value, e.Shown.Value, e.Shown.Unit, e.Numbers = explanation.Count(age), "–", "days", "nothing is in progress"
	if age != nil {
		e.Shown.Value = fmt.Sprint(*age)
		e.Numbers = fmt.Sprintf("rank %d of %d = %d", flow.Rank(s.figures.WIP.Count, share), s.figures.WIP.Count, *age)
	}
	e.Inputs = s.inputsOfAges()
	e.Issues = explanation.KeysOf(e.Inputs)
	return e
}

func (s flowWords) explainThroughput() explanation.Explanation {
	c := s.figures.CycleTime
	finished := c.Measured + c.NeverInProgress
	var inputs []explanation.Input
	for _, day := range s.figures.Throughput {
		inputs = append(
			inputs,
			explanation.Input{
				Term:   "finished",
				Date:   day.Date,
				What:   "finished",
				Value:  explanation.Number(float64(day.Issues)),
				Shown:  fmt.Sprint(day.Issues),
				Listed: true,
			},
		)
	}
	e := s.explainCount("throughput", finished, inputs)
	e.Issues = nil
	e.Numbers = fmt.Sprintf("%d with a cycle time + %d without = %d", c.Measured, c.NeverInProgress, finished)
	if x := s.figures.XmR.Throughput; x != nil {
		e.Notes = []string{
			fmt.Sprintf("By whole ISO weeks: mean %s; ordinary variation is the mean ± 2.66 × the mean of the moving "+
				"ranges, %s to %s.", words.Figure(x.Mean), words.Figure(x.Lower), words.Figure(x.Upper)),
		}
	}
	return e
}

func (s flowWords) explainEfficiency() explanation.Explanation {
	f := s.figures
	e := explanation.Begin(catalogue.OfFlow, "flow_efficiency")
	e.Value, e.Shown.Value, e.Shown.Unit = f.Efficiency, words.Percent(f.Efficiency), "of the time from start to finish"
	e.Notes = []string{"Waiting: in a to-do or a configured waiting status, while flagged, or done before a reopening."}
	if f.Efficiency == nil {
		e.Numbers = nothingMeasured
		return e
	}
	var active, waiting float64 // seconds
	for _, one := range f.ActiveTimes() {
		active, waiting = active+one.Active.Seconds(), waiting+(one.Whole-one.Active).Seconds()
		e.Issues = append(e.Issues, one.Issue)
		if s.most > 0 {
			continue // no list of a page shows them
		}
		e.Inputs = append(
			e.Inputs,
			explanation.Input{
				Term:  "active",
				Issue: one.Issue,
				What:  "active",
				Value: explanation.Number(one.Active.Seconds()),
				Shown: words.Duration(one.Active.Seconds()),
			},
			explanation.Input{Term: "waiting", Issue: one.Issue, What: "waiting",
				Value: explanation.Number((one.Whole - one.Active).Seconds()),
				Shown: words.Duration((one.Whole - one.Active).Seconds())},
		)
	}
	e.Numbers = fmt.Sprintf("%s ÷ (%s + %s) = %s", words.Duration(active), words.Duration(active),
		words.Duration(waiting), words.Percent(f.Efficiency))
	return e
}

// inputsOfWeeks makes an input of each whole week of the window.
func (s flowWords) inputsOfWeeks() []explanation.Input {
	var out []explanation.Input
	for _, week := range s.figures.WeeklyThroughput() {
		out = append(
			out,
			explanation.Input{
				Term:  "week",
				Date:  week.Week,
				What:  "finished",
				Value: explanation.Number(week.Issues),
				Shown: words.Figure(week.Issues),
			},
		)
	}
	return out
}

// explainLimits opens the limits of a process.
func (s flowWords) explainLimits(name string, l *flow.Limits, inputs []explanation.Input) []explanation.Explanation {
	var list []explanation.Explanation
	for n, which := range []string{"mean", "lower", "upper"} {
		e := explanation.Begin(catalogue.OfFlow, name+"."+which)
		e.Shown.Value, e.Numbers = "–", "there are fewer than two values"
		if l != nil {
			value := []float64{l.Mean, l.Lower, l.Upper}[n]
			e.Value, e.Shown.Value, e.Inputs = &value, words.Figure(value), inputs
			e.Numbers = fmt.Sprintf("of %s: %s", words.Count(len(inputs), "value"), e.Shown.Value)
			if which != "mean" {
				e.Numbers = fmt.Sprintf("of %s, around the mean %s: %s", words.Count(len(inputs), "value"),
					words.Figure(l.Mean), e.Shown.Value)
			}
		}
		list = append(list, e)
	}
	return list
}

func (s flowWords) explainLate() explanation.Explanation {
	var inputs []explanation.Input
	var beside []explanation.Input
	for _, l := range firstOf(s.late, s.most) {
		inputs = append(
			inputs,
			explanation.Input{Term: "age", Issue: l.Issue, What: l.Summary + ": " + WhyLate(l, s.words.Zone),
				Value: explanation.Number(float64(l.Age)),
				Shown: fmt.Sprint(l.Age), Listed: true},
		)
		beside = append(beside, explanation.Input{Issue: l.Issue, What: "whole working days since it was touched last",
			Value: explanation.Count(&l.UntouchedDays), Shown: fmt.Sprint(l.UntouchedDays)})
		if l.PaceP85 != nil {
			beside = append(beside, explanation.Input{Issue: l.Issue, What: "pace of " + *l.Column,
				Value: explanation.Count(l.PaceP85), Shown: fmt.Sprint(*l.PaceP85)})
		}
	}
	e := s.explainCount("late", len(s.late), inputs)
	if s.most == 0 {
		e.Beside = beside
	}
	e.Left = len(s.late) - len(inputs)
	e.Issues = slices.Grow(e.Issues, e.Left)
	for _, l := range s.late[len(inputs):] {
		e.Issues = append(e.Issues, l.Issue)
	}
	e.Numbers = fmt.Sprintf("%d of %d in progress", len(s.late), s.figures.WIP.Count)
	return e
}

// explainRules opens how many tickets do not keep each rule of their lifecycle.
func (s flowWords) explainRules() []explanation.Explanation {
	var list []explanation.Explanation
	for _, rule := range s.figures.Lifecycle {
		e := explanation.Begin(catalogue.OfFlow, "lifecycle."+rule.Rule)
		e.Shown.Value, e.Numbers = "–", "issues are counted: none needs an estimate"
		if rule.Count != nil {
			e = s.explainCount("lifecycle."+rule.Rule, *rule.Count, explanation.OnesOf("issue", rule.Issues))
			e.Beside = []explanation.Input{{What: "issues that the rule speaks of", Value: explanation.Count(rule.Of),
				Shown: fmt.Sprint(*rule.Of)}}
			e.Numbers = fmt.Sprintf("%d of %d", *rule.Count, *rule.Of)
		}
		list = append(list, e)
	}
	return list
}
