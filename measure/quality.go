package measure

import (
	"fmt"
	"slices"
	"time"

	"jerem/agile"
)

// Grade says how far a figure can be trusted.
type Grade string

// The grades of a figure.
const (
	Whole   Grade = "complete" // nothing is missing
	Partial Grade = "partial"  // something is missing, the figure still tells
	Limited Grade = "limited"  // so much is missing that the figure misleads
)

// Quality is the grade of a figure with its reasons.
type Quality struct {
	Grade   Grade    `json:"grade"`
	Reasons []string `json:"reasons"`
}

// reason adds a reason and worsens the grade.
func (q *Quality) reason(g Grade, format string, args ...any) {
	q.Reasons = append(q.Reasons, fmt.Sprintf(format, args...))
	if q.Grade != Limited {
		q.Grade = g
	}
}

// count writes a number of things: "1 issue", "2 issues".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// quality grades the figures of a sprint.
func (t *Team) quality(s *Sprint, sp span, stays []stay, begun bool) Quality {
	q := Quality{Grade: Whole, Reasons: []string{}}
	if t.h.Until.IsZero() {
		q.reason(Limited, "the history is not read yet")
	}
	if s.Start == nil {
		q.reason(Limited, "the sprint has no start date")
	} else if s.End == nil {
		q.reason(Partial, "the sprint has no planned end: no ideal line")
	}
	members := len(s.Issues)
	if s.Unestimated != nil && *s.Unestimated > 0 {
		g := Partial
		if 2**s.Unestimated > members {
			g = Limited
		}
		q.reason(g, "%d of %s without an estimate", *s.Unestimated, count(members, "issue"))
	}
	unclear, broken, late := t.doubts(sp, stays, begun)
	if unclear > 0 {
		q.reason(Partial, "%s in a status of unknown category", count(unclear, "issue"))
	}
	if broken > 0 {
		q.reason(Partial, "the change history of %s does not join", count(broken, "issue"))
	}
	if late > 0 {
		q.reason(Partial, "%s first estimated after the start", count(late, "issue"))
	}
	if s.Impediments != nil && s.Impediments.WithoutTime > 0 {
		q.reason(Partial, "no time logged on %s", count(s.Impediments.WithoutTime, "impediment"))
	}
	return q
}

// doubts counts the issues of a sprint whose status is unclear, whose history does not join and
// whose estimate was set only after the start.
func (t *Team) doubts(sp span, stays []stay, begun bool) (unclear, broken, late int) {
	for _, st := range stays {
		if !slices.ContainsFunc(st.beats, func(b seen) bool { return b.in }) {
			continue
		}
		if t.issues[st.issue].Broken > 0 {
			broken++
		}
		end := st.last()
		if !end.in {
			continue
		}
		if !end.clear {
			unclear++
		}
		if begun && t.unit != agile.Issues && st.estimatedAfter(sp.start) {
			late++
		}
	}
	return unclear, broken, late
}

// estimatedAfter tells whether an issue that was in the sprint without an estimate at its start got
// one later.
func (s stay) estimatedAfter(start time.Time) bool {
	first := s.until(start)
	return first.in && !first.est.Known && s.last().est.Known
}
