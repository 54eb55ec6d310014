package web

import (
	"fmt"
	"jerem/measure"
	"net/http"
)

// quarterAsked finds the quarter that an address names.
func (s *roadmapPages) quarterAsked(r *http.Request) (*measure.Quarter, error) {
	team, err := s.teams.team(r.Context(), r.PathValue("team"))
	if err != nil {
		return nil, err
	}
	at, err := knownMoment(r, team)
	if err != nil {
		return nil, err
	}
	name, err := quarterOf(r.PathValue("quarter"))
	if err != nil {
		return nil, err
	}
	return team.Quarter(name, at), nil
}

// epicsCSV is the table of epics for other programs, estimates in the team's unit.
func (s *roadmapPages) epicsCSV(r *http.Request) (view, error) {
	q, err := s.quarterAsked(r)
	if err != nil {
		return view{}, err
	}
	team, err := s.teams.team(r.Context(), r.PathValue("team"))
	if err != nil {
		return view{}, err
	}
	rows := [][]string{{"key", "summary", "initiative", "total", "done", "doing", "todo", "unestimated", "dependency", "progression", "carried_over", "p50", "p85", "odds"}}
	for _, e := range q.Epics {
		row := []string{e.Key, e.Summary, "", number(e.Total), number(e.Done), number(e.Doing), number(e.ToDo), "", fmt.Sprint(e.Dependency), "", fmt.Sprint(e.CarriedOver)}
		if e.Initiative != nil {
			row[2] = *e.Initiative
		}
		if e.Unestimated != nil {
			row[7] = fmt.Sprint(*e.Unestimated)
		}
		if e.Progression != nil {
			row[9] = number(*e.Progression)
		}
		rows = append(rows, append(row, epicCells(team, q, e.Key)...))
	}
	return csvView("epics-"+q.Quarter, rows), nil
}

// epicCells are the likely dates and the odds of an epic; empty for a quarter that is over.
func epicCells(team *measure.Team, q *measure.Quarter, key string) []string {
	out := make([]string, 3)
	name, _ := measure.ParseQuarter(q.Quarter)
	if _, last := team.Dates(name); over(team, last, q.At) {
		return out
	}
	if f, err := team.Likely(measure.ForecastQuestion{Epic: key}, q.At); err == nil {
		out = []string{cell(f.Dates.P50), cell(f.Dates.P85), cell(f.Odds)}
	}
	return out
}

// weeklyCSV is the table of weeks for other programs.
func (s *roadmapPages) weeklyCSV(r *http.Request) (view, error) {
	q, err := s.quarterAsked(r)
	if err != nil {
		return view{}, err
	}
	rows := [][]string{{"week", "total", "done"}}
	for _, w := range q.Weekly {
		rows = append(rows, []string{w.Week, number(w.Total), number(w.Done)})
	}
	return csvView("weekly-"+q.Quarter, rows), nil
}
