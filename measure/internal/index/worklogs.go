package index

import (
	"time"

	"jerem/calendar"

	"jerem/agile"
)

// ownWorklog is time logged on one of the team's own issues or sub-tasks.
type ownWorklog struct {
	issue *agile.Issue
	log   agile.Worklog
}

// ownWorklogsKey names the own worklogs of an index.
type ownWorklogsKey struct{}

// EachOwnWorklog calls each for the time logged on the team's own issues and sub-tasks, as known at a moment. Whose
// project it was is told by the moment of the work; work before the creation of its issue belongs where the issue was
// created.
func EachOwnWorklog(x *Index, known time.Time, each func(*agile.Issue, agile.Worklog)) {
	for _, own := range Recall(x, ownWorklogsKey{}, func() []ownWorklog { return listOwnWorklogs(x) }) {
		if !own.log.Created.After(known) {
			each(own.issue, own.log)
		}
	}
}

// listOwnWorklogs lists the time logged on own issues, issue by issue.
func listOwnWorklogs(x *Index) []ownWorklog {
	var all []ownWorklog
	for _, i := range x.History.Issues {
		for _, w := range x.Worklogs[i.ID] {
			if IsOwnWork(x, i, w) {
				all = append(all, ownWorklog{i, w})
			}
		}
	}
	return all
}

// IsOwnWork tells whether an issue was the team's own at the moment of work on it.
func IsOwnWork(x *Index, i *agile.Issue, w agile.Worklog) bool {
	return x.InScope(i, calendar.LaterOf(w.Started, i.Created))
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
