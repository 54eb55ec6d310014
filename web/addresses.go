package web

import (
	"net/http"
	"net/url"
	"strings"

	"jerem/problem"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/source"
)

// noPage says that an address is none, and where there are pages.
func (s *Server) noPage(r *http.Request) *problem.Problem {
	return frame.NewProblem(http.StatusNotFound, frame.UnknownAddress.Word(), "These pages exist:",
		"there is no such page: %s", format.OneLine(r.URL.Path))
}

// noAnswer says that the API has nothing at an address.
func (s *Server) noAnswer(r *http.Request) *problem.Problem {
	return frame.NewProblem(http.StatusNotFound, frame.UnknownAddress.Word(),
		"GET /api/v1/openapi.json lists what there is.",
		"there is nothing at %s", r.URL.Path)
}

// addressedTeam returns the name in an address /teams/NAME/…, pages and API alike, and what follows it, with the
// slash; "" for another address. The escaped path is cut, for a name may hold a slash.
func addressedTeam(r *http.Request) (name, rest string) {
	path := strings.TrimPrefix(r.URL.EscapedPath(), "/api/v1")
	path, ok := strings.CutPrefix(path, "/teams/")
	if !ok {
		return "", ""
	}
	if i := strings.IndexByte(path, '/'); i >= 0 {
		path, rest = path[:i], path[i:]
	}
	name, err := url.PathUnescape(path)
	if err != nil {
		return "", ""
	}
	return name, rest
}

// plainAddresses leads what people write to the one address of a thing: a slash too many at the end, index.html, the
// list of teams, and a team's name in another case.
func (s *Server) plainAddresses(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		target := plainAddress(s.teams, r)
		if target == "" {
			next.ServeHTTP(w, r)
			return
		}
		if r.URL.RawQuery != "" {
			target += "?" + r.URL.RawQuery
		}
		w.Header().Set("Location", s.base.address(target)) // a path of our own: it names no other host
		w.WriteHeader(http.StatusPermanentRedirect)
	})
}

// plainAddress returns where a request is led, "" for an address that is plain already.
func plainAddress(teams *source.Teams, r *http.Request) string {
	path := r.URL.EscapedPath()
	plain := strings.TrimSuffix(path, "/index.html")
	if plain != "/" {
		plain = strings.TrimRight(plain, "/")
	}
	if plain == "" || plain == "/teams" || plain == "/portfolio" {
		plain = "/"
	}
	if name, rest := addressedTeam(r); name != "" {
		t, ok := teams.TeamLike(name)
		if _, err := teams.Config(name); err != nil && ok {
			api := ""
			if forPrograms(r) {
				api = "/api/v1"
			}
			plain = api + frame.TeamAddress(t.Name) + strings.TrimRight(strings.TrimSuffix(rest, "/index.html"), "/")
		}
	}
	if plain == path || strings.HasPrefix(plain, "//") {
		return ""
	}
	return plain
}
