package sprint

import (
	"fmt"
	"net/http"
	"time"

	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/source"
)

// LedgerCSV is the ledger of a sprint as a table for other programs: times in UTC, estimates in the
// team's unit.
func (s *Pages) LedgerCSV(r *http.Request) (frame.View, error) {
	team, err := s.Teams.Team(r.Context(), r.PathValue("team"))
	if err != nil {
		return frame.View{}, err
	}
	at, err := frame.KnownMoment(r, team)
	if err != nil {
		return frame.View{}, err
	}
	sp, err := source.SprintOf(team, r.PathValue("id"), at)
	if err != nil {
		return frame.View{}, err
	}
	if sp.Ledger == nil {
		return frame.View{}, frame.NewProblem(http.StatusNotFound, "not_started",
			"A ledger begins when the sprint starts.",
			"sprint %s has not started", sp.Name)
	}
	rows := func(yield func([]string) bool) {
		if !yield([]string{"time", "issue", "kind", "delta", "remaining", "unit"}) {
			return
		}
		for _, e := range sp.Ledger.Entries {
			if !yield([]string{e.Time.Format(time.RFC3339Nano), e.Issue, string(e.Kind), format.PlainNumber(e.Delta),
				format.PlainNumber(e.Remaining), string(sp.Unit)}) {
				return
			}
		}
	}
	return frame.View{Rows: rows, FileName: fmt.Sprintf("ledger-%d.csv", sp.ID)}, nil
}
