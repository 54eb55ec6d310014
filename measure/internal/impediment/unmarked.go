package impediment

import (
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
// their changes do not join: of the impediments that were opened or worked on in a window, and of the issues of the
// team's own on which time was logged then, as known at a moment. It is nil where all join.
func (list *List) UnmarkedIn(w Window, known time.Time) map[int64]bool {
	var unmarked map[int64]bool
	marks := list.MarkFields()
	add := func(i *agile.Issue) {
		if i == nil || i.Broken.In(marks...) == 0 {
			return
		}
		if unmarked == nil {
			unmarked = map[int64]bool{}
		}
		unmarked[i.ID] = true
	}
	logs := list.WorklogsIn(w, known)
	for _, j := range OpenedOrAmong(list, w, known, logs) {
		add(j.Issue)
	}
	for _, some := range logs {
		for _, l := range some {
			add(list.Index.Issues.Of(l.Issue))
		}
	}
	index.EachOwnWorklogWithin(list.Index, w.From, w.To, known, func(i *agile.Issue, l agile.Worklog) {
		if w.Holds(l.Started) {
			add(i)
		}
	})
	return unmarked
}
