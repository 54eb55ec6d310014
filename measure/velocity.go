package measure

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/internal/index"
	"jerem/sorting"
)

// Velocity is what a team completes in a working day, over its last closed sprints.
type Velocity struct {
	Median, Mean, Low, High float64 // estimate a working day
	Sprints                 []Rate  // oldest first
}

// Rate is what one sprint completed a working day, from its start to its completion.
type Rate struct {
	ID   int64
	Name string
	Rate float64
}

// lastClosed returns the last closed sprints as of a moment, as many as the team's rule says, in the
// order of their completion. Sprints that never started are none of them, nor those of which nothing tells when they
// were closed.
func lastClosed(t *Team, at time.Time) []*Sprint {
	heads := slices.DeleteFunc(t.Sprints(at), func(h SprintHead) bool {
		return h.State != agile.Closed || h.Start == nil || h.Complete == nil
	})
	sorting.By(heads, func(a, b SprintHead) int { return a.Complete.Compare(*b.Complete) })
	if n := t.Index.History.Team.Sprint.History; n > 0 && len(heads) > n {
		heads = heads[len(heads)-n:]
	}
	var out []*Sprint
	for _, h := range heads {
		if s, err := t.Sprint(h.ID, at); err == nil && s.Ledger != nil {
			out = append(out, s)
		}
	}
	return out
}

// VelocityAt looks at the last closed sprints before a moment, as many as the team's rule says;
// sprints of no working time are left out, not replaced. The median of an even number is the mean
// of the middle two. It is false where no sprint was closed yet.
func VelocityAt(t *Team, at time.Time) (Velocity, bool) {
	return velocityOf(t.Index, lastClosed(t, at))
}

// VelocityOfQuarter is the velocity that a quarter's figures are made from, as of the moment of the quarter.
func VelocityOfQuarter(t *Team, q *Quarter) (Velocity, bool) { return velocityOf(t.Index, q.past) }

func velocityOf(x *index.Index, past []*Sprint) (Velocity, bool) {
	var v Velocity
	var rates []float64
	for _, s := range past {
		days := x.History.Team.Calendar.Days(*s.Start, *s.Complete)
		if days == 0 {
			continue
		}
		rate := *s.Completed / days
		rates = append(rates, rate)
		v.Sprints = append(v.Sprints, Rate{s.ID, s.Name, rate})
	}
	if len(rates) == 0 {
		return v, false
	}
	for _, rate := range rates {
		v.Mean += rate / float64(len(rates))
	}
	slices.Sort(rates)
	v.Low, v.High = rates[0], rates[len(rates)-1]
	v.Median = (rates[(len(rates)-1)/2] + rates[len(rates)/2]) / 2
	return v, true
}

// WhyNoVelocity says why a team has no velocity.
func WhyNoVelocity(t *Team) string {
	if t.Index.History.Board.IsKanban() {
		return "a Kanban team has no sprints"
	}
	return "no sprint was closed yet"
}
