package index

import (
	"math"
	"reflect"
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/internal/difference"
)

// carrySteps takes over what was computed of steps before all that differs: of a week ago nothing is computed again
// because an issue changed today.
func (u *update) carrySteps() {
	since := u.differsSince().UnixMicro()
	u.y.steps = u.x.steps.Kept(func(key any) bool {
		past, is := key.(pastKey)
		return is && past.step.last < since && past.step.last != math.MinInt64
	})
}

// differsSince returns the first moment at which the two histories may tell something else, the zero time where they
// differ in what has no moment.
func (u *update) differsSince() time.Time {
	x, y := u.x, u.y
	if !sameBeside(x, y) || len(u.relinkedIssues()) > 0 {
		return time.Time{}
	}
	first := y.History.Until
	note := func(at time.Time, dated bool) {
		if !dated {
			at = time.Time{}
		}
		if at.Before(first) {
			first = at
		}
	}
	for _, id := range u.changed {
		was, now := x.Issues[id], y.Issues[id]
		switch {
		case was == nil && now != nil && len(y.Children[id]) == 0:
			note(now.Created, true)
		case was == nil || now == nil || OutOfBounds(x, was) != OutOfBounds(y, now):
			note(time.Time{}, false)
		default:
			note(difference.Since(was, now))
		}
		note(difference.SinceWorklogs(x.Worklogs[id], y.Worklogs[id]))
		note(difference.SinceTimeline(x.History.Impeded[id], y.History.Impeded[id]), true)
	}
	return first
}

// sameBeside tells whether what is no issue is the same in two histories: sprints, gaps, what matches the filter, and
// what is not known of the time logged.
func sameBeside(x, y *Index) bool {
	a, b := x.History, y.History
	return slices.EqualFunc(a.Sprints, b.Sprints, func(s, t agile.Sprint) bool {
		return s.ID == t.ID && s.OriginBoard == t.OriginBoard && slices.Equal(s.Versions, t.Versions)
	}) && reflect.DeepEqual(a.Gaps, b.Gaps) && reflect.DeepEqual(a.OnCall, b.OnCall) &&
		slices.Equal(a.DaysOff, b.DaysOff) &&
		sameMatches(a.Matches, b.Matches) && x.TimeUnknown == y.TimeUnknown &&
		x.WorklogsOutOfBounds == y.WorklogsOutOfBounds
}

// sameMatches tells whether the same issues match the team's filter.
func sameMatches(a, b map[int64]bool) bool {
	for id := range a {
		if a[id] != b[id] {
			return false
		}
	}
	for id := range b {
		if a[id] != b[id] {
			return false
		}
	}
	return true
}
