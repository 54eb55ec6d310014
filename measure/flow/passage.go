package flow

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/internal/index"
	"jerem/measure/internal/workstate"
)

// passage is the way of an issue through its states. Changes of one moment count as one. A team has one of each of its
// issues: it is kept small, and refers to the state history of the issue.
type passage struct {
	issue     *agile.Issue
	history   index.StateHistory // of the issue's whole past
	steps     []passageStep
	start     time.Time // first entry into doing, zero for never
	finish    time.Time // last entry into done from what is not done, zero while it is not done or was created done
	startDay  int       // numbers of their local dates
	finishDay int
	leavings  []int32 // places of the steps by which a column was left forwards for the last time
}

// passageStep is where an issue stands from a moment on.
type passageStep struct {
	snapshot int32 // place in the state history
	day      int32 // number of the local date
	column   int32 // place among the flow's columns, of the last status that one of them maps; -1 before the first
}

// momentOf returns when a step was made.
func (p *passage) momentOf(s passageStep) time.Time { return p.history[s.snapshot].At() }

// stateOf returns the state that a step leads to.
func (p *passage) stateOf(s passageStep) workstate.State { return p.history[s.snapshot].State() }

// passagesKey names the passages of an index.
type passagesKey struct{}

// wholePassages returns the passages of all issues through their whole pasts, by id.
func wholePassages(x *index.Index, columns columns) []*passage {
	return index.RecallEach(x, passagesKey{}, func(i *agile.Issue) *passage { return followPassage(x, i, columns) })
}

// followPassage follows an issue through its whole past.
func followPassage(x *index.Index, i *agile.Issue, columns columns) *passage {
	p := &passage{issue: i, history: x.Histories.Of(i.ID)}
	column := -1
	for n := range p.history {
		b := &p.history[n]
		if !p.history.LastOfMoment(n) {
			continue // the last change of a moment tells what it led to
		}
		if c := columns.columnOf(i.Status.At(b.At()), b.State()); c >= 0 {
			column = c
		}
		if len(p.steps) > 0 && p.presentState() == b.State() && p.presentColumn() == column {
			continue
		}
		p.addStep(passageStep{int32(n), int32(x.Date(b.At()).Number()), int32(column)})
	}
	p.steps = slices.Clip(p.steps)
	p.leavings = columnLeavings(p.steps)
	return p
}

// addStep adds a step and notes start and finish.
func (p *passage) addStep(s passageStep) {
	state := p.stateOf(s)
	if state == workstate.Doing && p.start.IsZero() {
		p.start, p.startDay = p.momentOf(s), int(s.day)
	}
	if state != workstate.Done {
		p.finish, p.finishDay = time.Time{}, 0
	} else if len(p.steps) > 0 && p.presentState() != workstate.Done {
		p.finish, p.finishDay = p.momentOf(s), int(s.day)
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
		if p.momentOf(s).After(at) {
			break
		}
		past.addStep(s)
	}
	past.leavings = columnLeavings(past.steps)
	return past
}

// countsAt tells whether an issue counts in the flow at a moment at which the snapshot of a place holds.
func (p *passage) countsAt(x *index.Index, now int, at time.Time) bool {
	return p.history[now].InScope() && x.Level(p.issue.Type.At(at)) == 0
}

// presentState returns the state of the present step.
func (p *passage) presentState() workstate.State { return p.stateOf(p.steps[len(p.steps)-1]) }

// presentColumn returns the place of the column of the present step, -1 before the first one.
func (p *passage) presentColumn() int { return int(p.steps[len(p.steps)-1].column) }

// columnLeavings lists the places of the steps by which each column was left forwards for the last time, in order.
func columnLeavings(steps []passageStep) []int32 {
	var out []int32
	for n := 1; n < len(steps); n++ {
		from, to := steps[n-1].column, steps[n].column
		if from < 0 || to <= from {
			continue
		}
		out = slices.DeleteFunc(out, func(place int32) bool { return steps[place-1].column == from })
		out = append(out, int32(n))
	}
	return slices.Clip(out)
}
