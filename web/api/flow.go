package api

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain"
	"jerem/measure/flow"
	"jerem/measure/investment"
	"jerem/measure/outlook"
	"jerem/measure/sprintreport"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
	"jerem/web/source"
)

// mostMixQuarters is how many quarters a mix tells at most.
const mostMixQuarters = 40

// Flow answers with the flow of a team over a window of dates of finish.
func (s *Answers) Flow(r *http.Request) (any, error) {
	team, at, err := s.Teams.Asked(r)
	if err != nil {
		return nil, err
	}
	from, to, err := asked.FlowDates(r, team, at)
	if err != nil {
		return nil, err
	}
	query := queryWithout(r.URL.Query(), "at")
	f := flow.Measure(team, at, from, to)
	explained := explainFlowOf(team, f, query, frame.AskedAt(r.URL.RawQuery))
	explained.keepRows(catalogue.OfFlow, func(figure string) []explain.Row { return explain.FlowRows(team, f, figure) })
	return explainedFlow{f, explained}, nil
}

// Late answers with the work in progress that needs a look.
func (s *Answers) Late(r *http.Request) (any, error) {
	team, at, err := s.Teams.Asked(r)
	if err != nil {
		return nil, err
	}
	return flow.Late(team, at), nil
}

// Mix answers with where time and finished work of the last quarters went.
func (s *Answers) Mix(r *http.Request) (any, error) {
	team, at, err := s.Teams.Asked(r)
	if err != nil {
		return nil, err
	}
	quarters := 4
	if text := r.URL.Query().Get("quarters"); text != "" {
		quarters, err = strconv.Atoi(text)
		if err != nil || quarters < 1 || quarters > mostMixQuarters {
			return nil, frame.NewProblem(
				http.StatusBadRequest,
				"bad_number",
				"Write a whole number from 1 to "+strconv.Itoa(mostMixQuarters)+".",
				"quarters=%q is no number of quarters",
				text,
			)
		}
	}
	out := []explainedMix{}
	for _, mix := range investment.Of(team, at, quarters) {
		out = append(out, explainedMix{mix, addressesOf(team, catalogue.OfMix, url.Values{"quarter": {mix.Quarter}},
			frame.AskedAt(r.URL.RawQuery))})
	}
	return out, nil
}

// Differences answers with the account of a sprint against Jira's own report; null where the sprint has no ledger.
func (s *Answers) Differences(r *http.Request) (any, error) {
	team, at, err := s.Teams.Asked(r)
	if err != nil {
		return nil, err
	}
	sprint, err := source.SprintOf(team, r.PathValue("id"), at)
	if err != nil {
		return nil, err
	}
	d, err := sprintreport.Compare(team, sprint.ID, at)
	if err != nil || d == nil {
		return nil, err
	}
	query := url.Values{"sprint": {r.PathValue("id")}}
	return explainedDifferences{d, addressesOf(team, catalogue.OfDifferences, query,
		frame.AskedAt(r.URL.RawQuery))}, nil
}

// Forecast answers when work will be done, or how much by a date.
func (s *Answers) Forecast(r *http.Request) (any, error) {
	team, at, err := s.Teams.Asked(r)
	if err != nil {
		return nil, err
	}
	question, err := forecastQuestion(r, r.URL.Query(), team, at)
	if err != nil {
		return nil, err
	}
	answer, err := outlook.Ask(team, question, at)
	if err != nil {
		return nil, unknownWork(err)
	}
	query, asOf := queryWithout(r.URL.Query(), "at"), frame.AskedAt(r.URL.RawQuery)
	explained := addressesOf(team, catalogue.OfForecast, query, asOf)
	explained.keepRows(catalogue.OfForecast, func(figure string) []explain.Row {
		return explain.ForecastRows(team, answer, figure)
	})
	maps.Copy(explained, explainOnCallPrice(team, answer, query, asOf))
	return explainedForecast{Forecast: answer, Explain: explained}, nil
}

// unknownWork says that a forecast was asked of what the team does not have.
func unknownWork(err error) error {
	return frame.NewProblem(
		http.StatusNotFound,
		"unknown_work",
		"Name a quarter, an epic or a sprint of the team.",
		"%v",
		err,
	)
}

// Forecasts answers with what was told of a quarter week by week, and what came.
func (s *Answers) Forecasts(r *http.Request) (any, error) {
	team, at, err := s.Teams.Asked(r)
	if err != nil {
		return nil, err
	}
	name, ok := measure.ParseQuarter(r.URL.Query().Get("quarter"))
	if !ok {
		return nil, badQuarter(r.URL.Query().Get("quarter"))
	}
	out := []explainedPast{}
	for _, told := range outlook.PastForecasts(team, name, at) {
		out = append(out, explainedPast{told, explainAsOf(team.History().Team.Name,
			url.Values{"quarter": {name.String()}}, told.At, team.KnownSince(), "p50", "p85", "odds")})
	}
	return out, nil
}

