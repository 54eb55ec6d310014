package issue

import (
	"net/http"
	"time"

	"jerem/web/format"
	"jerem/web/frame"
)

// HistoryCSV is what every figure of an issue was made from, for other programs: each field with its values and since
// when, and the time logged on it.
func (s *Pages) HistoryCSV(r *http.Request) (frame.View, error) {
	v, err := s.Page(r)
	if err != nil {
		return frame.View{}, err
	}
	page, ok := v.Body.(page)
	if !ok {
		return frame.View{}, frame.NewProblem(http.StatusNotFound, "unknown_issue", "The team's page lists its issues.",
			"there is no issue %q", r.PathValue("key"))
	}
	rows := [][]string{{"field", "since", "value"}}
	for _, f := range page.Fields {
		for _, step := range f.Steps {
			rows = append(rows, []string{f.Name, step.at.UTC().Format(time.RFC3339Nano), step.Value})
		}
	}
	for _, l := range page.Worklogs {
		rows = append(rows, []string{"Time logged", l.entry.Started.UTC().Format(time.RFC3339Nano), l.What})
	}
	return frame.Table("history-"+page.Key, rows), nil
}

// CountsCSV is which figures an issue counts in and with how much, for other programs, in the units of the API.
func (s *Pages) CountsCSV(r *http.Request) (frame.View, error) {
	v, err := s.Page(r)
	if err != nil {
		return frame.View{}, err
	}
	rows := [][]string{{"of", "figure", "part", "whole", "unit"}}
	for _, line := range v.Body.(page).Counts {
		rows = append(rows, []string{line.Of, line.name, format.PlainNumber(line.part), format.Cell(line.whole),
			line.unit})
	}
	return frame.Table("counts-"+r.PathValue("key"), rows), nil
}

// TimelineSVG is the timeline of an issue as a file of its own.
func (s *Pages) TimelineSVG(r *http.Request) (frame.View, error) {
	v, err := s.Page(r)
	if err != nil {
		return frame.View{}, err
	}
	return frame.Drawing(v.Body.(page).Timeline)
}
