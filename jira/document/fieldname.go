package document

import (
	"encoding/json"
	"slices"
	"strings"

	"jerem/jira/wire"
)

// Know adds names that fields had before, by field id: a change without a field id tells the name as it
// was then. A name that is another field's today stays with that one.
func (fs Fieldset) Know(former map[string][]string) Fieldset {
	for _, f := range fs.fields {
		for _, name := range former[f.id] {
			lower := strings.ToLower(name)
			if !fs.unread[namesake{lower, f.isCustom()}] && len(fs.byName[lower]) == 0 {
				fs.byName[lower] = append(fs.byName[lower], f)
			}
		}
	}
	return fs
}

// fieldsOfChanges are the fields of changes that name no field id, by their name: a move, a sub-task's parent, an epic.
var fieldsOfChanges = map[string]field{
	"key":                    {id: "key", name: "Key", kind: KindText},
	"parent":                 {id: "parent", name: "Parent", kind: KindParent},
	"issueparentassociation": {id: "parent", name: "IssueParentAssociation", kind: KindParent},
	"epic link":              {id: "epic link", name: "Epic Link", kind: KindEpicLink},
	"fix version":            {id: "fixVersions", name: "Fix Version", kind: KindParts},
	"component":              {id: "components", name: "Component", kind: KindParts},
	"version":                {id: "versions", name: "Version", kind: KindParts},
}

// fieldOf finds the field that a change belongs to: by its id, else by the names known. Of several fields of one name
// it is one that the issue has a value of, best the one whose value is last, where the changes under that name end.
// What may as well be a field's that is never asked for belongs to none.
func (fs Fieldset) fieldOf(w wire.Item, values map[string]json.RawMessage, last string) (field, bool) {
	if w.FieldID != "" {
		f, ok := fs.byID[w.FieldID]
		return f, ok
	}
	lower := strings.ToLower(w.Field)
	if f, ok := fieldsOfChanges[lower]; ok && mayBeOf(w, f) && (f.kind != KindEpicLink || len(fs.byName[lower]) == 0) {
		return f, true
	}
	var best field
	score := 0
	for _, f := range append(slices.Clone(fs.byName[lower]), fs.byID[lower]) {
		if n := f.scoreLikeness(values[f.id], last); f.id != "" && mayBeOf(w, f) && n > score {
			best, score = f, n
		}
	}
	if fs.hasUnreadNamesake(w) && !isPlain(w, best.kind) {
		return field{}, false
	}
	return best, score > 0
}

// KeptItems returns the changes that may be of a field of the set; what else stands in a history, as a description, is
// let go as soon as it is read.
func (fs Fieldset) KeptItems(items []wire.Item) []wire.Item {
	if !slices.ContainsFunc(items, func(i wire.Item) bool { return !fs.mayKeep(i) }) {
		return items
	}
	var kept []wire.Item
	for _, i := range items {
		if fs.mayKeep(i) {
			kept = append(kept, i)
		}
	}
	return kept
}

// mayKeep says whether a change may belong to a field of the set.
func (fs Fieldset) mayKeep(w wire.Item) bool {
	if w.FieldID != "" {
		_, ok := fs.byID[w.FieldID]
		return ok
	}
	lower := strings.ToLower(w.Field)
	_, known := fs.byID[lower]
	_, other := fieldsOfChanges[lower]
	return known || other || len(fs.byName[lower]) > 0
}

// scoreLikeness tells how well an issue's value fits a field that changes last came to be so.
func (f field) scoreLikeness(value json.RawMessage, last string) int {
	if !isSet(value) {
		return 1
	}
	if v, _ := readValue(f, value); v.Number != nil {
		if end := parseNumber(last); end != nil && *end == *v.Number {
			return 3
		}
	}
	return 2
}

// mayBeOf says whether a change can be a field's: Jira tells its own fields from custom ones.
func mayBeOf(w wire.Item, f field) bool {
	return w.Type == "" || (w.Type == "custom") == f.isCustom()
}

// hasUnreadNamesake says whether a field that is never asked for has the name that a change tells.
func (fs Fieldset) hasUnreadNamesake(w wire.Item) bool {
	lower := strings.ToLower(w.Field)
	return w.Type != "jira" && fs.unread[namesake{lower, true}] || w.Type != "custom" &&
		fs.unread[namesake{lower, false}]
}

// isPlain says whether a change can be of a kind only, and holds nothing but numbers or what has an id.
func isPlain(w wire.Item, kind Kind) bool {
	for _, side := range [][2]wire.Text{{w.From, w.FromString}, {w.To, w.ToString}} {
		id, text := string(side[0]), string(side[1])
		switch kind {
		case KindNumber:
			if id != "" || text != "" && parseNumber(text) == nil {
				return false
			}
		case KindSprint, KindEpicLink:
			if (id == "") != (text == "") || strings.Trim(id, "0123456789, ") != "" {
				return false
			}
		default:
			return false
		}
	}
	return true
}
