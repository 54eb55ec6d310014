package drawer

import (
	"strconv"

	"jerem/measure"
	"jerem/measure/explain"
	"jerem/measure/outlook"
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
	list := makeDrawers(explain.OnCall(sp), onCallDrawers, jira)
	return Addressed(list, team, sp.At, "sprint", strconv.FormatInt(sp.ID, 10))
}

// OnCallIn opens the figures of the call-outs of some days, which span names: "the last four weeks".
func OnCallIn(days *measure.Sprint, span string, jira frame.JiraLinks) []frame.Explanation {
	list := makeDrawers(explain.OnCall(days), onCallDrawers, jira)
	for n := range list {
		nameSpan(&list[n], span)
	}
	return list
}

// OnCallPrice opens what call-outs add to the price of a forecast; none where nobody is on call for the team.
func OnCallPrice(team *measure.Team, f *outlook.Forecast, jira frame.JiraLinks) []frame.Explanation {
	return withIssues(makeDrawers(explain.OnCallPrice(f), onCallPriceDrawers, jira), team, f.At)
}
