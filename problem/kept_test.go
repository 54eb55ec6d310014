package problem_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jerem/problem"
)

// TestKept: what is kept as code and arguments is told in the words in which it was found.
func TestKept(t *testing.T) {
	p := &problem.Problem{Code: "jira.forbidden", Status: 403, Message: "jira host: board/7: 403",
		Hint:  "Ask for the right.",
		Cause: errors.New("not kept")}
	for name, c := range map[string]struct {
		err              error
		code             problem.Code
		args             map[string]string
		words, toTheTeam string
	}{
		"one team's": {fmt.Errorf("team A: %w", p), "jira.forbidden", map[string]string{"team": "A"},
			"team A: jira host: board/7: 403 (Ask for the right.)", "jira host: board/7: 403 (Ask for the right.)"},
		"wrapped": {fmt.Errorf("team A: its board: %w, at last", p), "jira.forbidden", map[string]string{"team": "A"},
			"team A: its board: jira host: board/7: 403 (Ask for the right.), at last",
			"its board: jira host: board/7: 403 (Ask for the right.), at last"},
		"of all": {p, "jira.forbidden", nil, p.Error(), p.Error()},
		"plain":  {errors.New("team A: \"odd\""), "", map[string]string{"team": "A"}, "team A: \"odd\"", "\"odd\""},
	} {
		list := problem.Decode(problem.List{problem.From(c.err, "A")}.Encode())
		if got := list.Words(""); got != c.words {
			t.Errorf("%s: told as %q, want %q", name, got, c.words)
		}
		if got := list.Words("A"); got != c.toTheTeam {
			t.Errorf("%s: told on the team's page as %q, want %q", name, got, c.toTheTeam)
		}
		if list[0].Code != c.code || !cmp.Equal(list[0].Args, c.args) {
			t.Errorf("%s: kept as %q %v", name, list[0].Code, list[0].Args)
		}
	}
	if problem.List(nil).Encode() != "" || problem.Decode("") != nil {
		t.Error("none is kept as something")
	}
	two := problem.List{{Message: "first"}, {Message: "second"}}
	if got := problem.Decode(two.Encode()).Words("A"); got != "first; second" {
		t.Errorf("two are told as %q", got)
	}
	if got := problem.Decode("team A: of a former version").Words("A"); got != "of a former version" {
		t.Errorf("a former version's is told as %q", got)
	}
}
