package document

import (
	"encoding/json"
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
	if isList(raw) {
		var list []json.RawMessage
		if wire.Decode(raw, &list) != nil {
			return false
		}
		for _, one := range list {
			if isOfPersons(one) {
				return true
			}
		}
		return false
	}
	var one person
	if len(raw) == 0 || raw[0] != '{' || json.Unmarshal(raw, &one) != nil {
		return false
	}
	return one.isPerson() || isSet(one.Child) && isOfPersons(one.Child)
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
