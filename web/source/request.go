package source

import (
	"net/http"
	"strconv"
	"time"

	"jerem/measure"
	"jerem/web/frame"
	"jerem/web/frame/asked"
)

// Asked returns the team and the moment that a request names.
func (s *Teams) Asked(r *http.Request) (*measure.Team, time.Time, error) {
	team, err := s.Team(r.Context(), r.PathValue("team"))
	if err != nil {
		return nil, time.Time{}, err
	}
	at, err := asked.KnownMoment(r, team)
	return team, at, err
}

// PageAsked returns the team and the moment of a page, whose moment may lie before anything is known of the team.
func PageAsked(s *Teams, r *http.Request) (*measure.Team, time.Time, error) {
	team, err := s.Team(r.Context(), r.PathValue("team"))
	if err != nil {
		return nil, time.Time{}, err
	}
	at, err := asked.MomentAt(r, team)
	return team, at, err
}

// SprintAsked finds the sprint that an address names, with its team, as of the moment that is asked for, by the name
// that tells it from the team's others.
func (s *Teams) SprintAsked(r *http.Request) (*measure.Team, *measure.Sprint, time.Time, error) {
	team, at, err := s.Asked(r)
	if err != nil {
		return nil, nil, time.Time{}, err
	}
	sp, err := SprintOf(team, r.PathValue("id"), at)
	if err == nil {
		sp.Name = measure.DistinctNames(team.Sprints(at))[sp.ID]
	}
	return team, sp, at, err
}

// SprintOf computes the sprint that an id names.
func SprintOf(team *measure.Team, text string, at time.Time) (*measure.Sprint, error) {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil, frame.NewProblem(http.StatusNotFound, "unknown_sprint", "A sprint is named by its number in Jira.",
			"%q is not the id of a sprint", text)
	}
	sprint, err := team.Sprint(id, at)
	if err != nil {
		return nil, frame.NewProblem(http.StatusNotFound, "unknown_sprint", "The team's list of sprints has their ids.",
			"%v",
			err)
	}
	return sprint, nil
}
