package inputs

import (
	"fmt"
	"time"

	"jerem/measure/internal/index"
	"jerem/measure/internal/workstate"
	"jerem/measure/words"
)

// whyEpicsAreNotDone says why epics of which nothing is left are not done: one that is open has no issue yet, or open
// issues are estimated at 0; "" where all are done.
func (w TeamWork) whyEpicsAreNotDone(s Scope, epics []int64, at time.Time) string {
	if !s.IsEmpty() {
		return ""
	}
	var empty []string
	for _, epic := range epics {
		if len(w.epicsAt(at).IssuesOf(epic)) == 0 && !isDoneAt(w.Team.Index, epic, at) {
			empty = append(empty, w.Team.Index.Issues.Of(epic).Key.At(at))
		}
	}
	switch {
	case len(empty) == 1:
		return empty[0] + " has no issue yet"
	case len(empty) == len(epics) && len(empty) > 1:
		return "no issue stands in the epics yet"
	case len(empty) > 1:
		return fmt.Sprintf("%d of %d epics have no issue yet", len(empty), len(epics))
	}
	return s.whyOpenIsNothing()
}

// WhySprintIsNotDone says why a sprint in which nothing is left is not done: it holds no issue, or open issues are
// estimated at 0; "" where all is done.
func (s Scope) WhySprintIsNotDone() string {
	for _, counted := range s.counted {
		if len(counted) > 0 {
			return s.whyOpenIsNothing()
		}
	}
	return "no issue stands in the sprint"
}

// whyOpenIsNothing says that what is open is estimated at 0, "" where nothing is open.
func (s Scope) whyOpenIsNothing() string {
	switch n := s.OpenIssues(); {
	case !s.IsEmpty(), n == 0:
		return ""
	case n == 1:
		return "the issue that is open is estimated at 0"
	default:
		return "the " + words.Count(n, "issue") + " that are open are estimated at 0"
	}
}

// IsEmpty tells whether nothing is left of the scope, and nothing in it lacks an estimate.
func (s Scope) IsEmpty() bool { return s.Remaining <= 0 && s.Unestimated == 0 }

// OpenIssues counts the issues that are not done, whatever they are estimated at; 0 for a number.
func (s Scope) OpenIssues() int { return len(s.Open()) }

// Open lists the issues that are not done; none for a number.
func (s Scope) Open() (open []Issue) {
	for _, counted := range s.counted {
		for _, one := range counted {
			if !one.Done {
				open = append(open, one)
			}
		}
	}
	return open
}

// isDoneAt tells whether an issue was done at a moment.
func isDoneAt(x *index.Index, id int64, at time.Time) bool {
	snapshot, known := x.Histories.Of(id).At(at)
	return known && snapshot.State() == workstate.Done
}
