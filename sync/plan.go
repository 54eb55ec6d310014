package sync

import (
	"slices"
	"strings"

	"jerem/agile"
	"jerem/store"
	"jerem/sync/scope"
)

// planFields puts what boards and configuration name before all other fields, for a request takes a bounded number of them.
// What a team needs and is not read all the same is told as a gap of it; so is a site whose flag cannot be found.
func (r *reading) planFields() {
	var needed []string
	for _, t := range r.well() {
		needed = append(needed, scope.NamedFields(r.fields, t.conf, t.board)...)
	}
	r.fields = r.fields.Plan(needed)
	lacking := r.fields.Lacking()
	for _, t := range r.well() {
		for _, name := range scope.NamedFields(r.fields, t.conf, t.board) {
			if id := scope.FieldName(r.fields, name); containsFold(lacking, name) || containsFold(lacking, id) {
				t.gaps = append(t.gaps, store.Gap{Source: agile.SourceFields, Code: agile.GapLeftOut, Subject: id})
			}
		}
		if !r.fields.KnowsFlag() {
			t.gaps = append(t.gaps, store.Gap{Source: agile.SourceFields, Code: agile.GapMissing, Subject: "Flagged"})
		}
	}
}

func containsFold(list []string, word string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return strings.EqualFold(w, word) })
}
