package outlook

import (
	"math"
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/forecast"
	"jerem/measure/internal/amount"
	"jerem/measure/internal/index"
	"jerem/measure/internal/workstate"
	workdays "jerem/measure/outlook/workdays"
)

// youngScope is the age in working days up to which a scope's own growth tells too little: of these days the team's is
// drawn. Days before it was planned count among them, so that no date jumps on the day on which it is old enough.
const youngScope = 30

// scope is what a forecast is asked of: how much is left, and of what.
type scope struct {
	done        float64 // of it, already
	remaining   float64
	earlier     float64 // the part of remaining that is of epics taken before the one asked for
	notDone     string  // why, where nothing is left, that is not all done; "" where it is
	unestimated int
	counted     [][]scopeIssue       // what is counted, by epic; none for a number
	issues      map[int64]scopeIssue // the same by id, where it was asked for
	epics       []int64              // the epics that are counted, nil for a sprint or a number
	sprint      int64
	deadline    *calendar.Date
}

// scopeIssue is what an issue counts for in a scope.
type scopeIssue struct {
	id          int64
	epic        int64 // 0 in the scope of a sprint
	estimate    float64
	unestimated bool // it draws a size while it is open
	done        bool
}

// epicScope returns what is left of epics at a moment, of their issues that are taken; sizes of unestimated issues come
// on top. A nil take takes all.
func (u workUnit) epicScope(epics []int64, at time.Time, take func(epic, issue int64) bool) scope {
	s, known := scope{epics: epics}, u.epicsAt(at)
	for _, epic := range epics {
		counted := known.issuesOf(epic)
		if take != nil {
			counted = slices.DeleteFunc(slices.Clone(counted), func(one scopeIssue) bool { return !take(epic, one.id) })
		}
		s.addIssues(counted)
	}
	s.done, s.remaining = amount.Tidy(s.done), amount.Tidy(s.remaining)
	return s
}

// addIssues counts issues of the scope.
func (s *scope) addIssues(counted []scopeIssue) {
	for _, one := range counted {
		if one.done {
			s.done += one.estimate
		} else {
			s.remaining += one.estimate
		}
		if one.unestimated {
			s.unestimated++
		}
	}
	s.counted = append(s.counted, counted)
}

// listIssues enters what is counted by id.
func (s *scope) listIssues() {
	if s.issues != nil {
		return
	}
	s.issues = map[int64]scopeIssue{}
	for _, counted := range s.counted {
		for _, one := range counted {
			s.issues[one.id] = one
		}
	}
}

// scopeIssueAt returns what an issue counts for at a moment.
func (u workUnit) scopeIssueAt(epic, id int64, b index.Snapshot, at time.Time) scopeIssue {
	one := scopeIssue{id: id, epic: epic, estimate: index.EstimateIn(u.unit, b).Value, done: b.State == workstate.Done}
	one.unestimated = !one.done && u.unit != agile.Issues && index.IsUnestimated(u.team.Index, id, b, at)
	return one
}

// countsAt tells whether an issue is work of its own at a moment, in the unit asked.
func (u workUnit) countsAt(id int64, at time.Time) bool {
	return index.CountsIn(u.unit, u.team.Index.Level(u.team.Index.Issues[id].Type.At(at)))
}

// sprintScope returns what is left of a sprint at a moment: of one that is closed by then what was left at its
// completion.
func (u workUnit) sprintScope(sprint int64, at time.Time) scope {
	s := scope{sprint: sprint}
	span := u.team.Index.SprintSpan(sprint, u.sprintVersion(sprint, at), at)
	var counted []scopeIssue
	for _, member := range u.team.Index.Memberships(span) {
		if last := member.Last(); last.In && u.countsAt(member.Issue, span.End) {
			counted = append(counted, u.scopeIssueAt(0, member.Issue, *last.Snapshot, span.End))
		}
	}
	s.addIssues(counted)
	s.done, s.remaining = amount.Tidy(s.done), amount.Tidy(s.remaining)
	return s
}

// sprintVersion returns what a sprint is at a moment, the zero version of one that is not known.
func (u workUnit) sprintVersion(id int64, at time.Time) agile.SprintVersion {
	for _, sprint := range u.team.Index.History.Sprints {
		if sprint.ID == id {
			return sprint.At(at)
		}
	}
	return agile.SprintVersion{}
}

// hasSprint tells whether a sprint is one of the team's.
func (u workUnit) hasSprint(id int64) bool {
	return slices.ContainsFunc(u.team.Index.History.Sprints, func(s agile.Sprint) bool { return s.ID == id })
}

