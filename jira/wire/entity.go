package wire

// Entity is what Jira writes as an object with an id and a name or value: an option, a status, a version.
type Entity struct {
	ID    Text    `json:"id"`
	Key   string  `json:"key"`
	Name  string  `json:"name"`
	Value string  `json:"value"`
	Child *Entity `json:"child"`
}

// Label returns the name or the value of an entity, with the value of its child where it has one.
func (w Entity) Label() string {
	label := w.Name
	if label == "" {
		label = w.Value
	}
	if w.Child != nil && w.Child.Value != "" {
		label += " - " + w.Child.Value
	}
	return label
}
