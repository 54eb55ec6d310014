package document

import (
	"encoding/json"

	"jerem/jira/wire"
)

// What tests look at from within.
var (
	Essentials     = essentials
	SprintIDInText = sprintIDInText
	ReadSprintIDs  = readSprintIDs
	ByTimeAndID    = byTimeAndID
	KindOf         = kindOf
	NumberReadings = numberReadings
)

// The largest amounts that are believed.
const (
	MaxNumber  = maxNumber
	MaxSeconds = maxSeconds
)

// ReadValue reads a value of a field of some id and kind.
func ReadValue(id string, kind Kind, raw string) (Value, bool) {
	return readValue(field{id: id, name: "F", kind: kind}, json.RawMessage(raw))
}

// Owner returns the id of the field that a change belongs to.
func (fs Fieldset) Owner(w wire.Item) (id string, ok bool) {
	f, ok := fs.fieldOf(w, nil, "")
	return f.id, ok
}

// BestOwner returns the id of the field that a change belongs to, by the values of its issue and to what the changes of
// its name came in the end; "" where it belongs to none.
func (fs Fieldset) BestOwner(w wire.Item, values map[string]json.RawMessage, last string) string {
	f, ok := fs.fieldOf(w, values, last)
	if !ok {
		return ""
	}
	return f.id
}
