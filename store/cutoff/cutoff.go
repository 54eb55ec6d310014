package cutoff

import (
	"slices"
	"time"

	"jerem/agile"
)

// CutHistory leaves out of a history what a later reading than the last complete one kept: what began after
// [agile.History.Until].
func CutHistory(h *agile.History) {
	until := h.Until
	h.Issues = slices.DeleteFunc(h.Issues, func(i *agile.Issue) bool { return i.Created.After(until) })
	for _, i := range h.Issues {
		cutIssue(i, until)
	}
	h.Worklogs = slices.DeleteFunc(h.Worklogs, func(l agile.Worklog) bool { return l.Created.After(until) })
	h.Gaps = slices.DeleteFunc(h.Gaps, func(g agile.Gap) bool { return g.Since.After(until) })
	h.DaysOff = slices.DeleteFunc(h.DaysOff, func(v agile.DaysOffVersion) bool { return v.Seen.After(until) })
	for n, sp := range h.Sprints {
		h.Sprints[n].Versions = slices.DeleteFunc(
			sp.Versions,
			func(v agile.SprintVersion) bool { return v.Seen.After(until) },
		)
	}
	h.Sprints = slices.DeleteFunc(h.Sprints, func(s agile.Sprint) bool { return len(s.Versions) == 0 })
}

// cutIssue ends the timelines of an issue with a moment.
func cutIssue(i *agile.Issue, until time.Time) {
	if !i.Updated.After(until) {
		return
	}
	i.Updated = agile.MomentOf(until)
	if i.Resolved.After(until) {
		i.Resolved = 0
	}
	if i.Recategorized.After(until) {
		i.Recategorized = 0
	}
	for _, tl := range []*agile.Timeline[string]{
		&i.Key, &i.Summary, &i.Project, &i.Type, &i.Status, &i.Resolution, &i.EpicLink,
	} {
		*tl = cutTimeline(*tl, until)
	}
	i.Sprints, i.Parent = cutTimeline(i.Sprints, until), cutTimeline(i.Parent, until)
	i.Labels, i.Flagged = cutTimeline(i.Labels, until), cutTimeline(i.Flagged, until)
	i.FixVersions, i.Due = cutTimeline(i.FixVersions, until), cutTimeline(i.Due, until)
	for id, tl := range i.Numbers.All() {
		i.Numbers.Put(id, cutTimeline(tl, until))
	}
	for id, tl := range i.Options.All() {
		i.Options.Put(id, cutTimeline(tl, until))
	}
}

// cutTimeline leaves out the steps after a moment.
func cutTimeline[T any](tl agile.Timeline[T], until time.Time) agile.Timeline[T] {
	for len(tl) > 0 && tl[len(tl)-1].From.After(until) {
		tl = tl[:len(tl)-1]
	}
	return tl
}
