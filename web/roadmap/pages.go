package roadmap

import (
	"embed"
	"net/http"

	"jerem/web/frame"
	"jerem/web/source"
)

//go:embed *.html
var files embed.FS

// Pages are the pages and files of a team's quarter.
type Pages struct{ Teams *source.Teams }

// quarterCharts are the drawings of a roadmap, by the names of their files.
var quarterCharts = map[string]func(*page) *frame.Figure{
	"burnup": func(p *page) *frame.Figure { return p.Burnup },
	"weekly": func(p *page) *frame.Figure { return p.Weekly },
	"told":   func(p *page) *frame.Figure { return p.Told.Figure },
}

// Chart describes a drawing of a roadmap, as a file.
func (s *Pages) Chart(name string) frame.Describe {
	pick := quarterCharts[name]
	return func(r *http.Request) (frame.View, error) {
		team, name, at, err := s.quarterAsked(r)
		if err != nil {
			return frame.View{}, err
		}
		p, err := s.roadmapOf(r, team, name, at)
		if err != nil {
			return frame.View{}, err
		}
		return frame.Drawing(pick(p))
	}
}
