package outlook

import (
	"iter"
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/forecast"
	"jerem/measure/internal/index"
	"jerem/measure/internal/roadmap"
	workdays "jerem/measure/outlook/workdays"
)

// workUnit says what a forecast counts.
type workUnit struct {
	unit  agile.Unit
	team  *measure.Team
	known *epicsAt // what its inquiry holds, nil for nothing
}

// past is what a forecast draws from, as of a moment.
type past struct {
	days       workdays.List
	places     workdays.Places // of days
	throughput forecast.Throughput
	sizes      []float64 // estimates of what was finished
	finishDays int       // working days with a finish, whatever it was estimated at
}

// pastOf lays what was finished out on working days: all of it, or only what belonged to an epic.
func (u workUnit) pastOf(at time.Time, epicsOnly bool) past {
	var p past
	var first time.Time
	estimated := 0
	for f := range eachFinish(u, at, epicsOnly) {
		if first.IsZero() {
			first = f.At
		}
		if isSizeDrawn(u, f) {
			estimated++
		}
	}
	if first.IsZero() {
		return p
	}
	p.days = workdays.Between(u.team.Index, u.team.Index.Date(first), u.team.Index.Date(at))
	p.places, p.throughput = workdays.PlacesOf(p.days), make(forecast.Throughput, len(p.days))
	p.sizes = make([]float64, 0, estimated)
	last := -1
	for f := range eachFinish(u, at, epicsOnly) {
		if isSizeDrawn(u, f) {
			p.sizes = append(p.sizes, f.Estimate.Value)
		}
		n, ok := p.places.PlaceOf(u.team.Index.Date(f.At).Number())
		if ok && n != last {
			p.finishDays++
			last = n
		}
		if ok && f.Estimate.Known {
			p.throughput[n] += max(0, f.Estimate.Value)
		}
	}
	return p
}

// eachFinish goes through what was finished by a moment: all of it, or only what belonged to an epic.
func eachFinish(u workUnit, at time.Time, epicsOnly bool) iter.Seq[index.Finish] {
	return func(yield func(index.Finish) bool) {
		for f := range u.team.Index.EachFinish(u.unit, at) {
			if (f.UnderEpic || !epicsOnly) && !yield(f) {
				return
			}
		}
	}
}

// isSizeDrawn tells whether the size of what has no estimate may be drawn from a finish.
func isSizeDrawn(u workUnit, f index.Finish) bool { return f.Estimate.Known && u.unit != agile.Issues }

// growthBaseline returns the moment from which on changes of an epic's total are growth: the end of the first working
// day of its first quarter, the start of its first issue where it is in none; false where that lies ahead.
func growthBaseline(r *roadmap.Roadmap, epic int64, at time.Time) (time.Time, bool) {
	if quarters := r.QuartersOf(r.Index.Issues[epic], at); len(quarters) > 0 {
		baseline := r.Span(quarters[0]).EndOfFirstDay(r.Index.History.Team.Calendar)
		return baseline, !baseline.After(at)
	}
	var first time.Time
	for _, id := range r.Index.EpicIssues[epic] {
		start := r.Index.Histories[id].StartedBy(at)
		if !start.IsZero() && (first.IsZero() || start.Before(first)) {
			first = start
		}
	}
	return first, !first.IsZero()
}

// epicGrowth sums the changes of the totals of epics after their baselines by working day.
func (u workUnit) epicGrowth(epics []int64, places workdays.Places, at time.Time) []float64 {
	byDay := make([]float64, places.Days)
	known, changes := u.epicsAt(at), totalChanges(u)
	for _, epic := range epics {
		baseline, ok := known.baselineOf(epic)
		if !ok {
			continue
		}
		for _, c := range changes[epic] {
			if !c.at.After(baseline) || c.at.After(at) {
				continue
			}
			if place, past := places.Since(int(c.day)); past {
				byDay[place] += c.delta
			}
		}
	}
	return byDay
}

// totalChange is a change of what an issue counts for in an epic.
type totalChange struct {
	epic  int64
	at    time.Time
	day   int32 // number of the local date: see dayNumber
	delta float64
}

// totalChangesKey names the changes in a unit, of each issue and of the epics.
type totalChangesKey struct{ unit agile.Unit }

// totalChanges lists the changes of what issues count for in each epic, those of an issue in order of time, one issue
// after the other.
func totalChanges(u workUnit) map[int64][]*totalChange {
	x, key := u.team.Index, totalChangesKey{u.unit}
	return index.Recall(x, key, func() map[int64][]*totalChange {
		byEpic := map[int64][]*totalChange{}
		each := func(i *agile.Issue) []totalChange { return totalChangesOf(u, i) }
		for _, changes := range index.RecallEach(x, key, each) {
			for n := range changes {
				byEpic[changes[n].epic] = append(byEpic[changes[n].epic], &changes[n])
			}
		}
		return byEpic
	})
}

// totalChangesOf lists the changes of what an issue counts for in the epics that it ever belonged to.
func totalChangesOf(u workUnit, i *agile.Issue) (changes []totalChange) {
	var epics []int64
	history := u.team.Index.Histories[i.ID]
	for _, b := range history {
		if b.Epic != 0 && !slices.Contains(epics, b.Epic) {
			epics = append(epics, b.Epic)
		}
	}
	for _, epic := range epics {
		was := 0.0
		for n, b := range history {
			if !history.LastOfMoment(n) {
				continue
			}
			total := 0.0
			if b.Epic == epic && u.countsAt(i.ID, b.At) {
				total = index.EstimateIn(u.unit, b).Value
			}
			if total != was {
				day := int32(u.team.Index.Date(b.At).Number())
				changes = append(changes, totalChange{epic, b.At, day, total - was})
			}
			was = total
		}
	}
	return changes
}
