package bot

import (
	"strings"

	"jerem/agile"
	"jerem/measure"
	"jerem/store"
)

// planFields puts what boards and configuration name before all other fields, for a request takes a bounded number of them.
// What a team needs and is not read all the same is told as a gap of it; so is a site whose flag cannot be found.
func (r *reading) planFields() {
	var needed []string
	for _, t := range r.well() {
		needed = append(needed, r.namesFields(t.conf, t.board)...)
	}
	r.fields = r.fields.Plan(needed)
	lacking := r.fields.Lacking()
	for _, t := range r.well() {
		for _, name := range r.namesFields(t.conf, t.board) {
			if id := r.fieldName(name); containsFold(lacking, name) || containsFold(lacking, id) {
				t.gaps = append(t.gaps, store.Gap{Source: agile.SourceFields, Code: agile.GapLeftOut, Subject: id})
			}
		}
		if !r.fields.KnowsFlag() {
			t.gaps = append(t.gaps, store.Gap{Source: agile.SourceFields, Code: agile.GapMissing, Subject: "Flagged"})
		}
	}
}

// namesFields are the fields that a team's board and configuration name, by id or name: the estimate, the nature.
func (r *reading) namesFields(conf agile.Team, board *agile.Board) (names []string) {
	if board != nil && board.Estimate != "" {
		names = append(names, board.Estimate)
	}
	switch nature := conf.Impediment.Nature; {
	case nature == "" && r.fieldName(measure.SeedNature) != measure.SeedNature:
		names = append(names, measure.SeedNature)
	case nature != "" && !strings.HasPrefix(strings.ToLower(nature), "label:"):
		names = append(names, nature)
	}
	return names
}
