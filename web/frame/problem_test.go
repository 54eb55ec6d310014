package frame

import (
	"net/http"
	"net/url"
	"slices"
	"testing"

	"jerem/problem"
)

// TestProblemBody: the headline of a team that was not read says that alone, what its reading failed by stands below
// it; a list of links is not told by the hint once more.
func TestProblemBody(t *testing.T) {
	for _, c := range []struct{ word, message, hint, headline, cause, told string }{
		{NotReadYet.Word(), `team Lost: was not read yet: jira: there is no project "NOPE"`, "Mend it.",
			"Lost was not read yet", `Jira: there is no project "NOPE"`, "Mend it."},
		{NotReadYet.Word(), "team Kubernetes: was not read yet", "It comes.", "Kubernetes was not read yet", "",
			"It comes."},
		{UnknownTeam.Word(), `there is no team "X"`, "The teams are: A, B.", `There is no team "X"`, "",
			"The teams are:"},
		{UnknownTeam.Word(), `there is no team "Kubernets"`, "Did you mean Kubernetes? The teams are: A, Kubernetes.",
			`There is no team "Kubernets"`, "", "The teams are:"},
		{"bad_time", `at="noon" is not a time`, "Write a date.", `at="noon" is not a time`, "", "Write a date."},
		{"internal", "this could not be answered", "See the log.", "This could not be answered", "", "See the log."},
	} {
		p := NewProblem(http.StatusNotFound, c.word, c.hint, "%s", c.message)
		body := NewProblemBody(p, nil, []Link{{"A", "/teams/A"}})
		if body.Headline != c.headline || body.Cause != c.cause || body.Hint != c.told || p.Hint != c.hint {
			t.Errorf("%q: %q, %q, %q", c.message, body.Headline, body.Cause, body.Hint)
		}
	}
}

// TestHintParts: what is typed as it stands is told from the words around it; a backquote without another is a word.
func TestHintParts(t *testing.T) {
	for hint, want := range map[string][]HintPart{
		"":                 nil,
		"Ask again.":       {{"Ask again.", false}},
		"`a b` makes it":   {{"a b", true}, {" makes it", false}},
		"Send `x` and `y`": {{"Send ", false}, {"x", true}, {" and ", false}, {"y", true}},
		"There is no `x":   {{"There is no `x", false}},
	} {
		if got := (ProblemBody{Problem: &problem.Problem{Hint: hint}}).HintParts(); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", hint, got, want)
		}
	}
}

// TestMistypedParameter: a parameter that an address does not read is told with the one that was likely meant.
func TestMistypedParameter(t *testing.T) {
	for name, want := range map[string]string{"att": "Did you mean at? This address reads: with, at.",
		"colour": "This address reads: with, at."} {
		if p := RefuseUnknown(url.Values{name: {"x"}}, []string{"with", "at"}); p == nil || p.Hint != want {
			t.Errorf("%s: %v, want %q", name, p, want)
		}
	}
}
