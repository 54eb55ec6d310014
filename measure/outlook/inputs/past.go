package inputs

import (
	"fmt"
	"iter"
	"time"

	"jerem/agile"
	"jerem/measure/forecast"
	"jerem/measure/internal/index"
	"jerem/measure/outlook/workdays"
)

// Past is what a forecast draws from, as of a moment.
type Past struct {
	Days       workdays.List
	Places     workdays.Places // of days
	Throughput forecast.Throughput
	Sizes      []float64 // estimates of what was finished
	FinishDays int       // working days with a finish, whatever it was estimated at
}

// PastOf lays what was finished out on working days: all of it, or only what belonged to an epic.
func (w TeamWork) PastOf(at time.Time, epicsOnly bool) Past {
	var p Past
	var first time.Time
	estimated := 0
	for f := range eachFinish(w, at, epicsOnly) {
		if first.IsZero() {
			first = f.At
		}
		if isSizeDrawn(w, f) {
			estimated++
		}
	}
	if first.IsZero() {
		return p
	}
	p.Days = workdays.Between(w.Team.Index, w.Team.Index.Date(first), w.Team.Index.Date(at))
	p.Places, p.Throughput = workdays.PlacesOf(p.Days), make(forecast.Throughput, len(p.Days))
	p.Sizes = make([]float64, 0, estimated)
	last := -1
	for f := range eachFinish(w, at, epicsOnly) {
		if isSizeDrawn(w, f) {
			p.Sizes = append(p.Sizes, f.Estimate.Value)
		}
		n, ok := p.Places.PlaceOf(w.Team.Index.Date(f.At).Number())
		if ok && n != last {
			p.FinishDays++
			last = n
		}
		if ok && f.Estimate.Known {
			p.Throughput[n] += max(0, f.Estimate.Value)
		}
	}
	return p
}

// eachFinish goes through what was finished by a moment: all of it, or only what belonged to an epic.
func eachFinish(w TeamWork, at time.Time, epicsOnly bool) iter.Seq[index.Finish] {
	return func(yield func(index.Finish) bool) {
		for f := range w.Team.Index.EachFinish(w.Unit, at) {
			if (f.UnderEpic || !epicsOnly) && !yield(f) {
				return
			}
		}
	}
}

// FinishedOn lists what of a past was finished on a working day, what was finished on the days off before it among it.
func FinishedOn(w TeamWork, p Past, day string, at time.Time, epicsOnly bool) (out []index.Finish) {
	for f := range eachFinish(w, at, epicsOnly) {
		n, ok := p.Places.PlaceOf(w.Team.Index.Date(f.At).Number())
		if ok && p.Days[n].String() == day && f.Estimate.Known {
			out = append(out, f)
		}
	}
	return out
}

// isSizeDrawn tells whether the size of what has no estimate may be drawn from a finish.
func isSizeDrawn(w TeamWork, f index.Finish) bool { return f.Estimate.Known && w.Unit != agile.Issues }

// CannotTell says what a history lacks for a forecast.
func (p Past) CannotTell() string {
	if n := len(p.Throughput); n < forecast.FewestDays {
		return fmt.Sprintf("cannot tell yet: %d of %d working days of history", n, forecast.FewestDays)
	}
	if p.FinishDays >= forecast.FewestActive {
		some := "none"
		if n := p.Throughput.Active(); n > 0 {
			some = fmt.Sprint(n)
		}
		return fmt.Sprintf("cannot tell: work was finished on %d working days, on %s of them any estimated above 0",
			p.FinishDays, some)
	}
	return fmt.Sprintf("cannot tell yet: %d of %d working days with a finish", p.FinishDays, forecast.FewestActive)
}
