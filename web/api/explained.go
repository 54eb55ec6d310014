package api

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"time"

	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain"
	"jerem/measure/explain/explanation"
	"jerem/measure/flow"
	"jerem/measure/investment"
	"jerem/measure/outlook"
	"jerem/measure/sprintreport"
	"jerem/web/frame/asked"
)

// explainedSprint is a sprint with the addresses of its figures' explanations.
type explainedSprint struct {
	*measure.Sprint
	Label   string           `json:"label"`
	Others  []otherSprint    `json:"others_active"` // beside a sprint that is active
	Explain addresses        `json:"explain"`
	With    *explainedSprint `json:"with,omitempty"`    // the same as of another moment, where that is asked
	Changed *[]changedFigure `json:"changed,omitempty"` // what differs from it
}

// explainedQuarter is a quarter with the addresses of its figures' explanations.
type explainedQuarter struct {
	*measure.Quarter
	Epics   []explainedEpic   `json:"epics"`
	Weekly  []explainedWeek   `json:"weekly"`
	Explain addresses         `json:"explain"`
	With    *explainedQuarter `json:"with,omitempty"`    // the same as of another moment, where that is asked
	Changed *[]changedFigure  `json:"changed,omitempty"` // what differs from it
}

// explainedEpic is an epic of a quarter with the addresses of its figures' explanations.
type explainedEpic struct {
	measure.QuarterEpic
	Explain addresses `json:"explain"`
}

// explainedMix is the mix of a quarter with the addresses of its sums' explanations.
type explainedMix struct {
	investment.Quarter
	Explain addresses `json:"explain"`
}

// explainedForecast is a forecast with the addresses of its figures' explanations.
type explainedForecast struct {
	*outlook.Forecast
	Explain addresses `json:"explain"`
}

// explainedFlow is a flow with the addresses of its figures' explanations.
type explainedFlow struct {
	*flow.Flow
	Explain addresses `json:"explain"`
}

// explainedDifferences is the account of a sprint with the addresses of its figures' explanations.
type explainedDifferences struct {
	*sprintreport.Differences
	Explain addresses `json:"explain"`
}

// explainedRow is a row of the portfolio with the addresses of its figures' explanations.
type explainedRow struct {
	outlook.Row
	Told    *explainedTold `json:"told"`
	Explain addresses      `json:"explain"`
}

// explainedTold is what was told at the middle of a quarter, which opens as of then.
type explainedTold struct {
	*outlook.Told
	Explain addresses `json:"explain"`
}

// explainRow joins a row of the portfolio with the addresses of its explanations; something is known of its teams since
// a moment.
func explainRow(row outlook.Row, quarter string, explained addresses, since time.Time) explainedRow {
	out := explainedRow{Row: row, Explain: explained}
	if row.Told == nil {
		return out
	}
	team, query := row.Name, url.Values{"quarter": {quarter}}
	if row.Kind == outlook.KindInitiative {
		team, query = "", url.Values{"quarter": {quarter}, "initiative": {row.Name}}
	}
	out.Told = &explainedTold{row.Told, explainAsOf(team, query, row.Told.At, since, "odds", "p85")}
	return out
}

// explainedWeek is a week of a quarter, which opens as of its end.
type explainedWeek struct {
	measure.Week
	Explain addresses `json:"explain"`
}

// explainedPast is what was told at the end of a week, which opens as of then.
type explainedPast struct {
	outlook.PastForecast
	Explain addresses `json:"explain"`
}

// figuresTold are the names of figures of a forecast by those that what was told before has for them.
var figuresTold = map[string]string{"p50": "dates.p50", "p85": "dates.p85", "odds": "odds", "total": "total",
	"done": "done"}

// explainAsOf names the explanations of figures as of a moment of the past, by the names that they have there; none
// before that since which something is known.
func explainAsOf(team string, query url.Values, at, since time.Time, names ...string) addresses {
	out := addresses{}
	if at.Before(since) {
		return out
	}
	for _, name := range names {
		out[name] = explanationAddress(figuresTold[name], team, query, at.UTC().Format(time.RFC3339Nano))
	}
	return out
}

// addresses are those of explanations, by the names of the figures.
type addresses map[string]string

