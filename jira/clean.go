package jira

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// RawVersion is the version of the form in which documents are kept.
const RawVersion = 1

// document is an issue as it is kept: what could be a person or free text is not in it.
type document struct {
	ID        int64            `json:"id"`
	Key       string           `json:"key"`
	Created   int64            `json:"created"` // milliseconds since 1970 UTC, as all times
	Updated   int64            `json:"updated"`
	Fields    map[string]value `json:"fields"`
	Histories []history        `json:"histories"`
}

// value is the present value of a field, in the one shape that its kind has.
type value struct {
	Name    string    `json:"name,omitempty"` // the field's present name
	Kind    fieldKind `json:"kind"`
	Number  *float64  `json:"number,omitempty"`
	Text    string    `json:"text,omitempty"`
	Options []option  `json:"options,omitempty"`
	IDs     []int64   `json:"ids,omitempty"`
	Unread  bool      `json:"unread,omitempty"` // what came cannot be read; it is not known
}

// option is a thing with an id and a name: an option, a status, a version.
type option struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name,omitempty"`
}

// history is one entry of a change history.
type history struct {
	ID    string `json:"id"`
	At    int64  `json:"at"`
	Items []item `json:"items"`
}

// item is the change of one field.
type item struct {
	Field      string    `json:"field"` // id, or the lower-case name where there is no id
	Kind       fieldKind `json:"kind"`
	From       string    `json:"from,omitempty"`
	FromString string    `json:"fromString,omitempty"`
	To         string    `json:"to,omitempty"`
	ToString   string    `json:"toString,omitempty"`
}

// wireIssue is an issue as Jira sends it.
type wireIssue struct {
	ID        string                     `json:"id"`
	Key       string                     `json:"key"`
	Fields    map[string]json.RawMessage `json:"fields"`
	Changelog *struct {
		Total     int           `json:"total"`
		Histories []wireHistory `json:"histories"`
	} `json:"changelog"`

	wrong error // what of it has another shape
}

// UnmarshalJSON takes an issue of any shape: one that cannot be read must not hide the others of the answer.
func (w *wireIssue) UnmarshalJSON(b []byte) error {
	type plain wireIssue
	w.wrong = json.Unmarshal(b, (*plain)(w))
	return nil
}

// wireHistory is a history as Jira sends it; who made it is not even read.
type wireHistory struct {
	ID      text       `json:"id"`
	Created any        `json:"created"`
	Items   []wireItem `json:"items"`

	wrong error // what of it has another shape
}

// UnmarshalJSON takes a history of any shape, for the same reason.
func (w *wireHistory) UnmarshalJSON(b []byte) error {
	type plain wireHistory
	w.wrong = json.Unmarshal(b, (*plain)(w))
	return nil
}

type wireItem struct {
	Field      string `json:"field"`
	FieldID    string `json:"fieldId"`
	Type       string `json:"fieldtype"` // jira or custom
	From       text   `json:"from"`
	FromString text   `json:"fromString"`
	To         text   `json:"to"`
	ToString   text   `json:"toString"`
}

// text is a string that may come as a number or as null.
type text string

// UnmarshalJSON takes a string, a number or null; anything else is kept as it is written.
func (t *text) UnmarshalJSON(b []byte) error {
	var s string
	switch {
	case string(b) == "null":
		*t = ""
	case json.Unmarshal(b, &s) == nil:
		*t = text(s)
	default:
		*t = text(b)
	}
	return nil
}

// clean makes a document of an issue and its histories. Only fields of the set are copied, and of
// each only what its kind knows.
func clean(w wireIssue, histories []wireHistory, fs Fieldset) (document, error) {
	id, err := strconv.ParseInt(w.ID, 10, 64)
	if err != nil {
		return document{}, fmt.Errorf("issue %q: its id is no number", w.ID)
	}
	if w.wrong != nil {
		return document{}, fmt.Errorf("issue %s: comes in another shape: %w", w.name(), w.wrong)
	}
	d := document{ID: id, Key: w.Key, Fields: map[string]value{}}
	var created, updated any
	_ = json.Unmarshal(w.Fields["created"], &created)
	_ = json.Unmarshal(w.Fields["updated"], &updated)
	at, ok := parseTime(created)
	if !ok {
		return document{}, fmt.Errorf("issue %s: created is no time: %s", w.Key, w.Fields["created"])
	}
	d.Created, d.Updated = at.UnixMilli(), at.UnixMilli()
	if at, ok := parseTime(updated); ok {
		d.Updated = at.UnixMilli()
	}
	for _, f := range fs.fields {
		if raw, ok := w.Fields[f.id]; ok {
			v, ok := cleanValue(f, raw)
			if !ok && f.strict() {
				return document{}, fmt.Errorf("issue %s: the field %s holds something else than %s", w.name(), f.id, f.kind)
			}
			d.Fields[f.id] = v
		}
	}
	seen, last := map[string]bool{}, lastNumbers(histories)
	for _, h := range histories {
		if h.wrong != nil {
			return document{}, fmt.Errorf("issue %s: its history comes in another shape: %w", w.name(), h.wrong)
		}
		if at, ok := parseTime(h.Created); ok && !(h.ID != "" && seen[string(h.ID)]) {
			seen[string(h.ID)] = true
			d.Histories = append(d.Histories, cleanHistory(h, at, fs, w.Fields, last))
		}
	}
	slices.SortStableFunc(d.Histories, byTimeAndID)
	d.Histories = slices.DeleteFunc(d.Histories, func(h history) bool { return len(h.Items) == 0 })
	return d, nil
}

