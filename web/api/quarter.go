package api

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"jerem/measure"
	"jerem/measure/explain"
	"jerem/measure/words"
	"jerem/web/frame"
	"jerem/web/frame/asked"
)

// Quarters answers with the quarters that an epic of a team belongs to.
func (s *Answers) Quarters(r *http.Request) (any, error) {
	team, at, err := s.Teams.Asked(r)
	if err != nil {
		return nil, err
	}
	return team.Quarters(at), nil
}

// Quarter answers with the figures of a quarter.
func (s *Answers) Quarter(r *http.Request) (any, error) {
	team, at, err := s.Teams.Asked(r)
	if err != nil {
		return nil, err
	}
	name, err := asked.QuarterOf(r.PathValue("quarter"))
	if err != nil {
		return nil, err
	}
	q, err := knownQuarter(team, name, at)
	if err != nil {
		return nil, err
	}
	answer := explainQuarter(team, q, frame.AskedAt(r.URL.RawQuery))
	with, named, err := asked.ComparedMoment(r, team)
	if err != nil || !named {
		return answer, err
	}
	other := team.Quarter(name, with)
	before := explainQuarter(team, other, r.URL.Query().Get("with"))
	answer.With = &before
	answer.Changed = changedFigures(explain.Quarter(team, other), explain.Quarter(team, q))
	return answer, nil
}

// knownQuarter computes a quarter that some epic belongs to, or that the moment lies in; of any other
// nothing is known.
func knownQuarter(team *measure.Team, name measure.QuarterName, at time.Time) (*measure.Quarter, error) {
	q, list := team.Quarter(name, at), team.Quarters(at)
	if len(q.Epics) > 0 || name == team.QuarterAt(at) ||
		slices.ContainsFunc(list, func(h measure.QuarterHead) bool { return h.Quarter == q.Quarter }) {
		return q, nil
	}
	hint := "An epic belongs to a quarter while it " + words.OfQuarters(team.History().Team.Quarter).While + ". " +
		"No epic of the team carries one at that moment."
	if len(list) > 0 {
		var names []string
		for _, h := range list {
			names = append(names, h.Quarter)
		}
		hint = "The team has epics in " + strings.Join(names, ", ") + " at that moment."
	}
	return nil, frame.NewProblem(
		http.StatusNotFound,
		"unknown_quarter",
		hint,
		"no epic of the team belongs to %s",
		q.Quarter,
	)
}
