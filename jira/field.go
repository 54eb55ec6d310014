package jira

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"jerem/agile"
)

// fieldKind is how the values and changes of a field are to be read. What has no kind is never
// asked for: it could hold a person or free text.
type fieldKind string

const (
	kindNumber   fieldKind = "number"
	kindSeconds  fieldKind = "seconds" // Jira's own time tracking
	kindText     fieldKind = "text"    // the summary and dates
	kindOptions  fieldKind = "options"
	kindParts    fieldKind = "parts" // components, versions: one change for each that comes or goes
	kindLabels   fieldKind = "labels"
	kindOne      fieldKind = "one" // status, type, resolution, priority, project
	kindParent   fieldKind = "parent"
	kindSprint   fieldKind = "sprint"
	kindEpicLink fieldKind = "epiclink"
	kindFlag     fieldKind = "flag"
	customPrefix           = "com.atlassian.jira.plugin.system.customfieldtypes:"
	agilePrefix            = "com.pyxis.greenhopper.jira:"
)

// wireField is a field as Jira lists it.
type wireField struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Plain  string `json:"untranslatedName"`
	Custom bool   `json:"custom"`
	Schema *struct {
		Type   string `json:"type"`
		Items  string `json:"items"`
		Custom string `json:"custom"`
		System string `json:"system"`
	} `json:"schema"`
}

// kind decides by the schema how a field is read, "" for one that is never asked for.
func (f wireField) kind() fieldKind {
	if f.Schema == nil {
		return ""
	}
	s := f.Schema
	if !f.Custom {
		return systemKind(f.ID, s.Type, s.Items)
	}
	switch s.Custom {
	case agilePrefix + "gh-sprint":
		return kindSprint
	case agilePrefix + "gh-epic-link":
		return kindEpicLink
	case customPrefix + "labels":
		return kindLabels
	case agilePrefix + "gh-epic-status", customPrefix + "userpicker", customPrefix + "multiuserpicker":
		return ""
	}
	if f.isFlag() {
		return kindFlag
	}
	return typeKind(s.Type, s.Items)
}

// isFlag says whether a field is the flag: a set of check boxes of that name in any language, or of the boards' own kind.
func (f wireField) isFlag() bool {
	if own, ok := strings.CutPrefix(f.Schema.Custom, agilePrefix); ok {
		return strings.Contains(own, "flag")
	}
	return f.Schema.Custom == customPrefix+"multicheckboxes" && (strings.EqualFold(f.Name, "Flagged") || strings.EqualFold(f.Plain, "Flagged"))
}

func systemKind(id, typ, items string) fieldKind {
	switch id {
	case "summary":
		return kindText
	case "status", "issuetype", "resolution", "priority", "project":
		return kindOne
	case "parent":
		return kindParent
	case "labels":
		return kindLabels
	case "timeoriginalestimate", "timeestimate", "timespent":
		return kindSeconds
	case "lastViewed", "workratio", "aggregatetimeoriginalestimate", "aggregatetimeestimate", "aggregatetimespent":
		return "" // of the reader, or derived: a sum over sub-tasks would count twice
	}
	return typeKind(typ, items)
}

func typeKind(typ, items string) fieldKind {
	switch {
	case typ == "number":
		return kindNumber
	case typ == "date", typ == "datetime":
		return kindText
	case typ == "option", typ == "option-with-child", typ == "array" && items == "option":
		return kindOptions
	case typ == "version", typ == "array" && (items == "version" || items == "component"):
		return kindParts
	}
	return ""
}

// Fieldset is the fields of a site that are read, and how.
type Fieldset struct {
	fields []fieldInfo
	byID   map[string]fieldInfo
	byName map[string][]fieldInfo // in lower case
	gone   []string               // what an earlier set had and that is gone for sure
	unread map[namesake]bool      // what is never asked for: a change under such a name may hold a person or free text
	limit  int                    // fields of one request, 0 for any number
	lacks  []string               // what is needed and cannot be read, as it was named
	needed map[string]bool        // what is needed, by id
}

// namesake is what a change tells of its field where it tells no id: the name, in lower case, and its sort.
type namesake struct {
	name   string
	custom bool
}

type fieldInfo struct {
	id, name, plain string // plain is the name before it was translated, "" where that is not told
	kind            fieldKind
}

// essentials are the fields without which no issue can be understood.
var essentials = []string{"summary", "status", "issuetype", "project", "parent", "labels", "resolution"}

