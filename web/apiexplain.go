package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"jerem/measure"
	"jerem/measure/grade"
	"jerem/web/explain"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/source"
)

// explainedSprint is a sprint with the addresses of its figures' explanations.
type explainedSprint struct {
	*measure.Sprint
	Explain map[string]string `json:"explain"`
}

// explainedQuarter is a quarter with the addresses of its figures' explanations.
type explainedQuarter struct {
	*measure.Quarter
	Explain map[string]string `json:"explain"`
}

// figureOf names a figure of the API, and the explanation that the pages open for it.
type figureOf struct{ name, id string }

var quarterFigures = []figureOf{{"progression", "progression"}, {"remaining", "remaining"}, {"growth", "growth"}, {"velocity", "velocity"},
	{"working_days_left", "left"}, {"days_to_complete", "days"}, {"slack_days", "slack"}, {"average_completion", "average"}}

// sprintFigures lists what can be explained of a sprint: nothing before its start.
func sprintFigures(sp *measure.Sprint) []figureOf {
	if sp.Ledger == nil {
		return nil
	}
	list := []figureOf{{"remaining", "remaining"}, {"commitment", "commitment"}, {"completed", "completed"}, {"scope", "scope"}, {"kept", "kept"},
		{"impediments", "impediments"}, {"unplanned", "unplanned"}}
	if sp.Unestimated != nil {
		list = append(list, figureOf{"unestimated", "unestimated"})
	}
	return list
}

// explainAddresses names the address of each figure's explanation.
func explainAddresses(team *measure.Team, figures []figureOf, of, at string) map[string]string {
	out := map[string]string{}
	for _, f := range figures {
		out[f.name] = "/api/v1/explain?figure=" + f.name + "&team=" + url.QueryEscape(team.History().Team.Name) + "&" + of
		if at != "" {
			out[f.name] += "&at=" + url.QueryEscape(at)
		}
	}
	return out
}

// explainAnswer is an explanation for programs: numbers as the API writes them.
type explainAnswer struct {
	Figure  string         `json:"figure"`
	Value   *float64       `json:"value"`
	Unit    string         `json:"unit"`
	At      time.Time      `json:"at"`
	Formula explainFormula `json:"formula"`
	Inputs  []explainInput `json:"inputs"`
	Notes   []string       `json:"notes"`
	JQL     *string        `json:"jql"`
	Quality grade.Quality  `json:"quality"`
}

type explainFormula struct {
	Words   string `json:"words"`
	Numbers string `json:"numbers"` // as people read them: hours where estimates are time
}

type explainInput struct {
	Time  *time.Time `json:"time"`
	Issue string     `json:"issue"` // or the sprint's name
	What  string     `json:"what"`
	Value *float64   `json:"value"`
}

// apiExplain opens a figure of a sprint or a quarter; without either, of the present quarter.
func (s *Server) apiExplain(r *http.Request) (any, error) {
	ask := r.URL.Query()
	team, err := s.teams.Team(r.Context(), ask.Get("team"))
	if err != nil {
		return nil, err
	}
	at, err := frame.KnownMoment(r, team)
	if err != nil {
		return nil, err
	}
	if ask.Get("sprint") != "" && ask.Get("quarter") != "" {
		return nil, frame.NewProblem(http.StatusBadRequest, "bad_figure", "Name the sprint or the quarter, not both.", "sprint and quarter are both named")
	}
	if id := ask.Get("sprint"); id != "" {
		return s.explainSprintFigure(team, id, ask.Get("figure"), at)
	}
	name := team.QuarterAt(at)
	if text := ask.Get("quarter"); text != "" {
		if name, err = frame.QuarterOf(text); err != nil {
			return nil, err
		}
	}
	q, err := knownQuarter(team, name, at)
	if err != nil {
		return nil, err
	}
	list := explain.Quarter(team, q, format.WordsOf(team), s.teams.Jira)
	value, unit := quarterValue(q, ask.Get("figure"))
	return answerOf(list, quarterFigures, ask.Get("figure"), explainAnswer{Value: value, Unit: unit, At: q.At})
}

