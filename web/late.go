package web

import (
	"fmt"
	"jerem/measure"
	"strings"
)

type lateLine struct{ Key, Address, Summary, Column, Age, Pace, Why string }

func lateReading(n int) string {
	switch n {
	case 0:
		return "Nothing in progress needs a look"
	case 1:
		return "1 issue in progress needs a look"
	}
	return fmt.Sprintf("%d issues in progress need a look", n)
}

func lateLines(late []measure.LateIssue, w words, base, keep string) []lateLine {
	var out []lateLine
	for _, l := range late {
		line := lateLine{Key: l.Issue, Address: issueAddress(base, l.Issue, keep), Summary: l.Summary, Column: "–", Age: fmt.Sprint(l.Age), Pace: days(l.PaceP85), Why: whyLate(l, w)}
		if l.Column != nil {
			line.Column = *l.Column
		}
		out = append(out, line)
	}
	return out
}

// why writes the reasons for which work is late.
func whyLate(l measure.LateIssue, w words) string {
	var out []string
	for _, why := range l.Why {
		switch why {
		case "older":
			out = append(out, "older than its column's pace")
		case "untouched":
			out = append(out, "untouched for "+plural(l.UntouchedDays, "working day"))
		case "blocked":
			out = append(out, "blocked since "+w.day(*l.BlockedSince))
		}
	}
	return strings.Join(out, ", ")
}
