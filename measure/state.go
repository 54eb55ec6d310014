package measure

import (
	"slices"
	"strconv"

	"jerem/agile"
)

// State is where work stands: one definition for a team, everywhere.
type State string

// The states of work.
const (
	ToDo  State = "todo"
	Doing State = "doing"
	Done  State = "done"
)

// verdict is what a status means; byResolution says that it means done while a resolution is set.
type verdict struct {
	state        State
	byResolution bool
	unknown      bool // no category is known
}

// stateBook decides what each status means for a team. It is filled once and then only read.
type stateBook struct {
	h        *agile.History
	verdicts map[string]verdict
}

func newStateBook(h *agile.History) *stateBook {
	b := &stateBook{h: h, verdicts: map[string]verdict{}}
	for _, i := range h.Issues {
		for _, s := range i.Status {
			if _, ok := b.verdicts[s.Value]; !ok {
				b.verdicts[s.Value] = b.judge(s.Value)
			}
		}
	}
	return b
}

// of returns the state that a status means, and whether anything is known of it.
func (b *stateBook) of(status, resolution string) (State, bool) {
	v, ok := b.verdicts[status]
	if !ok {
		v = b.judge(status)
	}
	if v.byResolution && resolution != "" {
		return Done, true
	}
	return v.state, !v.unknown
}

// judge applies the rules of docs/measures.md, section 0: the board's columns, the configured names,
// then the category.
func (b *stateBook) judge(id string) verdict {
	category := b.category(id)
	state := Doing
	if category == agile.CategoryToDo {
		state = ToDo
	}
	if b.closed(id) {
		return verdict{state: Done}
	}
	if column := b.h.Board.ColumnOf(id); column >= 0 {
		if slices.Contains(b.h.Board.DoneColumn().Statuses, id) {
			return verdict{state: Done}
		}
		return verdict{state: state, unknown: category == agile.CategoryUnknown}
	}
	switch category {
	case agile.CategoryDone:
		return verdict{state: Done}
	case agile.CategoryUnknown:
		return verdict{state: Doing, byResolution: true, unknown: true}
	}
	return verdict{state: state}
}

// closed tells whether a status ever had one of the names that are configured as done.
func (b *stateBook) closed(id string) bool {
	status := b.h.Statuses[id]
	for _, name := range allNames(status) {
		if containsFold(b.h.Team.ClosedStatuses, name) {
			return true
		}
	}
	return false
}

// category returns the category of a status: its own, else that of a status of the same name.
func (b *stateBook) category(id string) agile.Category {
	status, ok := b.h.Statuses[id]
	if !ok {
		return agile.CategoryUnknown
	}
	if known(status.Category) {
		return status.Category
	}
	var twin agile.Status
	for _, other := range b.h.Statuses {
		if known(other.Category) && shareName(status, other) && (twin.ID == "" || lower(other.ID, twin.ID)) {
			twin = other
		}
	}
	return twin.Category
}

func known(c agile.Category) bool {
	return c == agile.CategoryToDo || c == agile.CategoryDoing || c == agile.CategoryDone
}

func allNames(s agile.Status) []string {
	if s.Name == "" || slices.Contains(s.Names, s.Name) {
		return s.Names
	}
	return append(slices.Clone(s.Names), s.Name)
}

func shareName(a, b agile.Status) bool {
	names := allNames(b)
	return slices.ContainsFunc(allNames(a), func(n string) bool { return containsFold(names, n) })
}

// lower compares ids as numbers where both are.
func lower(a, b string) bool {
	x, errX := strconv.ParseInt(a, 10, 64)
	y, errY := strconv.ParseInt(b, 10, 64)
	if errX == nil && errY == nil {
		return x < y
	}
	return a < b
}

// level returns the level of an issue type; a type that is not known is an ordinary one.
func (t *Team) level(typ string) int { return t.h.Types[typ].Level }
