package web

import (
	"fmt"
	"net/http"
	"time"
)

// ledgerCSV is the ledger of a sprint as a table for other programs: times in UTC, estimates in the
// team's unit.
func (s *sprintPages) ledgerCSV(r *http.Request) (view, error) {
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
