package web

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"jerem/access"
	"jerem/problem"
	"jerem/web/frame"
	"jerem/web/oncall"
)

// toldProblem is a problem as programs are told it.
type toldProblem struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
}

func newToldProblem(p *problem.Problem) toldProblem {
	return toldProblem{Code: p.Code.Word(), Message: p.Message, Hint: p.Hint}
}

// retryAfter is in how many seconds it is worth asking again after a problem, 0 where nobody can tell.
func retryAfter(p *problem.Problem) int {
	if p.Code == frame.Busy || p.Code == frame.NotReadYet {
		return 5
	}
	return 0
}

// tellProblem answers with a problem: as JSON to programs, as a page to people.
func (s *Server) tellProblem(w http.ResponseWriter, r *http.Request, p *problem.Problem) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	if seconds := retryAfter(p); seconds > 0 {
		h.Set("Retry-After", strconv.Itoa(seconds))
	}
	if forPrograms(r) {
		h.Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(p.Status)
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		_ = enc.Encode(map[string]any{"error": newToldProblem(p)}) // who asked may have gone
		return
	}
	v := s.problemView(p, r)
	v.Refresh = p.Code == frame.NotReadYet
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

// isExplanation tells whether an address is that of a figure by itself, which names its team behind the ?.
func isExplanation(r *http.Request) bool {
	return r.URL.Path == "/explain" || r.URL.Path == "/explain.csv"
}

// forPrograms tells whether programs alone ask an address: the API, assistants, what posts.
func forPrograms(r *http.Request) bool {
	path := r.URL.Path
	return path == "/api" || strings.HasPrefix(path, "/api/") || path == "/mcp" || isHook(path)
}

// problemView is the page of a problem: what it is, what a person does, and what there is instead.
func (s *Server) problemView(p *problem.Problem, r *http.Request) frame.View {
	v := frame.View{Template: frame.ProblemTemplate, Title: "Nothing to show", Past: true}
	team := pageTeam(r)
	if isExplanation(r) {
		team = r.URL.Query().Get("team")
	}
	links := s.linksInstead(p, r)
	if _, unknown := s.teams.Config(team); unknown == nil && team != "" {
		v.Team = team
		if links == nil && p.Code != frame.NotReadYet {
			links = pagesOfTeam(team)
		}
	}
	v.Body = frame.NewProblemBody(p, s.meantLink(p, r), links)
	return v
}

// linksInstead lead from an address that is none, or names no team, to those that there are: first to the team that
// the address means, whatever the case of its name; from a login that failed to another one.
func (s *Server) linksInstead(p *problem.Problem, r *http.Request) []frame.Link {
	switch p.Code {
	case frame.UnknownTeam:
		return s.teams.TeamPages()
	case frame.UnknownAddress:
		links := s.teams.TeamPages()
		if name, rest := addressedTeam(r); rest != "" {
			if t, ok := s.teams.TeamLike(name); ok {
				links = append(pagesOfTeam(t.Name), links...)
			}
		}
		return links
	case oncall.Forbidden:
		return []frame.Link{{Name: "Who is on call", Address: "/oncall"}}
	case access.LoginFailed, access.NoProvider:
		return []frame.Link{{Name: "Log in again", Address: "/"}}
	}
	return nil
}

// pagesOfTeam lead to the pages of a team.
func pagesOfTeam(name string) []frame.Link {
	base := frame.TeamAddress(name)
	return []frame.Link{{Name: name + ": sprint", Address: base},
		{Name: name + ": roadmap", Address: base + "/roadmap"}, {Name: name + ": flow", Address: base + "/flow"}}
}
