package flow

import (
	"time"

	"jerem/calendar"
)

// ActiveTime is how long an issue was worked on between its start and its finish.
type ActiveTime struct {
	Issue         string
	Active, Whole time.Duration
}

// ActiveTimes returns the times that the efficiency of a flow is made from, in order of finish. Nobody changes them.
func (f *Flow) ActiveTimes() []ActiveTime { return f.active }

// activeTimes returns the times of what was finished in a window.
func activeTimes(w *window) (out []ActiveTime) {
	for _, p := range w.finished {
		if p.hasStarted() {
			out = append(out, ActiveTime{p.issue.Key.Last(), w.activeTime(p), p.finished().Sub(p.started())})
		}
	}
	return out
}

// WeekThroughput is how many issues were finished in an ISO week.
type WeekThroughput struct {
	Week   string
	Issues float64
}

// WeeklyThroughput returns the whole weeks of a flow's window that are over, oldest first.
func (f *Flow) WeeklyThroughput() []WeekThroughput {
	var out []WeekThroughput
	weeks, counts := f.window.weeklyThroughput()
	for n, week := range weeks {
		out = append(out, WeekThroughput{week, counts[n]})
	}
	return out
}

// FinishedIssue is an issue with its estimate at the finish, 0 while it has none.
type FinishedIssue struct {
	Issue    string
	Estimate float64
}

// FinishedOn returns what was finished on a day of the window, in order of finish.
func (f *Flow) FinishedOn(date string) (out []FinishedIssue) {
	x := f.window.team.Index
	for _, p := range f.window.finished {
		if x.Date(p.finished()).String() == date {
			out = append(out, FinishedIssue{p.issue.Key.Last(), estimateAt(x, p.issue.ID, p.finished())})
		}
	}
	return out
}

// ReachedBy returns the issues that reached a column or a later one by the end of a day, by its place.
func (f *Flow) ReachedBy(date string, column int) (keys []string) {
	for _, p := range f.window.passages {
		for _, s := range p.steps {
			if int(s.column) >= column && calendar.DateOfNumber(int(s.day)).String() <= date {
				keys = append(keys, p.issue.Key.Last())
				break
			}
		}
	}
	return keys
}

// MovedBack returns the issue of each move to an earlier column than the one before, on a day.
func (f *Flow) MovedBack(date string) (keys []string) {
	for _, p := range f.window.passages {
		before := int16(-1)
		for _, s := range p.steps {
			if s.column < before && calendar.DateOfNumber(int(s.day)).String() == date {
				keys = append(keys, p.issue.Key.Last())
			}
			before = s.column
		}
	}
	return keys
}
