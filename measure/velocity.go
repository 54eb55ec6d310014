package measure

import (
	"slices"
	"time"

	"jerem/agile"
)

// Velocity is what a team completes in a working day, over its last closed sprints.
type Velocity struct {
	Median, Low, High float64 // estimate a working day
	Sprints           []Rate  // oldest first
}

// Rate is what one sprint completed a working day, from its start to its completion.
type Rate struct {
	ID   int64
	Name string
	Rate float64
}

// lastClosed lists the last closed sprints as of a moment, oldest first, as many as the team's rule says.
func (t *Team) lastClosed(at time.Time) []SprintHead {
	heads := slices.DeleteFunc(t.Sprints(at), func(h SprintHead) bool { return h.State != agile.Closed || h.Start == nil })
	if n := t.h.Team.Sprint.History; n > 0 && len(heads) > n {
		heads = heads[len(heads)-n:]
	}
	return heads
}

// Velocity looks at the last closed sprints before a moment, as many as the team's rule says;
// sprints of no working time are left out, not replaced. The median of an even number is the mean
// of the middle two. It is false where no sprint was closed yet.
func (t *Team) Velocity(at time.Time) (Velocity, bool) {
	var v Velocity
	var rates []float64
	for _, h := range t.lastClosed(at) {
		s, err := t.Sprint(h.ID, at)
		days := t.h.Team.Calendar.Days(*h.Start, *h.Complete)
		if err != nil || s.Completed == nil || days == 0 {
			continue
		}
		rate := *s.Completed / days
		rates = append(rates, rate)
		v.Sprints = append(v.Sprints, Rate{h.ID, h.Name, rate})
	}
	if len(rates) == 0 {
		return v, false
	}
	slices.Sort(rates)
	v.Low, v.High = rates[0], rates[len(rates)-1]
	v.Median = (rates[(len(rates)-1)/2] + rates[len(rates)/2]) / 2
	return v, true
}
