package jira

import (
	"maps"
	"slices"
	"strings"
)

// LostField is a field that was asked for before and that the site no longer lists.
type LostField struct {
	ID, Name string
	Needed   bool // figures of every team may rest on it: a number, or a field of sprints, epics, flags
}

// Keep adds the fields of an earlier set, by its signature, that the site no longer lists: they are asked for further, until
// it is sure that they are gone. It tells which ones these are. Of former it takes their names, by field id.
func (fs Fieldset) Keep(signature string, former map[string][]string) (kept Fieldset, lost []LostField) {
	fs.byID, fs.byName = maps.Clone(fs.byID), maps.Clone(fs.byName)
	for part := range strings.FieldsSeq(signature) {
		id, kind, ok := strings.Cut(part, ":")
		if _, listed := fs.byID[id]; !ok || listed || id == "" || slices.Contains(fs.gone, id) {
			continue
		}
		f := fieldInfo{id: id, name: id, kind: fieldKind(kind)}
		if names := former[id]; len(names) > 0 {
			f.name = names[len(names)-1]
		}
		fs.fields = append(slices.Clip(fs.fields), f)
		fs.byID[id] = f
		lower := strings.ToLower(f.name)
		if !fs.unread[namesake{lower, f.custom()}] {
			fs.byName[lower] = append(slices.Clip(fs.byName[lower]), f)
		}
		needed := slices.Contains([]fieldKind{kindNumber, kindSprint, kindEpicLink, kindFlag}, f.kind)
		lost = append(lost, LostField{id, f.name, needed})
	}
	fs.fields = slices.Clone(fs.fields)
	slices.SortStableFunc(fs.fields, func(a, b fieldInfo) int { return a.rank() - b.rank() })
	return fs, lost
}

// Without leaves a set out of which fields are gone for sure: Keep does not add them again.
func (fs Fieldset) Without(gone []string) Fieldset {
	fs.gone = gone
	return fs
}