// keepRows leaves out the figures of a subject that are told in rows where there is no row.
func (a addresses) keepRows(of catalogue.Subject, rows func(figure string) []explain.Row) {
	for _, f := range catalogue.All() {
		if f.Of == of && f.Row != "" && a[f.Name] != "" && len(rows(f.Name)) == 0 {
			delete(a, f.Name)
		}
	}
}

// figuresWithoutLedger are those that a sprint without a ledger has: of what stands in it.
var figuresWithoutLedger = []string{"working_days.total", "working_days.elapsed", "todo.estimate", "doing.estimate",
	"done.estimate", "todo.issues", "doing.issues", "done.issues", "unestimated", "dependency"}

// explainSprint names the explanations of a sprint's figures: of one without a ledger those of what stands in it.
func explainSprint(team *measure.Team, sp *measure.Sprint, at string) addresses {
	out := addressesOf(team, catalogue.OfSprint, url.Values{"sprint": {strconv.FormatInt(sp.ID, 10)}}, at)
	if sp.Unestimated == nil {
		delete(out, "unestimated")
	}
	if sp.Ledger == nil {
		maps.DeleteFunc(out, func(figure, _ string) bool { return !slices.Contains(figuresWithoutLedger, figure) })
		return out
	}
	if sp.OnCall != nil {
		query := url.Values{"sprint": {strconv.FormatInt(sp.ID, 10)}}
		maps.Copy(out, addressesOf(team, catalogue.OfOnCall, query, at))
		maps.Copy(out, explainOnCallRules(team, sp, at))
	}
	for _, nature := range sp.Impediments.ByNature {
		query := url.Values{"sprint": {strconv.FormatInt(sp.ID, 10)}, "nature": {nature.Nature}}
		for _, what := range []string{"count", "seconds"} {
			figure := "impediments.by_nature." + what
			out[figure+"."+nature.Nature] = explanationAddress(figure, team.History().Team.Name, query, at)
		}
	}
	return out
}

// explainQuarter names the explanations of a quarter's figures, and of those of each epic in it.
func explainQuarter(team *measure.Team, q *measure.Quarter, at string) explainedQuarter {
	of := url.Values{"quarter": {q.Quarter}}
	out := explainedQuarter{Quarter: q, Epics: []explainedEpic{}, Weekly: []explainedWeek{},
		Explain: addressesOf(team, catalogue.OfQuarter, of, at)}
	ends := measure.WeekEnds(team, q)
	for n, week := range q.Weekly {
		out.Weekly = append(out.Weekly, explainedWeek{week,
			explainAsOf(team.History().Team.Name, of, ends[n], team.KnownSince(), "total", "done")})
	}
	for _, epic := range q.Epics {
		query := url.Values{"quarter": {q.Quarter}, "epic": {epic.Key}}
		one := explainedEpic{epic, addressesOf(team, catalogue.OfEpic, query, at)}
		if epic.Unestimated == nil {
			delete(one.Explain, "unestimated")
		}
		out.Epics = append(out.Epics, one)
	}
	return out
}

// explainOnCallRules names the explanations of the alert rules of a sprint's call-outs.
func explainOnCallRules(team *measure.Team, sp *measure.Sprint, at string) addresses {
	out := addresses{}
	for _, rule := range sp.OnCall.ByRule {
		query := url.Values{"sprint": {strconv.FormatInt(sp.ID, 10)}, "rule": {rule.Rule}}
		for _, what := range []string{"callouts", "nights", "counted_seconds", "rest_seconds"} {
			figure := "oncall.by_rule." + what
			out[figure+"."+rule.Rule] = explanationAddress(figure, team.History().Team.Name, query, at)
		}
	}
	return out
}

// explainOnCallPrice names the explanations of what on-call adds to the price of a forecast; none where nobody is on
// call for the team.
func explainOnCallPrice(team *measure.Team, f *outlook.Forecast, query url.Values, at string) addresses {
	if f.Price == nil || f.Price.OnCall == nil {
		return addresses{}
	}
	out := addressesOf(team, catalogue.OfOnCallPrice, query, at)
	for _, rule := range f.Price.OnCall.ByRule {
		one := url.Values{"rule": {rule.Rule}}
		maps.Copy(one, query)
		for _, what := range []string{"callouts", "nights", "seconds", "rest_seconds", "days"} {
			figure := "price.oncall.by_rule." + what
			out[figure+"."+rule.Rule] = explanationAddress(figure, team.History().Team.Name, one, at)
		}
	}
	return out
}

