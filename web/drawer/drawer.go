package drawer

import (
	"jerem/measure/flow"
	"jerem/measure/outlook"
	"strings"

	"jerem/measure"
	"jerem/measure/explain"
	"jerem/web/format"
	"jerem/web/frame"
)

// drawerName is the name by which a page links the explanation of a figure.
type drawerName struct{ id, figure string }

// The figures that pages open, in the order of their drawers.
var (
	sprintDrawers = []drawerName{
		{"remaining", "ledger.remaining"},
		{"commitment", "ledger.commitment"},
		{"completed", "completed"},
		{"scope", "scope"},
		{"kept", "kept"},
		{"impediments", "impediments.seconds"},
		{"unplanned", "impediments.unplanned"},
		{"unestimated", "unestimated"},
	}
	quarterDrawers = []drawerName{{"progression", "progression"}, {"remaining", "remaining"}, {"slack", "slack_days"},
		{"days", "days_to_complete"}, {"growth", "growth"}, {"velocity", "velocity.median"},
		{"left", "working_days_left"},
		{"average", "average_completion"}}
	forecastDrawers = []drawerName{{"odds", "odds"}, {"date-50", "dates.p50"}, {"date-85", "dates.p85"},
		{"record", "calibration.share"}, {"moved", "moved.days"}, {"price", "price.days"}}
	flowDrawers = []drawerName{
		{"flow-wip", "wip.count"},
		{"flow-throughput", "throughput"},
		{"flow-efficiency", "flow_efficiency"},
		{"flow-late", "late"},
	}
)

// Sprint opens the figures of a sprint that has a ledger, in the order in which the page lists them.
func Sprint(team *measure.Team, sp *measure.Sprint, jira frame.JiraLinks) []frame.Explanation {
	return drawers(explain.Sprint(team, sp), sprintDrawers, jira)
}

// Quarter opens the figures of a quarter, in the order in which the page lists them.
func Quarter(team *measure.Team, q *measure.Quarter, jira frame.JiraLinks) []frame.Explanation {
	return drawers(explain.Quarter(team, q), quarterDrawers, jira)
}

// Forecast opens the figures of a forecast, in the order in which the page lists them; what cannot be told is left out
// of those that moved or cost something.
func Forecast(team *measure.Team, f *outlook.Forecast, jira frame.JiraLinks) []frame.Explanation {
	names := forecastDrawers[:4:4]
	if f.Moved != nil && f.Moved.Days != nil {
		names = append(names, forecastDrawers[4])
	}
	if f.Price != nil && f.Price.Days != nil {
		names = append(names, forecastDrawers[5])
	}
	return drawers(explain.Forecast(team, f), names, jira)
}

// Flow opens the figures of a flow, in the order in which the page lists them; span names the days of its window.
func Flow(
	team *measure.Team,
	f *flow.Flow,
	late []flow.LateIssue,
	span string,
	jira frame.JiraLinks,
) []frame.Explanation {
	list := append([]frame.Explanation{Of("flow-cycle", explain.CycleTime(team, f), jira)},
		drawers(explain.Flow(team, f, late), flowDrawers, jira)...)
	for i := range list {
		if list[i].ID == "flow-throughput" {
			list[i].Unit = "issues finished, " + span
		}
	}
	return list
}

// ImpedimentsIn opens the figures of the impediments of some days, which span names: "the last four weeks".
func ImpedimentsIn(team *measure.Team, i *measure.Impediments, span string, jira frame.JiraLinks) []frame.Explanation {
	time, share := explain.Impediments(team, i, span)
	list := []frame.Explanation{Of("impediments", time, jira), Of("unplanned", share, jira)}
	for n := range list {
		e := &list[n]
		e.Grade, e.Reasons = "", ""
		e.Formula.Words = strings.ReplaceAll(e.Formula.Words, "in the sprint", "in "+span)
		for i := range e.Notes {
			e.Notes[i] = strings.ReplaceAll(e.Notes[i], "in the sprint", "in "+span)
		}
	}
	return list
}

// drawers puts those figures of a list that a page opens into drawers.
func drawers(list []explain.Explanation, names []drawerName, jira frame.JiraLinks) []frame.Explanation {
	var out []frame.Explanation
	for _, name := range names {
		for _, e := range list {
			if e.Figure.Name == name.figure {
				out = append(out, Of(name.id, e, jira))
			}
		}
	}
	return out
}

// Of puts the explanation of a figure into a drawer of a page under a name.
func Of(id string, e explain.Explanation, jira frame.JiraLinks) frame.Explanation {
	out := frame.Explanation{ID: id, Name: e.Shown.Name, Value: e.Shown.Value, Unit: e.Shown.Unit,
		Formula: frame.Formula(e.Figure.Formula, e.Numbers), Notes: e.Notes, Keys: e.Issues,
		Jira:  jira.Search(e.Issues),
		Grade: e.Quality.Grade, Reasons: format.ReasonList(e.Quality)}
	for _, i := range e.Inputs {
		if i.Listed {
			out.Rows = append(
				out.Rows,
				frame.ExplanationRow{Time: i.When, Key: format.OrElse(i.Issue, i.Date), What: i.What, Value: i.Shown},
			)
		}
	}
	return out
}
