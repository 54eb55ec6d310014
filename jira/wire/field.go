package wire

import (
	"slices"
	"strings"
)

// The beginnings of the types of custom fields: Jira's own, and those of its boards.
const (
	CustomPrefix = "com.atlassian.jira.plugin.system.customfieldtypes:"
	AgilePrefix  = "com.pyxis.greenhopper.jira:"
)

// Field is a field as Jira lists it.
type Field struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Plain  string `json:"untranslatedName"`
	Custom bool   `json:"custom"`
	// Clauses are the names under which queries know it.
	Clauses []string `json:"clauseNames"`
	Schema  *struct {
		Type   string `json:"type"`
		Items  string `json:"items"`
		Custom string `json:"custom"`
		System string `json:"system"`
	} `json:"schema"`
}

// peopleKinds are the kinds of custom fields whose values are people, where the type does not say so: those of
// choosing users, of requests, and of who had a part in an issue.
var peopleKinds = []string{"userpicker", ":people", ":participants", ":lastusercommented", "request-participants"}

// HoldsPeople says whether the values of a field are people. A group is none.
func (f Field) HoldsPeople() bool {
	if f.Schema == nil {
		return false
	}
	isOfKind := func(kind string) bool { return strings.HasSuffix(f.Schema.Custom, kind) }
	return f.Schema.Type == "user" || f.Schema.Items == "user" || slices.ContainsFunc(peopleKinds, isOfKind)
}

// QueryNames are all names under which a query may know a field.
func (f Field) QueryNames() []string {
	names := append([]string{f.ID, f.Name, f.Plain}, f.Clauses...)
	if number, isCustom := strings.CutPrefix(f.ID, "customfield_"); isCustom {
		names = append(names, "cf["+number+"]")
	}
	return names
}

// IsEpicName says whether a field holds the name of an epic, as Data Center keeps it.
func (f Field) IsEpicName() bool {
	return f.Schema != nil && f.Schema.Custom == AgilePrefix+"gh-epic-label"
}

// IsEpicLink says whether a field links an issue to its epic, as Data Center keeps it.
func (f Field) IsEpicLink() bool {
	return f.Schema != nil && f.Schema.Custom == AgilePrefix+"gh-epic-link"
}
