package sync

import (
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/jira/document"
	"jerem/store"
	"jerem/sync/gaps"
	"jerem/sync/metadata"
	"jerem/sync/scope"
)

// teamReading is what one reading finds out for a team.
type teamReading struct {
	conf   agile.Team
	found  metadata.Team
	whole  bool // everything of it is read
	listed bool // all issues of it are listed
	// Most of its issues were not listed any more, as a former reading found.
	unlisted bool
	since    time.Time // else what was changed since then
	again    bool      // its board and sprints were read anew
	held     bool      // it stays current up to then: a part of what was changed could not be asked for
	err      error     // the team's own trouble: it is left out, the others go on

	counted map[int64]bool // issues that count for it, of those that this reading saw
	others  map[int64]bool // issues of other projects that stand in its sprints or epics
	matches map[int64]bool // of its filter; nil without one
	impeded map[int64]bool // of its impediment query; nil without one

	notes   gaps.Notes // what could not be had, besides single issues
	summary Summary
}

// countIssue notes an issue that was read or kept where it counts for the team, and whether it is of another project.
// It tells whether it does.
func (t *teamReading) countIssue(i *agile.Issue) bool {
	home := slices.ContainsFunc(i.Project, func(s agile.Step[string]) bool { return s.Value == t.found.Project.ID })
	visits := slices.ContainsFunc(
		i.Sprints,
		func(s agile.Step[[]int64]) bool { return slices.ContainsFunc(s.Value, t.hasSprint) },
	)
	if !home && visits {
		t.others[i.ID] = true
	}
	if home || visits {
		t.counted[i.ID] = true
	}
	return home || visits
}

func (t *teamReading) hasSprint(id int64) bool {
	return slices.ContainsFunc(t.found.Own, func(s jira.SprintInfo) bool { return s.ID == id })
}

// hasBegun tells whether one of its sprints began.
func (t *teamReading) hasBegun() bool {
	return slices.ContainsFunc(t.found.Own, func(s jira.SprintInfo) bool { return s.State != agile.Future })
}

// teamList are the teams of a reading.
type teamList []*teamReading

// withoutTrouble lists those that are not in trouble.
func (l teamList) withoutTrouble() teamList {
	return slices.DeleteFunc(slices.Clone(l), func(t *teamReading) bool { return t.err != nil })
}

// completelyRead lists those of which everything is read and that are not in trouble.
func (l teamList) completelyRead() teamList {
	return slices.DeleteFunc(l.withoutTrouble(), func(t *teamReading) bool { return !t.whole })
}

// ofNames lists those of some names that are not in trouble, in their order.
func (l teamList) ofNames(names []string) teamList {
	return slices.DeleteFunc(l.withoutTrouble(),
		func(t *teamReading) bool { return !slices.Contains(names, t.conf.Name) })
}

// listProjects lists their projects, listSprints those of their own that other projects' issues may count in: of teams
// without a filter.
func (l teamList) listProjects() (out []jira.Project) {
	for _, t := range l {
		out = append(out, t.found.Project)
	}
	return out
}

func (l teamList) listSprints() (out []jira.SprintInfo) {
	for _, t := range l {
		if t.conf.IsWholeProject() {
			out = append(out, t.found.Own...)
		}
	}
	return out
}

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
				t.notes.Add(gap)
			}
		}
		if !fields.KnowsFlag() {
			flag := agile.NamedSubject("Flagged")
			t.notes.Add(store.Gap{Source: agile.SourceFields, Code: agile.GapMissing, Subject: flag})
		}
	}
	return fields
}

func containsFold(list []string, word string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return strings.EqualFold(w, word) })
}
