package index

import (
	"math"
	"reflect"
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/internal/recall"
)

// pastKept is how many values are kept as of moments of the past: two of each of the quarters of ten years.
const pastKept = 96

func newPast() *recall.Memo { return &recall.Memo{Most: pastKept} }

// asOfKey names a value as of a moment of the past, in microseconds since 1970, while nothing comes near that was dated
// ahead of the reading: see Step.
type asOfKey struct {
	key        any
	asOf, near int64
}

// RecallAsOf returns the value of a key as of a moment of the past, computing it where it is not kept: the end of a
// quarter that is over, say. A value rests on the history up to the moment, on what of it has no moment, and on what an
// index shares with the one it goes on from, and tells nothing of the moment of the reading. An index that goes on
// takes it over unless anything differs up to the moment. Nobody changes a value. As of the last minutes before the
// reading, of which not all may be listed yet, and of a moment after it, it is computed each time.
func RecallAsOf[V any](x *Index, asOf time.Time, key any, compute func() V) V {
	if asOf.After(x.History.Until.Add(-Settling)) {
		return compute()
	}
	return recall.Value(x.past, asOfKey{key, asOf.UnixMicro(), nearOf(x, x.History.Until)}, compute)
}

// carrySteps takes over what was computed of steps before all that differs, and as of moments before it: of a week ago
// nothing is computed again because an issue changed today. Where something that was dated ahead came near meanwhile,
// figures of every moment tell otherwise of it.
func (u *update) carrySteps() {
	if nearOf(u.x, u.y.History.Until) != 0 {
		return
	}
	since := u.differsSince().UnixMicro()
	u.y.steps = u.x.steps.Kept(func(key any) bool {
		past, is := key.(pastKey)
		return is && past.step.last < since && past.step.last != math.MinInt64
	})
	u.y.past = u.x.past.Kept(func(key any) bool { return key.(asOfKey).asOf < since })
}

// AsOf returns the index as of another moment of reading, at which nothing else was known: all that is looked up of the
// history is shared.
func AsOf(x *Index, until time.Time) *Index {
	y, h := *x, *x.History
	h.Until = until
	y.History = &h
	return &y
}

// TakePresent takes over what was computed as of the reading of an index that y goes on from, of those keys that are
// taken: no issue concerns these which differs, or of which anything was dated ahead of the reading of x. Nothing is
// taken over where time changed anything else until the reading of y.
func TakePresent(y, x *Index, take func(key any) bool) {
	was, known := AsOf(x, y.History.Until).StepAt(y.History.Until)
	now, told := y.StepAt(y.History.Until)
	if !known || !told {
		return
	}
	y.steps.TakeLatest(x.steps, func(key, step any) (any, bool) {
		one, present := step.(stepBeside)
		one.step.last = was.last
		return stepBeside{step: now}, present && one == stepBeside{step: was} && take(key)
	})
}

// IsSteady tells whether time changed nothing between the readings of two indexes, of which y goes on from x, but for
// what was dated ahead of the reading of x.
func IsSteady(x, y *Index) bool {
	was, known := x.StepAt(x.History.Until)
	now, told := AsOf(x, y.History.Until).StepAt(y.History.Until)
	was.last = now.last
	return known && told && was == now
}

// SameBeside tells whether what is no issue is the same in two histories: sprints, gaps, changes of the past, what
// matches the filter, and what is not known of the time logged.
func SameBeside(x, y *Index) bool {
	a, b := x.History, y.History
	return slices.EqualFunc(a.Sprints, b.Sprints, func(s, t agile.Sprint) bool {
		return s.ID == t.ID && s.OriginBoard == t.OriginBoard && slices.Equal(s.Versions, t.Versions)
	}) && reflect.DeepEqual(a.Gaps, b.Gaps) && reflect.DeepEqual(a.OnCall, b.OnCall) &&
		reflect.DeepEqual(a.PastChanges, b.PastChanges) &&
		slices.Equal(a.DaysOff, b.DaysOff) &&
		sameMatches(a.Matches, b.Matches) && x.TimeUnknown == y.TimeUnknown &&
		slices.EqualFunc(x.oddWorklogs, y.oddWorklogs, time.Time.Equal)
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
