package flow

import (
	"time"

	"jerem/agile"
	"jerem/measure/internal/index"
	"jerem/measure/internal/workstate"
)

// ending is what the passage of an issue comes to. Those of all issues lie side by side: a window of the present reads
// them, and no more of most issues. Nothing of it changes from a moment on.
type ending struct {
	since     agile.Moment // of the last snapshot: each change of the type has one too
	touched   agile.Moment // when what stands in doing last changed or had work logged; zero for what does not
	startDay  int32        // number of the local date of the start; 0 for none
	finishDay int32        // the same of the finish
	lastDay   int32        // the same of the last step
	furthest  int16        // place of the furthest column that it reached, -1 for none
	marks     endingMarks
}

// endingMarks are what holds of an ending.
type endingMarks uint8

const (
	counting   endingMarks = 1 << iota // it counts in the flow
	hasStarted                         // it was ever in doing
	isFinished                         // it is done by an entry into done
	standsDone
	isUnclear  // the category of its status is unknown
	wasUnclear // or was so at any time
	isBroken   // the history of what makes its state does not join
)

func (e *ending) has(mark endingMarks) bool { return e.marks&mark != 0 }

// farAhead is later than anything that is dated ahead.
var farAhead = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// wholeEnding returns what a passage through the whole past of an issue comes to; that of an issue without a past
// counts nowhere.
func wholeEnding(x *index.Index, p *passage) ending {
	last := len(p.history) - 1
	if last < 0 {
		return ending{furthest: -1}
	}
	e := endingOf(x, p, last, farAhead)
	e.since = agile.MomentOf(p.history[last].At())
	return e
}

// endingOf returns what a passage up to a moment comes to, at which the snapshot of a place holds.
func endingOf(x *index.Index, p *passage, now int, at time.Time) ending {
	steps := p.steps
	e := ending{startDay: int32(p.startDay()), finishDay: int32(p.finishDay()), lastDay: steps[len(steps)-1].day,
		furthest: -1}
	for _, s := range steps {
		e.furthest = max(e.furthest, s.column)
	}
	state := p.presentState()
	e.mark(counting, p.countsAt(x, now, at))
	e.mark(hasStarted, p.hasStarted())
	e.mark(isFinished, p.isFinished())
	e.mark(standsDone, state == workstate.Done)
	e.mark(isUnclear, !p.history[now].StateKnown())
	for n := range p.history[:now+1] {
		e.mark(wasUnclear, !p.history[n].StateKnown())
	}
	e.mark(isBroken, p.issue.Broken.In(agile.FieldStatus, agile.FieldProject, agile.FieldType) > 0)
	if state == workstate.Doing {
		e.touched = agile.MomentOf(lastTouch(x, p.issue, at))
	}
	return e
}

// mark notes what holds.
func (e *ending) mark(mark endingMarks, holds bool) {
	if holds {
		e.marks |= mark
	}
}