// NewFieldset makes the set of the fields that a site lists. limit is how many fields one request takes, 0 for any number.
func NewFieldset(wire []wireField, limit int) Fieldset {
	fs := Fieldset{
		byID: map[string]fieldInfo{}, byName: map[string][]fieldInfo{}, unread: map[namesake]bool{}, limit: limit,
	}
	for _, w := range wire {
		if k := w.kind(); k != "" {
			fs.fields = append(fs.fields, fieldInfo{w.ID, w.Name, w.Plain, k})
		} else {
			fs.unread[namesake{strings.ToLower(w.Name), w.Custom}] = true
		}
	}
	for _, id := range essentials {
		if !slices.ContainsFunc(fs.fields, func(f fieldInfo) bool { return f.id == id }) {
			fs.fields = append(fs.fields, fieldInfo{id, id, "", systemKind(id, "", "")})
		}
	}
	slices.SortStableFunc(fs.fields, func(a, b fieldInfo) int { return cmp.Compare(a.rank(), b.rank()) })
	for _, f := range fs.fields {
		fs.byID[f.id] = f
		fs.byName[strings.ToLower(f.name)] = append(fs.byName[strings.ToLower(f.name)], f)
	}
	return fs
}

// Plan returns the set with what boards and configuration name at its beginning, so that nothing else takes its place in a
// request: fields by id or by name, in any case. "component" is a name for components, "label:…" for labels.
func (fs Fieldset) Plan(needed []string) Fieldset {
	fs.needed, fs.lacks = map[string]bool{}, nil
	for _, name := range needed {
		found := fs.named(name)
		for _, f := range found {
			fs.needed[f.id] = true
		}
		if len(found) == 0 && strings.TrimSpace(name) != "" && !slices.Contains(fs.lacks, name) {
			fs.lacks = append(fs.lacks, name)
		}
	}
	fs.fields = slices.Clone(fs.fields)
	first := func(f fieldInfo) int {
		if fs.needed[f.id] || slices.Contains(essentials, f.id) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(fs.fields, func(a, b fieldInfo) int { return first(a) - first(b) })
	return fs
}

// named finds fields as boards and configuration name them.
func (fs Fieldset) named(name string) []fieldInfo {
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
		return []fieldInfo{f}
	}
	var found []fieldInfo
	for _, f := range fs.fields {
		if strings.EqualFold(f.name, name) || strings.EqualFold(f.plain, name) {
			found = append(found, f)
		}
	}
	return found
}

// Lacking lists what Plan was told to need and what is not read: no such field is there to be read, as it was named, or no
// request has room for it, by its name.
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

// Reads tells whether a field, by id, is asked for.
func (fs Fieldset) Reads(id string) bool { return slices.Contains(fs.Asked(), id) }

// KnowsFlag tells whether the site's flag was found and is read: without it nothing is known of flags, which is not that
// there are none.
func (fs Fieldset) KnowsFlag() bool {
	return slices.ContainsFunc(fs.fields, func(f fieldInfo) bool { return f.kind == kindFlag && fs.Reads(f.id) })
}

// Know adds names that fields had before, by field id: a change without a field id tells the name as it
// was then. A name that is another field's today stays with that one.
func (fs Fieldset) Know(former map[string][]string) Fieldset {
	for _, f := range fs.fields {
		for _, name := range former[f.id] {
			lower := strings.ToLower(name)
			if !fs.unread[namesake{lower, f.custom()}] && len(fs.byName[lower]) == 0 {
				fs.byName[lower] = append(fs.byName[lower], f)
			}
		}
	}
	return fs
}

// rank orders fields by need: a bulk request takes a hundred.
func (f fieldInfo) rank() int {
	switch {
	case !strings.HasPrefix(f.id, "customfield_"):
		return 0
	case f.kind == kindSprint, f.kind == kindEpicLink, f.kind == kindFlag:
		return 1
	case f.kind == kindNumber:
		return 2
	case f.kind == kindOptions:
		return 3
	}
	return 4
}

// Asked lists the fields of a request, created and updated first.
func (fs Fieldset) Asked() []string {
	ids := []string{"created", "updated"}
	for _, f := range fs.fields {
		if len(ids) == fs.limit { // never of a site without a limit
			break
		}
		if !slices.Contains(ids, f.id) {
			ids = append(ids, f.id)
		}
	}
	return ids
}

// Signature tells fieldsets apart: with another one, what is kept of issues lacks something. The form in which documents
// are kept belongs to it.
func (fs Fieldset) Signature() string {
	ids := slices.Sorted(slices.Values(fs.Asked()[2:]))
	var b strings.Builder
	fmt.Fprintf(&b, "%d ", RawVersion)
	for _, id := range ids {
		b.WriteString(id + ":" + string(fs.byID[id].kind) + " ")
	}
	return b.String()
}

// LeftOut tells how many fields that could be read do not fit into a request.
func (fs Fieldset) LeftOut() int {
	if fs.limit == 0 {
		return 0
	}
	return max(0, len(fs.fields)+2-fs.limit)
}

