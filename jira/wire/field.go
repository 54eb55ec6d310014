package wire

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
	Schema *struct {
		Type   string `json:"type"`
		Items  string `json:"items"`
		Custom string `json:"custom"`
		System string `json:"system"`
	} `json:"schema"`
}

// IsEpicName says whether a field holds the name of an epic, as Data Center keeps it.
func (f Field) IsEpicName() bool {
	return f.Schema != nil && f.Schema.Custom == AgilePrefix+"gh-epic-label"
}

// IsEpicLink says whether a field links an issue to its epic, as Data Center keeps it.
func (f Field) IsEpicLink() bool {
	return f.Schema != nil && f.Schema.Custom == AgilePrefix+"gh-epic-link"
}
