package wire

import (
	"encoding/json"
	"errors"
)

// Issue is an issue as Jira sends it.
type Issue struct {
	ID        string                     `json:"id"`
	Key       string                     `json:"key"`
	Fields    map[string]json.RawMessage `json:"fields"`
	Changelog *Changelog                 `json:"changelog"`

	Wrong error `json:"-"` // what of it has another shape
}

// Changelog is the histories that came with an issue.
type Changelog struct {
	Total     int       `json:"total"`
	Histories []History `json:"histories"`
}

// UnmarshalJSON takes an issue of any shape: one that cannot be read must not hide the others of the answer.
func (w *Issue) UnmarshalJSON(b []byte) error {
	type plain Issue
	w.Wrong = json.Unmarshal(b, (*plain)(w))
	return nil
}

// History is a history as Jira sends it; who made it is not even read.
type History struct {
	ID      Text   `json:"id"`
	Created any    `json:"created"`
	Items   []Item `json:"items"`

	Wrong error `json:"-"` // what of it has another shape
}

// UnmarshalJSON takes a history of any shape, for the same reason.
func (w *History) UnmarshalJSON(b []byte) error {
	type plain History
	if w.Wrong = json.Unmarshal(b, (*plain)(w)); w.Wrong == nil {
		w.Wrong = w.checkItems()
	}
	return nil
}

// checkItems refuses an entry without a list of changes: it must not pass for one that changed nothing.
func (w *History) checkItems() error {
	if w.Items == nil {
		return errors.New("items is no list")
	}
	return nil
}

// Item is the change of one field, as Jira sends it.
type Item struct {
	Field      string `json:"field"`
	FieldID    string `json:"fieldId"`
	Type       string `json:"fieldtype"` // jira or custom
	From       Text   `json:"from"`
	FromString Text   `json:"fromString"`
	To         Text   `json:"to"`
	ToString   Text   `json:"toString"`
}

// Name tells which issue it is, as far as that is known.
func (w Issue) Name() string {
	if w.Key == "" {
		return w.ID
	}
	return w.Key
}

// MemorySize estimates the memory that an entry holds, in bytes.
func (w History) MemorySize() int64 {
	const overhead = 100 // of an entry and of each change
	n := int64(len(w.ID)) + overhead
	for _, i := range w.Items {
		n += int64(len(i.From)+len(i.FromString)+len(i.To)+len(i.ToString)+len(i.Field)) + overhead
	}
	return n
}

// HasWholeHistory says whether all entries that are announced came.
func (w Issue) HasWholeHistory() bool {
	return w.Changelog != nil && len(w.Changelog.Histories) >= w.Changelog.Total
}
