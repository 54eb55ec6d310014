package frame

import (
	"net/http"
	"net/url"
	"testing"
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

// TestMistypedParameter: a parameter that an address does not read is told with the one that was likely meant.
func TestMistypedParameter(t *testing.T) {
	for name, want := range map[string]string{"att": "Did you mean at? This address reads: with, at.",
		"colour": "This address reads: with, at."} {
		if p := RefuseUnknown(url.Values{name: {"x"}}, []string{"with", "at"}); p == nil || p.Hint != want {
			t.Errorf("%s: %v, want %q", name, p, want)
		}
	}
}
