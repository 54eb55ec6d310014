package investment

import (
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/internal/index"
	"jerem/measure/internal/roadmap"
)

// eachWork visits the issues on which time was logged in a quarter, as known at a moment, and those finished in it,
// each as of every such work.
func eachWork(t *measure.Team, s roadmap.QuarterSpan, at time.Time, visit func(i *agile.Issue, when time.Time)) {
	w := windowOfQuarter(s, at)
	index.EachOwnWorklog(t.Index, at, func(i *agile.Issue, l agile.Worklog) {
		if w.Holds(l.Started) {
			visit(i, calendar.LaterOf(l.Started, i.Created))
		}
	})
	for _, f := range finishedIn(t, s, s.AsOf(at)) {
		visit(t.Index.Issues.Of(f.Issue), f.At)
	}
}

// finishedIn returns what was finished in a quarter, as of a moment that is not after its end.
func finishedIn(t *measure.Team, s roadmap.QuarterSpan, asOf time.Time) []index.Finish {
	var finished []index.Finish
	for _, f := range t.Index.Finishes(t.Index.Unit, asOf) {
		if !f.At.Before(s.From) {
			finished = append(finished, f)
		}
	}
	return finished
}

// isInitiativeUnsure tells whether it is not sure in which epic an issue was at a moment, or of which initiative that
// epic is; it is sure where a team has none.
func isInitiativeUnsure(x *index.Index, i *agile.Issue, at time.Time) bool {
	if x.History.Team.Initiative.Label == nil {
		return false
	}
	epic, level := epicAt(x, i, at), x.Level(i.Type.At(at))
	switch {
	case epic != nil && epic.Broken.In(agile.FieldLabels) > 0, level <= 0 && isEpicUnsure(i):
		return true
	case level >= 0:
		return false
	}
	parent := x.Issues.Of(i.Parent.At(at))
	return parent != nil && isEpicUnsure(parent)
}

// isEpicUnsure tells whether the changes of an issue from one parent or epic to another do not join.
func isEpicUnsure(i *agile.Issue) bool {
	return i.Broken.In(agile.FieldParent, agile.FieldEpicLink) > 0
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
