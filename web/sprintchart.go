package web

import "net/http"

// sprintCharts are the drawings of a sprint's page, by the names of their files.
var sprintCharts = map[string]func(*micro) *drawn{
	"burndown":    func(m *micro) *drawn { return m.Burndown },
	"impediments": func(m *micro) *drawn { return m.Daily },
	"velocity":    func(m *micro) *drawn { return m.Velocity },
}

// chart describes a drawing of a sprint's page, as a file.
func (s *sprintPages) chart(name string) describe {
	pick := sprintCharts[name]
	return func(r *http.Request) (view, error) {
		v, err := s.microPage(r)
		if err != nil {
			return view{}, err
		}
		m := v.Body.(micro)
		return alone(pick(&m))
	}
}
