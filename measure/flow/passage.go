package flow

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/internal/index"
)

// passage is the way of an issue through its states. Changes of one moment count as one.
type passage struct {
	issue     *agile.Issue
	history   index.StateHistory // of the issue's whole past
	steps     []passageStep
	start     time.Time // first entry into doing, zero for never
	finish    time.Time // last entry into done from what is not done, zero while it is not done or was created done
	startDay  int       // numbers of their local dates
	finishDay int
	leavings  []leaving
}

// passageStep is where an issue stands from a moment on.
type passageStep struct {
	at     time.Time
	day    int // number of the local date
	state  index.State
	column int // place among the flow's columns, of the last status that one of them maps; -1 before the first
}

// leaving is when an issue left a column forwards for the last time.
type leaving struct {
	column int
	at     time.Time
	day    int // number of the local date
}

// passagesKey names the passages of an index.
type passagesKey struct{}

// wholePassages returns the passages of all issues through their whole pasts, by id.
func wholePassages(x *index.Index, columns columns) []*passage {
	return index.RecallEach(x, passagesKey{}, func(i *agile.Issue) *passage { return followPassage(x, i, columns) })
}

// followPassage follows an issue through its whole past.
func followPassage(x *index.Index, i *agile.Issue, columns columns) *passage {
	p := &passage{issue: i, history: x.Histories[i.ID]}
	column := -1
	for n, b := range p.history {
		if !p.history.LastOfMoment(n) {
			continue // the last change of a moment tells what it led to
		}
		if c := columns.columnOf(i.Status.At(b.At), b.State); c >= 0 {
			column = c
		}
		if len(p.steps) > 0 && p.presentStep().state == b.State && p.presentStep().column == column {
			continue
		}
		p.addStep(passageStep{at: b.At, day: index.DayNumber(x.Date(b.At)), state: b.State, column: column})
	}
	p.leavings = columnLeavings(p.steps)
	return p
}

// addStep adds a step and notes start and finish.
func (p *passage) addStep(s passageStep) {
	if s.state == index.Doing && p.start.IsZero() {
		p.start, p.startDay = s.at, s.day
	}
	if s.state != index.Done {
		p.finish, p.finishDay = time.Time{}, 0
	} else if len(p.steps) > 0 && p.presentStep().state != index.Done {
		p.finish, p.finishDay = s.at, s.day
	}
	p.steps = append(p.steps, s)
}

// upTo returns the passage as of a moment at which the snapshot of a place holds.
func (p *passage) upTo(now int, at time.Time) *passage {
	if now == len(p.history)-1 {
		return p
	}
	past := &passage{issue: p.issue, history: p.history}
	for _, s := range p.steps {
		if s.at.After(at) {
			break
		}
		past.addStep(s)
	}
	past.leavings = columnLeavings(past.steps)
	return past
}

// countsAt tells whether an issue counts in the flow at a moment at which the snapshot of a place holds.
func (p *passage) countsAt(x *index.Index, now int, at time.Time) bool {
	return p.history[now].InScope && x.Level(p.issue.Type.At(at)) == 0
}

// presentStep returns the present step.
func (p *passage) presentStep() passageStep { return p.steps[len(p.steps)-1] }

// columnLeavings lists the last leaving forwards of each column that an issue left so.
func columnLeavings(steps []passageStep) []leaving {
	var out []leaving
	for n := 1; n < len(steps); n++ {
		from, to := steps[n-1].column, steps[n].column
		if from < 0 || to <= from {
			continue
		}
		out = slices.DeleteFunc(out, func(l leaving) bool { return l.column == from })
		out = append(out, leaving{from, steps[n].at, steps[n].day})
	}
	return out
}
