package index

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/internal/amount"
)

// Disjoint tells whether the change history of an issue does not join in one of some fields, or in that of its
// estimate.
func Disjoint(x *Index, i *agile.Issue, fields []string) bool {
	estimate := 0
	if x.Unit != agile.Issues {
		estimate = i.Broken.In(x.History.Board.Estimate)
	}
	return i.Broken.In(fields...)+estimate > 0
}

// OutOfBounds tells whether an issue had an estimate that is no number or too large to be added up between two moments,
// both included.
func OutOfBounds(x *Index, i *agile.Issue, from, to time.Time) bool {
	return estimateWas(x, i, from, to, func(n agile.Number) bool { return n.Known && !amount.Within(n.Value) })
}

// BelowZero tells whether an issue had an estimate below 0 between two moments, both included. It counts as it is:
// Jira's own sums count it so.
func BelowZero(x *Index, i *agile.Issue, from, to time.Time) bool {
	return estimateWas(x, i, from, to, func(n agile.Number) bool { return CountedEstimate(n).Value < 0 })
}

// estimateWas tells whether the estimate of an issue was such a number at some time between two moments.
func estimateWas(x *Index, i *agile.Issue, from, to time.Time, is func(agile.Number) bool) bool {
	if x.Unit == agile.Issues {
		return false
	}
	estimates := i.Numbers.Of(x.History.Board.Estimate)
	for n, step := range estimates {
		isFormer := n+1 < len(estimates) && !estimates[n+1].From.After(from)
		if !isFormer && !step.From.After(to) && is(step.Value) {
			return true
		}
	}
	return false
}

// WorklogsOutOfBounds counts the worklogs out of all bounds that were created by a moment.
func WorklogsOutOfBounds(x *Index, at time.Time) (n int) {
	for _, created := range x.oddWorklogs {
		if !created.After(at) {
			n++
		}
	}
	return n
}

// IsUnestimated tells whether an issue has no estimate, nor a sub-task that has one.
func IsUnestimated(x *Index, id int64, b Snapshot, at time.Time) bool {
	if x.Unit == agile.Issues || b.Estimate().Known {
		return false
	}
	return x.Unit != agile.Seconds || !slices.ContainsFunc(x.Children.Of(id), func(child int64) bool {
		c := x.Issues.Of(child)
		return c.Parent.At(at) == id && x.Level(c.Type.At(at)) < 0 &&
			CountedEstimate(c.Numbers.Of(x.History.Board.Estimate).At(at)).Known
	})
}

// PastUnknown lists the statuses of no known category that an issue left between two moments, by id: it counts as doing
// in them, and nobody knows whether it was. The one that it is in at the latter moment is none of them.
func PastUnknown(x *Index, i *agile.Issue, from, to time.Time) (ids []string) {
	history := x.Histories.Of(i.ID)
	last := history.PlaceAt(to)
	for n := range max(0, last) {
		b := &history[n]
		if b.StateKnown() || !history.LastOfMoment(n) || !history[n+1].At().After(from) {
			continue
		}
		if id := i.Status.AtOrder(b.At(), b.Order()); id != i.Status.At(to) && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// UntoldSprints lists the issues of the team's scope that may have stood in a sprint between two moments without
// anything that tells it: they were ordinary ones then, and show the sprints of a parent since. They are marked, so
// that what is told of a moment does not depend on what they became after it.
func UntoldSprints(x *Index, from, to time.Time) (list []*agile.Issue) {
	type key struct{}
	marked := Recall(x, key{}, func() (marked []*agile.Issue) {
		for _, i := range x.History.Issues {
			if i.Broken[agile.UntoldSprints] > 0 {
				marked = append(marked, i)
			}
		}
		return marked
	})
	for _, i := range marked {
		at := calendar.LaterOf(from, i.Created)
		if wasOrdinary(x, i, at, to) && x.InScope(i, at) {
			list = append(list, i)
		}
	}
	return list
}

// wasOrdinary tells whether an issue was neither a sub-task nor an epic at some time between two moments.
func wasOrdinary(x *Index, i *agile.Issue, from, to time.Time) bool {
	for n, step := range i.Type {
		isFormer := n+1 < len(i.Type) && !i.Type[n+1].From.After(from)
		if !isFormer && !step.From.After(to) && x.Level(step.Value) == 0 {
			return true
		}
	}
	return false
}

// Time may be spent on an issue, by what it says itself, of which no log tells that Jira sends.
const (
	// fieldSpent is the time that an issue itself says was spent on it, without its sub-tasks.
	fieldSpent = "timespent"
	// LeastUnsent is how many seconds make a difference: Jira logs in minutes.
	LeastUnsent = 60
	// Settling is how long before a reading time logged may not be listed yet: what is logged then is sent by the next
	// one.
	Settling = 2 * time.Minute
	// slack is how far a log and the change of the time spent that it makes may lie apart.
	slack = time.Minute
	// forever is longer than anything that is looked at.
	forever = 100 * 365 * 24 * time.Hour
)

// IsUnsent tells whether more time was spent on an issue than the logs tell.
func IsUnsent(x *Index, i *agile.Issue) bool {
	spent := i.Numbers.Of(fieldSpent)
	return len(spent) > 0 && spent.Last().Known && unsentAt(x, i,
		spent[len(spent)-1].From.Time().Add(forever)) >= LeastUnsent
}

// UnsentSince returns how many seconds of the time spent on an issue no log tells as of a moment, of what came after
// another one. The last minutes before a reading are left out.
func UnsentSince(x *Index, i *agile.Issue, from, at time.Time) int64 {
	if sure := x.History.Until.Add(-Settling); at.After(sure) {
		at = sure
	}
	now := unsentAt(x, i, at)
	before := unsentAt(x, i, from)
	for _, s := range i.Numbers.Of(fieldSpent) {
		if s.From.After(from) && s.From.Before(at) {
			before = min(before, unsentAt(x, i, s.From.Time()))
		}
	}
	return now - max(0, before)
}

// unsentAt returns how many seconds of the time spent on an issue no log tells that was there at a moment.
func unsentAt(x *Index, i *agile.Issue, at time.Time) int64 {
	seconds := int64(i.Numbers.Of(fieldSpent).At(at).Value)
	for _, l := range x.Worklogs.Of(i.ID) {
		if !l.Created.After(at.Add(slack)) {
			seconds -= l.Seconds
		}
	}
	return seconds
}

// eachSettled calls put for the moments at which UnsentSince changes by time alone: as of a moment of the past, and as
// of the reading, which leaves the last minutes out.
func eachSettled(x *Index, i *agile.Issue, put func(time.Time)) {
	for _, s := range i.Numbers.Of(fieldSpent) {
		put(s.From.Time().Add(Settling))
	}
	for _, l := range x.Worklogs.Of(i.ID) {
		put(l.Created.Add(-slack))
		put(l.Created.Add(Settling - slack))
	}
}
