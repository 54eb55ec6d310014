package index

import (
	"slices"
	"time"

	"jerem/calendar"
	"jerem/measure/internal/recall"
)

// stepReach is how long before the moment of the reading steps are told: what is told of the present compares with a
// week ago, and with the start of the sprint.
const stepReach = 45 * 24 * time.Hour

// stepsKept is how many values are kept as of the last step: those of closed sprints, and of what pages show.
const stepsKept = 128

// ReadingTime is how long after the moment of a reading what it read may have been changed while it went on: only what
// is dated later is dated ahead.
const ReadingTime = time.Hour

func newSteps() *recall.Memo { return &recall.Memo{Most: stepsKept} }

// Step names a stretch of time in which nothing happens that a history tells: no field changes, no time is logged, no
// sprint begins, ends or is seen otherwise, no other days off are read, no change of the past is found, no day begins,
// no working hours begin or end, and what is dated ahead of the reading stays ahead. What rests on days and on what had
// happened is the same at all moments of a step.
type Step struct {
	last int64 // the last moment at which something happened to an issue, in microseconds since 1970
	rest int64 // the same of everything else
	day  calendar.Date
	part int8  // of the day: 0 before the working hours, 1 in them, 2 after them
	near int64 // the last of what was dated ahead of the reading and is so no more: every figure tells what is ahead
}

// StepAt returns the step of a moment; false for one that lies too long before the reading, or after it.
func (x *Index) StepAt(at time.Time) (Step, bool) {
	until := x.History.Until
	if at.After(until) || at.Before(until.Add(-stepReach)) {
		return Step{}, false
	}
	rest := Recall(x, datedKey{}, func() []int64 { return listDatedBeside(x) })
	step := Step{last: x.dated.lastUpTo(x, at), rest: lastUpTo(rest, at.UnixMicro()), day: x.Date(at),
		near: nearOf(x, until)}
	begin, end := x.History.Team.Calendar.Hours(step.day)
	if !at.Before(begin) {
		step.part = 1
	}
	if !at.Before(end) {
		step.part = 2
	}
	return step, true
}

// nearOf returns the last moment of an issue that was dated ahead of the reading of the history, and is so no more as
// of a later one; 0 where there is none.
func nearOf(x *Index, until time.Time) int64 {
	if near := x.dated.lastUpTo(x, until.Add(ReadingTime)); near > x.given.Until.Add(ReadingTime).UnixMicro() {
		return near
	}
	return 0
}

// InStep returns the value of a key as of a moment, computing it where what is kept was computed in another step, or of
// another history. The key names all that the value depends on beside the history and the step; a value tells nothing
// of the moment itself, and nobody changes it. Of a key one value is kept as of the moment of the reading, and one of
// each step before it; as of a moment without a step it is computed each time.
func InStep[V any](x *Index, at time.Time, key any, compute func() V) V {
	return InStepWith(x, at, key, nil, compute)
}

// InStepWith is [InStep] for a value that time moves within a step, but which is the same while something beside is.
func InStepWith[V any](x *Index, at time.Time, key, beside any, compute func() V) V {
	step, ok := x.StepAt(at)
	switch {
	case !ok:
		return compute()
	case at.Before(x.History.Until.Add(-Settling)):
		return recall.Latest(x.steps, pastKey{key, step}, beside, compute)
	case !at.Equal(x.History.Until): // not all of it may be listed yet
		present, _ := x.StepAt(x.History.Until)
		return recall.Latest(x.steps, pastKey{key, step}, stepBeside{present, beside}, compute)
	}
	return recall.Latest(x.steps, key, stepBeside{step, beside}, compute)
}

// stepBeside is a step in which something beside is the same.
type stepBeside struct {
	step   Step
	beside any
}

// pastKey names a value in a step before that of the reading.
type pastKey struct {
	key  any
	step Step
}

// Identity tells histories apart: it is the same for an index as of all its moments of reading.
type Identity struct{ token *byte }

func newIdentity() Identity { return Identity{new(byte)} }

// Identity returns the identity of the history.
func (x *Index) Identity() Identity { return x.identity }

// datedKey names the moments of what is no issue.
type datedKey struct{}

// listDatedBeside lists the moments at which something happens to what is no issue, in ascending order.
func listDatedBeside(x *Index) (all []int64) {
	h := x.History
	for _, created := range x.oddWorklogs {
		all = append(all, created.UnixMicro())
	}
	for _, s := range h.Sprints {
		for _, v := range s.Versions {
			for _, at := range []time.Time{v.Seen, v.Start, v.Start.Add(h.Team.Sprint.Grace), v.End, v.Complete} {
				all = append(all, at.UnixMicro())
			}
		}
	}
	h.OnCall.EachMoment(func(at time.Time) { all = append(all, at.UnixMicro()) })
	for _, v := range h.DaysOff {
		all = append(all, v.Seen.UnixMicro())
	}
	for _, change := range h.PastChanges {
		all = append(all, change.Found.UnixMicro())
	}
	for _, g := range h.Gaps {
		if g.Subject.IsRule() {
			all = append(all, g.From.UnixMicro(), g.Since.UnixMicro())
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// datedOf lists the moments at which something happens to an issue, from some time before the reading on.
func datedOf(x *Index, id int64, to []int64) []int64 {
	from := x.History.Until.Add(-stepReach - 24*time.Hour)
	eachDated(x, id, func(at time.Time) {
		if at.After(from) {
			to = append(to, at.UnixMicro())
		}
	})
	return to
}

func newDated() *momentList { return &momentList{of: datedOf} }
