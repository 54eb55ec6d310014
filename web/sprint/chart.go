package sprint

import (
	"net/http"

	"jerem/web/frame"
)

// sprintCharts are the drawings of a sprint's page, by the names of their files.
var sprintCharts = map[string]func(*page) *frame.Figure{
	"burndown":    func(m *page) *frame.Figure { return m.Burndown },
	"impediments": func(m *page) *frame.Figure { return m.Daily },
	"velocity":    func(m *page) *frame.Figure { return m.Velocity },
}

// Chart describes a drawing of a sprint's page, as a file.
func (s *Pages) Chart(name string) frame.Describe {
	pick := sprintCharts[name]
	return func(r *http.Request) (frame.View, error) {
		v, err := s.Page(r)
		if err != nil {
			return frame.View{}, err
		}
		m := v.Body.(page)
		return frame.Drawing(pick(&m))
	}
}
