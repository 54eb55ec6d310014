package outlook

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/forecast"
	"jerem/measure/internal/amount"
	"jerem/measure/internal/index"
	"jerem/measure/internal/roadmap"
)

// youngScope is the age in working days up to which a scope's own growth tells too little: of these days the team's is
// drawn. Days before it was planned count among them, so that no date jumps on the day on which it is old enough.
const youngScope = 30

// scope is what a forecast is asked of: how much is left, and of what.
type scope struct {
	done        float64 // of it, already
	remaining   float64
	earlier     float64 // the part of remaining that is of epics taken before the one asked for
	unestimated int
	issues      map[int64]scopeIssue // what is counted, by id; none for a number
	epics       []int64              // the epics that are counted, nil for a sprint or a number
	sprint      int64
	deadline    *calendar.Date
}

// scopeIssue is what an issue counts for in a scope.
type scopeIssue struct {
	epic        int64 // 0 in the scope of a sprint
	estimate    float64
	unestimated bool // it draws a size while it is open
	done        bool
}

// epicScope returns what is left of epics at a moment; sizes of unestimated issues come on top.
func (u workUnit) epicScope(epics []int64, at time.Time, take func(epic, issue int64) bool) scope {
	s := scope{epics: epics, issues: map[int64]scopeIssue{}}
	for _, epic := range epics {
		for id, b := range u.team.Index.IssuesOfEpic(epic, at) {
			if u.countsAt(id, at) && take(epic, id) {
				s.addIssue(u, epic, id, b, at)
			}
		}
	}
	s.done, s.remaining = amount.Tidy(s.done), amount.Tidy(s.remaining)
	return s
}

// addIssue counts an issue of the scope.
func (s *scope) addIssue(u workUnit, epic, id int64, b index.Snapshot, at time.Time) {
	one := scopeIssue{epic: epic, estimate: index.EstimateIn(u.unit, b).Value, done: b.State == index.Done}
	if one.done {
		s.done += one.estimate
	} else {
		s.remaining += one.estimate
		one.unestimated = u.unit != agile.Issues && u.team.Index.Unestimated(id, b, at)
	}
	if one.unestimated {
		s.unestimated++
	}
	s.issues[id] = one
}

// countsAt tells whether an issue is work of its own at a moment, in the unit asked.
func (u workUnit) countsAt(id int64, at time.Time) bool {
	return index.CountsIn(u.unit, u.team.Index.Level(u.team.Index.Issues[id].Type.At(at)))
}

// sprintScope returns what is left of a sprint at a moment.
func (u workUnit) sprintScope(sprint int64, at time.Time) scope {
	s := scope{sprint: sprint, issues: map[int64]scopeIssue{}}
	for _, id := range u.team.Index.SprintIssues[sprint] {
		b, _ := u.team.Index.Histories[id].At(at)
		if b.InSprints && slices.Contains(b.Sprints, sprint) && u.countsAt(id, at) {
			s.addIssue(u, 0, id, b, at)
		}
	}
	s.done, s.remaining = amount.Tidy(s.done), amount.Tidy(s.remaining)
	return s
}

// growthOf returns the net change of a scope's total on each working day of the past: on days on which the epics or
// the sprint asked for were young that of the team, afterwards their own. Planning is no growth: of a sprint only what
// comes after its start counts, of an epic what comes after the baseline of its quarter.
func (u workUnit) growthOf(s scope, b *basis, at time.Time) []float64 {
	switch {
	case s.sprint != 0:
		grownUp := u.grownUpPlace(u.sprintStart(s.sprint, at), b.past.days)
		growth := u.sprintGrowth(b.past.days, at, func(int64) bool { return true })
		if grownUp < len(growth) {
			own := u.sprintGrowth(b.past.days, at, func(sprint int64) bool { return sprint == s.sprint })
			copy(growth[grownUp:], own[grownUp:])
		}
		return growth
	case s.epics == nil:
		return nil
	}
	growth := b.growthOfTeam(u, at)
	grownUp := u.grownUpPlace(u.plannedSince(s.epics, at), b.past.days)
	if grownUp < len(growth) {
		growth = slices.Clone(growth)
		copy(growth[grownUp:], u.epicGrowth(s.epics, b.past.days, at)[grownUp:])
	}
	return growth
}

// grownUpPlace returns the place of the first working day on which a scope that is planned since a moment is no longer
// young; that behind the last one where there is none, as for a scope that is not planned.
func (u workUnit) grownUpPlace(since time.Time, days workdays) int {
	if since.IsZero() {
		return len(days)
	}
	first, _ := slices.BinarySearchFunc(days, u.team.Index.Date(since).Add(1), compareDates)
	if first == 0 && len(days) > 0 {
		younger := u.team.Index.History.Team.Calendar.Dates(u.team.Index.Date(since).Add(1), days[0].Add(-1))
		return min(len(days), max(0, youngScope-younger))
	}
	return min(len(days), first+youngScope)
}

