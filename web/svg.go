package web

import (
	"net/http"
	"strings"

	"jerem/chart"
	"jerem/measure"
	"jerem/ui"
)

// definitions are the marks and patterns that charts use, as pages define them.
var definitions = func() string {
	var b strings.Builder
	if err := templates["problem"].ExecuteTemplate(&b, "defs", nil); err != nil {
		panic(err) // a template of our own
	}
	return b.String()
}()

// sprintChart makes a handler of one drawing of a sprint's page, as a file.
func (s *Server) sprintChart(pick func(*micro) *drawn) http.Handler {
	return s.page(func(r *http.Request) (view, error) {
		v, err := s.microPage(r)
		if err != nil {
			return view{}, err
		}
		m := v.Body.(micro)
		return alone(pick(&m))
	}, readsMoment)
}

// quarterChart makes a handler of one drawing of a roadmap, as a file.
func (s *Server) quarterChart(pick func(*roadmap) *drawn) http.Handler {
	return s.page(func(r *http.Request) (view, error) {
		team, err := s.teams.team(r.Context(), r.PathValue("team"))
		if err != nil {
			return view{}, err
		}
		at, err := knownMoment(r, team)
		if err != nil {
			return view{}, err
		}
		name, err := quarterOf(r.PathValue("quarter"))
		if err != nil {
			return view{}, err
		}
		return alone(pick(s.roadmapOf(r, team, name, at)))
	}, readsMoment)
}

func alone(d *drawn) (view, error) {
	if d == nil || d.SVG == "" {
		return view{}, problem(http.StatusNotFound, "nothing_to_draw", "A chart begins with its first figure.", "there is nothing to draw at that moment")
	}
	return view{svg: chart.Alone(string(d.SVG), ui.ChartStyle(), definitions)}, nil
}

// writeSVG sends a drawing. It carries its own style, which is all that may apply.
func writeSVG(w http.ResponseWriter, text string) {
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	h.Set("Content-Type", "image/svg+xml; charset=utf-8")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin") // a drawing may stand in a wiki; no script can read it there
	h.Set("Cache-Control", "no-cache")
	_, _ = w.Write([]byte(markupText(text))) // who asked may have gone
}

// paths of a quarter's files, as the page links them.
func quarterFile(team *measure.Team, q *measure.Quarter, file, at string) string {
	return with(teamAddress(team.History().Team.Name)+"/quarters/"+q.Quarter+"/"+file, "at", at)
}
