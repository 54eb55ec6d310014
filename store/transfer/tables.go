package transfer

import (
	"slices"
	"strings"
)

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

// columnsOf are columns of one kind, by their names with spaces between.
func columnsOf(of kind, names string) (list []column) {
	for name := range strings.FieldsSeq(names) {
		list = append(list, column{name, of})
	}
	return list
}

// listed is a table by the names of its columns, kind by kind.
type listed struct{ name, numbers, texts, bytes string }

func (l listed) columns() []column {
	return slices.Concat(columnsOf(number, l.numbers), columnsOf(text, l.texts), columnsOf(bytes, l.bytes))
}

// tables are the tables of [listedTables], with their columns.
var tables = makeTables()

func makeTables() (all []table) {
	for _, l := range listedTables {
		all = append(all, table{l.name, l.columns()})
	}
	return all
}

// listedTables are those that hold what was read and what follows from it. TestAllTables holds them to the schema of
// each database. Not among them: checksums of rows, and who writes, which belong to one database.
var listedTables = []listed{
	{name: "meta", texts: "name value"},
	{name: "issue", numbers: "id created updated broken read resolved recategorized changed",
		texts: "project joints types"},
	{name: "document", numbers: "issue version", bytes: "raw"},
	{name: "timeline", numbers: "issue", texts: "events"},
	{name: "issue_project", numbers: "issue", texts: "project"},
	{name: "link", numbers: "parent child"},
	{name: "epic_link", numbers: "child", texts: "key"},
	{name: "epic_key", numbers: "issue", texts: "key"},
	{name: "worklog", numbers: "id issue created started seconds"},
	{name: "status", texts: "id name category"},
	{name: "status_name", texts: "id name"},
	{name: "type", numbers: "level", texts: "id name"},
	{name: "field", numbers: "number option", texts: "id name"},
	{name: "field_name", texts: "id name"},
	{name: "version", texts: "id name"},
	{name: "board", numbers: "id", texts: "name kind estimate columns"},
	{name: "board_sprint", numbers: "board sprint"},
	{name: "sprint", numbers: "id seen origin start planned complete", texts: "name goal state"},
	{name: "team", numbers: "board until filtered behind", texts: "name project project_id settings why"},
	{name: "team_other", numbers: "issue", texts: "team"},
	{name: "team_match", numbers: "issue", texts: "team"},
	{name: "team_impeded", numbers: "issue at value", texts: "team"},
	{name: "team_sprint", numbers: "sprint", texts: "team"},
	{name: "gap", numbers: "issue since", texts: "team source code subject key"},
	{name: "past_change", numbers: "id found", texts: "team kind body"},
	{name: "generation", numbers: "value rest scope complete", texts: "team settings"},
	{name: "damaged", texts: "part team"},
	{name: "cursor", numbers: "at", texts: "sink team"},
	{name: "posted", texts: "sink team", bytes: "series"},
	{name: "sink_series", numbers: "id taken_step taken_until tried_step tried_until through",
		texts: "sink team key taken tried"},
	{name: "sink_pieces", numbers: "series", texts: "digest parts", bytes: "pieces"},
	{name: "sink_part", numbers: "series", texts: "digest", bytes: "content"},
	{name: "sink_owed", numbers: "series first last since"},
	{name: "digest", numbers: "due tries next", texts: "team receiver state letter"},
	{name: "view_row", texts: "team kind key digest body"},
	{name: "sink_bound", numbers: "past future", texts: "sink"},
}