func (s *Server) explainSprintFigure(team *measure.Team, id, figure string, at time.Time) (any, error) {
	sp, err := source.SprintOf(team, id, at)
	if err != nil {
		return nil, err
	}
	var list []frame.Explanation
	if sp.Ledger != nil {
		list = explain.Sprint(sp, format.WordsOf(team), s.teams.Jira)
	}
	value, unit := sprintValue(sp, figure)
	return answerOf(list, sprintFigures(sp), figure, explainAnswer{Value: value, Unit: unit, At: sp.At})
}

// answerOf finds the explanation of a figure and writes it for programs.
func answerOf(list []frame.Explanation, figures []figureOf, figure string, a explainAnswer) (any, error) {
	f := slices.IndexFunc(figures, func(f figureOf) bool { return f.name == figure })
	if f < 0 {
		var names []string
		for _, f := range figures {
			names = append(names, f.name)
		}
		return nil, frame.NewProblem(http.StatusNotFound, "unknown_figure", "The figures that can be explained here are: "+format.OrElse(strings.Join(names, ", "), "none, before the start")+".", "there is no figure %q here", figure)
	}
	i := slices.IndexFunc(list, func(e frame.Explanation) bool { return e.ID == figures[f].id })
	if i < 0 {
		return nil, fmt.Errorf("figure %s has no explanation", figure)
	}
	e := list[i]
	a.Quality = e.Quality
	a.Figure, a.Formula, a.Inputs, a.Notes = figure, explainFormula(e.Formula), []explainInput{}, append([]string{}, e.Notes...)
	for _, row := range e.Rows {
		a.Inputs = append(a.Inputs, explainInput{row.At, row.Key, row.What, row.Number})
	}
	if len(e.Keys) > 0 {
		jql := "key in (" + strings.Join(e.Keys, ", ") + ")"
		a.JQL = &jql
	}
	return a, nil
}

func whole[T int | int64](x *T) *float64 {
	if x == nil {
		return nil
	}
	return frame.Number(float64(*x))
}

// quarterValue returns a figure of a quarter as its own answer has it, and what it is counted in.
func quarterValue(q *measure.Quarter, figure string) (*float64, string) {
	unit := string(q.Unit)
	switch figure {
	case "progression":
		return q.Progression, "share"
	case "remaining":
		return &q.Remaining, unit
	case "growth":
		return q.Growth, "share"
	case "velocity":
		if q.Velocity == nil {
			return nil, unit + " a working day"
		}
		return &q.Velocity.Median, unit + " a working day"
	case "working_days_left":
		return whole(&q.WorkingDaysLeft), "working days"
	case "days_to_complete":
		return whole(q.DaysToComplete), "working days"
	case "slack_days":
		return whole(q.SlackDays), "working days"
	}
	return q.AverageCompletion, "share"
}

// sprintValue returns a figure of a sprint as its own answer has it, and what it is counted in.
func sprintValue(sp *measure.Sprint, figure string) (*float64, string) {
	unit := string(sp.Unit)
	if sp.Ledger == nil {
		return nil, unit
	}
	switch figure {
	case "remaining":
		return &sp.Ledger.Remaining, unit
	case "commitment":
		return &sp.Ledger.Commitment, unit
	case "completed":
		return sp.Completed, unit
	case "scope":
		return sp.Scope, unit
	case "kept":
		return sp.Kept, unit
	case "impediments":
		if sp.Impediments.TimeUnknown {
			return nil, "seconds"
		}
		return whole(&sp.Impediments.Seconds), "seconds"
	case "unplanned":
		return sp.Impediments.Unplanned, "share"
	}
	return whole(sp.Unestimated), "issues"
}
