package document

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"jerem/agile"
	"jerem/jira/wire"
	"jerem/sorting"
)

// RawVersion is the version of the form in which documents are kept.
const RawVersion = 2

// Document is an issue as it is kept, with its whole history and without people.
type Document struct {
	ID      int64
	Raw     []byte // its content in JSON, of version RawVersion
	Content Content
	Changes int // changes in its history
	Updated time.Time
	// fields that were asked for and do not stand in the answer: they are not known, which is not empty
	Absent []string

	// Gaps are what of the issue cannot be read, or did not come: values by the name of their field, entries of its
	// history. The rest of it was read.
	Gaps []agile.Gap
}

// New makes a document of an issue as it was sent and of its history. The error says why the issue cannot be read;
// what else of it cannot be read costs itself alone, and is told among the gaps.
func New(issue wire.Issue, histories []wire.History, fs Fieldset) (Document, error) {
	c, gaps, err := cleanIssue(issue, histories, fs)
	if err != nil {
		return Document{}, err
	}
	doc := Document{
		ID: c.ID, Raw: encodeContent(c), Content: c, Updated: time.UnixMilli(c.Updated).UTC(),
		Changes: c.countChanges(), Gaps: sortedGaps(gaps),
	}
	if allCame(fs, issue.Fields) {
		return doc, nil
	}
	for _, id := range fs.Asked() {
		if _, came := issue.Fields[id]; !came {
			doc.Absent = append(doc.Absent, id)
		}
	}
	return doc, nil
}

// AddGap notes something that the document lacks.
func (d *Document) AddGap(gap agile.Gap) { d.Gaps = sortedGaps(append(slices.Clone(d.Gaps), gap)) }

// sortedGaps puts gaps in order of source, code and subject, each once.
func sortedGaps(gaps []agile.Gap) []agile.Gap {
	sorting.By(gaps, func(a, b agile.Gap) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Code, b.Code), a.Subject.Compare(b.Subject))
	})
	return slices.CompactFunc(gaps, func(a, b agile.Gap) bool {
		return a.Source == b.Source && a.Code == b.Code && a.Subject == b.Subject
	})
}

// Content is what a document holds: what could be a person or free text is not in it.
type Content struct {
	ID        int64            `json:"id"`
	Key       string           `json:"key"`
	Created   int64            `json:"created"` // milliseconds since 1970 UTC, as all times
	Updated   int64            `json:"updated"`
	Fields    map[string]Value `json:"fields"`
	Histories []History        `json:"histories"`
}

// Parse reads the raw form of a document.
func Parse(raw []byte) (Content, error) {
	var c Content
	if err := wire.Decode(raw, &c); err != nil {
		return Content{}, fmt.Errorf("a kept document cannot be read: %w", err)
	}
	return c, nil
}

// Value is the present value of a field, in the one shape that its kind has.
type Value struct {
	Name    string   `json:"name,omitempty"` // the field's present name
	Kind    Kind     `json:"kind"`
	Number  *float64 `json:"number,omitempty"`
	Text    string   `json:"text,omitempty"`
	Options []Option `json:"options,omitempty"`
	IDs     []int64  `json:"ids,omitempty"`
	Unread  bool     `json:"unread,omitempty"` // what came cannot be read; it is not known
}

// isEmpty says whether a field held nothing.
func (v Value) isEmpty() bool {
	return v.Number == nil && v.Text == "" && len(v.Options) == 0 && len(v.IDs) == 0
}

// Option is a thing with an id and a name: an option, a status, a version.
type Option struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name,omitempty"`
}

// History is one entry of a change history.
type History struct {
	ID    string `json:"id"`
	At    int64  `json:"at"`
	Items []Item `json:"items"`
}

// Item is the change of one field.
type Item struct {
	Field      string `json:"field"` // id, or the lower-case name where there is no id
	Kind       Kind   `json:"kind"`
	From       string `json:"from,omitempty"`
	FromString string `json:"fromString,omitempty"`
	To         string `json:"to,omitempty"`
	ToString   string `json:"toString,omitempty"`
}

// byTimeAndID orders histories: they come newest or oldest first, and several share a second.
func byTimeAndID(a, b History) int {
	if a.At != b.At {
		return cmp.Compare(a.At, b.At)
	}
	x, errX := strconv.ParseInt(a.ID, 10, 64)
	y, errY := strconv.ParseInt(b.ID, 10, 64)
	if errX == nil && errY == nil {
		return cmp.Compare(x, y)
	}
	return cmp.Compare(a.ID, b.ID)
}

// cloneContent returns a content that can be changed while the other one stays.
func (c Content) cloneContent() Content {
	c.Fields = maps.Clone(c.Fields)
	c.Histories = slices.Clone(c.Histories)
	for n := range c.Histories {
		c.Histories[n].Items = slices.Clip(c.Histories[n].Items)
	}
	return c
}

func (c Content) countChanges() int { return c.countItems(func(Item) bool { return true }) }

// countItems counts the changes that fulfil a condition.
func (c Content) countItems(counts func(Item) bool) (n int) {
	for _, h := range c.Histories {
		for _, i := range h.Items {
			if counts(i) {
				n++
			}
		}
	}
	return n
}
