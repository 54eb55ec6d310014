package drawer

import (
	"strconv"
	"time"

	"jerem/measure"
	"jerem/measure/explain"
	"jerem/measure/explain/explanation"
	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/frame"
)

var (
	onCallDrawers = []drawerName{{"unexpected-time", "unexpected.seconds"}, {"callouts", "oncall.callouts"},
		{"callout-time", "oncall.counted_seconds"}, {"out-of-hours", "oncall.out_of_hours"},
		{"nights", "oncall.nights"}, {"rest", "oncall.rest_seconds"}, {"duty-gaps", "oncall.gap_seconds"},
		{"actionability", "oncall.actionability"}}
	onCallPriceDrawers = []drawerName{{"price-oncall", "price.oncall.days"},
		{"price-callouts", "price.oncall.callout_days"}}
)

// OnCall opens the figures of a sprint's call-outs, in the order in which the page lists them; none where nobody is on
// call for the team.
func OnCall(team *measure.Team, sp *measure.Sprint, jira frame.JiraLinks) []frame.Explanation {
	rules := rulesOf(explain.OnCallRules(sp), jira)
	list := append(makeDrawers(explain.OnCall(sp), onCallDrawers, jira), rules...)
	return addressedRules(list, len(rules), func(n int) string { return sp.OnCall.ByRule[n].Rule }, team, sp.At,
		"sprint", strconv.FormatInt(sp.ID, 10))
}

// addressedRules is [Addressed] for figures whose last ones are those of alert rules, so many, each named by ruleOf.
func addressedRules(list []frame.Explanation, rules int, ruleOf func(n int) string, team *measure.Team, at time.Time,
	pairs ...string) []frame.Explanation {
	first := len(list) - rules
	Addressed(list[:first], team, at, pairs...)
	for n := range list[first:] {
		list[first+n] = OfRow(list[first+n], team, at, "rule", ruleOf(n), pairs...)
	}
	return list
}

// recentDrawers are the figures of impediments of the last weeks of a team without sprints.
var recentDrawers = []drawerName{{"impediments", "impediments.seconds"}, {"unplanned", "impediments.unplanned"}}

// Recent opens the impediments and call-outs of the last weeks of a team without sprints, in the order in which the
// page lists them.
func Recent(team *measure.Team, days *measure.Sprint, jira frame.JiraLinks) []frame.Explanation {
	figures, rules := explanation.DivideRows(explain.Recent(team, days))
	opened := rulesOf(rules, jira)
	list := append(makeDrawers(figures, recentDrawers, jira), makeDrawers(figures, onCallDrawers, jira)...)
	list = append(list, opened...)
	for n := range list {
		list[n].Figure = explanation.OfFourWeeks + list[n].Figure
	}
	return addressedRules(list, len(opened), func(n int) string { return rules[n].Row }, team, days.At)
}

// OnCallPrice opens what call-outs add to the price of a forecast; none where nobody is on call for the team. pairs
// name what the forecast is of: "quarter", "Q4-26".
func OnCallPrice(
	team *measure.Team, f *outlook.Forecast, jira frame.JiraLinks, pairs ...string,
) []frame.Explanation {
	prices, rules := explanation.DivideRows(explain.OnCallPrice(f))
	opened := rulesOf(rules, jira)
	list := append(makeDrawers(prices, onCallPriceDrawers, jira), opened...)
	return addressedRules(list, len(opened), func(n int) string { return rules[n].Row }, team, f.At, pairs...)
}

// MostRules is how many alert rules a page lists and opens, those that took most: a source may tell of thousands.
const MostRules = 20

// RuleID is the name of the drawer of the n-th alert rule of a card.
func RuleID(n int) string { return "rule-" + strconv.Itoa(n) }

// rulesOf puts the figures of alert rules into drawers, one for each rule that a page lists.
func rulesOf(rules []explanation.Explanation, jira frame.JiraLinks) []frame.Explanation {
	var out []frame.Explanation
	for n, e := range rules[:min(len(rules), MostRules)] {
		one := Of(RuleID(n), e, jira)
		one.Name += ": " + format.OrElse(e.Row, "without an alert")
		out = append(out, one)
	}
	return out
}
