package frame

import (
	"fmt"

	"jerem/measure/explain"
	"jerem/measure/flow"
	"jerem/web/format"
)

// LateLine is an issue in progress that needs a look.
type LateLine struct{ Key, Address, Summary, Column, Age, Pace, Why string }

// LateReading is the headline over so many of them.
func LateReading(n int) string {
	switch n {
	case 0:
		return "Nothing in progress needs a look"
	case 1:
		return "1 issue in progress needs a look"
	}
	return fmt.Sprintf("%d issues in progress need a look", n)
}

// LateLines writes the issues in progress that need a look; base is the team's address, keep what their pages keep.
func LateLines(late []flow.LateIssue, w format.Words, base, keep string) []LateLine {
	var out []LateLine
	for _, l := range late {
		line := LateLine{Key: l.Issue, Address: IssueAddress(base, l.Issue, keep), Summary: l.Summary, Column: "–",
			Age: fmt.Sprint(l.Age), Pace: format.Days(l.PaceP85), Why: explain.WhyLate(l, w.Zone)}
		if l.Column != nil {
			line.Column = *l.Column
		}
		out = append(out, line)
	}
	return out
}
