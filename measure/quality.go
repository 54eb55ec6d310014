package measure

import (
	"fmt"
	"time"

	"jerem/agile"
)

// Grade says how far a figure can be trusted.
type Grade string

// The grades of a figure.
const (
	Whole   Grade = "complete" // nothing is missing
	Partial Grade = "partial"  // something is missing, the figure still tells
	Limited Grade = "limited"  // it was not read, or more than half of what it rests on is missing
)

// Quality is the grade of a figure with its reasons.
type Quality struct {
	Grade   Grade    `json:"grade"`
	Reasons []string `json:"reasons"`
}

// Basis is a set of what figures rest on.
type Basis uint8

// What figures rest on.
const (
	OnWork      Basis = 1 << iota // which issues there are, where they belong and how far they are
	OnEstimates                   // estimates
	OnMarks                       // labels, types and natures: what is an impediment, what depends on others
	OnTime                        // time logged
	OnDates                       // the dates of the sprint
	OnPast                        // the last closed sprints
	OnAll       = OnWork | OnEstimates | OnMarks | OnTime | OnDates | OnPast

	// onCore is what an answer as a whole misleads without; where something else is missing it still tells.
	onCore = OnWork | OnEstimates | OnDates
)

// Reason is why figures that rest on something are not to be trusted wholly.
type Reason struct {
	On    Basis
	Grade Grade // of a figure that rests on it
	Text  string
}

// Reasons are all that is to be said against the figures of an answer.
type Reasons []Reason

func (r *Reasons) add(on Basis, g Grade, format string, args ...any) {
	*r = append(*r, Reason{on, g, fmt.Sprintf(format, args...)})
}

// some adds a reason where there are any of a thing; the format takes their count.
func (r *Reasons) some(on Basis, n int, thing, format string) {
	if n > 0 {
		r.add(on, Partial, format, count(n, thing))
	}
}

// lacking adds a reason where some of a number of things lack something: more than half of them mislead.
func (r *Reasons) lacking(on Basis, n, of int, format string, args ...any) {
	g := Partial
	if 2*n > of {
		g = Limited
	}
	if n > 0 {
		r.add(on, g, format, args...)
	}
}

// On grades a figure by what it rests on.
func (r Reasons) On(on Basis) Quality {
	q := Quality{Grade: Whole, Reasons: []string{}}
	for _, one := range r {
		if one.On&on != 0 {
			q.reason(one.Grade, one.Text)
		}
	}
	return q
}

// whole grades an answer with all its figures.
func (r Reasons) whole() Quality {
	q := Quality{Grade: Whole, Reasons: []string{}}
	for _, one := range r {
		if one.On&onCore == 0 {
			one.Grade = Partial
		}
		q.reason(one.Grade, one.Text)
	}
	return q
}

// reason adds a reason and worsens the grade.
func (q *Quality) reason(g Grade, text string) {
	q.Reasons = append(q.Reasons, text)
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
func (r *Reasons) reading(h *agile.History, at time.Time) {
	switch until := h.Until; {
	case until.IsZero():
		r.add(OnAll, Limited, "the history is not read yet")
	case at.After(until):
		r.add(OnAll, Partial, "the history is read until %s only", until.UTC().Format("2006-01-02 15:04 UTC"))
	}
}

// disjoint tells whether the change history of an issue does not join in one of some fields, or in that of its
// estimate.
func (t *Team) disjoint(i *agile.Issue, fields []string) bool {
	estimate := 0
	if t.unit != agile.Issues {
		estimate = i.Broken.In(t.h.Board.Estimate)
	}
	return i.Broken.In(fields...)+estimate > 0
}
