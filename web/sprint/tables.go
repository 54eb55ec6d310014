package sprint

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"jerem/measure"
	"jerem/measure/explain/onpage"
	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/beside"
	"jerem/web/frame/waterfall"
	"jerem/web/source"
	"jerem/web/sprint/days"
)

// IssuesCSV is the table of a sprint's issues for other programs, estimates in the team's unit, empty for none.
func (s *Pages) IssuesCSV(r *http.Request) (frame.View, error) {
	_, sp, _, err := s.Teams.SprintAsked(r)
	if err != nil {
		return frame.View{}, err
	}
	rows := [][]string{{"issue", "summary", "state", "estimate", "committed", "completed"}}
	for _, i := range sp.Issues {
		rows = append(rows, []string{i.Key, i.Summary, string(i.State), format.Cell(i.Estimate),
			fmt.Sprint(i.Committed),
			fmt.Sprint(i.Completed)})
	}
	return frame.Table(fmt.Sprintf("issues-%d", sp.ID), frame.WithUnit(string(sp.Unit), rows)), nil
}

// ImpedimentsCSV is the table of a sprint's impediments for other programs, times in seconds; of several natures they
// are separated by commas. Without a sprint in the address it is of the last four weeks.
func (s *Pages) ImpedimentsCSV(r *http.Request) (frame.View, error) {
	i, name, err := s.impedimentsAsked(r)
	if err != nil {
		return frame.View{}, err
	}
	rows := [][]string{{"issue", "summary", "natures", "state", "seconds"}}
	if i != nil {
		for _, t := range i.Issues {
			rows = append(rows, []string{t.Key, t.Summary, strings.Join(t.Natures, ", "), string(t.State),
				secondsCell(i, t.Seconds)})
		}
	}
	return frame.Table("impediments-"+name, rows), nil
}

// NaturesCSV is the table of why impediments came, for other programs, of a sprint or of the last four weeks.
func (s *Pages) NaturesCSV(r *http.Request) (frame.View, error) {
	i, name, err := s.impedimentsAsked(r)
	if err != nil {
		return frame.View{}, err
	}
	rows := [][]string{{"nature", "count", "seconds"}}
	if i != nil {
		for _, n := range i.ByNature {
			rows = append(rows, []string{n.Nature, fmt.Sprint(n.Count), secondsCell(i, n.Seconds)})
		}
	}
	return frame.Table("natures-"+name, rows), nil
}

// impedimentsAsked are the impediments of the sprint that an address names, else of the last four weeks of its team,
// and what their file is called by; nil for a sprint that has not begun.
func (s *Pages) impedimentsAsked(r *http.Request) (*measure.Impediments, string, error) {
	if r.PathValue("id") == "" {
		team, at, err := s.Teams.Asked(r)
		if err != nil {
			return nil, "", err
		}
		return measure.RecentUnexpected(team, at).Impediments, "four-weeks", nil
	}
	_, sp, _, err := s.Teams.SprintAsked(r)
	if err != nil {
		return nil, "", err
	}
	return sp.Impediments, fmt.Sprint(sp.ID), nil
}

// SprintsCSV is the table of the sprints closed before one, for other programs: all of them, the last first.
func (s *Pages) SprintsCSV(r *http.Request) (frame.View, error) {
	team, sp, at, err := s.Teams.SprintAsked(r)
	if err != nil {
		return frame.View{}, err
	}
	rows := [][]string{{"id", "sprint", "start", "complete", "commitment", "completed", "kept",
		"completed_of_commitment",
		"impediment_seconds"}}
	for _, one := range onpage.ClosedBefore(team, sp, at, -1) {
		rows = append(rows, []string{fmt.Sprint(one.ID), one.Name, one.Start.Format(time.RFC3339),
			one.Complete.Format(time.RFC3339), format.PlainNumber(one.Ledger.Commitment),
			format.Cell(one.Completed), format.Cell(one.Kept), format.Cell(one.Completion.OfCommitment),
			format.LoggedCell(one.Impediments)})
	}
	return frame.Table(fmt.Sprintf("sprints-before-%d", sp.ID), frame.WithUnit(string(sp.Unit), rows)), nil
}

