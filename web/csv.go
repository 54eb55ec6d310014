package web

import (
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"

	"jerem/measure"
	"jerem/series"
)

// ledgerCSV is the ledger of a sprint as a table for other programs: times in UTC, estimates in the
// team's unit.
func (s *Server) ledgerCSV(r *http.Request) (view, error) {
	team, err := s.teams.team(r.Context(), r.PathValue("team"))
	if err != nil {
		return view{}, err
	}
	at, err := knownMoment(r, team)
	if err != nil {
		return view{}, err
	}
	sp, err := sprintOf(team, r.PathValue("id"), at)
	if err != nil {
		return view{}, err
	}
	if sp.Ledger == nil {
		return view{}, problem(http.StatusNotFound, "not_started", "A ledger begins when the sprint starts.", "sprint %s has not started", sp.Name)
	}
	rows := func(yield func([]string) bool) {
		if !yield([]string{"time", "issue", "kind", "delta", "remaining"}) {
			return
		}
		for _, e := range sp.Ledger.Entries {
			if !yield([]string{e.Time.Format(time.RFC3339Nano), e.Issue, string(e.Kind), number(e.Delta), number(e.Remaining)}) {
				return
			}
		}
	}
	return view{rows: rows, file: fmt.Sprintf("ledger-%d.csv", sp.ID)}, nil
}

// quarterAsked finds the quarter that an address names.
func (s *Server) quarterAsked(r *http.Request) (*measure.Quarter, error) {
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
func (s *Server) epicsCSV(r *http.Request) (view, error) {
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
func (s *Server) weeklyCSV(r *http.Request) (view, error) {
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

// number writes a figure for other programs: never with an exponent, which spreadsheets take for text.
func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// csvView is a table of rows, the first of which is its head.
func csvView(name string, rows [][]string) view {
	return view{rows: slices.Values(rows), file: name + ".csv"}
}

// writeTable sends a table row by row. A cell that a spreadsheet would take for a formula is quoted away.
func writeTable(w http.ResponseWriter, v view) {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("Content-Disposition", `attachment; filename="`+fileName(v.file)+`"`)
	_ = streamed(w, 0, func(to io.Writer) error { // an answer that is kept takes everything
		out := csv.NewWriter(to)
		for row := range v.rows {
			safe := make([]string, len(row))
			for i, cell := range row {
				safe[i] = series.SafeCell(cell)
			}
			if err := out.Write(safe); err != nil {
				return err
			}
		}
		out.Flush()
		return out.Error()
	})
}
