package flow

import (
	"time"

	"jerem/agile"
	"jerem/measure/internal/index"
	"jerem/measure/internal/workstate"
)

// passage is the way of an issue through its states. Changes of one moment count as one. A team has one of each of its
// issues: it is kept small, and refers to the state history of the issue.
type passage struct {
	issue   *agile.Issue
	history index.StateHistory // of the issue's whole past
	steps   []passageStep
	start   int32 // place of the step of the first entry into doing, counted from 1; 0 for never
	finish  int32 // the same of the last entry into done from what is not done; 0 while not done, or created done
}

// passageStep is where an issue stands from a moment on.
type passageStep struct {
	snapshot int32 // place in the state history
	day      int32 // number of the local date
	column   int16 // place among the flow's columns, of the last status that one of them maps; -1 before the first
	leaves   bool  // by it the column of the step before was left forwards for the last time
}

// momentOf returns when a step was made.
func (p *passage) momentOf(s passageStep) time.Time { return p.history[s.snapshot].At() }

// stateOf returns the state that a step leads to.
func (p *passage) stateOf(s passageStep) workstate.State { return p.history[s.snapshot].State() }

// momentAt returns the moment of the step of a place counted from 1, zero for none.
func (p *passage) momentAt(place int32) time.Time {
	if place == 0 {
		return time.Time{}
	}
	return p.momentOf(p.steps[place-1])
}

// dayAt returns the number of the local date of the step of a place counted from 1, 0 for none.
func (p *passage) dayAt(place int32) int {
	if place == 0 {
		return 0
	}
	return int(p.steps[place-1].day)
}

// hasStarted tells whether the issue was ever in doing.
func (p *passage) hasStarted() bool { return p.start != 0 }

// isFinished tells whether the issue is done by an entry into done.
func (p *passage) isFinished() bool { return p.finish != 0 }

// started returns the moment of the first entry into doing, zero for never.
func (p *passage) started() time.Time { return p.momentAt(p.start) }

// finished returns the moment of the last entry into done, zero for none.
func (p *passage) finished() time.Time { return p.momentAt(p.finish) }

// startDay returns the number of the local date of the start.
func (p *passage) startDay() int { return p.dayAt(p.start) }

// finishDay returns the number of the local date of the finish.
func (p *passage) finishDay() int { return p.dayAt(p.finish) }

// passagesKey names the passages of an index.
type passagesKey struct{}

// followedIssue is the passage of an issue, and what it comes to.
type followedIssue struct {
	passage *passage
	ending  ending
}

// followedIssues returns the passages of all issues through their whole pasts, by id.
func followedIssues(x *index.Index, columns columns) []followedIssue {
	return index.RecallEach(x, passagesKey{}, func(i *agile.Issue) followedIssue {
		p := followPassage(x, i, columns)
		return followedIssue{p, wholeEnding(x, p)}
	})
}

// usualSteps is how many steps most passages have at most.
const usualSteps = 16

// followPassage follows an issue through its whole past.
func followPassage(x *index.Index, i *agile.Issue, columns columns) *passage {
	var usual [usualSteps]passageStep
	steps, history, column := usual[:0], x.Histories.Of(i.ID), -1
	var state workstate.State
	for n := range history {
		b := &history[n]
		if !history.LastOfMoment(n) {
			continue // the last change of a moment tells what it led to
		}
		if c := columns.columnOf(i.Status.At(b.At()), b.State()); c >= 0 {
			column = c
		}
		if last := len(steps) - 1; last >= 0 && state == b.State() && int(steps[last].column) == column {
			continue
		}
		state = b.State()
		day := int32(x.Date(b.At()).Number())
		steps = append(steps, passageStep{snapshot: int32(n), day: day, column: int16(column)})
	}
	return newPassage(i, history, steps)
}

// newPassage returns the passage of an issue through some steps, which it copies.
func newPassage(i *agile.Issue, history index.StateHistory, steps []passageStep) *passage {
	p := &passage{issue: i, history: history, steps: make([]passageStep, len(steps))}
	copy(p.steps, steps)
	was := workstate.State("")
	for n, s := range p.steps {
		state := p.stateOf(s)
		if state == workstate.Doing && p.start == 0 {
			p.start = int32(n + 1)
		}
		switch {
		case state != workstate.Done:
			p.finish = 0
		case n > 0 && was != workstate.Done:
			p.finish = int32(n + 1)
		}
		was = state
	}
	markLeavings(p.steps)
	return p
}

// upTo returns the passage as of a moment at which the snapshot of a place holds.
func (p *passage) upTo(now int, at time.Time) *passage {
	if now == len(p.history)-1 {
		return p
	}
	n := 0
	for n < len(p.steps) && !p.momentOf(p.steps[n]).After(at) {
		n++
	}
	return newPassage(p.issue, p.history, p.steps[:n])
}

// countsAt tells whether an issue counts in the flow at a moment at which the snapshot of a place holds.
func (p *passage) countsAt(x *index.Index, now int, at time.Time) bool {
	return p.history[now].InScope() && x.Level(p.issue.Type.At(at)) == 0
}

// presentState returns the state of the present step.
func (p *passage) presentState() workstate.State { return p.stateOf(p.steps[len(p.steps)-1]) }

// presentColumn returns the place of the column of the present step, -1 before the first one.
func (p *passage) presentColumn() int { return int(p.steps[len(p.steps)-1].column) }

// markLeavings marks the steps by which each column was left forwards for the last time.
func markLeavings(steps []passageStep) {
	for n := range steps {
		steps[n].leaves = false
		if n == 0 || steps[n-1].column < 0 || steps[n].column <= steps[n-1].column {
			continue
		}
		for m := 1; m < n; m++ {
			if steps[m-1].column == steps[n-1].column {
				steps[m].leaves = false
			}
		}
		steps[n].leaves = true
	}
}
