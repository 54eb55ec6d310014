package index

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/measure/internal/amount"
)

// Snapshot is what counts of an issue from one change to the next: where it belongs, how far it is and
// what it is estimated at. A life is the beats of an issue in the order of its changes; the first
// one stands at its creation.
type Snapshot struct {
	At            time.Time
	Order         int
	Sprints       []int64 // the sprints it stands in, its parent's for a sub-task; nil where it counts in none
	Epic          int64   // the epic it belongs to, 0 without and where it does not count
	SprintChanged bool    // this change is one of a Sprint field
	Counts        bool    // its level counts in sprints and epics
	InScope       bool    // it is in the team's own scope: project and filter
	InSprints     bool    // it counts in the team's sprints
	State         State
	StateKnown    bool // the state is known
	Estimate      agile.Number
}

// Points returns what the issue counts for: nothing while it is unestimated.
func (b Snapshot) Points() float64 {
	if !b.Estimate.Known {
		return 0
	}
	return b.Estimate.Value
}

// Checkpoint is the place of a change in the order of a life.
type Checkpoint struct {
	At            time.Time
	Order         int
	SprintChanged bool
}

// beforeAll is the order of a parent's changes: they stand before the issue's own of that moment.
const beforeAll = -1

// historyOf returns the beats of an issue.
func historyOf(t *Index, i *agile.Issue) []Snapshot {
	var beats []Snapshot
	for _, m := range t.Checkpoints(i) {
		beats = append(beats, t.SnapshotAt(i, m))
	}
	return beats
}

// Checkpoints lists the moments at which anything that counts of an issue may change, in order.
func (t *Index) Checkpoints(i *agile.Issue) []Checkpoint {
	c := &Checkpoints{}
	CollectCheckpoints(c, i.Sprints, true, false)
	CollectCheckpoints(c, i.Project, false, false)
	CollectCheckpoints(c, i.Type, false, false)
	CollectCheckpoints(c, i.Status, false, false)
	CollectCheckpoints(c, i.Resolution, false, false)
	CollectCheckpoints(c, i.Parent, false, false)
	CollectCheckpoints(c, i.EpicLink, false, false)
	if t.Unit != agile.Issues {
		CollectCheckpoints(c, i.Numbers[t.History.Board.Estimate], false, false)
	}
	for _, s := range i.Parent {
		parent, ok := t.Issues[s.Value]
		if !ok {
			continue
		}
		CollectCheckpoints(c, parent.Type, false, true)
		CollectCheckpoints(c, parent.Sprints, true, true)
		CollectCheckpoints(c, parent.EpicLink, false, true)
		CollectCheckpoints(c, parent.Parent, false, true)
		for _, up := range parent.Parent {
			if epic, ok := t.Issues[up.Value]; ok {
				CollectCheckpoints(c, epic.Type, false, true)
			}
		}
	}
	return c.Sorted(i.Created)
}

type Checkpoints struct{ list []Checkpoint }

func CollectCheckpoints[T any](c *Checkpoints, tl agile.Timeline[T], moved, parent bool) {
	for _, s := range tl {
		order := s.Order
		if parent {
			order = beforeAll
		}
		c.Add(Checkpoint{s.From, order, moved})
	}
}

// Add appends a checkpoint.
func (c *Checkpoints) Add(m Checkpoint) { c.list = append(c.list, m) }

// Sorted puts the marks in order, one for each place; all up to the creation are one.
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

// SnapshotAt evaluates what counts of an issue at a place in its life.
func (t *Index) SnapshotAt(i *agile.Issue, m Checkpoint) Snapshot {
	b := Snapshot{At: m.At, Order: m.Order, SprintChanged: m.SprintChanged}
	level := t.Level(i.Type.AtOrder(m.At, m.Order))
	b.Counts = level == 0 || level < 0 && t.Unit == agile.Seconds
	b.InScope = t.InScope(i, i.Project.AtOrder(m.At, m.Order))
	b.InSprints = b.InScope || t.History.Matches == nil
	b.State, b.StateKnown = t.StateOf(i.Status.AtOrder(m.At, m.Order), i.Resolution.AtOrder(m.At, m.Order))
	b.Estimate = agile.Number{Value: 1, Known: true}
	if t.Unit != agile.Issues {
		b.Estimate = amount.Counted(i.Numbers[t.History.Board.Estimate].AtOrder(m.At, m.Order))
	}
	if !b.Counts {
		return b
	}
	b.Sprints, b.Epic = t.SprintsAt(i, m), t.EpicAt(i, m)
	return b
}

// EpicAt returns the epic of an issue at a place in its life, that of its parent for a sub-task; 0 without one.
func (t *Index) EpicAt(i *agile.Issue, m Checkpoint) int64 {
	if parent := t.ParentAt(i, m); parent != nil {
		return t.EpicOf(parent, parent.Parent.At(m.At), parent.EpicLink.At(m.At), m.At)
	}
	return t.EpicOf(i, i.Parent.AtOrder(m.At, m.Order), i.EpicLink.AtOrder(m.At, m.Order), m.At)
}

// ParentAt returns the parent of a sub-task at a place in its life; nil for another issue, and where the parent is
// empty, not read or not created yet.
func (t *Index) ParentAt(i *agile.Issue, m Checkpoint) *agile.Issue {
	if t.Level(i.Type.AtOrder(m.At, m.Order)) >= 0 {
		return nil
	}
	parent := t.Issues[i.Parent.AtOrder(m.At, m.Order)]
	if parent == nil || parent.Created.After(m.At) {
		return nil
	}
	return parent
}

// SprintsAt returns the sprints that an issue is in at a place in its life. A sub-task is in its parent's: what Jira
// copies into its own field has no history, and depends on when it was read.
func (t *Index) SprintsAt(i *agile.Issue, m Checkpoint) []int64 {
	if parent := t.ParentAt(i, m); parent != nil {
		return parent.Sprints.At(m.At)
	}
	return i.Sprints.AtOrder(m.At, m.Order)
}

// InScope tells whether an issue that stands in a project is in the team's own scope.
func (t *Index) InScope(i *agile.Issue, project string) bool {
	return project == t.History.ProjectID && (t.History.Matches == nil || t.History.Matches[i.ID])
}

// EpicOf returns the epic of an issue: the parent at epic level wins, then the older link. The parent of an issue of the
// standard level is its epic where that is not read, as in a project of another team: the issue tells its key.
func (t *Index) EpicOf(i *agile.Issue, parent int64, link string, at time.Time) int64 {
	p, read := t.Issues[parent]
	if read && t.Level(p.Type.At(at)) == 1 {
		return parent
	}
	if link == "" && !read && parent != 0 && i.Relatives[parent] != "" && t.Level(i.Type.At(at)) == 0 {
		return parent
	}
	if link == "" {
		return 0
	}
	if id, ok := t.keys[strings.ToLower(link)]; ok {
		return id
	}
	id, _ := strconv.ParseInt(link, 10, 64)
	return id
}
