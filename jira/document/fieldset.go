package document

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"jerem/agile"
	"jerem/agile/query"
	"jerem/jira/wire"
	"jerem/sorting"
)

// Fieldset is the fields of a site that are read, and how.
type Fieldset struct {
	fields []field
	byID   map[string]field
	byName map[string][]field // in lower case
	gone   []string           // what an earlier set had and that is gone for sure
	teams  []field            // that hold the team which works on an issue: read where that is asked for
	unread map[namesake]bool  // what is never asked for: a change under such a name may hold a person or free text
	limit  int                // fields of one request, 0 for any number
	lacks  []string           // what is needed and cannot be read, as it was named
	needed map[string]bool    // what is needed, by id; nil where nothing was planned
	people query.People       // the fields of people, which are never read
}

// field is a field that is read.
type field struct {
	id, name string
	plain    string // the name before it was translated, "" where that is not told
	kind     Kind
}

// namesake is what a change tells of its field where it tells no id: the name, in lower case, and its sort.
type namesake struct {
	name   string
	custom bool
}

// essentials are the fields without which no issue can be understood.
var essentials = []string{"summary", "status", "issuetype", "project", "parent", "labels", "resolution"}

// NewFieldset makes the set of the fields that a site lists. limit is how many fields one request takes, 0 for any
// number.
func NewFieldset(list []wire.Field, limit int) Fieldset {
	fs := Fieldset{
		byID: map[string]field{}, byName: map[string][]field{}, unread: map[namesake]bool{}, limit: limit,
		people: peopleOf(list),
	}
	for _, w := range list {
		switch k := kindOf(w); k {
		case KindTeam:
			fs.teams = append(fs.teams, field{w.ID, w.Name, w.Plain, k})
			fs.unread[namesake{strings.ToLower(w.Name), w.Custom}] = true
		case "":
			fs.unread[namesake{strings.ToLower(w.Name), w.Custom}] = true
		default:
			fs.fields = append(fs.fields, field{w.ID, w.Name, w.Plain, k})
		}
	}
	for _, id := range essentials {
		if !slices.ContainsFunc(fs.fields, func(f field) bool { return f.id == id }) {
			fs.fields = append(fs.fields, field{id, id, "", kindOfSystemField(id, "", "")})
		}
	}
	sorting.By(fs.fields, byRank)
	for _, f := range fs.fields {
		fs.byID[f.id] = f
		fs.byName[strings.ToLower(f.name)] = append(fs.byName[strings.ToLower(f.name)], f)
	}
	return fs
}

// peopleOf returns how queries know the fields of people that a site lists.
func peopleOf(list []wire.Field) query.People {
	var names []string
	for _, f := range list {
		if f.HoldsPeople() {
			names = append(names, f.QueryNames()...)
		}
	}
	return query.NewPeople(names...)
}

// People tells how queries know the fields of people of a site.
func People(fs Fieldset) query.People { return fs.people }

// WithPeople returns a set with the fields of people that another one knows: for a site that does not list its fields.
func WithPeople(fs, known Fieldset) Fieldset {
	fs.people = known.people
	return fs
}

// WithTeam adds the field that tells which of the site's teams works on an issue. Sites read it only where a team is
// configured by it: what is kept of their issues stays as it is otherwise.
func (fs Fieldset) WithTeam() Fieldset {
	fs.fields, fs.unread = slices.Clone(fs.fields), maps.Clone(fs.unread)
	fs.byID, fs.byName = maps.Clone(fs.byID), maps.Clone(fs.byName)
	for _, f := range fs.teams {
		lower := strings.ToLower(f.name)
		delete(fs.unread, namesake{lower, true})
		fs.fields, fs.byID[f.id] = append(fs.fields, f), f
		fs.byName[lower] = append(slices.Clip(fs.byName[lower]), f)
	}
	fs.teams = nil
	sorting.By(fs.fields, byRank)
	return fs
}