func badQuarter(text string) error {
	return frame.NewProblem(http.StatusBadRequest, "bad_quarter", "Write quarter=Q4-26.", "quarter=%q is no quarter",
		text)
}

// forecastQuestion reads what a forecast is asked.
func forecastQuestion(r *http.Request, query url.Values, team *measure.Team,
	at time.Time) (q outlook.Question, err error) {
	subjects := 0
	for _, name := range []string{"quarter", "epic", "sprint", "remaining"} {
		if query.Get(name) != "" {
			subjects++
		}
	}
	switch {
	case subjects > 1:
		return q, frame.NewProblem(
			http.StatusBadRequest,
			"bad_question",
			"Name one of quarter, epic, sprint and remaining.",
			"more than one is named",
		)
	case subjects == 0 && query.Get("by") == "":
		return q, frame.NewProblem(
			http.StatusBadRequest,
			"bad_question",
			"Name quarter=Q4-26, epic=KEY, sprint=ID, remaining=NUMBER or by=DATE.",
			"nothing is asked for",
		)
	}
	if err = readSubject(query, &q); err != nil {
		return q, err
	}
	if err = readWhatIf(r, team, &q, at); err != nil {
		return q, err
	}
	if by, named, err := asked.ReadMoment(r, "by"); err != nil {
		return q, err
	} else if named {
		date := by.Date()
		q.By = &date
	}
	return q, nil
}

// readSubject reads what is asked for: a quarter, an epic, a sprint or an amount.
func readSubject(query url.Values, q *outlook.Question) error {
	if text := query.Get("quarter"); text != "" {
		name, ok := measure.ParseQuarter(text)
		if !ok {
			return badQuarter(text)
		}
		q.Quarter = &name
	}
	q.Epic = query.Get("epic")
	if text := query.Get("sprint"); text != "" {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return frame.NewProblem(
				http.StatusBadRequest,
				"bad_number",
				"A sprint is named by its number in Jira.",
				"sprint=%q is not the id of a sprint",
				text,
			)
		}
		q.Sprint = id
	}
	if text := query.Get("remaining"); text != "" {
		remaining, err := asked.ReadAmount("remaining", text, 0, asked.MostAmount)
		if err != nil {
			return err
		}
		q.Remaining = &remaining
	}
	return nil
}

// knowsEpics refuses to leave out what is no epic: of the quarter that is asked for, else of the team. It would be
// answered as if nothing had been left out.
func knowsEpics(team *measure.Team, q *outlook.Question, at time.Time) error {
	if len(q.Without) == 0 {
		return nil
	}
	var epics []string
	of := "the team"
	if q.Quarter != nil {
		of = q.Quarter.String()
		for _, epic := range team.Quarter(*q.Quarter, at).Epics {
			epics = append(epics, epic.Key)
		}
	}
	for _, key := range q.Without {
		known := slices.Contains(epics, key)
		if q.Quarter == nil {
			issue, ok := team.Lookup(key)
			known = ok && team.Index.Level(issue.Type.At(at)) > 0
		}
		if !known {
			return frame.NewProblem(http.StatusBadRequest, "unknown_epic",
				"Name epics of "+of+", separated by commas: "+format.OrElse(strings.Join(epics, ", "), "their keys")+
					".",
				"without=%q is no epic of %s", key, of)
		}
	}
	return nil
}

// readWhatIf reads what is to be otherwise than it is.
func readWhatIf(r *http.Request, team *measure.Team, q *outlook.Question, at time.Time) (err error) {
	query := r.URL.Query()
	switch unit := query.Get("unit"); unit {
	case "", string(team.Unit()):
	case string(agile.Issues):
		q.Issues = true
	default:
		return frame.NewProblem(
			http.StatusBadRequest,
			"bad_unit",
			"Write unit=issues, or leave it out.",
			"team %s does not estimate in %q",
			team.History().Team.Name,
			unit,
		)
	}
	change, err := asked.ReadWhatIf(r)
	if err != nil {
		return err
	}
	q.Scope, q.Pace, q.Without, q.Deadline = change.Scope, change.Pace, change.Without, change.Deadline
	if err := knowsEpics(team, q, at); err != nil {
		return err
	}
	since, named, err := asked.ReadMoment(r, "since")
	if err == nil && named {
		// a day that is not over ends at the moment asked
		q.Since = calendar.EarlierOf(since.Last(team.History().Team.Calendar.Zone), at)
	}
	if err == nil && named && since.First(team.History().Team.Calendar.Zone).After(at) {
		return frame.NewProblem(http.StatusBadRequest, "bad_span", "Ask what moved since an earlier moment.",
			"since is after the moment asked, %s", at.UTC().Format(time.RFC3339Nano))
	}
	return err
}
