package measure

import (
	"time"

	"jerem/measure/internal/index"
)

// Step names a stretch of time in which nothing happens that a team's history tells, and no day and no working hours
// begin or end: what rests on days and on what had happened is the same at all moments of it. Steps of two histories
// differ, also of one that goes on from the other.
type Step struct {
	history index.Identity
	step    index.Step
}

// StepAt returns the step of a moment; false for one that lies long before the reading, or after it.
func (t *Team) StepAt(at time.Time) (Step, bool) {
	step, ok := t.Index.StepAt(at)
	return Step{t.Index.Identity(), step}, ok
}

// InStep returns the value of a key as of a moment, computing it where what is kept is of another step. The key names
// all that the value depends on beside the history and the step; a value tells nothing of the moment itself, and nobody
// changes it.
func InStep[V any](t *Team, at time.Time, key any, compute func() V) V {
	return index.InStep(t.Index, at, key, compute)
}

// InStepWith is [InStep] for a value that time moves within a step, but which is the same while something beside is.
func InStepWith[V any](t *Team, at time.Time, key, beside any, compute func() V) V {
	return index.InStepWith(t.Index, at, key, beside, compute)
}
