package frame

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jerem/problem"
	"jerem/web/format"
)

// The codes of problems that something depends on: when it is worth asking again, what there is instead.
const (
	Busy           problem.Code = "web.busy"
	NotReadYet     problem.Code = "web.not_read_yet"
	UnknownTeam    problem.Code = "web.unknown_team"
	UnknownAddress problem.Code = "web.unknown_address"
)

// Link leads from an error to what exists.
type Link struct{ Name, Address string }

// LinkTo leads to the address of a name, nil for none.
func LinkTo(name string, address func(string) string) *Link {
	if name == "" {
		return nil
	}
	return &Link{Name: name, Address: address(name)}
}

// ProblemBody is what the page of a problem shows.
type ProblemBody struct {
	*problem.Problem
	Headline string
	Cause    string // what the headline leaves out of the message; "" for nothing
	Meant    *Link  // where the address was likely meant to lead; nil where nothing is near
	Links    []Link // what there is instead
	IsClosed bool   // whoever asks, or the name that was asked for, is shown no page at all
}

// NewProblemBody tells a problem to people: a team that was not read has the reason below its headline, and what
// was likely meant, and a list of what there is, stand as links, so the hint does not name them once more.
func NewProblemBody(p *problem.Problem, meant *Link, links []Link) ProblemBody {
	body := ProblemBody{Problem: p, Headline: format.Capital(p.Message), Meant: meant, Links: links,
		IsClosed: p.Code.Room() == "access" || p.Status == http.StatusMisdirectedRequest}
	if word, _, _ := strings.Cut(p.Message, " "); strings.Contains(word, "=") {
		body.Headline = p.Message // it begins with a parameter as it was asked
	}
	team, why, failed := strings.Cut(strings.TrimPrefix(p.Message, "team "), ": was not read yet: ")
	if p.Code == NotReadYet {
		body.Headline = strings.TrimSuffix(team, ": was not read yet") + " was not read yet"
	}
	if p.Code == NotReadYet && failed {
		body.Cause = format.Capital(why)
	}
	if p.Code == UnknownTeam && len(links) > 0 {
		told := *p
		told.Hint = "The teams are:"
		body.Problem = &told
	}
	return body
}

// HintPart is a part of a hint; what is typed as it stands is written as such.
type HintPart struct {
	Text    string
	IsTyped bool
}

// HintParts are the parts of the hint, in which what is typed stands between backquotes.
func (b ProblemBody) HintParts() []HintPart {
	texts := strings.Split(b.Hint, "`")
	if len(texts)%2 == 0 { // one of them has no other
		texts = []string{b.Hint}
	}
	var out []HintPart
	for n, text := range texts {
		if text != "" {
			out = append(out, HintPart{text, n%2 == 1})
		}
	}
	return out
}

// NewProblem makes a problem of the server with its status for HTTP. The word becomes the code "web.WORD", of which
// programs are told the word; the hint is what a person does.
func NewProblem(status int, word, hint, format string, args ...any) *problem.Problem {
	return &problem.Problem{Status: status, Code: problem.Code("web." + word), Message: fmt.Sprintf(format, args...),
		Hint: hint}
}

// WhoSeesTeams says what lets a viewer see a team.
const WhoSeesTeams = "Teams are shown to those whom access.teams of the configuration names; whoever runs this " +
	"server can add you."

// NoTeam is what a viewer is told who may see no team: a server without teams does not start.
func NoTeam() error {
	return NewProblem(http.StatusNotFound, "no_team", WhoSeesTeams, "there is no team that you may see")
}

// BusyProblem is what a viewer is told while too much is asked at once.
func BusyProblem() *problem.Problem {
	return NewProblem(http.StatusServiceUnavailable, Busy.Word(),
		"Ask again in a few seconds: the answer is computed once for all who ask.",
		"too much is asked of this server at once")
}

// RefuseUnknown returns why a query is not answered, nil where it is: it names something that the address does not
// read, or names something twice, of which only one could be read. A typing error would otherwise be answered as if
// nothing had been asked.
func RefuseUnknown(query url.Values, reads []string) *problem.Problem {
	names := make([]string, 0, len(query))
	for name := range query {
		names = append(names, name)
	}
	slices.Sort(names)
	known := "This address reads: " + strings.Join(reads, ", ") + "."
	meant := func(name string) string { return problem.Suggest(name, reads) + known }
	if len(reads) == 0 {
		known = "This address reads no parameter: leave out what stands after the ?."
	}
	for _, name := range names {
		if !slices.Contains(reads, name) {
			return NewProblem(http.StatusBadRequest, "unknown_parameter", meant(name), "there is no parameter %q here",
				format.OneLine(name))
		}
		if len(query[name]) > 1 {
			return NewProblem(http.StatusBadRequest, "repeated_parameter", "Name it once. "+known,
				"the parameter %q is named %d times", name, len(query[name]))
		}
	}
	return nil
}
