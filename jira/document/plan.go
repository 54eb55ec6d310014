package document

import (
	"maps"
	"slices"
	"strings"

	"jerem/sorting"
)

// Plan returns the set with what boards and configuration name at its beginning, so that nothing else takes its place
// in a request: fields by id or by name, in any case. "component" is a name for components, "label:…" for labels.
func (fs Fieldset) Plan(needed []string) Fieldset {
	fs.needed, fs.lacks = map[string]bool{}, nil
	for _, name := range needed {
		found := fs.fieldsNamed(name)
		for _, f := range found {
			fs.needed[f.id] = true
		}
		if len(found) == 0 && strings.TrimSpace(name) != "" && !slices.Contains(fs.lacks, name) {
			fs.lacks = append(fs.lacks, name)
		}
	}
	var first, others []field
	for _, f := range fs.fields {
		if fs.needed[f.id] || slices.Contains(essentials, f.id) {
			first = append(first, f)
		} else {
			others = append(others, f)
		}
	}
	fs.fields = append(first, others...)
	return fs
}

// fieldsNamed finds fields as boards and configuration name them.
func (fs Fieldset) fieldsNamed(name string) []field {
	name = strings.TrimSpace(name)
	switch {
	case name == "":
		return nil
	case strings.EqualFold(name, "component"):
		name = "components"
	case strings.HasPrefix(strings.ToLower(name), "label:"):
		name = "labels"
	}
	if f, ok := fs.byID[name]; ok {
		return []field{f}
	}
	var found []field
	for _, f := range fs.fields {
		if strings.EqualFold(f.name, name) || strings.EqualFold(f.plain, name) {
			found = append(found, f)
		}
	}
	return found
}

// Lacking lists what Plan was told to need and what is not read: no such field is there to be read, as it was named, or
// no request has room for it, by its name.
func (fs Fieldset) Lacking() []string {
	lacking := slices.Clone(fs.lacks)
	asked := fs.Asked()
	for _, f := range fs.fields {
		if fs.needed[f.id] && !slices.Contains(asked, f.id) {
			lacking = append(lacking, f.name)
		}
	}
	return lacking
}

// LostField is a field that was asked for before and that the site no longer lists.
type LostField struct {
	ID, Name string
	Needed   bool // figures of every team may rest on it: a number, or a field of sprints, epics, flags
}

// Keep adds the fields of an earlier set, by its signature, that the site no longer lists: they are asked for further,
// until it is sure that they are gone. It tells which ones these are. Of former it takes their names, by field id.
func (fs Fieldset) Keep(signature string, former map[string][]string) (kept Fieldset, lost []LostField) {
	fs.byID, fs.byName = maps.Clone(fs.byID), maps.Clone(fs.byName)
	for part := range strings.FieldsSeq(signature) {
		id, kind, ok := strings.Cut(part, ":")
		if _, listed := fs.byID[id]; !ok || listed || id == "" || slices.Contains(fs.gone, id) {
			continue
		}
		if slices.ContainsFunc(fs.teams, func(f field) bool { return f.id == id }) {
			continue // it is there, and no team is configured by it any more
		}
		f := field{id: id, name: id, kind: Kind(kind)}
		if names := former[id]; len(names) > 0 {
			f.name = names[len(names)-1]
		}
		fs.fields = append(slices.Clip(fs.fields), f)
		fs.byID[id] = f
		lower := strings.ToLower(f.name)
		if !fs.unread[namesake{lower, f.isCustom()}] {
			fs.byName[lower] = append(slices.Clip(fs.byName[lower]), f)
		}
		needed := slices.Contains([]Kind{KindNumber, KindSprint, KindEpicLink, KindFlag}, f.kind)
		lost = append(lost, LostField{id, f.name, needed})
	}
	fs.fields = slices.Clone(fs.fields)
	sorting.By(fs.fields, byRank)
	return fs, lost
}

// Without leaves a set out of which fields are gone for sure: Keep does not add them again.
func (fs Fieldset) Without(gone []string) Fieldset {
	fs.gone = gone
	return fs
}
