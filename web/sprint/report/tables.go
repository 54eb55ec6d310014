package report

import (
	"fmt"
	"net/http"
	"strings"

	"jerem/measure/issuehistory"
	"jerem/measure/sprintreport"
	"jerem/web/format"
	"jerem/web/frame"
)

// ListsCSV is what was in a sprint as Jira's own report lists it, for other programs: estimates in the team's unit
// when an issue came in and at last, empty for none.
func (s *Pages) ListsCSV(r *http.Request) (frame.View, error) {
	team, sp, at, err := s.Teams.SprintAsked(r)
	if err != nil {
		return frame.View{}, err
	}
	d, err := sprintreport.Compare(team, sp.ID, at)
	if err != nil {
		return frame.View{}, err
	}
	rows := [][]string{{"list", "issue", "parent", "summary", "impediment", "initial", "final"}}
	if d != nil {
		impediments, lists := impedimentKeys(sp), reportRows(d)
		for _, one := range reportLists {
			for _, row := range lists[one.list] {
				rows = append(rows, []string{one.list, row.Issue, parentOf(team, row.Issue, at),
					issuehistory.SummaryOf(team, row.Issue, at),
					fmt.Sprint(impediments[row.Issue]), format.Cell(row.Initial), format.Cell(row.Final)})
			}
		}
	}
	return frame.Table(fmt.Sprintf("report-%d", sp.ID), frame.WithUnit(string(sp.Unit), rows)), nil
}

// DifferencesCSV is the table of differences for other programs, estimates in the team's unit.
func (s *Pages) DifferencesCSV(r *http.Request) (frame.View, error) {
	team, sp, at, err := s.Teams.SprintAsked(r)
	if err != nil {
		return frame.View{}, err
	}
	d, err := sprintreport.Compare(team, sp.ID, at)
	if err != nil {
		return frame.View{}, err
	}
	rows := [][]string{{"issue", "here", "report", "estimate", "why"}}
	if d != nil {
		for _, one := range d.Differences {
			var here []string
			for _, kind := range one.Here {
				here = append(here, string(kind))
			}
			rows = append(rows, []string{one.Issue, strings.Join(here, ", "), format.Cell(one.Report),
				format.PlainNumber(one.Estimate), one.Why})
		}
	}
	return frame.Table(fmt.Sprintf("differences-%d", sp.ID), frame.WithUnit(string(sp.Unit), rows)), nil
}
