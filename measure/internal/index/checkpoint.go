package index

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/internal/moments"
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
	all := &Checkpoints{list: make([]Checkpoint, 0, countSteps(x, i))}
	addSprintChanges(all, i.Sprints)
	AddChanges(all, i.Project)
	AddChanges(all, i.Type)
	AddChanges(all, i.Status)
	AddChanges(all, i.Resolution)
	AddChanges(all, i.Parent)
	AddChanges(all, i.EpicLink)
	if x.Unit != agile.Issues {
		AddChanges(all, i.Numbers.Of(x.History.Board.Estimate))
	}
	AddOwnTeams(all, x, i)
	own := len(all.list)
	addAbove(x, all, i)
	for n := range all.list[own:] {
		all.list[own+n].Order = beforeAll
	}
	return all.Sorted(i.Created)
}

// addAbove appends the steps of the fields of an issue's parents, and of the types of their epics.
func addAbove(x *Index, c *Checkpoints, i *agile.Issue) {
	for _, s := range i.Parent {
		parent, ok := x.Issues.Get(s.Value)
		if !ok {
			continue
		}
		addSprintChanges(c, parent.Sprints)
		AddChanges(c, parent.Type)
		AddOwnTeams(c, x, parent)
		AddChanges(c, parent.EpicLink)
		AddChanges(c, parent.Parent)
		for _, up := range parent.Parent {
			if epic, ok := x.Issues.Get(up.Value); ok {
				AddChanges(c, epic.Type)
			}
		}
	}
}

// AddOwnTeams appends the steps of an issue's own Team field, where the team is told by it.
func AddOwnTeams(c *Checkpoints, x *Index, i *agile.Issue) {
	if x.History.Team.Works != "" {
		AddChanges(c, i.Options.Of(agile.FieldTeam))
	}
}

// AddParents appends the places at which an issue comes to another parent, or a parent of it to another team, where the
// team is told by the Team field: a sub-task may have its parent's.
func AddParents(c *Checkpoints, x *Index, i *agile.Issue) {
	if x.History.Team.Works == "" {
		return
	}
	AddChanges(c, i.Parent)
	for _, id := range ParentsOf(i) {
		parent := x.Issues.Of(id)
		if parent == nil {
			continue
		}
		for _, s := range parent.Options.Of(agile.FieldTeam) {
			c.Add(Checkpoint{At: s.From.Time(), Order: beforeAll})
		}
	}
}

// EachScopeChange calls put for each moment at which an issue may come into the team's own scope or leave it.
func EachScopeChange(x *Index, i *agile.Issue, put func(time.Time)) {
	moments.EachChange(i.Project, put)
	c := &Checkpoints{}
	AddOwnTeams(c, x, i)
	AddParents(c, x, i)
	for _, one := range c.list {
		put(one.At)
	}
}

// countSteps returns about how many steps checkpoints are made of: all of the issue's own, and the creation.
func countSteps(x *Index, i *agile.Issue) int {
	steps := 1 + len(i.Sprints) + len(i.Project) + len(i.Type) + len(i.Status) + len(i.Resolution) + len(i.Parent) +
		len(i.EpicLink)
	if x.Unit != agile.Issues {
		steps += len(i.Numbers.Of(x.History.Board.Estimate))
	}
	for _, s := range i.Parent {
		if parent, ok := x.Issues.Get(s.Value); ok {
			steps += len(parent.Sprints) + len(parent.Type) + len(parent.EpicLink) + 2*len(parent.Parent)
		}
	}
	return steps
}

// Checkpoints gathers places in the order of an issue's changes.
type Checkpoints struct{ list []Checkpoint }

// Add appends a checkpoint.
func (c *Checkpoints) Add(one Checkpoint) { c.list = append(c.list, one) }

// AddChanges appends the steps of a field.
func AddChanges[T any](c *Checkpoints, field agile.Timeline[T]) {
	for _, s := range field {
		c.Add(Checkpoint{At: s.From.Time(), Order: s.Order})
	}
}

// addSprintChanges appends the steps of a Sprint field.
func addSprintChanges(c *Checkpoints, field agile.Timeline[[]int64]) {
	for _, s := range field {
		c.Add(Checkpoint{s.From.Time(), s.Order, true})
	}
}

// Sorted returns the checkpoints in order, one for each place; all up to the creation are one. Nothing can be added any
// more: they stand where they were gathered.
func (c *Checkpoints) Sorted(created time.Time) []Checkpoint {
	gathered := slices.Insert(c.list, 0, Checkpoint{At: created})
	all := gathered[:1]
	for _, m := range gathered[1:] {
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
