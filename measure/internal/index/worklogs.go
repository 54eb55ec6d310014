package index

import (
	"cmp"
	"maps"
	"slices"
	"sync"
	"time"

	"jerem/agile"
	"jerem/calendar"
)

// ownWorklog is time logged on one of the team's own issues or sub-tasks, where the index holds it by issue.
type ownWorklog struct {
	issue *agile.Issue
	log   *agile.Worklog
}

// ownWorklogsKey names the own worklogs of an index, and those of each issue.
type ownWorklogsKey struct{}

// EachOwnWorklog calls each for the time logged on the team's own issues and sub-tasks, as known at a moment. Whose
// project it was is told by the moment of the work; work before the creation of its issue belongs where the issue was
// created.
func EachOwnWorklog(x *Index, known time.Time, each func(*agile.Issue, agile.Worklog)) {
	for _, own := range listOwnWorklogs(x) {
		if !own.log.Created.After(known) {
			each(own.issue, *own.log)
		}
	}
}

// EachOwnWorklogWithin is [EachOwnWorklog] for the work from a moment to another, both included, in order of its start.
func EachOwnWorklogWithin(x *Index, from, to, known time.Time, each func(*agile.Issue, agile.Worklog)) {
	first, later, stale := x.ownByStart.worklogsOf(x)
	first, later = startedWithin(first, from, to), startedWithin(later, from, to)
	for len(first)+len(later) > 0 {
		var own ownWorklog
		if len(later) == 0 || len(first) > 0 && compareStarts(first[0], later[0]) < 0 {
			own, first = first[0], first[1:]
			if stale[own.issue.ID] {
				continue
			}
		} else {
			own, later = later[0], later[1:]
		}
		if !own.log.Created.After(known) {
			each(own.issue, *own.log)
		}
	}
}

// ownByStart is the time logged on own issues in order of its start. An index that goes on takes it over: what is
// logged on the issues that differ comes beside it. It is made when it is asked for first.
type ownByStart struct {
	mu           sync.Mutex
	made         bool
	first, later []ownWorklog
	stale        map[int64]bool // issues of which later tells, and first no more
}

// worklogsOf returns what is logged on own issues, in two lists; of the first one the stale issues count for nothing.
func (o *ownByStart) worklogsOf(x *Index) (first, later []ownWorklog, stale map[int64]bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.made {
		o.made = true
		for _, i := range x.History.Issues {
			o.first = append(o.first, ownWorklogsOn(x, i)...)
		}
		slices.SortFunc(o.first, compareStarts)
	}
	return o.first, o.later, o.stale
}

// goOn returns the time logged on own issues of an index that goes on, in which some issues differ. Where many do by
// now it is made anew.
func (o *ownByStart) goOn(y *Index, differ map[int64]bool) *ownByStart {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.made || len(o.stale)+len(differ) > max(mostLater, len(o.first)/16) {
		return &ownByStart{}
	}
	out := &ownByStart{made: true, first: o.first, stale: maps.Clone(differ)}
	maps.Copy(out.stale, o.stale)
	for _, own := range o.later {
		if !differ[own.issue.ID] {
			out.later = append(out.later, own)
		}
	}
	for id := range differ {
		if i := y.Issues.Of(id); i != nil {
			out.later = append(out.later, ownWorklogsOn(y, i)...)
		}
	}
	slices.SortFunc(out.later, compareStarts)
	return out
}

func compareStarts(a, b ownWorklog) int {
	return cmp.Or(a.log.Started.Compare(b.log.Started), cmp.Compare(a.log.ID, b.log.ID))
}

// startedWithin returns those of some logs, in order of their start, that were started from a moment to another.
func startedWithin(logs []ownWorklog, from, to time.Time) []ownWorklog {
	first, _ := slices.BinarySearchFunc(logs, from, func(own ownWorklog, at time.Time) int {
		return own.log.Started.Compare(at)
	})
	logs = logs[first:]
	last, _ := slices.BinarySearchFunc(logs, to, func(own ownWorklog, at time.Time) int {
		if own.log.Started.After(at) {
			return 1
		}
		return -1
	})
	return logs[:last]
}

// listOwnWorklogs lists the time logged on own issues, issue by issue.
func listOwnWorklogs(x *Index) []ownWorklog {
	return Recall(x, ownWorklogsKey{}, func() []ownWorklog {
		each := func(i *agile.Issue) []ownWorklog { return ownWorklogsOn(x, i) }
		return slices.Concat(RecallEach(x, ownWorklogsKey{}, each)...)
	})
}

// ownWorklogsOn lists the time logged on an issue while it was the team's own.
func ownWorklogsOn(x *Index, i *agile.Issue) (own []ownWorklog) {
	logs := x.Worklogs.Of(i.ID)
	for n := range logs {
		if IsOwnWork(x, i, logs[n]) {
			own = append(own, ownWorklog{i, &logs[n]})
		}
	}
	return own
}

// IsOwnWork tells whether an issue was the team's own at the moment of work on it.
func IsOwnWork(x *Index, i *agile.Issue, w agile.Worklog) bool {
	return x.InScope(i, WhenWorked(i, w))
}

// WhenWorked returns the moment of work on an issue: its creation for what was done before it.
func WhenWorked(i *agile.Issue, w agile.Worklog) time.Time {
	return calendar.LaterOf(w.Started, i.Created)
}

// OwnWorklogsOf returns the time logged on one issue of those that [EachOwnWorklog] goes through.
func OwnWorklogsOf(x *Index, id int64, known time.Time) (logs []agile.Worklog) {
	for _, w := range x.Worklogs.Of(id) {
		if i := x.Issues.Of(id); i != nil && !w.Created.After(known) && IsOwnWork(x, i, w) {
			logs = append(logs, w)
		}
	}
	return logs
}
