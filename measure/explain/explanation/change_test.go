package explanation

import (
	"slices"
	"testing"
)

// TestChangedIssues: what is listed are issues whose parts differ, in order of key; sprints, what only joins two
// figures and what has no value are none of them.
func TestChangedIssues(t *testing.T) {
	input := func(term, issue string, value float64) Input { return Input{Term: term, Issue: issue, Value: &value} }
	before := []Input{input("commit", "K-10", 5), input("commit", "K-2", 3), input("rate", "Sprint 7", 2),
		input("", "K-4", 1), {Term: "commit", Issue: "K-5"}, input("add", "K-3", 8)}
	after := []Input{input("commit", "K-10", 8), input("commit", "K-2", 3), input("rate", "Sprint 7", 4),
		input("", "K-4", 9), input("add", "J-9", 1)}
	if got, want := changedIssues(before, after), []string{"J-9", "K-3", "K-10"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
