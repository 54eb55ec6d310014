package drawer

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"jerem/measure"
	"jerem/measure/explain"
	"jerem/measure/explain/explanation"
	"jerem/measure/flow"
	"jerem/measure/outlook"
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
	figures := explain.Sprint(team, sp)
	explain.TellNoAmounts(sp, figures)
	list := makeDrawers(figures, sprintDrawers, jira)
	return Addressed(list, team, sp.At, "sprint", strconv.FormatInt(sp.ID, 10))
}

// Quarter opens the figures of a quarter, in the order in which the page lists them.
func Quarter(team *measure.Team, q *measure.Quarter, jira frame.JiraLinks) []frame.Explanation {
	return Addressed(makeDrawers(explain.Quarter(team, q), quarterDrawers, jira), team, q.At, "quarter", q.Quarter)
}

// Forecast opens the figures of a forecast, in the order in which the page lists them; what cannot be told is left out
// of those that moved or cost something. pairs name what the forecast is of: "sprint", "23".
func Forecast(
	team *measure.Team,
	f *outlook.Forecast,
	jira frame.JiraLinks,
	pairs ...string,
) []frame.Explanation {
	names := forecastDrawers[:4:4]
	if f.Moved != nil && f.Moved.Days != nil {
		names = append(names, forecastDrawers[4])
	}
	if f.Price != nil && f.Price.Days != nil {
		names = append(names, forecastDrawers[5])
	}
	list := makeDrawers(explain.Forecast(team, f), names, jira)
	for n := range list {
		list[n].Figure = explanation.OfForecast + list[n].Figure
	}
	return Addressed(list, team, f.At, pairs...)
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
		makeDrawers(explain.FlowOnPage(team, f, late, frame.MostRows), flowDrawers, jira)...)
	for i := range list {
		if list[i].ID == "flow-throughput" {
			list[i].Unit = format.UnitOf(list[i].Value, "issues finished, "+span)
		}
	}
	return Addressed(list, team, f.At, "from", f.From, "to", f.To)
}

// makeDrawers puts those figures of a list that a page opens into drawers.
func makeDrawers(list []explanation.Explanation, names []drawerName, jira frame.JiraLinks) []frame.Explanation {
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
func Of(id string, e explanation.Explanation, jira frame.JiraLinks) frame.Explanation {
	out := frame.Explanation{ID: id, Name: e.Shown.Name, Value: e.Shown.Value,
		Unit:    format.UnitOf(e.Shown.Value, e.Shown.Unit),
		Formula: frame.Formula(e.Figure.Formula, e.Numbers), Notes: e.Notes, Keys: e.Issues,
		Jira:  jira.Search(e.Issues),
		Grade: e.Quality.Grade, Reasons: format.ReasonList(e.Quality), Figure: e.Figure.Name}
	running := explanation.RunningSums(e)
	first := firstListed(e.Inputs)
	if slices.ContainsFunc(e.Inputs[first:], func(i explanation.Input) bool { return !i.Listed }) {
		running = nil // the sum of what is shown is not what it is made from
	}
	if first > 0 && first < len(e.Inputs) && running != nil {
		out.Rows = append(out.Rows, frame.ExplanationRow{Time: e.Inputs[0].When, Key: format.Plural(first, "issue"),
			What: e.Inputs[0].What, Value: running[first-1], Running: running[first-1]})
	}
	for n, i := range e.Inputs {
		if !i.Listed {
			continue
		}
		row := frame.ExplanationRow{Time: i.When, Key: KeyOfInput(i), What: i.What, Value: i.Shown}
		if running != nil {
			row.Running = running[n]
			row.Value = ValueOfInput(i, running[n])
		}
		out.Rows = append(out.Rows, row)
	}
	out.Running, out.More = running != nil, e.Left
	return out
}

// KeyOfInput is what names an input: its issue, else its day, which is not told twice where the time names it.
func KeyOfInput(i explanation.Input) string {
	if i.Issue == "" && i.When == "" {
		return i.Date
	}
	return i.Issue
}

// ValueOfInput is the value of an input as people read it; one that is counted and has no words for it is told by its
// number.
func ValueOfInput(i explanation.Input, running string) string {
	if i.Shown == "" && i.Value != nil && running != "" {
		return format.Figure(*i.Value)
	}
	return i.Shown
}

// firstListed is the place of the first input that people see as a row, the number of inputs where none is one. Those
// before it are one row together.
func firstListed(inputs []explanation.Input) int {
	if first := slices.IndexFunc(inputs, func(i explanation.Input) bool { return i.Listed }); first >= 0 {
		return first
	}
	return len(inputs)
}

// Addressed gives drawers the addresses of their explanations by themselves, and of the issues behind them,
// and leaves the rows beyond [frame.MostRows] to the former. pairs name
// what the figures are one of: "sprint", "23".
func Addressed(list []frame.Explanation, team *measure.Team, at time.Time, pairs ...string) []frame.Explanation {
	moment := momentOf(team, at)
	for n := range list {
		if e := &list[n]; e.Figure != "" && !at.Before(team.KnownSince()) { // before it nothing opens
			query := append([]string{"figure", e.Figure, "team", team.History().Team.Name}, pairs...)
			e.Address = frame.WithQuery("/explain", append(query, "at", moment)...)
			e.LimitRows(e.Address)
		}
	}
	return withIssues(list, team, at)
}

// OfRow is [Addressed] for a figure of which there are several: parameter names the row, which may have no name.
func OfRow(e frame.Explanation, team *measure.Team, at time.Time, parameter, row string, pairs ...string) (
	one frame.Explanation) {
	one = Addressed([]frame.Explanation{e}, team, at, pairs...)[0]
	and := "&" + parameter + "=" + url.QueryEscape(row)
	if one.Address != "" {
		one.Address += and
	}
	if one.Whole != "" {
		one.Whole += and
	}
	return one
}

// withIssues leads from the rows of drawers to the pages of their issues.
func withIssues(list []frame.Explanation, team *measure.Team, at time.Time) []frame.Explanation {
	keep := frame.WithQuery("", "at", momentOf(team, at))
	for _, e := range list {
		for i := range e.Rows {
			if _, known := team.Lookup(e.Rows[i].Key); known {
				e.Rows[i].Address = frame.IssueAddress(frame.TeamAddress(team.History().Team.Name), e.Rows[i].Key, keep)
			}
		}
	}
	return list
}

// momentOf is a moment as an address names it, "" for the last reading.
func momentOf(team *measure.Team, at time.Time) string {
	if !at.Before(team.Now()) {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}
