package problem_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"jerem/problem"
)

func TestProblem(t *testing.T) {
	p := &problem.Problem{Code: "jira.not_found", Message: "board 7: 404", Hint: "Look at the board.", Status: 404,
		Cause: io.EOF}
	if got := p.Error(); got != "board 7: 404 (Look at the board.)" {
		t.Errorf("told with its hint: %q", got)
	}
	if got := (&problem.Problem{Message: "board 7: 404"}).Error(); got != "board 7: 404" {
		t.Errorf("told without a hint: %q", got)
	}
	if room, word := p.Code.Room(), p.Code.Word(); room != "jira" || word != "not_found" {
		t.Errorf("the code is of %q, %q", room, word)
	}
	wrapped := fmt.Errorf("team A: %w", p)
	if !errors.Is(wrapped, io.EOF) {
		t.Error("the cause is not found")
	}
	if !problem.Is(wrapped, "jira.forbidden", "jira.not_found") || problem.Is(wrapped, "jira.forbidden") ||
		problem.Is(io.EOF, "") {
		t.Error("kinds are mistaken")
	}
	if problem.Of(wrapped, "jira") != p || problem.Of(wrapped, "store") != nil || problem.Of(io.EOF, "jira") != nil {
		t.Error("rooms are mistaken")
	}
}
