package index

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
)

// ownWorklog is time logged on one of the team's own issues or sub-tasks.
type ownWorklog struct {
	issue *agile.Issue
	log   agile.Worklog
}

// ownWorklogsKey names the own worklogs of an index, and those of each issue.
type ownWorklogsKey struct{}

// EachOwnWorklog calls each for the time logged on the team's own issues and sub-tasks, as known at a moment. Whose
// project it was is told by the moment of the work; work before the creation of its issue belongs where the issue was
// created.
func EachOwnWorklog(x *Index, known time.Time, each func(*agile.Issue, agile.Worklog)) {
	for _, own := range listOwnWorklogs(x) {
		if !own.log.Created.After(known) {
			each(own.issue, own.log)
		}
	}
}

// ownByStartKey names the own worklogs of an index in order of their start.
type ownByStartKey struct{}

// EachOwnWorklogWithin is [EachOwnWorklog] for the work from a moment to another, both included, in order of its start.
func EachOwnWorklogWithin(x *Index, from, to, known time.Time, each func(*agile.Issue, agile.Worklog)) {
	logs := Recall(x, ownByStartKey{}, func() []ownWorklog {
		logs := slices.Clone(listOwnWorklogs(x))
		slices.SortStableFunc(logs, func(a, b ownWorklog) int { return a.log.Started.Compare(b.log.Started) })
		return logs
	})
	first, _ := slices.BinarySearchFunc(logs, from, func(own ownWorklog, from time.Time) int {
		return own.log.Started.Compare(from)
	})
	for _, own := range logs[first:] {
		if own.log.Started.After(to) {
			return
		}
		if !own.log.Created.After(known) {
			each(own.issue, own.log)
		}
	}
}

// listOwnWorklogs lists the time logged on own issues, issue by issue.
func listOwnWorklogs(x *Index) []ownWorklog {
	return Recall(x, ownWorklogsKey{}, func() []ownWorklog {
		return slices.Concat(RecallEach(x, ownWorklogsKey{}, func(i *agile.Issue) (own []ownWorklog) {
			for _, w := range x.Worklogs[i.ID] {
				if IsOwnWork(x, i, w) {
					own = append(own, ownWorklog{i, w})
				}
			}
			return own
		})...)
	})
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
	for _, w := range x.Worklogs[id] {
		if i := x.Issues[id]; i != nil && !w.Created.After(known) && IsOwnWork(x, i, w) {
			logs = append(logs, w)
		}
	}
	return logs
}
