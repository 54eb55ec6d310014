package measure

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/forecast"
)

// youngScope is the age in working days below which a scope's own growth tells too little, and the team's is drawn.
const youngScope = 30

// scope is what a forecast is asked of: how much is left, and how it grew.
type scope struct {
	done        float64 // of it, already
	remaining   float64
	unestimated int
	epics       []int64 // the epics that are counted, nil for a sprint or a number
	sprint      int64
	deadline    *calendar.Date
}

// epicScope returns what is left of epics at a moment; sizes of unestimated issues come on top.
func (u workUnit) epicScope(epics []int64, at time.Time, take func(epic, issue int64) bool) scope {
	s := scope{epics: epics}
	for _, epic := range epics {
		for _, id := range u.team.epicWork[epic] {
			b, ok := beatAt(u.team.lives[id], at)
			if !ok || b.epic != epic || !u.counts(u.team.level(u.team.issues[id].Type.At(at))) || !take(epic, id) {
				continue
			}
			s.add(u, id, b, at)
		}
	}
	s.done, s.remaining = tidy(s.done), tidy(s.remaining)
	return s
}

// add counts an issue of the scope.
func (s *scope) add(u workUnit, id int64, b beat, at time.Time) {
	estimate := u.estimate(b)
	if b.state == Done {
		s.done += estimate.Value
		return
	}
	s.remaining += estimate.Value
	if u.unit != agile.Issues && u.team.unestimated(id, b, at) {
		s.unestimated++
	}
}

// sprintScope returns what is left of a sprint at a moment.
func (u workUnit) sprintScope(sprint int64, at time.Time) scope {
	s := scope{sprint: sprint}
	for _, id := range u.team.members[sprint] {
		b, ok := beatAt(u.team.lives[id], at)
		if !ok || !b.scoped || !slices.Contains(b.sprints, sprint) || !u.counts(u.team.level(u.team.issues[id].Type.At(at))) {
			continue
		}
		s.add(u, id, b, at)
	}
	s.done, s.remaining = tidy(s.done), tidy(s.remaining)
	return s
}

// growth returns the net change of a scope's total on each working day of the past: that of the epics or sprints asked
// for, the team's where these are young. Planning is no growth: of a sprint only what comes after its start counts, of an
// epic what comes after the baseline of its quarter.
func (u workUnit) growth(s scope, days workdays, at time.Time) []float64 {
	switch {
	case s.sprint != 0:
		return u.sprintGrowth(days, at)
	case s.epics == nil:
		return nil
	}
	age := 0
	if since := u.plannedSince(s.epics, at); !since.IsZero() {
		age = u.team.h.Team.Calendar.Dates(u.team.date(since).Add(1), u.team.date(at).Add(-1))
	}
	if age >= youngScope {
		return u.epicGrowth(s.epics, days, at)
	}
	return u.epicGrowth(u.team.roadmap, days, at)
}

// plannedSince returns the moment since which all of some epics are planned, zero where one of them is not.
func (u workUnit) plannedSince(epics []int64, at time.Time) time.Time {
	var last time.Time
	for _, epic := range epics {
		since, ok := u.team.baselineOf(epic, at)
		if !ok {
			return time.Time{}
		}
		if since.After(last) {
			last = since
		}
	}
	return last
}

// baselineOf returns the moment from which on changes of an epic's total are growth: the end of the first working day of
// its first quarter, the start of its first issue where it is in none; false where that lies ahead.
func (t *Team) baselineOf(epic int64, at time.Time) (time.Time, bool) {
	if quarters := t.quartersOf(t.issues[epic], at); len(quarters) > 0 {
		baseline := t.endOfFirstDay(t.quarterSpan(quarters[0]))
		return baseline, !baseline.After(at)
	}
	var first time.Time
	for _, id := range t.epicWork[epic] {
		start := t.startOf(id, at)
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
		baseline, ok := u.team.baselineOf(epic, at)
		if !ok {
			continue
		}
		for _, id := range u.team.epicWork[epic] {
			was := u.totalIn(epic, id, baseline)
			for _, moment := range u.team.partMoments(id, at) {
				if !moment.After(baseline) {
					continue
				}
				total := u.totalIn(epic, id, moment)
				date := u.team.date(moment)
				if n, past := days.place(date); past && !date.Before(days[0]) {
					byDay[n] += total - was
				}
				was = total
			}
		}
	}
	return byDay
}

// totalIn returns what an issue counts for in an epic at a moment.
func (u workUnit) totalIn(epic, id int64, at time.Time) float64 {
	b, ok := beatAt(u.team.lives[id], at)
	if !ok || b.epic != epic || !u.counts(u.team.level(u.team.issues[id].Type.At(at))) {
		return 0
	}
	return u.estimate(b).Value
}

// sprintGrowth sums what was added to, removed from and re-estimated in the team's sprints by working day.
func (u workUnit) sprintGrowth(days workdays, at time.Time) []float64 {
	byDay := make([]float64, len(days))
	if len(days) == 0 {
		return byDay
	}
	drawn := days[max(0, len(days)-forecast.WindowDays)]
	for _, sprint := range u.team.h.Sprints {
		v := sprint.At(at)
		ended := v.ClosedBy(at) && u.team.date(v.Completed()).Before(drawn)
		if !v.Started() || v.Start.After(at) || ended {
			continue
		}
		span := u.team.span(sprint.ID, v, at)
		for _, e := range u.team.ledger(span, u.team.stays(span)).Entries {
			n, ok := days.place(u.team.date(e.Time))
			if ok && !u.team.date(e.Time).Before(drawn) {
				byDay[n] += u.entryDelta(e)
			}
		}
	}
	return byDay
}

// entryDelta returns what an entry of a ledger changes in the unit asked.
func (u workUnit) entryDelta(e Entry) float64 {
	scope := e.Kind == Add || e.Kind == Remove || e.Kind == Reestimate
	switch {
	case scope && u.unit == u.team.unit:
		return e.Delta
	case e.Kind == Add:
		return 1
	case e.Kind == Remove:
		return -1
	}
	return 0
}

// inTurn orders epics as they are taken: those begun by the start of their first issue, then the others by key.
func (t *Team) inTurn(epics []int64, at time.Time) []int64 {
	begun := map[int64]time.Time{}
	for _, epic := range epics {
		for _, id := range t.epicWork[epic] {
			b, ok := beatAt(t.lives[id], at)
			if !ok || b.epic != epic {
				continue
			}
			start := t.startOf(id, at)
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
		return compareKeys(t.key(a), t.key(b))
	})
	return sorted
}

// startOf returns the first entry of an issue into doing up to a moment, zero for none; changes of one moment count as one.
func (t *Team) startOf(id int64, at time.Time) time.Time {
	life := t.lives[id]
	for n, b := range life {
		if b.at.After(at) {
			break
		}
		last := n+1 == len(life) || !life[n+1].at.Equal(b.at)
		if last && b.state == Doing {
			return b.at
		}
	}
	return time.Time{}
}
