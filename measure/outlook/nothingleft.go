package outlook

import (
	"fmt"
	"time"

	"jerem/measure/internal/index"
	"jerem/measure/internal/workstate"
	"jerem/measure/words"
)

// whyEpicsAreNotDone says why epics of which nothing is left are not done: one that is open has no issue yet, or open
// issues are estimated at 0; "" where all are done.
func (u workUnit) whyEpicsAreNotDone(s scope, epics []int64, at time.Time) string {
	if !s.isEmpty() {
		return ""
	}
	var empty []string
	for _, epic := range epics {
		if len(u.epicsAt(at).issuesOf(epic)) == 0 && !isDoneAt(u.team.Index, epic, at) {
			empty = append(empty, u.team.Index.Issues[epic].Key.At(at))
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

// whySprintIsNotDone says why a sprint in which nothing is left is not done: it holds no issue, or open issues are
// estimated at 0; "" where all is done.
func (s scope) whySprintIsNotDone() string {
	for _, counted := range s.counted {
		if len(counted) > 0 {
			return s.whyOpenIsNothing()
		}
	}
	return "no issue stands in the sprint"
}

// whyOpenIsNothing says that what is open is estimated at 0, "" where nothing is open.
func (s scope) whyOpenIsNothing() string {
	switch n := s.openIssues(); {
	case !s.isEmpty(), n == 0:
		return ""
	case n == 1:
		return "the issue that is open is estimated at 0"
	default:
		return "the " + words.Count(n, "issue") + " that are open are estimated at 0"
	}
}

// isEmpty tells whether nothing is left of the scope, and nothing in it lacks an estimate.
func (s scope) isEmpty() bool { return s.remaining <= 0 && s.unestimated == 0 }

// openIssues counts the issues that are not done, whatever they are estimated at; 0 for a number.
func (s scope) openIssues() (open int) {
	for _, counted := range s.counted {
		for _, one := range counted {
			if !one.done {
				open++
			}
		}
	}
	return open
}

// isDoneAt tells whether an issue was done at a moment.
func isDoneAt(x *index.Index, id int64, at time.Time) bool {
	snapshot, known := x.Histories[id].At(at)
	return known && snapshot.State == workstate.Done
}
