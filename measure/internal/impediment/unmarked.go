package impediment

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/internal/index"
)

// ImpedingFields returns the fields that make an issue an impediment.
func (list *List) ImpedingFields() []string {
	if len(list.Index.History.Team.Impediment.Types) > 0 {
		return []string{agile.FieldLabels, agile.FieldType}
	}
	return []string{agile.FieldLabels}
}

// MarkFields returns the fields that make an issue an impediment, and that tell its nature.
func (list *List) MarkFields() []string {
	fields := list.ImpedingFields()
	if field := list.NatureField(); field != "" {
		fields = append(fields, field)
	}
	return fields
}

// UnmarkedIn returns the ids of the issues of which it is not sure when they were impediments or of which nature, for
// their changes do not join: of the impediments that were opened or worked on in a window, and of the issues on which
// time was logged then that counts with an impediment or was the team's own, as known at a moment. Issues whose changes
// all join are not looked at.
func (list *List) UnmarkedIn(w Window, known time.Time) map[int64]bool {
	unmarked := map[int64]bool{}
	marks := list.MarkFields()
	for id, i := range list.disjoint {
		if i.Broken.In(marks...) > 0 && list.concerns(id, w, known) {
			unmarked[id] = true
		}
	}
	return unmarked
}

// concerns tells whether what is told of the impediments of a window rests on an issue.
func (list *List) concerns(id int64, w Window, known time.Time) bool {
	if own, is := list.ByIssue.Get(id); is {
		worked := false
		list.EachWorklogIn(w, own, known, func(agile.Worklog) { worked = true })
		if worked || own.Opened(w, known) {
			return true
		}
	}
	started := func(l agile.Worklog) bool { return w.Holds(l.Started) }
	return slices.ContainsFunc(index.OwnWorklogsOf(list.Index, id, known), started) ||
		list.CountsWorkOn(id, w, known)
}
