package inputs

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/internal/index"
	"jerem/measure/internal/roadmap"
	"jerem/measure/outlook/workdays"
)

// youngScope is the age in working days up to which a scope's own growth tells too little: of these days the team's is
// drawn. Days before it was planned count among them, so that no date jumps on the day on which it is old enough.
const youngScope = 30

// GrowthOf returns the net change of a scope's total on each working day of the past: on days on which the epics or
// the sprint asked for were young that of the team, afterwards their own. Planning is no growth: of a sprint only what
// comes after its start counts, of an epic what comes after the baseline of its quarter.
func (w TeamWork) GrowthOf(s Scope, b *Basis, at time.Time) []float64 {
	switch {
	case s.Sprint != 0:
		grownUp := grownUpPlace(w, w.sprintStart(s.Sprint, at), b.Past.Days)
		growth := growthOfSprints(w, b.Past, at)
		if grownUp < len(growth) {
			growth = slices.Clone(growth)
			own := w.sprintGrowth(b.Past, at, func(sprint int64) bool { return sprint == s.Sprint })
			copy(growth[grownUp:], own[grownUp:])
		}
		return growth
	case s.Epics == nil:
		return nil
	}
	growth := b.growthOfTeam(w, at)
	grownUp := grownUpPlace(w, plannedSince(w, s.Epics, at), b.Past.Days)
	if grownUp < len(growth) {
		growth = slices.Clone(growth)
		copy(growth[grownUp:], w.epicGrowth(s.Epics, b.Past.Places, at)[grownUp:])
	}
	return growth
}

// grownUpPlace returns the place of the first working day on which a scope that is planned since a moment is no longer
// young; that behind the last one where there is none, as for a scope that is not planned.
func grownUpPlace(w TeamWork, since time.Time, days workdays.List) int {
	if since.IsZero() {
		return len(days)
	}
	first, _ := slices.BinarySearchFunc(days, w.Team.Index.Date(since).Add(1), calendar.Date.Compare)
	if first == 0 && len(days) > 0 {
		younger := w.Team.Index.History.Team.Calendar.Dates(w.Team.Index.Date(since).Add(1), days[0].Add(-1))
		return min(len(days), max(0, youngScope-younger))
	}
	return min(len(days), first+youngScope)
}

// plannedSince returns the moment since which all of some epics are planned, zero where one of them is not.
func plannedSince(w TeamWork, epics []int64, at time.Time) time.Time {
	var last time.Time
	for _, epic := range epics {
		since, ok := w.epicsAt(at).baselineOf(epic)
		if !ok {
			return time.Time{}
		}
		if since.After(last) {
			last = since
		}
	}
	return last
}

// growthBaseline returns the moment from which on changes of an epic's total are growth: the end of the first working
// day of its first quarter, the start of its first issue where it is in none; false where that lies ahead.
func growthBaseline(r *roadmap.Roadmap, epic int64, at time.Time) (time.Time, bool) {
	if quarters := r.QuartersOf(r.Index.Issues.Of(epic), at); len(quarters) > 0 {
		baseline := r.Span(quarters[0]).EndOfFirstDay(r.Index.History.Team.Calendar)
		return baseline, !baseline.After(at)
	}
	var first time.Time
	for _, id := range r.Index.EpicIssues.Of(epic) {
		start := r.Index.Histories.Of(id).StartedBy(at)
		if !start.IsZero() && (first.IsZero() || start.Before(first)) {
			first = start
		}
	}
	return first, !first.IsZero()
}

// epicGrowth sums the changes of the totals of epics after their baselines by working day.
func (w TeamWork) epicGrowth(epics []int64, places workdays.Places, at time.Time) []float64 {
	byDay := make([]float64, places.Days)
	known, changes := w.epicsAt(at), totalChanges(w)
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
	at    agile.Moment
	day   int32 // number of the local date: see calendar.Date.Number
	delta float64
}

// totalChangesKey names the changes in a unit, of each issue and of the epics.
type totalChangesKey struct{ unit agile.Unit }

// totalChanges lists the changes of what issues count for in each epic, those of an issue in order of time, one issue
// after the other.
func totalChanges(w TeamWork) map[int64][]*totalChange {
	x, key := w.Team.Index, totalChangesKey{w.Unit}
	return index.Recall(x, key, func() map[int64][]*totalChange {
		byEpic := map[int64][]*totalChange{}
		each := func(i *agile.Issue) []totalChange { return totalChangesOf(w, i) }
		for _, changes := range index.RecallEach(x, key, each) {
			for n := range changes {
				byEpic[changes[n].epic] = append(byEpic[changes[n].epic], &changes[n])
			}
		}
		return byEpic
	})
}

// totalChangesOf lists the changes of what an issue counts for in the epics that it ever belonged to.
func totalChangesOf(w TeamWork, i *agile.Issue) (changes []totalChange) {
	var epics []int64
	history, counts := w.Team.Index.Histories.Of(i.ID), w.countsThrough(i)
	for n := range history {
		if epic := history[n].Epic; epic != 0 && !slices.Contains(epics, epic) {
			epics = append(epics, epic)
		}
	}
	for _, epic := range epics {
		was := 0.0
		for n := range history {
			if !history.LastOfMoment(n) {
				continue
			}
			b, total := &history[n], 0.0
			if b.Epic == epic && counts(b.At()) {
				total = index.EstimateIn(w.Unit, *b).Value
			}
			if total != was {
				day := int32(w.Team.Index.Date(b.At()).Number())
				changes = append(changes, totalChange{epic, agile.MomentOf(b.At()), day, total - was})
			}
			was = total
		}
	}
	return changes
}
