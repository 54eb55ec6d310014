package inputs

import (
	"math"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/forecast"
	"jerem/measure/internal/index"
)

// sprintGrowthKey tells the growth of all sprints of a history apart: moments share it between which nothing changes of
// issues and sprints, as they share a basis.
type sprintGrowthKey struct {
	basis   BasisKey
	sprints int64 // the last moment of a sprint, in microseconds
}

// growthOfSprints returns the growth of all of the team's sprints by working day of the past, of all of its flow.
func growthOfSprints(w TeamWork, past Past, at time.Time) []float64 {
	key := sprintGrowthKey{BasisKeyOf(w, at, false), lastSprintMoment(w, at)}
	return index.Recall(w.Team.Index, key, func() []float64 {
		return w.sprintGrowth(past, at, func(int64) bool { return true })
	})
}

// lastSprintMoment returns the last moment up to another one at which something is told of a sprint, or it begins, its
// planning ends or it ends, in microseconds since 1970.
func lastSprintMoment(w TeamWork, at time.Time) int64 {
	last, grace := int64(math.MinInt64), w.Team.Index.History.Team.Sprint.Grace
	for _, sprint := range w.Team.Index.History.Sprints {
		for _, v := range sprint.Versions {
			for _, moment := range []time.Time{v.Seen, v.Start, v.Start.Add(grace), v.End, v.Complete} {
				if !moment.After(at) {
					last = max(last, moment.UnixMicro())
				}
			}
		}
	}
	return last
}

// sprintGrowth sums what was added to, removed from and re-estimated in those of the team's sprints that are taken, by
// working day.
func (w TeamWork) sprintGrowth(past Past, at time.Time, take func(sprint int64) bool) []float64 {
	byDay := make([]float64, len(past.Days))
	if len(byDay) == 0 {
		return byDay
	}
	drawn := past.Days[max(0, len(past.Days)-forecast.WindowDays)]
	for _, sprint := range w.Team.Index.History.Sprints {
		if !take(sprint.ID) {
			continue
		}
		v := sprint.At(at)
		ended := v.ClosedBy(at) && w.Team.Index.Date(v.Completed()).Before(drawn)
		if !v.BegunBy(at) || v.CompletionUnknown() || ended {
			continue
		}
		first := drawn.Number()
		for _, c := range w.changesOfSprint(w.Team.Index.SprintSpan(sprint.ID, v, at)) {
			if n, ok := past.Places.Since(c.day); ok && c.day >= first {
				byDay[n] += c.delta
			}
		}
	}
	return byDay
}

// sprintChange is a change of a sprint's total by an entry of its ledger.
type sprintChange struct {
	day   int // number of the local date: see calendar.Date.Number
	delta float64
}

// sprintChangesKey names the changes of a closed sprint, in a unit.
type sprintChangesKey struct{ unit agile.Unit }

// changesOfSprint lists the changes of a sprint's total in order. Those of a closed one are the same at every later
// moment.
func (w TeamWork) changesOfSprint(span index.SprintSpan) []sprintChange {
	return index.RecallClosed(w.Team.Index, span, sprintChangesKey{w.Unit}, func() (changes []sprintChange) {
		for _, e := range measure.LedgerOf(w.Team.Index, span, w.Team.Index.Memberships(span)).Entries {
			if delta := entryDelta(w, e); delta != 0 {
				changes = append(changes, sprintChange{w.Team.Index.Date(e.Time).Number(), delta})
			}
		}
		return changes
	})
}

// entryDelta returns what an entry of a ledger changes in the unit asked.
func entryDelta(w TeamWork, e measure.Entry) float64 {
	scope := e.Kind == measure.Add || e.Kind == measure.Remove || e.Kind == measure.Reestimate
	switch {
	case scope && w.Unit == w.Team.Index.Unit:
		return e.Delta
	case e.Kind == measure.Add:
		return 1
	case e.Kind == measure.Remove:
		return -1
	}
	return 0
}

// sprintStart returns when a sprint began, zero where that is not known.
func (w TeamWork) sprintStart(id int64, at time.Time) time.Time {
	if v := w.SprintVersion(id, at); v.BegunBy(at) {
		return v.Start
	}
	return time.Time{}
}
