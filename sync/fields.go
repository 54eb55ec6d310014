package sync

import (
	"slices"
	"strings"

	"jerem/agile"
	"jerem/jira/document"
	"jerem/store"
	"jerem/sync/scope"
)

// planFields puts what boards and configuration name before all other fields, for a request takes a bounded number of
// them. What a team needs and is not read all the same is told as a gap of it; so is a site whose flag cannot be
// found.
func planFields(fields document.Fieldset, teams teamList) document.Fieldset {
	var needed []string
	for _, t := range teams {
		needed = append(needed, scope.NamedFields(fields, t.conf, t.found.Board)...)
	}
	fields = fields.Plan(needed)
	lacking := fields.Lacking()
	for _, t := range teams {
		for _, name := range scope.NamedFields(fields, t.conf, t.found.Board) {
			if shown := scope.FieldName(fields, name); containsFold(lacking, name) || containsFold(lacking, shown) {
				gap := store.Gap{Source: agile.SourceFields, Code: agile.GapLeftOut, Subject: agile.NamedSubject(shown)}
				t.notes.Add(gap, "")
			}
		}
		if !fields.KnowsFlag() {
			flag := agile.NamedSubject("Flagged")
			t.notes.Add(store.Gap{Source: agile.SourceFields, Code: agile.GapMissing, Subject: flag}, "")
		}
	}
	return fields
}

func containsFold(list []string, word string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return strings.EqualFold(w, word) })
}