// growthOf returns the net change of a scope's total on each working day of the past: on days on which the epics or
// the sprint asked for were young that of the team, afterwards their own. Planning is no growth: of a sprint only what
// comes after its start counts, of an epic what comes after the baseline of its quarter.
func (u workUnit) growthOf(s scope, b *basis, at time.Time) []float64 {
	switch {
	case s.sprint != 0:
		grownUp := grownUpPlace(u, u.sprintStart(s.sprint, at), b.past.days)
		growth := growthOfSprints(u, b.past, at)
		if grownUp < len(growth) {
			growth = slices.Clone(growth)
			own := u.sprintGrowth(b.past, at, func(sprint int64) bool { return sprint == s.sprint })
			copy(growth[grownUp:], own[grownUp:])
		}
		return growth
	case s.epics == nil:
		return nil
	}
	growth := b.growthOfTeam(u, at)
	grownUp := grownUpPlace(u, plannedSince(u, s.epics, at), b.past.days)
	if grownUp < len(growth) {
		growth = slices.Clone(growth)
		copy(growth[grownUp:], u.epicGrowth(s.epics, b.past.places, at)[grownUp:])
	}
	return growth
}

// grownUpPlace returns the place of the first working day on which a scope that is planned since a moment is no longer
// young; that behind the last one where there is none, as for a scope that is not planned.
func grownUpPlace(u workUnit, since time.Time, days workdays.List) int {
	if since.IsZero() {
		return len(days)
	}
	first, _ := slices.BinarySearchFunc(days, u.team.Index.Date(since).Add(1), calendar.Date.Compare)
	if first == 0 && len(days) > 0 {
		younger := u.team.Index.History.Team.Calendar.Dates(u.team.Index.Date(since).Add(1), days[0].Add(-1))
		return min(len(days), max(0, youngScope-younger))
	}
	return min(len(days), first+youngScope)
}

// sprintStart returns when a sprint began, zero where that is not known.
func (u workUnit) sprintStart(id int64, at time.Time) time.Time {
	if v := u.sprintVersion(id, at); v.BegunBy(at) {
		return v.Start
	}
	return time.Time{}
}

// plannedSince returns the moment since which all of some epics are planned, zero where one of them is not.
func plannedSince(u workUnit, epics []int64, at time.Time) time.Time {
	var last time.Time
	for _, epic := range epics {
		since, ok := u.epicsAt(at).baselineOf(epic)
		if !ok {
			return time.Time{}
		}
		if since.After(last) {
			last = since
		}
	}
	return last
}

// sprintGrowthKey tells the growth of all sprints of a history apart: moments share it between which nothing changes of
// issues and sprints, as they share a basis.
type sprintGrowthKey struct {
	basis   basisKey
	sprints int64 // the last moment of a sprint, in microseconds
}

// growthOfSprints returns the growth of all of the team's sprints by working day of the past, of all of its flow.
func growthOfSprints(u workUnit, past past, at time.Time) []float64 {
	key := sprintGrowthKey{basisKeyOf(u, at, false), lastSprintMoment(u, at)}
	return index.Recall(u.team.Index, key, func() []float64 {
		return u.sprintGrowth(past, at, func(int64) bool { return true })
	})
}

// lastSprintMoment returns the last moment up to another one at which something is told of a sprint, or it begins, its
// planning ends or it ends, in microseconds since 1970.
func lastSprintMoment(u workUnit, at time.Time) int64 {
	last, grace := int64(math.MinInt64), u.team.Index.History.Team.Sprint.Grace
	for _, sprint := range u.team.Index.History.Sprints {
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
func (u workUnit) sprintGrowth(past past, at time.Time, take func(sprint int64) bool) []float64 {
	byDay := make([]float64, len(past.days))
	if len(byDay) == 0 {
		return byDay
	}
	drawn := past.days[max(0, len(past.days)-forecast.WindowDays)]
	for _, sprint := range u.team.Index.History.Sprints {
		if !take(sprint.ID) {
			continue
		}
		v := sprint.At(at)
		ended := v.ClosedBy(at) && u.team.Index.Date(v.Completed()).Before(drawn)
		if !v.BegunBy(at) || v.CompletionUnknown() || ended {
			continue
		}
		first := drawn.Number()
		for _, c := range u.changesOfSprint(u.team.Index.SprintSpan(sprint.ID, v, at)) {
			if n, ok := past.places.Since(c.day); ok && c.day >= first {
				byDay[n] += c.delta
			}
		}
	}
	return byDay
}

// sprintChange is a change of a sprint's total by an entry of its ledger.
type sprintChange struct {
	day   int // number of the local date: see dayNumber
	delta float64
}

// sprintChangesKey names the changes of a closed sprint, in a unit.
type sprintChangesKey struct{ unit agile.Unit }

// changesOfSprint lists the changes of a sprint's total in order. Those of a closed one are the same at every later
// moment.
func (u workUnit) changesOfSprint(span index.SprintSpan) []sprintChange {
	return index.RecallClosed(u.team.Index, span, sprintChangesKey{u.unit}, func() (changes []sprintChange) {
		for _, e := range measure.LedgerOf(u.team.Index, span, u.team.Index.Memberships(span)).Entries {
			if delta := entryDelta(u, e); delta != 0 {
				changes = append(changes, sprintChange{u.team.Index.Date(e.Time).Number(), delta})
			}
		}
		return changes
	})
}

// entryDelta returns what an entry of a ledger changes in the unit asked.
func entryDelta(u workUnit, e measure.Entry) float64 {
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