// TeamField returns the id of the field of a set that tells which team works on an issue, "" where none is read.
func TeamField(fs Fieldset) string {
	for _, f := range fs.fields {
		if f.kind == KindTeam {
			return f.id
		}
	}
	return ""
}

func byRank(a, b field) int { return cmp.Compare(a.readingRank(), b.readingRank()) }

// readingRank orders fields by need: a bulk request takes a hundred.
func (f field) readingRank() int {
	switch {
	case !strings.HasPrefix(f.id, "customfield_"):
		return 0
	case f.kind == KindSprint, f.kind == KindEpicLink, f.kind == KindFlag, f.kind == KindTeam:
		return 1
	case f.kind == KindNumber:
		return 2
	case f.kind == KindOptions:
		return 3
	}
	return 4
}

// isCustom says whether a field is none of Jira's own.
func (f field) isCustom() bool {
	return strings.HasPrefix(f.id, "customfield_") || f.id == "epic link"
}

// isEssential says whether a value of another shape makes the whole issue unreadable: one of what an issue is. Any
// other value that cannot be read costs itself alone.
func (f field) isEssential() bool {
	switch f.id {
	case "summary", "status", "issuetype", "project":
		return true
	}
	return false
}

// isEssence says whether a value of an essential field is one that an issue may have: a title that is not empty, or one
// thing with an id. Jira never sets these to nothing.
func (v Value) isEssence() bool {
	if v.Kind == KindText {
		return v.Text != ""
	}
	return len(v.Options) == 1 && v.Options[0].ID != ""
}

// isEvidence says whether a field tells when an issue was finished, beside its history.
func (f field) isEvidence() bool {
	return f.id == "resolutiondate" || f.id == "statuscategorychangedate"
}

// mattersToFigures says whether figures may rest on a field, so that a value of it that cannot be read is told. Of
// amounts these are the ones that Plan names, all where nothing was planned; selects and dates of extensions come in
// shapes of their own.
func (fs Fieldset) mattersToFigures(f field) bool {
	switch f.kind {
	case KindOptions, KindParts, KindText:
		return fs.needed[f.id] || f.isEvidence()
	case KindNumber:
		return fs.needed == nil || fs.needed[f.id]
	}
	return true
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

// allCame tells whether values of all fields of a set came, those among them that no request has room for.
func allCame(fs Fieldset, values map[string]json.RawMessage) bool {
	isLacking := func(id string) bool {
		_, came := values[id]
		return !came
	}
	return !isLacking("created") && !isLacking("updated") &&
		!slices.ContainsFunc(fs.fields, func(f field) bool { return isLacking(f.id) })
}

// Reads tells whether a field, by id, is asked for.
func (fs Fieldset) Reads(id string) bool { return slices.Contains(fs.Asked(), id) }

// KnowsFlag tells whether the site's flag was found and is read: without it nothing is known of flags, which is not
// that there are none.
func (fs Fieldset) KnowsFlag() bool {
	return slices.ContainsFunc(fs.fields, func(f field) bool { return f.kind == KindFlag && fs.Reads(f.id) })
}

// EpicLink returns the id of the older link to an epic, "" where the site has none.
func (fs Fieldset) EpicLink() string {
	for _, f := range fs.fields {
		if f.kind == KindEpicLink {
			return f.id
		}
	}
	return ""
}

// Signature tells fieldsets apart: with another one, what is kept of issues lacks something. The form in which
// documents are kept belongs to it.
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
	asked := fs.Asked()
	left := 0
	for _, f := range fs.fields {
		if !slices.Contains(asked, f.id) {
			left++
		}
	}
	return left
}

// Fields lists the fields that figures may need.
func (fs Fieldset) Fields() []agile.Field {
	var out []agile.Field
	for _, f := range fs.fields {
		number := f.kind == KindNumber || f.kind == KindSeconds
		option := f.kind == KindOptions || f.kind == KindParts || f.kind == KindLabels && f.id != "labels"
		out = append(out, agile.Field{ID: f.id, Name: f.name, Number: number, Option: option})
	}
	return out
}
