package web

import (
	"net/http"
	"time"
)

// historyCSV is what every figure of an issue was made from, for other programs: each field with its values and since
// when, and the time logged on it.
func (s *issuePages) historyCSV(r *http.Request) (view, error) {
	v, err := s.issuePage(r)
	if err != nil {
		return view{}, err
	}
	page, ok := v.Body.(issueView)
	if !ok {
		return view{}, problem(http.StatusNotFound, "unknown_issue", "The team's page lists its issues.", "there is no issue %q", r.PathValue("key"))
	}
	rows := [][]string{{"field", "since", "value"}}
	for _, f := range page.Fields {
		for _, step := range f.Steps {
			rows = append(rows, []string{f.Name, step.at.UTC().Format(time.RFC3339Nano), step.Value})
		}
	}
	for i, l := range page.Worklogs {
		rows = append(rows, []string{"Time logged", page.worked[i].UTC().Format(time.RFC3339Nano), l.What})
	}
	return csvView("history-"+page.Key, rows), nil
}
