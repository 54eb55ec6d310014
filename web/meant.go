package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"jerem/problem"
	"jerem/web/frame"
	"jerem/web/source"
)

// pagesOfAll and pagesOfATeam are the addresses of pages as people write them.
var (
	pagesOfAll   = []string{"/", "/wall", "/styleguide"}
	onCallPages  = []string{"/oncall", "/oncall/me", "/oncall/review"}
	pagesOfATeam = []string{"/roadmap", "/flow"}
)

// meantLink leads to the page that an address which is none was likely meant to be; nil where none is near.
func (s *Server) meantLink(p *problem.Problem, r *http.Request) *frame.Link {
	name, rest := addressedTeam(r)
	switch p.Code {
	case frame.UnknownTeam:
		meant := problem.Meant(cmp.Or(name, r.URL.Query().Get("team")), s.teams.Names())
		return frame.LinkTo(meant, func(team string) string {
			if name == "" {
				return frame.Replaced(r, "team", team)
			}
			return frame.TeamAddress(team) + rest
		})
	case frame.UnknownAddress:
		return s.meantPage(name, rest, r.URL.Path)
	}
	return source.Meant(s.teams, p.Code, name, r)
}

// meantPage is the page whose address differs by few letters: one of all teams, or of the team that the address names.
func (s *Server) meantPage(name, rest, path string) *frame.Link {
	if name == "" {
		pages := pagesOfAll
		if s.hasDuty {
			pages = slices.Concat(pages, onCallPages)
		}
		return frame.LinkTo(problem.Meant(path, pages), func(page string) string { return page })
	}
	team, ok := s.teams.TeamLike(name)
	if !ok {
		return nil
	}
	base := frame.TeamAddress(team.Name)
	if place, thing, ok := strings.Cut(strings.TrimPrefix(rest, "/"), "/"); ok {
		return meantPlace(base, place, thing)
	}
	if problem.Meant(rest, []string{"/sprint", "/sprints"}) != "" {
		return &frame.Link{Name: base, Address: base}
	}
	page := problem.Meant(rest, pagesOfATeam)
	if page == "" {
		return nil
	}
	return &frame.Link{Name: base + page, Address: base + page}
}

// meantPlace is a sprint, an issue or a quarter of a team, below the place whose name differs by few letters. The page
// of a quarter is the roadmap; below its own place there are files alone.
func meantPlace(base, place, thing string) *frame.Link {
	meant := problem.Meant(place, []string{"sprints", "issues", "quarters"})
	if meant == "quarters" && !strings.Contains(thing, "/") {
		address := frame.WithQuery(base+"/roadmap", "quarter", thing)
		return &frame.Link{Name: address, Address: address}
	}
	if meant == place {
		return nil
	}
	return frame.LinkTo(meant, func(string) string { return base + "/" + meant + "/" + thing })
}