// sprintStart returns when a sprint began, zero where that is not known.
func (u workUnit) sprintStart(id int64, at time.Time) time.Time {
	for _, sprint := range u.team.Index.History.Sprints {
		if v := sprint.At(at); sprint.ID == id && v.Started() && !v.Start.After(at) {
			return v.Start
		}
	}
	return time.Time{}
}

// plannedSince returns the moment since which all of some epics are planned, zero where one of them is not.
func (u workUnit) plannedSince(epics []int64, at time.Time) time.Time {
	var last time.Time
	for _, epic := range epics {
		since, ok := growthBaseline(u.team.Roadmap, epic, at)
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
	if quarters := r.QuartersOf(r.Index.Issues[epic], at); len(quarters) > 0 {
		baseline := r.EndOfFirstDay(r.Span(quarters[0]))
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
func (u workUnit) epicGrowth(epics []int64, days workdays, at time.Time) []float64 {
	byDay := make([]float64, len(days))
	for _, epic := range epics {
		baseline, ok := growthBaseline(u.team.Roadmap, epic, at)
		if !ok {
			continue
		}
		for _, id := range u.team.Index.EpicIssues[epic] {
			u.addGrowth(byDay, days, epic, id, baseline, at)
		}
	}
	return byDay
}

// addGrowth adds the changes of what an issue counts for in an epic, after its baseline and up to a moment.
func (u workUnit) addGrowth(byDay []float64, days workdays, epic, id int64, baseline, at time.Time) {
	history := u.team.Index.Histories[id]
	was := 0.0
	for n, b := range history {
		if b.At.After(at) {
			return
		}
		if !history.LastOfMoment(n) {
			continue
		}
		total := 0.0
		if b.Epic == epic && u.countsAt(id, b.At) {
			total = index.EstimateIn(u.unit, b).Value
		}
		if total != was && b.At.After(baseline) {
			if place, past := days.placeSince(u.team.Index.Date(b.At)); past {
				byDay[place] += total - was
			}
		}
		was = total
	}
}

// sprintGrowth sums what was added to, removed from and re-estimated in those of the team's sprints that are taken, by
// working day.
func (u workUnit) sprintGrowth(days workdays, at time.Time, take func(sprint int64) bool) []float64 {
	byDay := make([]float64, len(days))
	if len(days) == 0 {
		return byDay
	}
	drawn := days[max(0, len(days)-forecast.WindowDays)]
	for _, sprint := range u.team.Index.History.Sprints {
		if !take(sprint.ID) {
			continue
		}
		v := sprint.At(at)
		ended := v.ClosedBy(at) && u.team.Index.Date(v.Completed()).Before(drawn)
		if !v.Started() || v.Start.After(at) || ended {
			continue
		}
		span := u.team.Index.SprintSpan(sprint.ID, v, at)
		for _, e := range measure.LedgerOf(u.team.Index, span, u.team.Index.Memberships(span)).Entries {
			n, ok := days.placeOf(u.team.Index.Date(e.Time))
			if ok && !u.team.Index.Date(e.Time).Before(drawn) {
				byDay[n] += u.entryDelta(e)
			}
		}
	}
	return byDay
}

// entryDelta returns what an entry of a ledger changes in the unit asked.
func (u workUnit) entryDelta(e measure.Entry) float64 {
	scope := e.Kind == measure.Add || e.Kind == measure.Remove || e.Kind == measure.Reestimate
	switch {
	case scope && u.unit == u.team.Index.Unit:
		return e.Delta
	case e.Kind == measure.Add:
		return 1
	case e.Kind == measure.Remove:
		return -1
	}
	return 0
}

// orderEpics orders epics as they are taken: those begun by the start of their first issue, then the others by key.
func orderEpics(r *roadmap.Roadmap, epics []int64, at time.Time) []int64 {
	begun := map[int64]time.Time{}
	for _, epic := range epics {
		for id := range r.Index.IssuesOfEpic(epic, at) {
			start := r.Index.Histories[id].StartedBy(at)
			if !start.IsZero() && (begun[epic].IsZero() || start.Before(begun[epic])) {
				begun[epic] = start
			}
		}
	}
	sorted := slices.Clone(epics)
	slices.SortStableFunc(sorted, func(a, b int64) int {
		x, y := begun[a], begun[b]
		switch {
		case x.IsZero() != y.IsZero():
			if y.IsZero() {
				return -1
			}
			return 1
		case !x.Equal(y):
			return x.Compare(y)
		}
		return index.CompareKeys(r.Index.Key(a), r.Index.Key(b))
	})
	return sorted
}
