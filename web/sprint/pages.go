package sprint

import (
	"embed"
	"net/http"
	"time"

	"jerem/measure"
	"jerem/web/frame"
	"jerem/web/source"
)

//go:embed *.html
var files embed.FS

// Pages are the pages and files of a team's sprint.
type Pages struct {
	Teams *source.Teams
	// Flow shows how work moves through a team that has no sprints, as of a moment; asked is the moment as it was
	// written in the address.
	Flow func(team *measure.Team, at time.Time, asked string) (frame.Part, error)
}

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