// DaysCSV is the day-by-day table of a sprint for other programs, amounts in the team's unit, times in seconds.
func (s *Pages) DaysCSV(r *http.Request) (frame.View, error) {
	team, sp, at, err := s.Teams.SprintAsked(r)
	if err != nil {
		return frame.View{}, err
	}
	rows := [][]string{{"date", "working", "scope", "completed", "reopened", "remaining", "ideal",
		"impediment_seconds"}}
	if sp.Ledger != nil {
		for _, d := range days.DayByDay(team, sp, days.NewAxis(team, sp, at), at) {
			rows = append(rows, []string{d.Date.String(), fmt.Sprint(!d.Off), format.PlainNumber(d.Scope),
				format.PlainNumber(d.Completed), format.PlainNumber(d.Reopened), format.PlainNumber(d.Remaining),
				format.Cell(d.Ideal), format.Cell(d.Seconds)})
		}
	}
	return frame.Table(fmt.Sprintf("days-%d", sp.ID), frame.WithUnit(string(sp.Unit), rows)), nil
}

// ReconciliationCSV is what joins the ledger's completed with what is done in a sprint, for other programs: a line for
// each issue of a row, and one for a row without issues.
func (s *Pages) ReconciliationCSV(r *http.Request) (frame.View, error) {
	_, sp, _, err := s.Teams.SprintAsked(r)
	if err != nil {
		return frame.View{}, err
	}
	rows := [][]string{{"what", "estimate", "issue", "from", "to"}}
	for _, row := range sp.Reconciliation {
		sum := format.PlainNumber(row.Estimate)
		if len(row.Issues) == 0 {
			rows = append(rows, []string{row.What, sum, "", "", ""})
		}
		for _, i := range row.Issues {
			rows = append(rows, []string{row.What, sum, i.Issue, format.Cell(i.From), format.Cell(i.To)})
		}
	}
	return frame.Table(fmt.Sprintf("reconciliation-%d", sp.ID), frame.WithUnit(string(sp.Unit), rows)), nil
}

// Compared is a table of a sprint at two moments as a file: the figures that differ, or what happened between.
func (s *Pages) Compared(file string) frame.Describe {
	return func(r *http.Request) (frame.View, error) {
		v, err := s.Page(r)
		if err != nil {
			return frame.View{}, err
		}
		return beside.File(v.Body.(page).Comparison, file, r.PathValue("id"))
	}
}

// PriceCSV is what the unexpected costs of the likely end of a sprint, for other programs, in working days.
func (s *Pages) PriceCSV(r *http.Request) (frame.View, error) {
	team, sp, at, err := s.Teams.SprintAsked(r)
	if err != nil {
		return frame.View{}, err
	}
	f, err := outlook.Ask(team, outlook.Question{Sprint: sp.ID}, at)
	if err != nil {
		return frame.View{}, err
	}
	return frame.Table(fmt.Sprintf("price-%d", sp.ID), waterfall.PriceTable(f)), nil
}

// secondsCell writes a time of one of the impediments; nothing where time logged was not read.
func secondsCell(i *measure.Impediments, seconds int64) string {
	if i.TimeUnknown {
		return ""
	}
	return fmt.Sprint(seconds)
}

// LedgerCSV is the ledger of a sprint as a table for other programs: times in UTC, estimates in the
// team's unit.
func (s *Pages) LedgerCSV(r *http.Request) (frame.View, error) {
	team, at, err := s.Teams.Asked(r)
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
			"sprint %s %s", sp.Name, sp.WhyNotCounted())
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

// CalloutsCSV is the table of a sprint's call-outs by alert rule, for other programs, times in seconds; of a team for
// which nobody is on call it is empty.
func (s *Pages) CalloutsCSV(r *http.Request) (frame.View, error) {
	_, sp, _, err := s.Teams.SprintAsked(r)
	if err != nil {
		return frame.View{}, err
	}
	rows := [][]string{{"rule", "callouts", "nights", "counted_seconds", "rest_seconds"}}
	if sp.OnCall != nil {
		for _, one := range sp.OnCall.ByRule {
			rows = append(rows, []string{one.Rule, fmt.Sprint(one.Callouts), format.Cell(one.Nights),
				fmt.Sprint(one.CountedSeconds), format.Cell(one.RestSeconds)})
		}
	}
	return frame.Table(fmt.Sprintf("callouts-%d", sp.ID), rows), nil
}
