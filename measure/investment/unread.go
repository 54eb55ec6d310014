package investment

import (
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/internal/index"
	"jerem/measure/internal/roadmap"
)

// UnreadEpics counts the issues on which time was logged, or which were finished, in a quarter while they stood in an
// epic that is not read, as in a project that no team has: its labels are not known, so their work stands under no
// initiative.
func UnreadEpics(t *measure.Team, name roadmap.QuarterName, at time.Time) int {
	s := t.Roadmap.Span(name)
	found := map[int64]bool{}
	note := func(i *agile.Issue, when time.Time) {
		if inUnreadEpic(t.Index, i, when) {
			found[i.ID] = true
		}
	}
	w := windowOfQuarter(s, at)
	index.EachOwnWorklog(t.Index, at, func(i *agile.Issue, l agile.Worklog) {
		if w.Holds(l.Started) {
			note(i, calendar.LaterOf(l.Started, i.Created))
		}
	})
	for _, f := range t.Index.Finishes(t.Index.Unit, s.AsOf(at)) {
		if !f.At.Before(s.From) && f.At.Before(s.To) {
			note(t.Index.Issues.Of(f.Issue), f.At)
		}
	}
	return len(found)
}

// inUnreadEpic tells whether the epic that an issue, or the parent of a sub-task, belonged to at a moment is not read.
func inUnreadEpic(x *index.Index, i *agile.Issue, at time.Time) bool {
	if parent := x.Issues.Of(i.Parent.At(at)); parent != nil && x.Level(i.Type.At(at)) < 0 {
		i = parent
	}
	if x.Level(i.Type.At(at)) > 0 {
		return false
	}
	link := i.EpicLink.At(at)
	if epic := x.EpicOf(i, i.Parent.At(at), link, at); epic != 0 {
		return x.Issues.Of(epic) == nil
	}
	return link != "" // by a key that nothing read ever had
}
