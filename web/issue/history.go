package issue

import (
	"net/http"
	"time"

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
	for i, l := range page.Worklogs {
		rows = append(rows, []string{"Time logged", page.workedAt[i].UTC().Format(time.RFC3339Nano), l.What})
	}
	return frame.Table("history-"+page.Key, rows), nil
}

// TimelineSVG is the timeline of an issue as a file of its own.
func (s *Pages) TimelineSVG(r *http.Request) (frame.View, error) {
	v, err := s.Page(r)
	if err != nil {
		return frame.View{}, err
	}
	return frame.Drawing(v.Body.(page).Timeline)
}
