package jira

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
)

// TranslationVersion counts the corrections of Translate. What is kept was derived by an older one where
// another number stands beside it, and is to be derived again.
const TranslationVersion = 2

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
	t := &translator{
		d: d, created: time.UnixMilli(d.Created).UTC(), updated: time.UnixMilli(d.Updated).UTC(),
		statuses: map[string]string{}, broken: agile.Joints{},
	}
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
	broken           agile.Joints
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
	i.Resolved, i.Recategorized = t.date("resolutiondate"), t.date("statuscategorychangedate")
	i.Key = rewound(t, "key", agile.FieldKey, t.d.Key, read(t, "key", byName))
	i.Summary = rewound(t, "summary", agile.FieldSummary, t.d.Fields["summary"].Text, read(t, "summary", byName))
	i.Project = rewound(t, "project", agile.FieldProject, t.one("project"), read(t, "project", byID))
	i.Type = rewound(t, "issuetype", agile.FieldType, t.one("issuetype"), read(t, "issuetype", byID))
	i.Status = t.status()
	i.Resolution = t.resolution()
	i.Labels = rewound(t, "labels", agile.FieldLabels, t.labels("labels"), read(t, "labels", byLabels))
	i.Parent = t.parent()
	i.Sprints = agile.Constant(t.created, []int64(nil))
	i.EpicLink = agile.Constant(t.created, "")
	for _, id := range t.fields() {
		t.custom(i, id)
	}
	t.relatives(i.Relatives)
	i.Broken = t.broken
	return i
}

// date returns a moment that Jira tells beside the history, zero where it tells none.
func (t *translator) date(field string) time.Time {
	at, _ := parseTime(t.d.Fields[field].Text)
	return at
}

// relatives notes the keys of parents and epics as the changes and the present parent tell them.
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
	if parent := t.d.Fields["parent"]; len(parent.IDs) > 0 && parent.Text != "" {
		keys[parent.IDs[0]] = parent.Text
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

// present says whether the present value of a field is known: it came and could be read. Key and changes
// without a field of their own are.
func (t *translator) present(field string) bool {
	v, came := t.d.Fields[field]
	return field == "key" || came && !v.Unread
}

// custom translates the fields whose ids differ from site to site, and the options and numbers.
func (t *translator) custom(i *agile.Issue, id string) {
	v := t.d.Fields[id]
	told := len(t.changes[id]) > 0
	switch t.kindOf(id) {
	case kindSprint:
		i.Sprints = rewound(t, id, agile.FieldSprints, v.IDs, read(t, id, bySprints))
	case kindEpicLink:
		i.EpicLink = t.epicLink(id, v.Text)
	case kindFlag:
		i.Flagged = rewound(t, id, agile.FieldFlagged, len(v.Options) > 0, read(t, id, byFlag))
	case kindNumber, kindSeconds:
		if v.Number != nil || told {
			i.Numbers[id] = t.number(id, v)
		}
	case kindOptions:
		if len(v.Options) > 0 || told {
			i.Options[id] = t.options(id, v)
		}
	case kindLabels:
		if id != "labels" && (len(v.Options) > 0 || told) {
			i.Options[id] = rewound(t, id, id, t.labels(id), read(t, id, byLabels))
		}
	case kindParts:
		if len(v.Options) > 0 || told {
			i.Options[id] = t.parts(id, v)
		}
	}
}

// read takes both sides of the changes of a field.
func read[T any](t *translator, field string, sides func(change) (from, to T)) []agile.Change[T] {
	var list []agile.Change[T]
	for _, c := range t.changes[field] {
		from, to := sides(c)
		list = append(list, agile.Change[T]{At: c.at, Order: c.order, From: from, To: to})
	}
	return list
}

// rewound rebuilds the timeline of a field from its present value and counts the joints that do not fit
// under a name of package agile.
func rewound[T any](t *translator, field, name string, current T, list []agile.Change[T]) agile.Timeline[T] {
	return rewoundBy(t, field, name, t.updated, current, list, same[T])
}

// rewoundBy is rewound with the moment from which on the present value holds where no change leads to it,
// and with what counts as one value.
func rewoundBy[T any](t *translator, field, name string, until time.Time, current T, list []agile.Change[T], equal func(a, b T) bool) agile.Timeline[T] {
	var tl agile.Timeline[T]
	var broken int
	if len(list) > 0 && !t.present(field) {
		tl, broken = agile.Replay(t.created, list, equal)
	} else {
		tl, broken = agile.Rewind(t.created, until, current, list, equal)
	}
	t.breaks(name, broken)
	return tl
}

// breaks counts joints of a field that do not fit.
func (t *translator) breaks(name string, n int) {
	if n > 0 {
		t.broken[name] += n
	}
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
func byFlag(c change) (from, to bool) {
	return flagged(c.From, c.FromString), flagged(c.To, c.ToString)
}
func flagged(id, text string) bool { return len(idList(id)) > 0 || strings.TrimSpace(text) != "" }

// labels returns the present labels of a field, ascending.
func (t *translator) labels(field string) []string {
	return labelList(strings.Join(names(t.d.Fields[field].Options), " "))
}

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
