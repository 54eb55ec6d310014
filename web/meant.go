package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jerem/measure"
	"jerem/problem"
	"jerem/web/frame"
)

// The codes of the problems for which an address names something that is not there.
const (
	unknownSprint problem.Code = "web.unknown_sprint"
	unknownIssue  problem.Code = "web.unknown_issue"
	badQuarter    problem.Code = "web.bad_quarter"
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
		return linkTo(problem.Meant(name, s.teamNames()), func(team string) string {
			return frame.TeamAddress(team) + rest
		})
	case frame.UnknownAddress:
		return s.meantPage(name, rest, r.URL.Path)
	case unknownSprint, unknownIssue, badQuarter:
		return s.meantOfTeam(r.Context(), p.Code, name, r)
	}
	return nil
}

// meantPage is the page whose address differs by few letters: one of all teams, or of the team that the address names.
func (s *Server) meantPage(name, rest, path string) *frame.Link {
	if name == "" {
		pages := pagesOfAll
		if s.hasDuty {
			pages = slices.Concat(pages, onCallPages)
		}
		return linkTo(problem.Meant(path, pages), func(page string) string { return page })
	}
	team, ok := s.teams.TeamLike(name)
	if !ok {
		return nil
	}
	base := frame.TeamAddress(team.Name)
	if problem.Meant(rest, []string{"/sprint", "/sprints"}) != "" {
		return &frame.Link{Name: base, Address: base}
	}
	page := problem.Meant(rest, pagesOfATeam)
	if page == "" {
		return nil
	}
	return &frame.Link{Name: base + page, Address: base + page}
}

// meantOfTeam is the sprint, the issue or the quarter of a team that an address was likely meant to name.
func (s *Server) meantOfTeam(ctx context.Context, code problem.Code, name string, r *http.Request) *frame.Link {
	if name == "" && len(s.teams.List) > 0 {
		name = s.teams.List[0].Name // the portfolio's quarters are those of its teams
	}
	team, err := s.teams.Team(ctx, name)
	if err != nil {
		return nil
	}
	base := frame.TeamAddress(name)
	switch code {
	case unknownSprint:
		return meantSprint(team, r.PathValue("id"), base)
	case unknownIssue:
		return linkTo(problem.Meant(r.PathValue("key"), keysLike(team, r.PathValue("key"))), func(key string) string {
			return base + "/issues/" + url.PathEscape(key)
		})
	}
	var quarters []string
	for _, one := range slices.Backward(team.Quarters(team.Now())) {
		quarters = append(quarters, one.Quarter)
	}
	return linkTo(problem.Meant(r.URL.Query().Get("quarter"), quarters), func(quarter string) string {
		query := r.URL.Query()
		query.Set("quarter", quarter)
		return r.URL.EscapedPath() + "?" + query.Encode()
	})
}

// meantSprint is the sprint whose name, or whose number, is near to what was asked for.
func meantSprint(team *measure.Team, asked, base string) *frame.Link {
	ids := map[string]string{}
	var names []string
	for _, one := range slices.Backward(team.Sprints(team.Now())) {
		id := strconv.FormatInt(one.ID, 10)
		short, _, _ := strings.Cut(one.Name, ":") // what stands before its goal
		for _, name := range []string{one.Name, short, id} {
			if ids[name] == "" {
				ids[name] = id
				names = append(names, name)
			}
		}
	}
	return linkTo(problem.Meant(asked, names), func(name string) string { return base + "/sprints/" + ids[name] })
}

// keysLike are the keys of a team's issues, those with the number that was asked for first.
func keysLike(team *measure.Team, asked string) []string {
	_, number, _ := strings.Cut(asked, "-")
	var same, others []string
	for _, one := range team.History().Issues {
		key := one.Key.Last()
		if _, n, _ := strings.Cut(key, "-"); n == number {
			same = append(same, key)
		} else {
			others = append(others, key)
		}
	}
	slices.Sort(others)
	return append(same, others...)
}

// linkTo leads to the address of a name, nil for none.
func linkTo(name string, address func(string) string) *frame.Link {
	if name == "" {
		return nil
	}
	return &frame.Link{Name: name, Address: address(name)}
}

func (s *Server) teamNames() []string {
	var names []string
	for _, t := range s.teams.List {
		names = append(names, t.Name)
	}
	return names
}
