package inputs

import (
	"math"
	"sync"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/forecast"
	"jerem/measure/internal/index"
	"jerem/measure/internal/roadmap"
)

// BasisKey tells the bases of a history apart. Moments between which nothing changes that a basis rests on share one:
// no issue is another, no epic has other marks of quarters, and no day begins. A quarter's first day ends an instant
// before midnight.
type BasisKey struct {
	changed, marked int64 // the last change of an issue and of marks, in microseconds
	below           int   // what the moment is beyond its microsecond
	day, dayOfNext  calendar.Date
	unit            agile.Unit
	epicsOnly       bool
}

// BasisKeyOf returns the key of the basis of a moment, of all work or of epics alone.
func BasisKeyOf(w TeamWork, at time.Time, epicsOnly bool) BasisKey {
	x := w.Team.Index
	return BasisKey{changed: index.LastChange(x, at), marked: lastMark(w, at), below: at.Nanosecond() % 1000,
		day: x.Date(at), dayOfNext: x.Date(at.Add(roadmap.Instant)), unit: w.Unit, epicsOnly: epicsOnly}
}

// lastMark returns the moment of the last change of what tells the quarters of epics up to a moment, in microseconds
// since 1970.
func lastMark(w TeamWork, at time.Time) int64 {
	last := int64(math.MinInt64)
	for _, id := range w.Team.Roadmap.Epics {
		for _, s := range w.Team.Roadmap.Marks.Of(w.Team.Index.Issues.Of(id)) {
			if !s.From.After(at) {
				last = max(last, s.From.Time().UnixMicro())
			}
		}
	}
	return last
}

// Basis is what questions of a moment and one unit rest on, whatever their scope. It is shared by all who ask about
// the same history.
type Basis struct {
	Past      Past
	Record    []forecast.Told
	Corrected forecast.Corrected
	CanTell   bool

	growth     sync.Once
	teamGrowth []float64 // of all epics of the team
}

// NewBasis works out what questions of a moment rest on: the past, and the record of forecasts made of it.
func NewBasis(w TeamWork, at time.Time, epicsOnly bool) *Basis {
	b := &Basis{Past: w.PastOf(at, epicsOnly)}
	record := forecast.Replay(b.Past.Throughput)
	b.Record = forecast.Calibrate(record, forecast.Shipped())
	b.Corrected = forecast.Correct(record, len(b.Past.Throughput), forecast.Shipped())
	b.CanTell = b.Past.Throughput.CanTell()
	return b
}

// growthOfTeam returns the growth of all epics of the team by working day of the past.
func (b *Basis) growthOfTeam(w TeamWork, at time.Time) []float64 {
	b.growth.Do(func() {
		b.teamGrowth = w.epicGrowth(w.ownEpics(at), b.Past.Places, at)
	})
	return b.teamGrowth
}

// ownEpics lists the epics that are in the team's scope at a moment. Those of others are known where an issue of the
// team has to do with them; which ones depends on what else is read.
func (w TeamWork) ownEpics(at time.Time) (own []int64) {
	x := w.Team.Index
	for _, id := range w.Team.Roadmap.Epics {
		if epic := x.Issues.Of(id); x.InScope(epic, at) {
			own = append(own, id)
		}
	}
	return own
}
