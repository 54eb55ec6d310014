package source

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jerem/measure"
	"jerem/problem"
	"jerem/web/frame"
)

// The codes of the problems for which an address names something that a team does not have.
const (
	unknownSprint problem.Code = "web.unknown_sprint"
	unknownIssue  problem.Code = "web.unknown_issue"
	badQuarter    problem.Code = "web.bad_quarter"
)

// Meant leads to the sprint, the issue or the quarter of a team that an address was likely meant to name; nil where
// none is near, and for other problems.
func Meant(s *Teams, code problem.Code, name string, r *http.Request) *frame.Link {
	switch code {
	case badQuarter:
		return meantQuarter(s, cmp.Or(name, r.URL.Query().Get("team")), r)
	case unknownSprint, unknownIssue:
	default:
		return nil
	}
	team, err := s.Team(r.Context(), name)
	if err != nil {
		return nil
	}
	if code == unknownSprint {
		return meantSprint(team, r)
	}
	key := r.PathValue("key")
	meant := meantKey(team, key)
	if meant == key { // it is there, and was not at the moment that the address names
		return nil
	}
	return frame.LinkTo(meant, func(key string) string { return withThing(r, key) })
}

// withThing is the address of a request, a page or a file below one, in which the thing of the team is another one: the
// fourth part of /teams/TEAM/sprints/ID, and so for issues and quarters.
func withThing(r *http.Request, thing string) string {
	const place = 4 // counted from the empty part before the first slash
	parts := strings.Split(r.URL.EscapedPath(), "/")
	if len(parts) > place {
		parts[place] = url.PathEscape(thing)
	}
	return strings.Join(parts, "/")
}

// meantQuarter is the quarter of a team, or of any where none is named, whose name is near to what was asked for.
func meantQuarter(s *Teams, name string, r *http.Request) *frame.Link {
	var quarters []string
	for _, conf := range s.List {
		if name != "" && name != conf.Name {
			continue
		}
		if team, err := s.Team(r.Context(), conf.Name); err == nil {
			for _, one := range slices.Backward(team.Quarters(team.Now())) {
				quarters = append(quarters, one.Quarter)
			}
		}
	}
	inPath := r.PathValue("quarter")
	return frame.LinkTo(problem.Meant(cmp.Or(inPath, r.URL.Query().Get("quarter")), quarters),
		func(quarter string) string {
			if inPath == "" {
				return frame.Replaced(r, "quarter", quarter)
			}
			return frame.WithQuery(withThing(r, quarter), "at", frame.AskedAt(r.URL.RawQuery))
		})
}

// meantSprint is the sprint whose name, or whose number, is near to what was asked for.
func meantSprint(team *measure.Team, r *http.Request) *frame.Link {
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
	return frame.LinkTo(problem.Meant(r.PathValue("id"), names),
		func(name string) string { return withThing(r, ids[name]) })
}

// meantKey is the key of a team's issue that is near to what was asked for: one of the same number, else one that a
// single character makes of it. Of short numbers nearly all are that near, so that it would be a guess. An issue that
// is read for its epic alone is another team's: its key is nobody's to learn here.
func meantKey(team *measure.Team, asked string) string {
	_, number, _ := strings.Cut(asked, "-")
	var same, others []string
	for _, one := range team.History().Issues {
		key := one.Key.Last()
		if _, own := team.Lookup(key); !own {
			continue
		}
		if _, n, _ := strings.Cut(key, "-"); n == number {
			same = append(same, key)
		} else {
			others = append(others, key)
		}
	}
	if meant := problem.Meant(asked, same); meant != "" || len(number) < 3 {
		return meant
	}
	slices.Sort(others)
	return problem.Nearest(strings.ToUpper(asked), others, 1)
}

// Names are the names of the teams.
func (s *Teams) Names() []string {
	var names []string
	for _, t := range s.List {
		names = append(names, t.Name)
	}
	return names
}
