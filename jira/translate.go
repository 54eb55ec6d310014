package jira

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
)

// StatusName is a name that a status has or had. Deleted statuses are known only from histories.
type StatusName struct{ ID, Name string }

// Translated is a document in the words of package agile.
type Translated struct {
	Issue       *agile.Issue
	StatusNames []StatusName
}

// Translate rebuilds the past of an issue from a document that Documents returned: each field is
// rewound from its present value through its changes. It needs nothing but the document, so what
// is kept can be translated again.
func Translate(raw []byte) (Translated, error) {
	var d document
	if err := json.Unmarshal(raw, &d); err != nil {
		return Translated{}, fmt.Errorf("a kept document cannot be read: %w", err)
	}
	t := &translator{d: d, created: time.UnixMilli(d.Created).UTC(), updated: time.UnixMilli(d.Updated).UTC(), statuses: map[string]string{}}
	t.index()
	return Translated{t.issue(), t.statusNames()}, nil
}

// translator works on one document.
type translator struct {
	d                document
	created, updated time.Time
	changes          map[string][]change // by field
	order            []string            // fields in the order of their first change
	statuses         map[string]string   // names by id, as this issue tells them
	broken           int
}

// change is an item with its place in the order of all changes.
type change struct {
	item
	at    time.Time
	order int
}

// index sorts the changes by field.
func (t *translator) index() {
	t.changes = map[string][]change{}
	order := 0
	for _, h := range t.d.Histories {
		for _, i := range h.Items {
			order++
			if _, ok := t.changes[i.Field]; !ok {
				t.order = append(t.order, i.Field)
			}
			t.changes[i.Field] = append(t.changes[i.Field], change{i, time.UnixMilli(h.At).UTC(), order})
		}
	}
}

func (t *translator) issue() *agile.Issue {
	i := &agile.Issue{
		ID: t.d.ID, Created: t.created, Updated: t.updated,
		Numbers: map[string]agile.Timeline[agile.Number]{}, Options: map[string]agile.Timeline[[]string]{}, Relatives: map[int64]string{},
	}
	i.Key = rewind(t, "key", t.d.Key, byName)
	i.Summary = rewind(t, "summary", t.d.Fields["summary"].Text, byName)
	i.Project = rewind(t, "project", t.one("project"), byID)
	i.Type = rewind(t, "issuetype", t.one("issuetype"), byID)
	i.Status = t.status()
	i.Resolution = rewind(t, "resolution", t.one("resolution"), byID)
	i.Labels = rewind(t, "labels", labelList(strings.Join(names(t.d.Fields["labels"].Options), " ")), byLabels)
	i.Parent = t.parent()
	i.Sprints = agile.Constant(t.created, []int64(nil))
	i.EpicLink = agile.Constant(t.created, "")
	i.Flagged = agile.Constant(t.created, false)
	for _, id := range t.fields() {
		t.custom(i, id)
	}
	t.relatives(i.Relatives)
	i.Broken = t.broken
	return i
}

// relatives notes the keys of parents and epics as the changes tell them.
func (t *translator) relatives(keys map[int64]string) {
	for _, list := range t.changes {
		for _, c := range list {
			if c.Kind != kindParent && c.Kind != kindEpicLink {
				continue
			}
			for _, side := range [][2]string{{c.From, c.FromString}, {c.To, c.ToString}} {
				if id, err := strconv.ParseInt(side[0], 10, 64); err == nil && side[1] != "" {
					keys[id] = side[1]
				}
			}
		}
	}
}

