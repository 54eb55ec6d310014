package agile

// The names of an issue's fields in [Joints]. Numbers and options go by the id of their field.
const (
	FieldKey        = "key"
	FieldSummary    = "summary"
	FieldProject    = "project"
	FieldType       = "type"
	FieldStatus     = "status"
	FieldResolution = "resolution"
	FieldSprints    = "sprints"
	FieldParent     = "parent"
	FieldEpicLink   = "epiclink"
	FieldLabels     = "labels"
	FieldFlagged    = "flagged"

	FieldFixVersions = "fixVersions" // its id in Jira, as for all options
	FieldDue         = "duedate"
	FieldTeam        = "team" // among the options: which of the site's teams works on it, by name and by id

	// UntoldSprints stands for the sprints of an ordinary issue that became a sub-task: its field shows those of the
	// parent since, and no change tells what stood there before.
	UntoldSprints = "untoldsprints"
)

// Joints counts by field how many joints of a change history do not fit. A figure is doubtful for those of
// the fields that it rests on, and for no others.
type Joints map[string]int

// In returns how many joints of some fields do not fit.
func (j Joints) In(fields ...string) int {
	n := 0
	for _, f := range fields {
		n += j[f]
	}
	return n
}

// Total returns how many joints of all fields do not fit.
func (j Joints) Total() int {
	total := 0
	for _, n := range j {
		total += n
	}
	return total
}