// strict says whether a value of another shape makes the whole issue unreadable: one of a field that every figure rests on, or that
// may be an estimate. Selects and dates of extensions come in shapes of their own; what cannot be read of them is absent.
func (f fieldInfo) strict() bool {
	switch f.kind {
	case kindOptions, kindParts:
		return false
	case kindText:
		return f.id == "summary"
	}
	return true
}

// name tells which issue it is, as far as that is known.
func (w wireIssue) name() string {
	if w.Key == "" {
		return w.ID
	}
	return w.Key
}

// byTimeAndID orders histories: they come newest or oldest first, and several share a second.
func byTimeAndID(a, b history) int {
	if a.At != b.At {
		return int(min(max(a.At-b.At, -1), 1))
	}
	x, errX := strconv.ParseInt(a.ID, 10, 64)
	y, errY := strconv.ParseInt(b.ID, 10, 64)
	if errX == nil && errY == nil {
		return int(min(max(x-y, -1), 1))
	}
	return strings.Compare(a.ID, b.ID)
}

// lastNumbers tells to what the changes of each name came in the end, by the name in lower case.
func lastNumbers(histories []wireHistory) map[string]string {
	last, when := map[string]string{}, map[string]time.Time{}
	for _, h := range histories {
		at, _ := parseTime(h.Created)
		for _, i := range h.Items {
			if name := strings.ToLower(i.Field); i.FieldID == "" && !at.Before(when[name]) {
				last[name], when[name] = string(i.ToString), at
			}
		}
	}
	return last
}

func cleanHistory(w wireHistory, at time.Time, fs Fieldset, values map[string]json.RawMessage, last map[string]string) history {
	h := history{ID: string(w.ID), At: at.UnixMilli()}
	for _, i := range w.Items {
		f, ok := fs.of(i, values, last[strings.ToLower(i.Field)])
		if !ok {
			continue
		}
		h.Items = append(h.Items, item{f.id, f.kind, string(i.From), string(i.FromString), string(i.To), string(i.ToString)})
	}
	return h
}

// wireThing is anything that Jira describes with an id and a name or value.
type wireThing struct {
	ID    text       `json:"id"`
	Key   string     `json:"key"`
	Name  string     `json:"name"`
	Value string     `json:"value"`
	Child *wireThing `json:"child"`
}

func (w wireThing) option() option {
	o := option{string(w.ID), w.Name}
	if o.Name == "" {
		o.Name = w.Value
	}
	if w.Child != nil && w.Child.Value != "" {
		o.Name += " - " + w.Child.Value
	}
	return o
}

// cleanValue reads a value by its kind; false for one that has no shape of that kind. Were such a one taken for
// absent, figures would be wrong and nobody told.
func cleanValue(f fieldInfo, raw json.RawMessage) (v value, ok bool) {
	v = value{Name: f.name, Kind: f.kind}
	if string(raw) == "null" {
		return v, true
	}
	switch f.kind {
	case kindNumber, kindSeconds:
		var t text
		if json.Unmarshal(raw, &t) == nil && t != "" {
			v.Number = parseNumber(string(t))
			return v, v.Number != nil
		}
	case kindText, kindEpicLink:
		return v, json.Unmarshal(raw, &v.Text) == nil
	case kindLabels:
		var labels []string
		ok = json.Unmarshal(raw, &labels) == nil
		for _, l := range labels {
			v.Options = append(v.Options, option{Name: l})
		}
		return v, ok
	case kindSprint:
		v.IDs, ok = sprintIDs(raw)
		return v, ok
	case kindFlag, kindOptions, kindParts, kindOne:
		v.Options, ok = things(raw)
		return v, ok
	case kindParent:
		var w wireThing
		if json.Unmarshal(raw, &w) != nil {
			return v, false
		}
		id, err := strconv.ParseInt(string(w.ID), 10, 64)
		v.IDs, v.Text = []int64{id}, w.Key
		return v, err == nil
	}
	return v, true
}

// things reads one thing or a list of them; false where one has neither id nor name.
func things(raw json.RawMessage) (out []option, ok bool) {
	var many []*wireThing
	if json.Unmarshal(raw, &many) != nil {
		var one wireThing
		if json.Unmarshal(raw, &one) != nil {
			return nil, false
		}
		many = []*wireThing{&one}
	}
	for _, w := range many {
		if w == nil {
			continue
		}
		o := w.option()
		if o == (option{}) {
			return nil, false
		}
		out = append(out, o)
	}
	return out, true
}

// sprintIDs reads the sprints of an issue: objects, numbers, or the strings of older servers, of
// which only the id is safe to take. False where one has no id.
func sprintIDs(raw json.RawMessage) (ids []int64, ok bool) {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return nil, false
	}
	for _, one := range list {
		var object struct {
			ID int64 `json:"id"`
		}
		var number int64
		var old string
		switch {
		case json.Unmarshal(one, &object) == nil && object.ID != 0:
			ids = append(ids, object.ID)
		case json.Unmarshal(one, &number) == nil && number != 0:
			ids = append(ids, number)
		case json.Unmarshal(one, &old) == nil && (oldSprint(old) != 0 || string(one) == "null"):
			if id := oldSprint(old); id != 0 {
				ids = append(ids, id)
			}
		default:
			return nil, false
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), true
}
