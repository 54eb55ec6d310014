package outlook

import (
	"time"

	"jerem/measure"
	"jerem/measure/internal/index"
	"jerem/measure/internal/roadmap"
	"jerem/measure/outlook/workdays"
)

// answerPart says which part of an answer was asked for.
type answerPart int

// The parts of an answer that are asked for.
const (
	allButPrice answerPart = iota
	wholeAnswer
	onlyProjection
)

func askedWhole(priced bool) answerPart {
	if priced {
		return wholeAnswer
	}
	return allButPrice
}

// answerKey names an answer that is the same in a step of the moment asked and one of the moment that it is compared
// with, a week before.
type answerKey struct {
	quarter roadmap.QuarterName
	epic    string
	sprint  int64
	issues  bool
	part    answerPart
	since   index.Step
}

// keyOf returns the key of a question as of a moment; false for a question that is not kept: one of a number, or that
// asks what if, or what moved since a moment that is named.
func (inquiry *Inquiry) keyOf(q Question, at time.Time, part answerPart) (answerKey, bool) {
	key := answerKey{epic: q.Epic, sprint: q.Sprint, issues: q.Issues, part: part}
	if q.Quarter != nil {
		key.quarter = *q.Quarter
	}
	plain := q.isPlain()
	since, known := inquiry.team.Index.StepAt(at.Add(-aWeek))
	key.since = since
	return key, plain && known
}

// isPlain tells whether a question names nothing but what is to be done.
func (q Question) isPlain() bool {
	return q.Remaining == nil && q.By == nil && q.Scope == 0 && q.Pace == 0 && len(q.Without) == 0 &&
		q.Deadline == nil && q.Since.IsZero()
}

// answered is an answer, or why there is none.
type answered struct {
	forecast *Forecast
	err      error
}

// answerInStep returns the answer to a question, computing it where it is not kept of the same step.
func (inquiry *Inquiry) answerInStep(q Question, at time.Time, part answerPart,
	answer func() (*Forecast, error)) (*Forecast, error) {
	key, kept := inquiry.keyOf(q, at, part)
	if !kept {
		return answer()
	}
	told := measure.InStep(inquiry.team, at, key, func() answered {
		f, err := answer()
		if f != nil {
			f.projection = f.projection.withoutTeam()
		}
		return answered{f, err}
	})
	if told.err != nil {
		return nil, told.err
	}
	return told.forecast.asOf(inquiry.team, at, q.asOf(inquiry.team, at)), nil
}

// asOf returns a forecast of a team as of another moment of its step, which is answered as of a moment too.
func (f *Forecast) asOf(team *measure.Team, at, answered time.Time) *Forecast {
	out := *f
	out.At, out.projection = at.UTC(), f.projection.asOf(team, answered)
	if f.Moved != nil {
		moved := *f.Moved
		moved.Since = answered.Add(-aWeek).UTC()
		out.Moved = &moved
	}
	return &out
}

// asOf returns a projection of a team as of another moment of its step. What is looked up on demand is looked up anew:
// several viewers may ask at once.
func (o *projection) asOf(team *measure.Team, at time.Time) *projection {
	out := *o
	out.team, out.unit.Team, out.unit.Known = team, team, nil
	out.at, out.ahead = at, workdays.After(team.Index, at)
	return &out
}

// withoutTeam returns a projection that holds nothing of its team, to be kept: what is kept goes from one generation of
// the team to the next, and would keep all that was computed of the first of them. [projection.asOf] gives it a team.
func (o *projection) withoutTeam() *projection {
	if o == nil {
		return nil
	}
	out := *o
	out.team, out.unit.Team, out.unit.Known, out.ahead = nil, nil, nil, nil
	return &out
}

// projectInStep returns the projection of a question at a moment before the present, computing it where it is not kept
// of the same step.
func (inquiry *Inquiry) projectInStep(q Question, at time.Time) (*projection, error) {
	if !q.isPlain() || inquiry.once {
		return inquiry.projectAnew(q, at)
	}
	key := answerKey{epic: q.Epic, sprint: q.Sprint, issues: q.Issues, part: onlyProjection}
	if q.Quarter != nil {
		key.quarter = *q.Quarter
	}
	kept := measure.InStep(inquiry.team, at, key, func() projected {
		o, err := inquiry.projectAnew(q, at)
		return projected{o.withoutTeam(), err}
	})
	if kept.err != nil {
		return nil, kept.err
	}
	return kept.projection.asOf(inquiry.team, q.asOf(inquiry.team, at)), nil
}

// projected is a projection, or why there is none.
type projected struct {
	projection *projection
	err        error
}
