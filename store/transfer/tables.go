package transfer

// table is a table with its columns, each with what it holds.
type table struct {
	name    string
	columns []column
}

// column is a column and the kind of its values.
type column struct {
	name string
	kind kind
}

type kind int

const (
	number kind = iota // a whole number; flags are 0 and 1, moments microseconds
	text
	bytes
)

// columnsOf are columns of one kind.
func columnsOf(of kind, names ...string) (list []column) {
	for _, name := range names {
		list = append(list, column{name, of})
	}
	return list
}

// tables are those that hold what was read and what follows from it. TestAllTables holds them to the schema of each
// database. Not among them: checksums of rows, and who writes, which belong to one database.
var tables = []table{
	{"meta", columnsOf(text, "name", "value")},
	{"issue", append(columnsOf(number, "id", "created", "updated", "broken", "read", "resolved", "recategorized",
		"changed"), columnsOf(text, "project", "joints", "types")...)},
	{"document", append(columnsOf(number, "issue", "version"), columnsOf(bytes, "raw")...)},
	{"timeline", append(columnsOf(number, "issue"), columnsOf(text, "events")...)},
	{"issue_project", append(columnsOf(text, "project"), columnsOf(number, "issue")...)},
	{"link", columnsOf(number, "parent", "child")},
	{"epic_link", append(columnsOf(text, "key"), columnsOf(number, "child")...)},
	{"epic_key", append(columnsOf(text, "key"), columnsOf(number, "issue")...)},
	{"worklog", columnsOf(number, "id", "issue", "created", "started", "seconds")},
	{"status", columnsOf(text, "id", "name", "category")},
	{"status_name", columnsOf(text, "id", "name")},
	{"type", append(columnsOf(text, "id", "name"), columnsOf(number, "level")...)},
	{"field", append(columnsOf(text, "id", "name"), columnsOf(number, "number", "option")...)},
	{"field_name", columnsOf(text, "id", "name")},
	{"version", columnsOf(text, "id", "name")},
	{"board", append(columnsOf(number, "id"), columnsOf(text, "name", "kind", "estimate", "columns")...)},
	{"board_sprint", columnsOf(number, "board", "sprint")},
	{"sprint", append(columnsOf(number, "id", "seen", "origin", "start", "planned", "complete"),
		columnsOf(text, "name", "goal", "state")...)},
	{"team", append(columnsOf(text, "name", "project", "project_id", "settings", "why"),
		columnsOf(number, "board", "until", "filtered", "behind")...)},
	{"team_other", append(columnsOf(text, "team"), columnsOf(number, "issue")...)},
	{"team_match", append(columnsOf(text, "team"), columnsOf(number, "issue")...)},
	{"team_impeded", append(columnsOf(text, "team"), columnsOf(number, "issue", "at", "value")...)},
	{"team_sprint", append(columnsOf(text, "team"), columnsOf(number, "sprint")...)},
	{"gap", append(columnsOf(text, "team", "source", "code", "subject", "key"),
		columnsOf(number, "issue", "since")...)},
	{"past_change", append(columnsOf(text, "team", "kind", "body"), columnsOf(number, "id", "found")...)},
	{"generation", append(columnsOf(text, "team", "settings"),
		columnsOf(number, "value", "rest", "scope", "complete")...)},
	{"damaged", columnsOf(text, "part", "team")},
	{"cursor", append(columnsOf(text, "sink", "team"), columnsOf(number, "at")...)},
	{"posted", append(columnsOf(text, "sink", "team"), columnsOf(bytes, "series")...)},
	{"sink_series", append(columnsOf(number, "id", "taken_step", "taken_until", "tried_step", "tried_until", "through"),
		columnsOf(text, "sink", "team", "key", "taken", "tried")...)},
	{"sink_pieces", append(append(columnsOf(number, "series"), columnsOf(text, "digest", "parts")...),
		columnsOf(bytes, "pieces")...)},
	{"sink_part", append(append(columnsOf(number, "series"), columnsOf(text, "digest")...),
		columnsOf(bytes, "content")...)},
	{"sink_owed", columnsOf(number, "series", "first", "last", "since")},
	{"digest", append(columnsOf(text, "team", "receiver", "state", "letter"),
		columnsOf(number, "due", "tries", "next")...)},
	{"view_row", columnsOf(text, "team", "kind", "key", "digest", "body")},
	{"sink_bound", append(columnsOf(text, "sink"), columnsOf(number, "past", "future")...)},
}
