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
			if x.InScope(i, calendar.LaterOf(w.Started, i.Created)) {
				all = append(all, ownWorklog{i, w})
			}
		}
	}
	return all
}
