package roster

import (
	"cmp"
	"slices"

	"jerem/oncall"
	"jerem/oncall/intake"
	"jerem/oncall/risk"
)

// After returns the state once rows were kept, as reading everything again would; ok is false for what has to be read:
// the past and frozen months.
func (s State) After(w Writes) (after State, ok bool) {
	if w.Kept != nil || w.Frozen != nil {
		return State{}, false
	}
	s.Changes = replaceByID(s.Changes, w.Changes, func(c oncall.Change) int64 { return c.ID })
	s.Absences = replaceByID(s.Absences, w.Absences, func(a risk.Absence) int64 { return a.ID })
	if len(w.AbsencesEnded) > 0 {
		s.Absences = slices.DeleteFunc(slices.Clone(s.Absences), func(a risk.Absence) bool {
			return slices.Contains(w.AbsencesEnded, a.ID)
		})
	}
	for _, a := range w.Absences {
		s.LastAbsence = max(s.LastAbsence, a.ID)
	}
	s.Alerts = replaceByID(s.Alerts, w.Alerts, func(a intake.Alert) int64 { return a.ID })
	s.Callouts = replaceByID(s.Callouts, w.Callouts, func(c intake.Callout) int64 { return c.ID })
	s.Decisions = replaceByID(s.Decisions, w.Decisions, func(d Decision) int64 { return d.ID })
	return s, true
}

// replaceByID returns a list in order of IDs with rows replaced or added; the list itself is not changed.
func replaceByID[T any](list, rows []T, id func(T) int64) []T {
	if len(rows) == 0 {
		return list
	}
	out := slices.Clone(list)
	for _, row := range rows {
		i, found := slices.BinarySearchFunc(out, id(row),
			func(x T, wanted int64) int { return cmp.Compare(id(x), wanted) })
		if found {
			out[i] = row
			continue
		}
		out = slices.Insert(out, i, row)
	}
	return out
}
