package measure

import (
	"fmt"
	"slices"
	"strings"
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

// reading adds what is to be said of the reading that the figures at a moment rest on.
func (q *Quality) reading(h *agile.History, at time.Time) {
	until := h.Until
	switch {
	case until.IsZero():
		q.reason(Limited, "the history is not read yet")
	case at.After(until):
		q.reason(Partial, "the history is read until %s only", until.UTC().Format("2006-01-02 15:04 UTC"))
	}
	if n := len(h.Unreadable); n > 0 {
		q.reason(Partial, "%s cannot be read: %s", count(n, "issue"), strings.Join(h.Unreadable, ", "))
	}
}

// unestimated adds how many of some issues have no estimate: more than half of them mislead.
func (q *Quality) unestimated(n, of int) {
	g := Partial
	if 2*n > of {
		g = Limited
	}
	if n > 0 {
		q.reason(g, "%d of %s without an estimate", n, count(of, "issue"))
	}
}

// some adds a reason where there are any of a thing; the format takes their count.
func (q *Quality) some(n int, thing, format string) {
	if n > 0 {
		q.reason(Partial, format, count(n, thing))
	}
}

// quality grades the figures of a sprint.
func (t *Team) quality(s *Sprint, sp span, stays []stay, begun bool) Quality {
	q := Quality{Grade: Whole, Reasons: []string{}}
	q.reading(t.h, sp.end)
	if s.Start == nil {
		q.reason(Limited, "the sprint has no start date")
	} else if s.End == nil {
		q.reason(Partial, "the sprint has no planned end: no ideal line")
	}
	if s.Unestimated != nil {
		q.unestimated(*s.Unestimated, len(s.Issues))
	}
	unclear, broken, late := t.doubts(sp, stays, begun)
	q.some(unclear, "issue", "%s in a status of unknown category")
	q.some(broken, "issue", "the change history of %s does not join")
	q.some(late, "issue", "%s first estimated after the start")
	if s.Impediments != nil {
		q.some(s.Impediments.WithoutTime, "impediment", "no time logged on %s")
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
		if t.doubtful(t.issues[st.issue]) {
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

// quarterQuality grades the figures of a quarter: its work, and the past sprints that pace comes from.
func (t *Team) quarterQuality(r *Quarter, s quarterSpan, stand time.Time, past []*Sprint) Quality {
	q := Quality{Grade: Whole, Reasons: []string{}}
	q.reading(t.h, stand)
	if len(r.Epics) == 0 {
		q.reason(Limited, "no epic of the team belongs to %s", r.Quarter)
		return q
	}
	d := t.quarterDoubts(s, stand)
	q.unestimated(d.unestimated, d.issues)
	q.some(d.unclear, "issue", "%s in a status of unknown category")
	q.some(d.broken, "issue", "the change history of %s does not join")
	q.some(d.late, "issue", "%s first estimated after the baseline")
	untimed := 0
	for _, sprint := range past {
		untimed += sprint.Impediments.WithoutTime
	}
	q.some(untimed, "impediment", "no time logged on %s of the last sprints")
	if r.Velocity == nil {
		q.reason(Partial, "no closed sprint tells a velocity")
	}
	return q
}

// quarterDoubts counts the issues of a quarter, and those of them that its figures are to be doubted for.
type quarterDoubts struct{ issues, unestimated, unclear, broken, late int }

func (t *Team) quarterDoubts(s quarterSpan, stand time.Time) quarterDoubts {
	var d quarterDoubts
	baseline := t.endOfFirstDay(s)
	for _, m := range t.epicsOf(s.name, stand) {
		if m.issue.Broken.In(epicFields...) > 0 {
			d.broken++
		}
		for _, id := range t.epicWork[m.issue.ID] {
			b, ok := beatAt(t.lives[id], stand)
			if !ok || b.epic != m.issue.ID || !t.takes(m, s, id, stand) {
				continue
			}
			d.issues++
			if t.unestimated(id, b, stand) {
				d.unestimated++
			}
			if !b.clear {
				d.unclear++
			}
			if t.doubtful(t.issues[id]) {
				d.broken++
			}
			base, had := beatAt(t.lives[id], baseline)
			if had && !stand.Before(baseline) && base.epic == b.epic && !base.est.Known && b.est.Known {
				d.late++
			}
		}
	}
	return d
}

// scopeFields are the fields by which an issue belongs to a sprint or an epic and is done; the estimate comes on top.
// epicFields are those by which an epic belongs to a quarter and is done.
var (
	scopeFields = []string{agile.FieldStatus, agile.FieldSprints, agile.FieldProject, agile.FieldType, agile.FieldParent, agile.FieldEpicLink}
	epicFields  = []string{agile.FieldStatus, agile.FieldProject, agile.FieldType, agile.FieldLabels}
)

// doubtful tells whether the change history of an issue does not join in a field that sums of estimates rest on.
func (t *Team) doubtful(i *agile.Issue) bool {
	estimate := 0
	if t.unit != agile.Issues {
		estimate = i.Broken.In(t.h.Board.Estimate)
	}
	return i.Broken.In(scopeFields...)+estimate > 0
}
