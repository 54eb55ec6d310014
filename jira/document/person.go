package document

import (
	"encoding/json"
	"slices"
	"strings"

	"jerem/jira/wire"
)

// person is what tells an account from an option or a version: only accounts have an account id, an address or
// pictures, and only they have a key beside a name to be shown.
type person struct {
	AccountID   json.RawMessage `json:"accountId"`
	Email       json.RawMessage `json:"emailAddress"`
	Pictures    json.RawMessage `json:"avatarUrls"`
	Key         json.RawMessage `json:"key"`
	DisplayName json.RawMessage `json:"displayName"`
	Child       json.RawMessage `json:"child"` // of a cascading select
}

func (p person) isPerson() bool {
	return isSet(p.AccountID) || isSet(p.Email) || isSet(p.Pictures) || isSet(p.Key) && isSet(p.DisplayName)
}

// holdsOptions tells whether fields of a kind hold options, under which an add-on may keep accounts.
func (k Kind) holdsOptions() bool {
	return k == KindOptions || k == KindParts || k == KindFlag || k == KindTeam
}

// isOfPersons tells whether a value, one or a list, or the child of one, is an account: a field that calls itself one
// of options is not believed then.
func isOfPersons(raw json.RawMessage) bool {
	s := wire.NewScan(raw)
	told := persons{scan: &s}
	if told.readAny() && s.IsAtEnd() {
		return told.found
	}
	return decodesToPersons(raw)
}

// decodesToPersons is isOfPersons for a value of any shape.
func decodesToPersons(raw json.RawMessage) bool {
	if isList(raw) {
		var list []json.RawMessage
		if wire.Decode(raw, &list) != nil {
			return false
		}
		return slices.ContainsFunc(list, decodesToPersons)
	}
	var one person
	if len(raw) == 0 || raw[0] != '{' || json.Unmarshal(raw, &one) != nil {
		return false
	}
	return one.isPerson() || isSet(one.Child) && decodesToPersons(one.Child)
}

// persons looks for accounts in a value of the shape that is expected, without a decoder.
type persons struct {
	scan  *wire.Scan
	found bool
}

// namesOfPerson are the names by which [person] is told, in the order of their numbers.
var namesOfPerson = []string{"accountId", "emailAddress", "avatarUrls", "key", "displayName", "child"}

// readAny reads a value, a list of them or another.
func (p *persons) readAny() bool {
	switch p.scan.Begins() {
	case '[':
		return p.scan.List(p.readAny)
	case '{':
		return p.readOne()
	}
	return p.scan.Skip()
}

// readOne reads an object, and its child.
func (p *persons) readOne() bool {
	hasKey, hasName := false, false
	read := p.scan.Object(namesOfPerson, func(number int) bool {
		if p.scan.Null() {
			return true
		}
		switch number {
		case 0, 1, 2:
			p.found = true
		case 3:
			hasKey = true
		case 4:
			hasName = true
		case 5:
			return p.readAny()
		}
		return p.scan.Skip()
	})
	p.found = p.found || hasKey && hasName
	return read
}

// personFields returns the fields of options of an issue that hold accounts, by id.
func personFields(values map[string]json.RawMessage, fs Fieldset) map[string]bool {
	found := map[string]bool{}
	for _, f := range fs.fields {
		if f.kind.holdsOptions() && isOfPersons(values[f.id]) {
			found[f.id] = true
		}
	}
	return found
}

// namesOptions tells whether both sides of a change of a field of options are told by ids of options, which are
// numbers, or by none: a change between accounts tells these by other ids.
func namesOptions(k Kind, i wire.Item) bool {
	if k != KindOptions && k != KindParts {
		return true
	}
	isOther := func(r rune) bool { return !strings.ContainsRune("0123456789-[], ", r) }
	return !strings.ContainsFunc(string(i.From), isOther) && !strings.ContainsFunc(string(i.To), isOther)
}
