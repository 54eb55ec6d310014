package wire

// Thing is anything that Jira describes with an id and a name or value.
type Thing struct {
	ID    Text   `json:"id"`
	Key   string `json:"key"`
	Name  string `json:"name"`
	Value string `json:"value"`
	Child *Thing `json:"child"`
}

// Label returns the name or the value of a thing, with the value of its child where it has one.
func (w Thing) Label() string {
	label := w.Name
	if label == "" {
		label = w.Value
	}
	if w.Child != nil && w.Child.Value != "" {
		label += " - " + w.Child.Value
	}
	return label
}
