package problem_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
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

// TestOfTable: what a CSV reader refuses is told by its line, and whether the next one can be read; another error
// stays.
func TestOfTable(t *testing.T) {
	for text, begin := range map[string]string{"a\nb\"c\nd\n": "line 2: ", "a\n\"b\"c\nd\n": "line 2: ",
		"a\n\"b\nd": "line 3: "} {
		_, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		fault, readsOn := problem.OfTable(err)
		if readsOn != errors.Is(err, csv.ErrBareQuote) || fault == nil || !strings.HasPrefix(fault.Error(), begin) {
			t.Errorf("%q: %v, reads on: %v", text, fault, readsOn)
		}
	}
	if fault, readsOn := problem.OfTable(io.ErrUnexpectedEOF); fault != io.ErrUnexpectedEOF || readsOn {
		t.Errorf("a reader that broke off: %v, reads on: %v", fault, readsOn)
	}
}
