package outlook

import (
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/forecast"
)

// Inquiry asks several questions about a team. What they rest on in common, as what was finished by a moment and the
// record of forecasts made of it, is worked out once. It is not safe for concurrent use.
type Inquiry struct {
	team    *measure.Team
	bases   map[basisKey]*basis
	replays forecast.Replays
}

// About begins an inquiry about a team.
func About(team *measure.Team) *Inquiry {
	return &Inquiry{team: team, bases: map[basisKey]*basis{}}
}

// basisKey tells the bases of an inquiry apart.
type basisKey struct {
	at        time.Time
	unit      agile.Unit
	epicsOnly bool
}

// basis is what questions of one moment and one unit rest on, whatever their scope.
type basis struct {
	past      past
	record    []forecast.Outcome
	corrected forecast.Corrected
	ahead     *daysAhead
	can       bool

	teamGrowth []float64 // of all epics of the team; nil until it is asked for
}

// basisOf returns what questions of a moment rest on.
func (inquiry *Inquiry) basisOf(u workUnit, at time.Time, epicsOnly bool) *basis {
	key := basisKey{at, u.unit, epicsOnly}
	b, known := inquiry.bases[key]
	if !known {
		b = &basis{past: u.pastOf(at, epicsOnly), ahead: countAhead(u.team.Index, at)}
		b.record = inquiry.replays.Replay(b.past.throughput)
		b.corrected = forecast.Correct(b.record, len(b.past.throughput), forecast.Shipped())
		b.can = b.past.throughput.CanTell()
		inquiry.bases[key] = b
	}
	return b
}

// growthOfTeam returns the growth of all epics of the team by working day of the past.
func (b *basis) growthOfTeam(u workUnit, at time.Time) []float64 {
	if b.teamGrowth == nil {
		b.teamGrowth = u.epicGrowth(u.team.Roadmap.Epics, b.past.days, at)
	}
	return b.teamGrowth
}