// explainFlowOf names the explanations of a flow's figures, the pace of each column among them.
func explainFlowOf(team *measure.Team, f *flow.Flow, query url.Values, at string) addresses {
	out := addressesOf(team, catalogue.OfFlow, query, at)
	for _, pace := range f.ColumnPace {
		one := url.Values{"column": {pace.Column}}
		for name, values := range query {
			one[name] = values
		}
		out["column_pace.p85."+pace.Column] = explanationAddress("column_pace.p85", team.History().Team.Name, one, at)
	}
	return out
}

// addressesOf names the explanations of the figures of a subject that query names.
func addressesOf(team *measure.Team, of catalogue.Subject, query url.Values, at string) addresses {
	out := addresses{}
	for _, f := range catalogue.All() {
		if f.Of == of && f.Expression != "" && (f.Row == "" || isOpenedByRow(f)) {
			out[f.Name] = explanationAddress(addressedName(f), team.History().Team.Name, query, at)
		}
	}
	return out
}

// isOpenedByRow tells whether a figure of which there are several has one address, to which who opens it adds the row:
// each has too many to name.
func isOpenedByRow(f catalogue.Figure) bool {
	return f.Of == catalogue.OfForecast || f.Of == catalogue.OfFlow && !slices.Contains(rowsTogether, f.Name)
}

// addressedName is the name of a figure in an address: that of a forecast is told apart from that of what it is of.
func addressedName(f catalogue.Figure) string {
	if f.Of == catalogue.OfForecast && (f.Name == "remaining" || f.Name == "unestimated") {
		return explanation.OfForecast + f.Name
	}
	return f.Name
}

// explanationAddress is that of the explanation of a figure; team is "" for what is told over teams.
func explanationAddress(figure, team string, query url.Values, at string) string {
	out := "/api/v1/explain?figure=" + figure
	if team != "" {
		out += "&team=" + url.QueryEscape(team)
	}
	if len(query) > 0 {
		out += "&" + query.Encode()
	}
	if at != "" {
		out += "&at=" + url.QueryEscape(at)
	}
	return out
}

// queryWithout is a query without some of its parameters, and without those that are empty.
func queryWithout(query url.Values, names ...string) url.Values {
	out := url.Values{}
	for name, values := range query {
		if len(values) > 0 && values[0] != "" {
			out[name] = values
		}
	}
	for _, name := range names {
		out.Del(name)
	}
	return out
}

// explainedInitiative is the forecast of an initiative with the addresses of its figures' explanations.
type explainedInitiative struct {
	*outlook.InitiativeForecast
	Explain addresses `json:"explain"`
}

// explainInitiativeRow names the explanations of an initiative's figures.
func explainInitiativeRow(name, quarter, at string) addresses {
	out := addresses{}
	for _, f := range catalogue.All() {
		if f.Of == catalogue.OfInitiative {
			out[f.Name] = explanationAddress(f.Name, "", url.Values{"initiative": {name}, "quarter": {quarter}}, at)
		}
	}
	return out
}

// explainTeamRow names the explanations of a team's row of the portfolio: none before all that is known of it, and none
// of how far a quarter is to which no epic of it belongs.
func explainTeamRow(one outlook.Asked, row outlook.Row, name measure.QuarterName, at string) addresses {
	out := addresses{}
	if one.At.Before(asked.KnownSince(one.Team)) {
		return out
	}
	query := url.Values{"quarter": {name.String()}}
	for _, figure := range []string{"odds", "dates.p50", "dates.p70", "dates.p85", "dates.p95"} {
		out[figure] = explanationAddress(figure, row.Name, query, at)
	}
	out["trend_days"] = explanationAddress("moved.days", row.Name, query, at)
	if _, err := knownQuarter(one.Team, name, one.At); err == nil {
		out["progression"] = explanationAddress("progression", row.Name, query, at)
	}
	return out
}
