package web

import (
	"encoding/json"
	"jerem/web/frame"
	"net/http"
	"strconv"
	"strings"
)

// tellProblem answers with a problem: as JSON to programs, as a page to people.
func (s *Server) tellProblem(w http.ResponseWriter, r *http.Request, p *frame.Problem) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	if p.RetryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(int(p.RetryAfter.Seconds())))
	}
	if forPrograms(r) {
		h.Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(p.Status)
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		_ = enc.Encode(map[string]any{"error": p}) // who asked may have gone
		return
	}
	v := s.problemView(p, pageTeam(r))
	v.Refresh = p.Code == "not_read_yet"
	s.writePage(w, r, v, p.Status)
}

// pageTeam is the name of the team whose page was asked for, "" for none.
func pageTeam(r *http.Request) string {
	if name := r.PathValue("team"); name != "" {
		return name
	}
	name, _ := addressedTeam(r)
	return name
}

// forPrograms tells whether an address belongs to the API.
func forPrograms(r *http.Request) bool {
	return r.URL.Path == "/api" || strings.HasPrefix(r.URL.Path, "/api/")
}

func (s *Server) problemView(p *frame.Problem, team string) frame.View {
	v := frame.View{Template: frame.ProblemTemplate, Title: "Nothing to show", Past: true}
	shown := *p
	if _, unknown := s.teams.Config(team); unknown == nil && team != "" {
		v.Team = team
		if shown.Links == nil {
			shown.Links = []frame.Link{{Name: team + ": sprint", Address: frame.TeamAddress(team)},
				{Name: team + ": roadmap", Address: frame.TeamAddress(team) + "/roadmap"}}
		}
	}
	v.Body = &shown
	return v
}
