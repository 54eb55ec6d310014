package outlook

import (
	"sync"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/forecast"
	"jerem/measure/internal/index"
)

// Inquiry asks several questions about a team. What they rest on in common, as what was finished by a moment and the
// record of forecasts made of it, is worked out once for all inquiries about the same history.
type Inquiry struct{ team *measure.Team }

// About begins an inquiry about a team.
func About(team *measure.Team) *Inquiry {
	return &Inquiry{team: team}
}

// basisKey tells the bases of a history apart.
type basisKey struct {
	at        time.Time
	unit      agile.Unit
	epicsOnly bool
}

// basis is what questions of one moment and one unit rest on, whatever their scope. It is shared by all who ask about
// the same history.
type basis struct {
	past      past
	record    []forecast.Outcome
	corrected forecast.Corrected
	can       bool

	growth     sync.Once
	teamGrowth []float64 // of all epics of the team
}

// basisOf returns what questions of a moment rest on.
func (inquiry *Inquiry) basisOf(u workUnit, at time.Time, epicsOnly bool) *basis {
	key := basisKey{at, u.unit, epicsOnly}
	return index.Recall(u.team.Index, key, func() *basis {
		b := &basis{past: u.pastOf(at, epicsOnly)}
		b.record = forecast.Replay(b.past.throughput)
		b.corrected = forecast.Correct(b.record, len(b.past.throughput), forecast.Shipped())
		b.can = b.past.throughput.CanTell()
		return b
	})
}

// growthOfTeam returns the growth of all epics of the team by working day of the past.
func (b *basis) growthOfTeam(u workUnit, at time.Time) []float64 {
	b.growth.Do(func() {
		b.teamGrowth = u.epicGrowth(u.ownEpics(at), b.past.days, at)
	})
	return b.teamGrowth
}

// ownEpics lists the epics that are in the team's scope at a moment. Those of others are known where an issue of the
// team has to do with them; which ones depends on what else is read.
func (u workUnit) ownEpics(at time.Time) (own []int64) {
	x := u.team.Index
	for _, id := range u.team.Roadmap.Epics {
		if epic := x.Issues[id]; x.InScope(epic, epic.Project.At(at)) {
			own = append(own, id)
		}
	}
	return own
}
