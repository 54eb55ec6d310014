package index

import (
	"math"
	"slices"
	"sync"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/internal/moments"
)

// momentList are moments of issues, each as [momentList.of] lists it, in microseconds since 1970. An index that goes on
// takes them over, and adds those of the changed issues; what these had before stays among them. It is made when it is
// asked for first, or, where the last moment of an issue is found without it, when that was asked some times.
type momentList struct {
	of func(x *Index, id int64, to []int64) []int64 // appends those of an issue
	// last finds the last one of an issue up to a moment; nil where that is no quicker
	last func(x *Index, id int64, at time.Time) (int64, bool)

	mu           sync.Mutex
	asked        int // times before it was made
	made         bool
	first, later []int64 // each in ascending order: when it was made, and what came since
}

// mostLater is how many moments may have come since the others were made, before they are put together.
const mostLater = 4096

// fewAsked is how often it is looked at each issue in turn before a list is made of the moments of all of them, which
// takes ten times as long: a program that answers once asks of two or three moments.
const fewAsked = 6

// lastUpTo returns the last moment of any issue of an index up to another one, the least number for none.
func (l *momentList) lastUpTo(x *Index, at time.Time) int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked++
	if !l.made && l.last != nil && l.asked <= fewAsked {
		return l.lastOfEach(x, at)
	}
	if !l.made {
		l.made, l.first = true, l.momentsOf(x, func(yield func(int64)) {
			for _, i := range x.History.Issues {
				yield(i.ID)
			}
		})
	}
	return max(lastUpTo(l.first, at.UnixMicro()), lastUpTo(l.later, at.UnixMicro()))
}

// lastOfEach is lastUpTo without the list.
func (l *momentList) lastOfEach(x *Index, at time.Time) int64 {
	last := int64(math.MinInt64)
	for _, i := range x.History.Issues {
		if moment, found := l.last(x, i.ID, at); found {
			last = max(last, moment)
		}
	}
	return last
}

// goOn returns the moments of an index that goes on, in which some issues differ.
func (l *momentList) goOn(y *Index, differ map[int64]bool) *momentList {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := &momentList{of: l.of, last: l.last, asked: l.asked, made: l.made, first: l.first, later: l.later}
	if !l.made {
		return out
	}
	come := l.momentsOf(y, func(yield func(int64)) {
		for id := range differ {
			yield(id)
		}
	})
	out.later = mergeMoments(l.later, come)
	if len(out.later) > max(mostLater, len(l.first)/16) {
		out.first, out.later = mergeMoments(l.first, out.later), nil
	}
	return out
}

// momentsOf lists the moments of some issues, in ascending order.
func (l *momentList) momentsOf(x *Index, each func(func(id int64))) (all []int64) {
	each(func(id int64) { all = l.of(x, id, all) })
	slices.Sort(all)
	return slices.Compact(all)
}

// lastUpTo returns the last of some moments in ascending order up to another one, the least number for none.
func lastUpTo(list []int64, at int64) int64 {
	if n, _ := slices.BinarySearch(list, at+1); n > 0 {
		return list[n-1]
	}
	return math.MinInt64
}

// mergeMoments puts two lists together, each of which is in ascending order.
func mergeMoments(a, b []int64) []int64 {
	out := make([]int64, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0] > b[0] {
			a, b = b, a
		}
		out, a = append(out, a[0]), a[1:]
	}
	return slices.Compact(append(append(out, a...), b...))
}

// eachDated calls put for each moment at which something happens to an issue.
func eachDated(x *Index, id int64, put func(time.Time)) {
	if i := x.Issues.Of(id); i != nil {
		put(i.Created)
		for _, at := range []agile.Moment{i.Updated, i.Resolved, i.Recategorized} {
			put(at.Time())
		}
		moments.EachOfIssue(i, put)
		if IsUnsent(x, i) {
			eachSettled(x, i, put)
		}
	}
	for _, w := range x.Worklogs.Of(id) {
		put(w.Created)
		put(w.Started)
	}
	moments.EachChange(x.History.Impeded[id], put)
}

// aheadIssues are the issues of which something was dated after a moment when they were indexed.
type aheadIssues struct {
	after time.Time
	ids   []int64 // in ascending order
}

// listAhead lists the issues of which something is dated after the reading.
func listAhead(x *Index) aheadIssues {
	return aheadIssues{after: x.History.Until}.withDatesAfter(x, func(yield func(int64)) {
		for _, i := range x.History.Issues {
			yield(i.ID)
		}
	})
}

// goOn is [listAhead] of an index that goes on, of which some issues differ.
func (a aheadIssues) goOn(y *Index, differ map[int64]bool) aheadIssues {
	return aheadIssues{after: calendar.LaterOf(a.after, y.History.Until)}.withDatesAfter(y, func(yield func(int64)) {
		for _, id := range a.ids {
			if !differ[id] {
				yield(id)
			}
		}
		for id := range differ {
			yield(id)
		}
	})
}

// withDatesAfter takes those of some issues of which something is dated after its moment.
func (a aheadIssues) withDatesAfter(x *Index, each func(func(id int64))) aheadIssues {
	each(func(id int64) {
		if isDatedAfter(x, id, a.after) {
			a.ids = append(a.ids, id)
		}
	})
	slices.Sort(a.ids)
	return a
}

func isDatedAfter(x *Index, id int64, after time.Time) (is bool) {
	eachDated(x, id, func(at time.Time) { is = is || at.After(after) })
	return is
}

// IsAhead tells whether anything of an issue was dated after the reading when it was indexed.
func IsAhead(x *Index, id int64) bool {
	_, is := slices.BinarySearch(x.ahead.ids, id)
	return is
}

// IsFarAhead is [IsAhead] for what figures tell to be dated ahead: see ReadingTime.
func IsFarAhead(x *Index, id int64) bool {
	return IsAhead(x, id) && isDatedAfter(x, id, x.ahead.after.Add(ReadingTime))
}

// WithAhead returns some issues, and those of which anything was dated after the reading, in ascending order.
func WithAhead(x *Index, ids []int64) []int64 {
	all := slices.Concat(ids, x.ahead.ids)
	slices.Sort(all)
	return slices.Compact(all)
}

// DatedAfter lists the issues of which anything may be dated after a moment, in ascending order of their ids. As of the
// reading, and of what comes after it, these are few, and found without looking at the others.
func DatedAfter(x *Index, at time.Time) []*agile.Issue {
	if at.Before(x.ahead.after) {
		return x.History.Issues
	}
	list := make([]*agile.Issue, 0, len(x.ahead.ids))
	for _, id := range x.ahead.ids {
		if i := x.Issues.Of(id); i != nil {
			list = append(list, i)
		}
	}
	return list
}

// EachMomentAfter calls put for each moment after another at which something happens to an issue, or comes to be known
// of the time logged.
func EachMomentAfter(x *Index, at time.Time, put func(time.Time)) {
	putLater := func(moment time.Time) {
		if moment.After(at) {
			put(moment)
		}
	}
	for _, i := range DatedAfter(x, at) {
		eachDated(x, i.ID, putLater)
	}
	for _, created := range x.oddWorklogs {
		putLater(created)
	}
}
