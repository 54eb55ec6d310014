package index

import (
	"slices"
	"time"

	"jerem/agile"
)

// Checkpoint is the place of a change in the order of an issue's changes.
type Checkpoint struct {
	At            time.Time
	Order         int  // among the changes of that moment
	SprintChanged bool // the change is one of a Sprint field
}

// beforeAll is the order of a parent's changes: they come before the issue's own changes of that moment.
const beforeAll = -1

// Checkpoints lists the places at which anything that counts of an issue may change, in order: those of its own
// fields, of its parents' fields, and of the types of its parents' epics.
func (x *Index) Checkpoints(i *agile.Issue) []Checkpoint {
	own, above := &Checkpoints{}, &Checkpoints{}
	addSprintChanges(own, i.Sprints)
	AddChanges(own, i.Project)
	AddChanges(own, i.Type)
	AddChanges(own, i.Status)
	AddChanges(own, i.Resolution)
	AddChanges(own, i.Parent)
	AddChanges(own, i.EpicLink)
	if x.Unit != agile.Issues {
		AddChanges(own, i.Numbers.Of(x.History.Board.Estimate))
	}
	if x.History.Team.Works != "" {
		AddChanges(own, i.Options.Of(agile.FieldTeam))
	}
	for _, s := range i.Parent {
		parent, ok := x.Issues[s.Value]
		if !ok {
			continue
		}
		addSprintChanges(above, parent.Sprints)
		AddChanges(above, parent.Type)
		if x.History.Team.Works != "" {
			AddChanges(above, parent.Options.Of(agile.FieldTeam))
		}
		AddChanges(above, parent.EpicLink)
		AddChanges(above, parent.Parent)
		for _, up := range parent.Parent {
			if epic, ok := x.Issues[up.Value]; ok {
				AddChanges(above, epic.Type)
			}
		}
	}
	for _, c := range above.list {
		own.Add(Checkpoint{c.At, beforeAll, c.SprintChanged})
	}
	return own.Sorted(i.Created)
}

// Checkpoints gathers places in the order of an issue's changes.
type Checkpoints struct{ list []Checkpoint }

// Add appends a checkpoint.
func (c *Checkpoints) Add(one Checkpoint) { c.list = append(c.list, one) }

// AddChanges appends the steps of a field.
func AddChanges[T any](c *Checkpoints, field agile.Timeline[T]) {
	for _, s := range field {
		c.Add(Checkpoint{At: s.From, Order: s.Order})
	}
}

// addSprintChanges appends the steps of a Sprint field.
func addSprintChanges(c *Checkpoints, field agile.Timeline[[]int64]) {
	for _, s := range field {
		c.Add(Checkpoint{s.From, s.Order, true})
	}
}

// Sorted returns the checkpoints in order, one for each place; all up to the creation are one.
func (c *Checkpoints) Sorted(created time.Time) []Checkpoint {
	all := []Checkpoint{{At: created}}
	for _, m := range c.list {
		if m.At.After(created) || m.At.Equal(created) && m.Order > 0 {
			all = append(all, m)
		}
	}
	slices.SortStableFunc(all, func(a, b Checkpoint) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return a.Order - b.Order
	})
	out := all[:1]
	for _, m := range all[1:] {
		last := &out[len(out)-1]
		if last.At.Equal(m.At) && last.Order == m.Order {
			last.SprintChanged = last.SprintChanged || m.SprintChanged
			continue
		}
		out = append(out, m)
	}
	return out
}

// AfterAll is the order of what comes after all changes of a moment.
const AfterAll = int(^uint(0) >> 1)
