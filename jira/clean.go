package jira

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
)

// RawVersion is the version of the form in which documents are kept.
const RawVersion = 2

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
// each only what its kind knows. A value or an entry that cannot be read costs itself alone, and is told.
func clean(w wireIssue, histories []wireHistory, fs Fieldset) (document, []agile.Gap, error) {
	id, err := strconv.ParseInt(w.ID, 10, 64)
	if err != nil {
		return document{}, nil, fmt.Errorf("issue %q: its id is no number", w.ID)
	}
	if w.wrong != nil {
		return document{}, nil, fmt.Errorf("issue %s: comes in another shape: %w", w.name(), w.wrong)
	}
	d := document{ID: id, Key: w.Key, Fields: map[string]value{}}
	created, ok := parseTimeValue(w.Fields["created"])
	if !ok {
		return document{}, nil, fmt.Errorf("issue %s: created is no time: %s", w.Key, w.Fields["created"])
	}
	var told []agile.Gap
	d.Created, d.Updated = created.UnixMilli(), created.UnixMilli()
	if updated, ok := parseTimeValue(w.Fields["updated"]); ok {
		d.Updated = updated.UnixMilli()
	} else if isSet(w.Fields["updated"]) {
		told = append(told, unreadableValue("updated"))
	}
	for _, f := range fs.fields {
		raw, came := w.Fields[f.id]
		if !came {
			continue
		}
		v, ok := cleanValue(f, raw)
		if !ok && f.strict() {
			return document{}, nil, fmt.Errorf("issue %s: the field %s holds something else than %s", w.name(), f.id, f.kind)
		}
		if !ok {
			v = value{Name: f.name, Kind: f.kind, Unread: true}
			if fs.matters(f) {
				told = append(told, unreadableValue(f.name))
			}
		}
		d.Fields[f.id] = v
	}
	var unread []agile.Gap
	d.Histories, unread = cleanHistories(histories, fs, w.Fields)
	return d, append(told, unread...), nil
}

func unreadableValue(field string) agile.Gap {
	return agile.Gap{Source: agile.SourceValues, Code: agile.GapUnreadable, Subject: field}
}

func isSet(raw json.RawMessage) bool { return len(raw) > 0 && string(raw) != "null" }

// cleanHistories takes the entries that can be read, each once, in their order. Amounts in them that are out of all bounds
// are told.
func cleanHistories(wire []wireHistory, fs Fieldset, values map[string]json.RawMessage) (list []history, told []agile.Gap) {
	seen, last := map[string]bool{}, lastNumbers(wire)
	odd := map[string]bool{}
	for _, h := range wire {
		at, dated := parseTime(h.Created)
		if h.wrong != nil || !dated && len(fs.KeptItems(h.Items)) > 0 {
			told = append(told, agile.Gap{Source: agile.SourceHistories, Code: agile.GapUnreadable})
		}
		if h.wrong != nil || !dated || h.ID != "" && seen[string(h.ID)] {
			continue
		}
		seen[string(h.ID)] = true
		clean := cleanHistory(h, at, fs, values, last)
		for _, i := range clean.Items {
			f := fs.byID[i.Field]
			if !i.readable() && fs.matters(f) && !odd[i.Field] {
				odd[i.Field] = true
				told = append(told, unreadableValue(f.name))
			}
		}
		if len(clean.Items) > 0 {
			list = append(list, clean)
		}
	}
	slices.SortStableFunc(list, byTimeAndID)
	return list, told
}

// readable says whether both sides of a change can be read: those of amounts may be out of all bounds, or no numbers.
func (i item) readable() bool {
	if i.Kind != kindNumber && i.Kind != kindSeconds {
		return true
	}
	for _, s := range []*numberSide{sideOf(i.Kind, i.From, i.FromString), sideOf(i.Kind, i.To, i.ToString)} {
		if len(s.readings) == 0 && !s.blank {
			return false
		}
	}
	return true
}