// Fields lists the fields that figures may need.
func (fs Fieldset) Fields() []agile.Field {
	var out []agile.Field
	for _, f := range fs.fields {
		number := f.kind == kindNumber || f.kind == kindSeconds
		option := f.kind == kindOptions || f.kind == kindParts || f.kind == kindLabels && f.id != "labels"
		out = append(out, agile.Field{ID: f.id, Name: f.name, Number: number, Option: option})
	}
	return out
}

// pseudo are the changes that name no field id, by their name: a move, a sub-task's parent, an epic.
var pseudo = map[string]fieldInfo{
	"key":                    {id: "key", name: "Key", kind: kindText},
	"parent":                 {id: "parent", name: "Parent", kind: kindParent},
	"issueparentassociation": {id: "parent", name: "IssueParentAssociation", kind: kindParent},
	"epic link":              {id: "epic link", name: "Epic Link", kind: kindEpicLink},
	"fix version":            {id: "fixVersions", name: "Fix Version", kind: kindParts},
	"component":              {id: "components", name: "Component", kind: kindParts},
	"version":                {id: "versions", name: "Version", kind: kindParts},
}

// of finds the field that a change belongs to: by its id, else by the names known. Of several fields of one name it is
// one that the issue has a value of, best the one whose value is last, where the changes under that name end. What may
// as well be a field's that is never asked for belongs to none.
func (fs Fieldset) of(w wireItem, values map[string]json.RawMessage, last string) (fieldInfo, bool) {
	if w.FieldID != "" {
		f, ok := fs.byID[w.FieldID]
		return f, ok
	}
	lower := strings.ToLower(w.Field)
	if f, ok := pseudo[lower]; ok && w.mayBe(f) && (f.kind != kindEpicLink || len(fs.byName[lower]) == 0) {
		return f, true
	}
	var best fieldInfo
	score := 0
	for _, f := range append(slices.Clone(fs.byName[lower]), fs.byID[lower]) {
		if n := f.likeness(values[f.id], last); f.id != "" && w.mayBe(f) && n > score {
			best, score = f, n
		}
	}
	if score > 0 && fs.shared(w) && !w.plain(best.kind) {
		return fieldInfo{}, false
	}
	return best, score > 0
}

// mayKeep says whether a change may belong to a field of the set.
func (fs Fieldset) mayKeep(w wireItem) bool {
	if w.FieldID != "" {
		_, ok := fs.byID[w.FieldID]
		return ok
	}
	lower := strings.ToLower(w.Field)
	_, known := fs.byID[lower]
	_, other := pseudo[lower]
	return known || other || len(fs.byName[lower]) > 0
}

// likeness tells how well an issue's value fits a field that changes last came to be so.
func (f fieldInfo) likeness(value json.RawMessage, last string) int {
	if len(value) == 0 || string(value) == "null" {
		return 1
	}
	if v, _ := cleanValue(f, value); v.Number != nil {
		if end := parseNumber(last); end != nil && *end == *v.Number {
			return 3
		}
	}
	return 2
}

// custom says whether a field is none of Jira's own.
func (f fieldInfo) custom() bool {
	return strings.HasPrefix(f.id, "customfield_") || f.id == "epic link"
}

// mayBe says whether a change can be a field's: Jira tells its own fields from custom ones.
func (w wireItem) mayBe(f fieldInfo) bool {
	return w.Type == "" || (w.Type == "custom") == f.custom()
}

// shared says whether a field that is never asked for has the name that a change tells.
func (fs Fieldset) shared(w wireItem) bool {
	lower := strings.ToLower(w.Field)
	return w.Type != "jira" && fs.unread[namesake{lower, true}] || w.Type != "custom" && fs.unread[namesake{lower, false}]
}

// plain says whether a change can be of a kind only, and holds nothing but numbers or what has an id.
func (w wireItem) plain(kind fieldKind) bool {
	for _, side := range [][2]text{{w.From, w.FromString}, {w.To, w.ToString}} {
		id, said := string(side[0]), string(side[1])
		switch kind {
		case kindNumber:
			if id != "" || said != "" && parseNumber(said) == nil {
				return false
			}
		case kindSprint, kindEpicLink:
			if (id == "") != (said == "") || strings.Trim(id, "0123456789, ") != "" {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// isEpicName says whether a field holds the name of an epic, as Data Center keeps it.
func (f wireField) isEpicName() bool {
	return f.Schema != nil && f.Schema.Custom == agilePrefix+"gh-epic-label"
}

// EpicLink returns the id of the older link to an epic, "" where the site has none.
func (fs Fieldset) EpicLink() string {
	for _, f := range fs.fields {
		if f.kind == kindEpicLink {
			return f.id
		}
	}
	return ""
}
