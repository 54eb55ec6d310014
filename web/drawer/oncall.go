package drawer

import (
	"net/url"
	"strconv"

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
	list = Addressed(list, team, sp.At, "sprint", strconv.FormatInt(sp.ID, 10))
	for n := range rules {
		nameRule(&list[len(list)-len(rules)+n], sp.OnCall.ByRule[n].Rule)
	}
	return list
}

// OnCallIn opens the figures of the call-outs of some days, which span names: "the last four weeks".
func OnCallIn(days *measure.Sprint, span string, jira frame.JiraLinks) []frame.Explanation {
	list := append(makeDrawers(explain.OnCall(days), onCallDrawers, jira), rulesOf(explain.OnCallRules(days), jira)...)
	for n := range list {
		nameSpan(&list[n], span)
	}
	return list
}

// OnCallPrice opens what call-outs add to the price of a forecast; none where nobody is on call for the team.
func OnCallPrice(team *measure.Team, f *outlook.Forecast, jira frame.JiraLinks) []frame.Explanation {
	var rules []explanation.Explanation
	prices := explain.OnCallPrice(f)
	for _, e := range prices {
		if e.Figure.Row != "" {
			rules = append(rules, e)
		}
	}
	list := append(makeDrawers(prices, onCallPriceDrawers, jira), rulesOf(rules, jira)...)
	return withIssues(list, team, f.At)
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

// nameRule has the address of an explanation name the alert rule that it is of.
func nameRule(e *frame.Explanation, rule string) {
	and := "&rule=" + url.QueryEscape(rule)
	e.Address += and
	if e.Whole != "" {
		e.Whole += and
	}
}
