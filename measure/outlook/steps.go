package outlook

import (
	"time"

	"jerem/measure"
	"jerem/measure/internal/recall"
	"jerem/measure/internal/roadmap"
)

// mostTogether is how many values are kept of several teams in a quarter: a few of each initiative.
const mostTogether = 256

// togetherKey names what is kept of several teams in a quarter, with the first of them.
type togetherKey struct{ name roadmap.QuarterName }

// chained are things in a row, in a form that compares.
type chained struct{ last, before any }

// recallTogether returns a value of several teams in a quarter, computing it where the one that is kept rests on
// something else. The key names the value; nobody changes it.
func recallTogether[V any](teams []Asked, name roadmap.QuarterName, key, rests any, compute func() V) V {
	kept := measure.InStep(teams[0].Team, teams[0].asOf(name), togetherKey{name}, func() *recall.Memo {
		return &recall.Memo{Most: mostTogether}
	})
	return recall.Latest(kept, key, rests, compute)
}

// asOf is the moment as of which a quarter of the team is told.
func (a Asked) asOf(name roadmap.QuarterName) time.Time { return a.Team.Roadmap.Span(name).AsOf(a.At) }

// stepsOf are the histories and the steps in which several teams are told, in a form that compares; false where one of
// them has no step.
func stepsOf(teams []Asked, name roadmap.QuarterName) (steps any, known bool) {
	for _, asked := range teams {
		step, known := asked.Team.StepAt(asked.asOf(name))
		if !known {
			return nil, false
		}
		steps = chained{step, steps}
	}
	return steps, len(teams) > 0
}
