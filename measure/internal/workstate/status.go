package workstate

import (
	"slices"
	"strconv"

	"jerem/agile"
	"jerem/measure/internal/naming"
)

// State is where work stands: one definition for a team, everywhere.
type State string

// The states of work.
const (
	ToDo  State = "todo"
	Doing State = "doing"
	Done  State = "done"
)

// class is what a status means; byResolution says that it means done while a resolution is set.
type class struct {
	state        State
	byResolution bool
	unknown      bool // no category is known
}

// Classifier decides what each status means for a team. It is filled once and then only read.
type Classifier struct {
	board    *agile.Board
	statuses map[string]agile.Status
	closed   []string         // names that are configured as done
	classes  map[string]class // of the statuses that were met; others are classed when they are asked for
}

// NewClassifier returns the classifier of a history.
func NewClassifier(h *agile.History) *Classifier {
	b := &Classifier{board: h.Board, statuses: h.Statuses, closed: h.Team.ClosedStatuses, classes: map[string]class{}}
	for _, i := range h.Issues {
		for _, s := range i.Status {
			if _, ok := b.classes[s.Value]; !ok {
				b.classes[s.Value] = b.classOf(s.Value)
			}
		}
	}
	return b
}

// StateOf returns the state that a status means, and whether anything is known of it.
func (b *Classifier) StateOf(status, resolution string) (State, bool) {
	v, ok := b.classes[status]
	if !ok {
		v = b.classOf(status)
	}
	if v.byResolution && resolution != "" {
		return Done, true
	}
	return v.state, !v.unknown
}

// classOf applies the rules of docs/measures.md, section 0: the board's columns, the configured names,
// then the category.
func (b *Classifier) classOf(id string) class {
	category := b.categoryOf(id)
	state := Doing
	if category == agile.CategoryToDo {
		state = ToDo
	}
	if b.isClosed(id) {
		return class{state: Done}
	}
	if column := b.board.ColumnOf(id); column >= 0 {
		if slices.Contains(b.board.DoneColumn().Statuses, id) {
			return class{state: Done}
		}
		return class{state: state, unknown: category == agile.CategoryUnknown}
	}
	switch category {
	case agile.CategoryDone:
		return class{state: Done}
	case agile.CategoryUnknown:
		return class{state: Doing, byResolution: true, unknown: true}
	}
	return class{state: state}
}

// isClosed tells whether a status ever had one of the names that are configured as done.
func (b *Classifier) isClosed(id string) bool {
	status := b.statuses[id]
	for _, name := range NamesOf(status) {
		if naming.ContainsFold(b.closed, name) {
			return true
		}
	}
	return false
}

// categoryOf returns the category of a status: its own, else that of a status of the same name.
func (b *Classifier) categoryOf(id string) agile.Category {
	status, ok := b.statuses[id]
	if !ok {
		return agile.CategoryUnknown
	}
	if isKnownCategory(status.Category) {
		return status.Category
	}
	var twin agile.Status
	for _, other := range b.statuses {
		if isKnownCategory(other.Category) && shareName(status, other) &&
			(twin.ID == "" || lowerID(other.ID, twin.ID)) {
			twin = other
		}
	}
	return twin.Category
}

func isKnownCategory(c agile.Category) bool {
	return c == agile.CategoryToDo || c == agile.CategoryDoing || c == agile.CategoryDone
}

// NamesOf returns every name that a status has or had.
func NamesOf(s agile.Status) []string {
	if s.Name == "" || slices.Contains(s.Names, s.Name) {
		return s.Names
	}
	return append(slices.Clone(s.Names), s.Name)
}

func shareName(a, b agile.Status) bool {
	names := NamesOf(b)
	return slices.ContainsFunc(NamesOf(a), func(n string) bool { return naming.ContainsFold(names, n) })
}

// lowerID compares ids as numbers where both are.
func lowerID(a, b string) bool {
	x, errX := strconv.ParseInt(a, 10, 64)
	y, errY := strconv.ParseInt(b, 10, 64)
	if errX == nil && errY == nil {
		return x < y
	}
	return a < b
}