// strict says whether a value of another shape makes the whole issue unreadable: one of what an issue is. Any other value
// that cannot be read costs itself alone.
func (f fieldInfo) strict() bool {
	switch f.id {
	case "summary", "status", "issuetype", "project":
		return true
	}
	return false
}

// matters says whether figures may rest on a field, so that a value of it that cannot be read is told. Of amounts these
// are the ones that Plan names, all where nothing was planned; selects and dates of extensions come in shapes of their own.
func (fs Fieldset) matters(f fieldInfo) bool {
	switch f.kind {
	case kindOptions, kindParts, kindText:
		return fs.needed[f.id] || f.evidence()
	case kindNumber:
		return fs.needed == nil || fs.needed[f.id]
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
			return v, v.Number != nil && f.kind.holds(*v.Number)
		}
	case kindText, kindEpicLink:
		ok = json.Unmarshal(raw, &v.Text) == nil
		return v, ok && (!f.evidence() || v.Text == "" || isTime(v.Text))
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

// evidence says whether a field tells when an issue was finished, beside its history.
func (f fieldInfo) evidence() bool {
	return f.id == "resolutiondate" || f.id == "statuscategorychangedate"
}

func isTime(text string) bool { _, ok := parseTime(text); return ok }

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

// KeptItems returns the changes that may be of a field of the set; what else stands in a history, as a description, is let
// go as soon as it is read.
func (fs Fieldset) KeptItems(items []wireItem) []wireItem {
	var kept []wireItem
	for _, i := range items {
		if fs.mayKeep(i) {
			kept = append(kept, i)
		}
	}
	return kept
}

// memorySize estimates the memory that an entry holds, in bytes.
func (w wireHistory) memorySize() int64 {
	const overhead = 100 // of an entry and of each change
	n := int64(len(w.ID)) + overhead
	for _, i := range w.Items {
		n += int64(len(i.From)+len(i.FromString)+len(i.To)+len(i.ToString)+len(i.Field)) + overhead
	}
	return n
}

// hasWholeHistory says whether all entries that are announced came.
func (w wireIssue) hasWholeHistory() bool {
	return w.Changelog != nil && len(w.Changelog.Histories) >= w.Changelog.Total
}

// Document is an issue as it is kept, with its whole history and without people.
type Document struct {
	ID      int64
	Raw     []byte // of version RawVersion
	Changes int    // changes in its history
	Updated time.Time
	Absent  []string // fields that were asked for and do not stand in the answer: they are not known, which is not empty

	// Gaps are what of the issue cannot be read, or did not come: values by the name of their field, entries of its
	// history. The rest of it was read.
	Gaps []agile.Gap
}

// NewDocument makes a document of an issue as it was sent and of its history. The error says why the issue cannot be read;
// what else of it cannot be read costs itself alone, and is told among the gaps.
func NewDocument(w wireIssue, histories []wireHistory, fs Fieldset) (Document, error) {
	d, gaps, err := clean(w, histories, fs)
	if err != nil {
		return Document{}, err
	}
	raw, err := json.Marshal(d)
	if err != nil {
		return Document{}, err
	}
	doc := Document{
		ID: d.ID, Raw: raw, Updated: time.UnixMilli(d.Updated).UTC(), Changes: d.changes(), Gaps: sortedGaps(gaps),
	}
	for _, id := range fs.Asked() {
		if _, came := w.Fields[id]; !came {
			doc.Absent = append(doc.Absent, id)
		}
	}
	return doc, nil
}

// AddGap notes something that the document lacks.
func (d *Document) AddGap(gap agile.Gap) { d.Gaps = sortedGaps(append(slices.Clone(d.Gaps), gap)) }

// sortedGaps puts gaps in order of source, code and subject, each once.
func sortedGaps(gaps []agile.Gap) []agile.Gap {
	slices.SortFunc(gaps, func(a, b agile.Gap) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Subject, b.Subject))
	})
	return slices.CompactFunc(gaps, func(a, b agile.Gap) bool {
		return a.Source == b.Source && a.Code == b.Code && a.Subject == b.Subject
	})
}
