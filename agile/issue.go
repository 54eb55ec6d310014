package agile

import (
	"cmp"
	"slices"
	"time"

	"jerem/calendar"
)

// Number is a number that may be absent. An absent estimate is unestimated, 0 is an estimate.
type Number struct {
	Value float64
	Known bool
}

// OrNil returns the value, nil where it is not known.
func (n Number) OrNil() *float64 {
	if !n.Known {
		return nil
	}
	return &n.Value
}

// Issue is one piece of work with the whole past of the fields that figures need.
type Issue struct {
	ID      int64 // Jira's numeric id; the key changes when an issue moves
	Created time.Time
	Updated Moment

	Key        Timeline[string]
	Summary    Timeline[string]
	Project    Timeline[string]  // id of the project
	Type       Timeline[string]  // id of the issue type
	Status     Timeline[string]  // id of the status
	Resolution Timeline[string]  // id, "" while unresolved
	Sprints    Timeline[[]int64] // ids, ascending
	Parent     Timeline[int64]   // id of the parent issue, 0 without
	// the older link to an epic: its id in decimal, or its key where only that is known; "" without
	EpicLink Timeline[string]
	Labels   Timeline[[]string] // as written, ascending
	// FixVersions are the ids of the versions that it is to be released in; empty where it never was in one.
	FixVersions Timeline[[]string]
	Due         Timeline[calendar.Date] // the zero date without one; empty where it never had one
	Flagged     Timeline[bool]

	// Numbers are the numeric fields by field id: the estimates of any board.
	Numbers Fields[Number]
	// Options are the fields that hold options by field id: selects, "components", "fixVersions".
	Options Fields[[]string]

	// Relatives are the keys of all parents and epics that its history names, by id: some of them are
	// gone, or stand outside what is read.
	Relatives Relatives

	// Resolved and Recategorized are what Jira tells beside the history: when the resolution was set, and
	// when the status last went to another category. They are zero where it tells none. They date what no
	// change tells.
	Resolved      Moment
	Recategorized Moment

	// Broken counts the joints of the change history that do not fit (see [Rewind]), by field.
	Broken Joints
}

// PlaceOf returns the place of an id among issues in ascending order of theirs, and whether one of it is there.
func PlaceOf(issues []*Issue, id int64) (place int, is bool) {
	return slices.BinarySearchFunc(issues, id, func(i *Issue, id int64) int { return cmp.Compare(i.ID, id) })
}

// Worklog is time logged on an issue. It exists from Created on and belongs to the day of Started.
type Worklog struct {
	ID      int64
	Issue   int64
	Created time.Time
	Started time.Time
	Seconds int64
}

// Category is what Jira makes of a status.
type Category string

// The categories of a status. An unknown one counts as doing, and is told in the grade.
const (
	CategoryUnknown Category = ""
	CategoryToDo    Category = "new"
	CategoryDoing   Category = "indeterminate"
	CategoryDone    Category = "done"
)

// Status is a status as known: from the list of statuses, or only from histories once it was deleted.
type Status struct {
	ID       string
	Name     string   // the present name, the last one known
	Names    []string // every name it ever had, Name included
	Category Category // the last one the list gave, CategoryUnknown if it never did
}

// Type is an issue type.
type Type struct {
	ID    string
	Name  string
	Level int // −1 sub-task, 0 ordinary, 1 epic and above
}

// Field is a field of the site, as far as figures need it.
type Field struct {
	ID     string
	Name   string
	Number bool // holds a number
	Option bool // holds one or several options, components or versions
}

// BoardKind is scrum or kanban.
type BoardKind string

// The kinds of a board.
const (
	Scrum  BoardKind = "scrum"
	Kanban BoardKind = "kanban"
)

// Column is a column of a board with the statuses that it maps.
type Column struct {
	Name     string
	Statuses []string // ids
}

// Unit is what a team estimates in.
type Unit string

// The units of an estimate.
const (
	Points  Unit = "points"
	Seconds Unit = "seconds"
	Issues  Unit = "issues" // no estimate: each issue counts 1
)

// Board is a board with its present configuration; boards have no history.
type Board struct {
	ID       int64
	Name     string
	Kind     BoardKind
	Columns  []Column
	Estimate string // id of the field that estimates, "" where issues are counted

	// EstimateUntold is set where Jira does not tell what a Scrum board estimates by. It is told by Jira alone and kept
	// nowhere.
	EstimateUntold bool
}

// IsKanban tells whether there is a board, and it is one without sprints.
func (b *Board) IsKanban() bool { return b != nil && b.Kind == Kanban }

// TimeFields are the fields of Jira's time tracking, in seconds.
var TimeFields = []string{"timeoriginalestimate", "timeestimate", "timespent"}

// Unit returns what the board estimates in.
func (b *Board) Unit() Unit {
	switch {
	case b == nil || b.Estimate == "":
		return Issues
	case slices.Contains(TimeFields, b.Estimate):
		return Seconds
	}
	return Points
}

// DoneColumn returns the last column that has statuses: what is in it is done. It is nil for a
// board that maps none.
func (b *Board) DoneColumn() *Column {
	if b == nil {
		return nil
	}
	for i := len(b.Columns) - 1; i >= 0; i-- {
		if len(b.Columns[i].Statuses) > 0 {
			return &b.Columns[i]
		}
	}
	return nil
}

// ColumnOf returns the place of the column that maps a status, -1 if none does.
func (b *Board) ColumnOf(status string) int {
	if b == nil {
		return -1
	}
	return slices.IndexFunc(b.Columns, func(c Column) bool { return slices.Contains(c.Statuses, status) })
}