// fields lists the fields that the document has values or changes of, in a stable order.
func (t *translator) fields() []string {
	var ids []string
	for id := range t.d.Fields {
		ids = append(ids, id)
	}
	for _, id := range t.order {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// kindOf returns how a field is read: as its value says or, without one, its changes.
func (t *translator) kindOf(id string) fieldKind {
	if v, ok := t.d.Fields[id]; ok {
		return v.Kind
	}
	return t.changes[id][0].Kind
}

// custom translates the fields whose ids differ from site to site, and the options and numbers.
func (t *translator) custom(i *agile.Issue, id string) {
	v := t.d.Fields[id]
	switch t.kindOf(id) {
	case kindSprint:
		i.Sprints = rewind(t, id, v.IDs, bySprints)
	case kindEpicLink:
		i.EpicLink = t.epicLink(id, v.Text)
	case kindFlag:
		i.Flagged = rewind(t, id, len(v.Options) > 0, func(c change) (bool, bool) { return flagged(c.From, c.FromString), flagged(c.To, c.ToString) })
	case kindNumber, kindSeconds:
		if v.Number != nil || len(t.changes[id]) > 0 {
			i.Numbers[id] = t.number(id, v)
		}
	case kindOptions:
		if len(v.Options) > 0 || len(t.changes[id]) > 0 {
			i.Options[id] = t.options(id, v)
		}
	case kindLabels:
		if id != "labels" && (len(v.Options) > 0 || len(t.changes[id]) > 0) {
			i.Options[id] = rewind(t, id, labelList(strings.Join(names(v.Options), " ")), byLabels)
		}
	case kindParts:
		if len(v.Options) > 0 || len(t.changes[id]) > 0 {
			i.Options[id] = t.parts(id, v)
		}
	}
}

// rewind rebuilds the timeline of a field from its present value; read takes both sides of a change.
func rewind[T any](t *translator, field string, current T, read func(change) (from, to T)) agile.Timeline[T] {
	var list []agile.Change[T]
	for _, c := range t.changes[field] {
		from, to := read(c)
		list = append(list, agile.Change[T]{At: c.at, Order: c.order, From: from, To: to})
	}
	return rewound(t, current, list)
}

func rewound[T any](t *translator, current T, list []agile.Change[T]) agile.Timeline[T] {
	tl, broken := agile.Rewind(t.created, t.updated, current, list, same[T])
	t.broken += broken
	return tl
}

// same compares values of any of our kinds; an empty list is the same as none.
func same[T any](a, b T) bool {
	switch x := any(a).(type) {
	case []int64:
		return slices.Equal(x, any(b).([]int64))
	case []string:
		return slices.Equal(x, any(b).([]string))
	}
	return any(a) == any(b)
}

func byName(c change) (from, to string)     { return c.FromString, c.ToString }
func byID(c change) (from, to string)       { return c.From, c.To }
func byLabels(c change) (from, to []string) { return labelList(c.FromString), labelList(c.ToString) }
func bySprints(c change) (from, to []int64) { return sprintList(c.From), sprintList(c.To) }
func flagged(id, text string) bool          { return len(idList(id)) > 0 || strings.TrimSpace(text) != "" }

func names(list []option) []string {
	var out []string
	for _, o := range list {
		out = append(out, o.Name)
	}
	return out
}

// one returns the id of a single thing, "" without.
func (t *translator) one(field string) string {
	if o := t.d.Fields[field].Options; len(o) > 0 {
		return o[0].ID
	}
	return ""
}

// status rewinds the status. Some changes tell a name without an id: it is looked up among the
// names that this issue's other changes tell, else it stands for itself as "name:…".
func (t *translator) status() agile.Timeline[string] {
	ids := map[string]string{} // by name in lower case
	learn := func(id, name string) {
		if id != "" && name != "" {
			t.statuses[id] = name
			ids[strings.ToLower(name)] = id
		}
	}
	for _, c := range t.changes["status"] {
		learn(c.From, c.FromString)
		learn(c.To, c.ToString)
	}
	if o := t.d.Fields["status"].Options; len(o) > 0 {
		learn(o[0].ID, o[0].Name)
	}
	id := func(id, name string) string {
		if id != "" || name == "" {
			return id
		}
		if known, ok := ids[strings.ToLower(name)]; ok {
			return known
		}
		t.statuses["name:"+name] = name
		return "name:" + name
	}
	return rewind(t, "status", t.one("status"), func(c change) (string, string) {
		return id(c.From, c.FromString), id(c.To, c.ToString)
	})
}

// statusNames lists every name of a status that the document tells, in the order of the changes.
func (t *translator) statusNames() []StatusName {
	seen := map[StatusName]bool{}
	var out []StatusName
	put := func(id, name string) {
		s := StatusName{id, name}
		if id != "" && name != "" && !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	for _, c := range t.changes["status"] {
		put(c.From, c.FromString)
		put(c.To, c.ToString)
	}
	for _, id := range slices.Sorted(mapKeys(t.statuses)) {
		put(id, t.statuses[id])
	}
	return out
}

func mapKeys(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// number rewinds a number: custom fields tell it as text, time tracking in seconds as id and text.
func (t *translator) number(field string, v value) agile.Timeline[agile.Number] {
	read := func(id, text string) agile.Number {
		first, second := text, id
		if v.Kind == kindSeconds {
			first, second = id, text
		}
		if first == "" {
			first = second
		}
		n := parseNumber(first)
		if n == nil {
			if strings.TrimSpace(first) != "" {
				t.broken++
			}
			return agile.Number{}
		}
		return agile.Number{Value: *n, Known: true}
	}
	var current agile.Number
	if v.Number != nil {
		current = agile.Number{Value: *v.Number, Known: true}
	}
	return rewind(t, field, current, func(c change) (agile.Number, agile.Number) {
		return read(c.From, c.FromString), read(c.To, c.ToString)
	})
}

// cascade finds the options in the words in which a change of a cascading select tells them.
var cascade = regexp.MustCompile(`:\s*([^:()]+?)\s*\((\d+)\)`)

// options rewinds a select. Changes tell ids and names; a name may hold a comma, so names are taken
// from where they stand alone.
func (t *translator) options(field string, v value) agile.Timeline[[]string] {
	known := map[string]string{}
	for _, c := range t.changes[field] {
		for _, side := range [][2]string{{c.From, c.FromString}, {c.To, c.ToString}} {
			if ids := idList(side[0]); len(ids) == 1 && side[1] != "" {
				known[ids[0]] = side[1]
			}
		}
	}
	for _, o := range v.Options {
		known[o.ID] = o.Name
	}
	read := func(ids, text string) []string { return optionNames(idList(ids), text, known) }
	return rewind(t, field, names(v.Options), func(c change) ([]string, []string) {
		return read(c.From, c.FromString), read(c.To, c.ToString)
	})
}

func optionNames(ids []string, text string, known map[string]string) []string {
	if m := cascade.FindAllStringSubmatch(text, -1); len(m) > 0 && strings.Contains(text, "alues:") {
		var levels []string
		for _, one := range m {
			levels = append(levels, one[1])
		}
		return []string{strings.Join(levels, " - ")}
	}
	switch {
	case strings.TrimSpace(text) == "" && len(ids) == 0:
		return nil
	case len(ids) == 0:
		return []string{text}
	}
	parts := strings.Split(text, ",")
	var out []string
	for n, id := range ids {
		switch {
		case known[id] != "":
			out = append(out, known[id])
		case len(ids) == 1:
			out = append(out, text)
		case len(parts) == len(ids):
			out = append(out, strings.TrimSpace(parts[n]))
		default:
			out = append(out, id)
		}
	}
	return out
}

// parts rewinds a field whose history tells one part that came or went at a time: components and
// versions. The sets are rebuilt backwards from the present one.
func (t *translator) parts(field string, v value) agile.Timeline[[]string] {
	known := map[string]string{}
	for _, c := range t.changes[field] {
		known[c.From], known[c.To] = c.FromString, c.ToString
	}
	var current []string
	for _, o := range v.Options {
		known[o.ID] = o.Name
		current = append(current, o.ID)
	}
	name := func(ids []string) []string {
		var out []string
		for _, id := range ids {
			out = append(out, known[id])
		}
		return out
	}
	changes := t.changes[field]
	list := make([]agile.Change[[]string], len(changes))
	set := current
	for n := len(changes) - 1; n >= 0; n-- {
		c := changes[n]
		list[n] = agile.Change[[]string]{At: c.at, Order: c.order, To: name(set)}
		set = t.undo(set, c)
		list[n].From = name(set)
	}
	return rewound(t, name(current), list)
}

// undo takes one change of a set back.
func (t *translator) undo(set []string, c change) []string {
	set = slices.Clone(set)
	if c.To != "" {
		at := slices.Index(set, c.To)
		if at < 0 {
			t.broken++
		} else {
			set = slices.Delete(set, at, at+1)
		}
	}
	if c.From != "" {
		if slices.Contains(set, c.From) {
			t.broken++
		} else {
			set = append(set, c.From)
		}
	}
	return set
}
