package flow

import "time"

// ActiveTime is how long an issue was worked on between its start and its finish.
type ActiveTime struct {
	Issue         string
	Active, Whole time.Duration
}

// ActiveTimes returns the times that the efficiency of a flow is made from, in order of finish.
func (f *Flow) ActiveTimes() []ActiveTime {
	var out []ActiveTime
	for _, p := range f.window.finished {
		if !p.start.IsZero() {
			out = append(out, ActiveTime{p.issue.Key.Last(), f.window.activeTime(p), p.finish.Sub(p.start)})
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
