package pastchange

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/internal/impediment"
	"jerem/measure/internal/index"
	"jerem/measure/internal/roadmap"
)

// InSprint returns the changes of issues that stood in a sprint at some moment from the start of its account on.
func (c *Changes) InSprint(sp index.SprintSpan) []agile.PastChange {
	if c == nil {
		return nil
	}
	members := map[int64]index.Membership{}
	for _, m := range c.then.Memberships(sp) {
		members[m.Issue] = m
	}
	return c.issuesWhere(sp.Start, sp.End, func(id int64, until time.Time) bool {
		m := members[id]
		return m.At(sp.Start).In || slices.ContainsFunc(m.Snapshots, func(b index.MemberSnapshot) bool {
			return b.In && b.At().After(sp.Start) && !b.At().After(until)
		})
	})
}

// issuesWhere lists the changes of issues that were found after a moment, and of whose issues something held up to the
// moment to which the figures as of another one counted them as they were.
func (c *Changes) issuesWhere(
	from, asOf time.Time, held func(id int64, until time.Time) bool,
) (list []agile.PastChange) {
	if c == nil {
		return nil
	}
	c.eachIssue(from, asOf, func(change agile.PastChange, until time.Time) {
		if held(change.ID, until) {
			list = append(list, change)
		}
	})
	return list
}

// ImpedimentsIn returns the changes of issues that were impediments of a window, opened or worked on in it, as known at
// a moment.
func (c *Changes) ImpedimentsIn(w impediment.Window, at time.Time) []agile.PastChange {
	return c.issuesWhere(w.From, at, func(id int64, until time.Time) bool {
		return c.impediments.ByIssue.Of(id).Opened(w, until) || c.impediments.CountsWorkOn(id, w, until)
	})
}

// TimeIn returns the changes of time logged in a window that were found after figures of it were final: after its end,
// or after the moment as of which they are asked. is tells which time counts.
func (c *Changes) TimeIn(w impediment.Window, at time.Time, is func(agile.Worklog) bool) (list []agile.PastChange) {
	if c == nil {
		return nil
	}
	final := at
	if w.Closed && w.To.Before(at) {
		final = w.To
	}
	for _, change := range c.times {
		counted := func(l agile.Worklog) bool { return w.Holds(l.Started) && !l.Created.After(at) && is(l) }
		if change.Found.After(final) && slices.ContainsFunc(change.Worklogs, counted) {
			list = append(list, change)
		}
	}
	return list
}

// LoggedIn returns the changes of issues of the team's own on which time was logged in a window, as known at a moment.
func (c *Changes) LoggedIn(w impediment.Window, at time.Time) []agile.PastChange {
	logged := func(l agile.Worklog) bool { return w.Holds(l.Started) }
	return c.issuesWhere(w.From, at, func(id int64, until time.Time) bool {
		return slices.ContainsFunc(index.OwnWorklogsOf(c.then, id, until), logged)
	})
}

// changeID tells one change from another.
type changeID struct {
	kind  agile.PastChangeKind
	id    int64
	found int64 // in nanoseconds since 1970
}

func idOf(c agile.PastChange) changeID { return changeID{c.Kind, c.ID, c.Found.UnixNano()} }

// Divide divides changes into those that stand in another list too and those that do not.
func Divide(list, other []agile.PastChange) (in, out []agile.PastChange) {
	others := make(map[changeID]bool, len(other))
	for _, c := range other {
		others[idOf(c)] = true
	}
	for _, c := range list {
		if others[idOf(c)] {
			in = append(in, c)
		} else {
			out = append(out, c)
		}
	}
	return in, out
}

// InQuarter returns the changes of epics of a quarter, and of issues in these, at some moment from one to another.
func (c *Changes) InQuarter(s roadmap.QuarterSpan, from, asOf time.Time) []agile.PastChange {
	return c.issuesWhere(from, asOf, func(id int64, until time.Time) bool {
		return slices.ContainsFunc(c.momentsOf(id, from, until), func(at time.Time) bool {
			return c.isInQuarter(id, s, at)
		})
	})
}

// momentsOf lists the moments from one to another at which something that counts of an issue may be another than
// before: both of them, and its changes between.
func (c *Changes) momentsOf(id int64, from, to time.Time) []time.Time {
	moments := []time.Time{from}
	for _, s := range c.then.Histories.Of(id) {
		if s.At().After(from) && s.At().Before(to) {
			moments = append(moments, s.At())
		}
	}
	return append(moments, to)
}

// isInQuarter tells whether an issue is an epic of a quarter at a moment, or counts in one.
func (c *Changes) isInQuarter(id int64, s roadmap.QuarterSpan, at time.Time) bool {
	snapshot, created := c.then.Histories.Of(id).At(at)
	return created && slices.ContainsFunc(c.roadmap.EpicsOf(s.Name, at), func(m roadmap.Member) bool {
		return m.Issue.ID == id || snapshot.Epic == m.Issue.ID && c.roadmap.Takes(m, s, id, at)
	})
}

// InEpics returns the changes of issues that stood in one of some epics at a moment.
func (c *Changes) InEpics(epics []int64, at time.Time) (list []agile.PastChange) {
	if c == nil {
		return nil
	}
	c.eachIssue(at, at, func(change agile.PastChange, _ time.Time) {
		if s, created := c.then.Histories.Of(change.ID).At(at); created && slices.Contains(epics, s.Epic) {
			list = append(list, change)
		}
	})
	return list
}

// InFlow returns the changes of issues that counted in the flow, and were not finished before the window, as of a
// moment.
func (c *Changes) InFlow(from, asOf time.Time) (list []agile.PastChange) {
	if c == nil {
		return nil
	}
	c.eachIssue(from, asOf, func(change agile.PastChange, until time.Time) {
		for _, at := range c.momentsOf(change.ID, from, until) {
			if c.isInFlow(change.ID, from, at) {
				list = append(list, change)
				return
			}
		}
	})
	return list
}

// isInFlow tells whether an issue counted in the flow at a moment, and was not finished before a window that begins at
// another one.
func (c *Changes) isInFlow(id int64, from, at time.Time) bool {
	history := c.then.Histories.Of(id)
	s, created := history.At(at)
	if !created || !s.InScope() || c.then.Level(c.then.Issues.Of(id).Type.At(at)) != 0 {
		return false
	}
	since, done := history.DoneSince(at)
	return !done || !since.Before(from)
}

// Finished returns the changes of issues that the team finished from a moment on and that were done when another one
// came, or when they were found: those under epics alone where that is asked.
func (c *Changes) Finished(unit agile.Unit, from, asOf time.Time, underEpic bool) (list []agile.PastChange) {
	if c == nil {
		return nil
	}
	c.eachIssue(from, asOf, func(change agile.PastChange, until time.Time) {
		f, done := index.FinishOf(c.then, change.ID, unit, until)
		if done && !f.At.Before(from) && (f.UnderEpic || !underEpic) {
			list = append(list, change)
		}
	})
	return list
}

// SprintsClosed returns the changes of sprints that were closed after a moment and by another one.
func (c *Changes) SprintsClosed(after, by time.Time) (list []agile.PastChange) {
	if c == nil {
		return nil
	}
	for _, change := range c.sprints {
		if v := change.Sprint; v.ClosedBy(by) && v.Completed().After(after) {
			list = append(list, change)
		}
	}
	return list
}
