package onpage

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain"
	"jerem/measure/explain/explanation"
	"jerem/measure/flow"
	"jerem/measure/words"
)

// Arrivals opens what came in and what was done since the first day of a cumulative flow: the difference of its
// outermost lines between the first day and the last. A flow of less than two days has none.
func Arrivals(f *flow.Flow) (explanation.Explanation, bool) {
	days, last := f.CFD.Days, len(f.CFD.Columns)-1
	if len(days) < 2 || last < 0 {
		return explanation.Explanation{}, false
	}
	first, end := days[0], days[len(days)-1]
	came, done, back := end.Reached[0]-first.Reached[0], end.Reached[last]-first.Reached[last], 0
	e := explanation.BeginOnPage(catalogue.OfFlow, cfdArrivals, "Came in, and done",
		"issues that ever reached the first column by the end, less those that had by the first day; done: the "+
			"same of "+
			"the last column", "end - begin")
	e.At, e.Quality, e.Unit, e.Value = f.At, f.QualityOf(e.Figure.Name), "issues", explanation.Count(&came)
	were := words.Agree(strconv.Itoa(done), "was", "were")
	e.Shown.Value, e.Shown.Unit = strconv.Itoa(came), fmt.Sprintf("came in, %d %s done", done, were)
	e.Numbers = fmt.Sprintf("%d − %d = %d came in; %d − %d = %d %s done", end.Reached[0], first.Reached[0], came,
		end.Reached[last], first.Reached[last], done, were)
	e.Inputs = []explanation.Input{{Term: "end", Date: end.Date, What: "reached the first column",
		Shown: strconv.Itoa(end.Reached[0]),
		Value: explanation.Count(&end.Reached[0]), Listed: true},
		{Term: "begin", Date: first.Date, What: "reached the first column", Shown: strconv.Itoa(first.Reached[0]),
			Value: explanation.Count(&first.Reached[0]), Listed: true}}
	for _, day := range days[1:] {
		back += day.Backward
	}
	e.Notes = []string{fmt.Sprintf("Issues moved back to an earlier column %s; that moves no line, for what was "+
		"reached "+
		"was reached.", words.Count(back, "time"))}
	return e, true
}

// RuleWords say what a rule of a ticket's lifecycle asks for, and of which issues.
func RuleWords(rule string) (title, of string) { return ruleWords[rule][0], ruleWords[rule][1] }

var ruleWords = map[string][2]string{
	flow.RuleDoneWithoutProgress:     {"Passed through in progress before done", "finished issues"},
	flow.RuleUntouched:               {"Touched in the last working days", "issues in progress"},
	flow.RuleImpedimentWithoutTime:   {"Closed with time logged", "finished impediments"},
	flow.RuleEstimatedAfterStart:     {"Estimated before the start, not after", "issues begun"},
	flow.RuleInSprintWithoutEstimate: {"Has an estimate", "issues of active sprints"},
}

// The figures that the page of a flow alone tells; that of a rule is "kept." and its name.
const (
	cfdArrivals = "cfd.arrivals"
	rulesKept   = "kept"
	ruleKept    = rulesKept + "."
)

// IsOfFlow tells whether the page of a flow alone tells a figure of that name.
func IsOfFlow(figure string) bool {
	rule, isRule := strings.CutPrefix(figure, ruleKept)
	return slices.Contains([]string{explain.CycleTimeShown, cfdArrivals, rulesKept}, figure) ||
		isRule && ruleWords[rule][0] != ""
}

// Flow opens a figure that the page of a flow alone tells; false where it tells nothing of it.
func Flow(team *measure.Team, f *flow.Flow, figure string) (e explanation.Explanation, ok bool) {
	switch figure {
	case explain.CycleTimeShown:
		return explain.CycleTime(team, f), true
	case cfdArrivals:
		return Arrivals(f)
	case rulesKept:
		e, _, _ = RulesKept(f)
		return e, true
	}
	for _, rule := range f.Lifecycle {
		if ruleKept+rule.Rule == figure {
			return RuleKept(team, f, rule), true
		}
	}
	return e, false
}

// RuleKept opens how many of the issues that a rule of a ticket's lifecycle concerns keep it. Those that do not keep it
// are listed.
func RuleKept(team *measure.Team, f *flow.Flow, rule flow.LifecycleRule) explanation.Explanation {
	title, of := RuleWords(rule.Rule)
	e := explanation.BeginOnPage(catalogue.OfFlow, ruleKept+rule.Rule, title, of+" that keep the rule ÷ "+of, "")
	e.At, e.Quality, e.Unit, e.Issues = f.At, f.QualityOf(e.Figure.Name), catalogue.UnitShare, rule.Issues
	e.Shown.Value, e.Shown.Unit = "–", "of "+of
	for _, key := range rule.Issues {
		summary := ""
		if issue, ok := team.Lookup(key); ok {
			summary = issue.Summary.At(f.At)
		}
		e.Inputs = append(e.Inputs, explanation.Input{Issue: key, What: summary, Listed: true})
	}
	switch {
	case rule.Count == nil:
		e.Numbers = "cannot tell: the team counts issues and has no estimates"
	case *rule.Of == 0:
		e.Numbers = "0 of 0: there is no share"
	default:
		kept := *rule.Of - *rule.Count
		share := float64(kept) / float64(*rule.Of)
		e.Value, e.Shown.Value = &share, fmt.Sprintf("%d of %d", kept, *rule.Of)
		e.Numbers = fmt.Sprintf("(%d − %d) ÷ %d = %s", *rule.Of, *rule.Count, *rule.Of, words.Percent(&share))
		e.Figure.Expression = "(all - broken) / all"
		e.Inputs = append(e.Inputs, explanation.Input{Term: "all", What: of, Value: explanation.Count(rule.Of)},
			explanation.Input{Term: "broken", What: "do not keep it", Value: explanation.Count(rule.Count)})
	}
	return e
}

// RulesKept opens how often the rules of a ticket's lifecycle are kept, over all of them; kept and of are the counts.
func RulesKept(f *flow.Flow) (e explanation.Explanation, kept, of int) {
	e = explanation.BeginOnPage(catalogue.OfFlow, rulesKept, "Rules kept",
		"Σ issues that keep a rule, over all rules; an issue counts once for each rule that concerns it", "rule")
	var keep, concern []string
	for _, rule := range f.Lifecycle {
		if rule.Count == nil || *rule.Of == 0 {
			continue
		}
		one := *rule.Of - *rule.Count
		kept, of = kept+one, of+*rule.Of
		keep, concern = append(keep, strconv.Itoa(one)), append(concern, strconv.Itoa(*rule.Of))
		e.Inputs = append(e.Inputs, explanation.Input{Term: "rule", What: rule.Rule, Value: explanation.Count(&one),
			Shown: fmt.Sprintf("%d of %d", one, *rule.Of)})
	}
	e.At, e.Quality, e.Unit, e.Value = f.At, f.QualityOf(e.Figure.Name), "issues", explanation.Count(&kept)
	e.Shown.Value, e.Shown.Unit = strconv.Itoa(kept), "of "+strconv.Itoa(of)
	e.Numbers = explanation.Sum(keep, strconv.Itoa(kept)) + ", of " + explanation.Sum(concern, strconv.Itoa(of))
	return e, kept, of
}
