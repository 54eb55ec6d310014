package measure

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
)

// beat is what counts of an issue from one change to the next: where it belongs, how far it is and
// what it is estimated at. A life is the beats of an issue in the order of its changes; the first
// one stands at its creation.
type beat struct {
	at      time.Time
	order   int
	sprints []int64 // the sprints it stands in, its parent's for a sub-task; nil where it counts in none
	epic    int64   // the epic it belongs to, 0 without and where it does not count
	moved   bool    // this change is one of a Sprint field
	counts  bool    // its level counts in sprints and epics
	mine    bool    // it is in the team's own scope: project and filter
	scoped  bool    // it counts in the team's sprints
	state   State
	clear   bool // the state is known
	est     agile.Number
}

// points returns what the issue counts for: nothing while it is unestimated.
func (b beat) points() float64 {
	if !b.est.Known {
		return 0
	}
	return b.est.Value
}

// mark is the place of a change in the order of a life.
type mark struct {
	at    time.Time
	order int
	moved bool
}

// beforeAll is the order of a parent's changes: they stand before the issue's own of that moment.
const beforeAll = -1

// life returns the beats of an issue.
func (t *Team) life(i *agile.Issue) []beat {
	var beats []beat
	for _, m := range t.marks(i) {
		beats = append(beats, t.beat(i, m))
	}
	return beats
}

// marks lists the moments at which anything that counts of an issue may change, in order.
func (t *Team) marks(i *agile.Issue) []mark {
	c := &marker{}
	collect(c, i.Sprints, true, false)
	collect(c, i.Project, false, false)
	collect(c, i.Type, false, false)
	collect(c, i.Status, false, false)
	collect(c, i.Resolution, false, false)
	collect(c, i.Parent, false, false)
	collect(c, i.EpicLink, false, false)
	if t.unit != agile.Issues {
		collect(c, i.Numbers[t.h.Board.Estimate], false, false)
	}
	for _, s := range i.Parent {
		parent, ok := t.issues[s.Value]
		if !ok {
			continue
		}
		collect(c, parent.Type, false, true)
		collect(c, parent.Sprints, true, true)
		collect(c, parent.EpicLink, false, true)
		collect(c, parent.Parent, false, true)
		for _, up := range parent.Parent {
			if epic, ok := t.issues[up.Value]; ok {
				collect(c, epic.Type, false, true)
			}
		}
	}
	return c.sorted(i.Created)
}

type marker struct{ marks []mark }

func collect[T any](c *marker, tl agile.Timeline[T], moved, parent bool) {
	for _, s := range tl {
		order := s.Order
		if parent {
			order = beforeAll
		}
		c.marks = append(c.marks, mark{s.From, order, moved})
	}
}

// sorted puts the marks in order, one for each place; all up to the creation are one.
func (c *marker) sorted(created time.Time) []mark {
	all := []mark{{at: created}}
	for _, m := range c.marks {
		if m.at.After(created) || m.at.Equal(created) && m.order > 0 {
			all = append(all, m)
		}
	}
	slices.SortStableFunc(all, func(a, b mark) int {
		if c := a.at.Compare(b.at); c != 0 {
			return c
		}
		return a.order - b.order
	})
	out := all[:1]
	for _, m := range all[1:] {
		last := &out[len(out)-1]
		if last.at.Equal(m.at) && last.order == m.order {
			last.moved = last.moved || m.moved
			continue
		}
		out = append(out, m)
	}
	return out
}

// beat evaluates what counts of an issue at a place in its life.
func (t *Team) beat(i *agile.Issue, m mark) beat {
	b := beat{at: m.at, order: m.order, moved: m.moved}
	level := t.level(i.Type.AtOrder(m.at, m.order))
	b.counts = level == 0 || level < 0 && t.unit == agile.Seconds
	b.mine = t.mine(i, i.Project.AtOrder(m.at, m.order))
	b.scoped = b.mine || t.h.Matches == nil
	b.state, b.clear = t.states.of(i.Status.AtOrder(m.at, m.order), i.Resolution.AtOrder(m.at, m.order))
	b.est = agile.Number{Value: 1, Known: true}
	if t.unit != agile.Issues {
		b.est = counted(i.Numbers[t.h.Board.Estimate].AtOrder(m.at, m.order))
	}
	if !b.counts {
		return b
	}
	b.sprints, b.epic = t.sprintsOf(i, m), t.ownEpic(i, m)
	return b
}

// ownEpic returns the epic of an issue at a place in its life, that of its parent for a sub-task; 0 without one.
func (t *Team) ownEpic(i *agile.Issue, m mark) int64 {
	if parent := t.parentOf(i, m); parent != nil {
		return t.epicOf(parent, parent.Parent.At(m.at), parent.EpicLink.At(m.at), m.at)
	}
	return t.epicOf(i, i.Parent.AtOrder(m.at, m.order), i.EpicLink.AtOrder(m.at, m.order), m.at)
}

// parentOf returns the parent of a sub-task at a place in its life; nil for another issue, and where the parent is
// empty, not read or not created yet.
func (t *Team) parentOf(i *agile.Issue, m mark) *agile.Issue {
	if t.level(i.Type.AtOrder(m.at, m.order)) >= 0 {
		return nil
	}
	parent := t.issues[i.Parent.AtOrder(m.at, m.order)]
	if parent == nil || parent.Created.After(m.at) {
		return nil
	}
	return parent
}

// sprintsOf returns the sprints that an issue is in at a place in its life. A sub-task is in its parent's: what Jira
// copies into its own field has no history, and depends on when it was read.
func (t *Team) sprintsOf(i *agile.Issue, m mark) []int64 {
	if parent := t.parentOf(i, m); parent != nil {
		return parent.Sprints.At(m.at)
	}
	return i.Sprints.AtOrder(m.at, m.order)
}

// mine tells whether an issue that stands in a project is in the team's own scope.
func (t *Team) mine(i *agile.Issue, project string) bool {
	return project == t.h.ProjectID && (t.h.Matches == nil || t.h.Matches[i.ID])
}

// epicOf returns the epic of an issue: the parent at epic level wins, then the older link. The parent of an issue of the
// standard level is its epic where that is not read, as in a project of another team: the issue tells its key.
func (t *Team) epicOf(i *agile.Issue, parent int64, link string, at time.Time) int64 {
	p, read := t.issues[parent]
	if read && t.level(p.Type.At(at)) == 1 {
		return parent
	}
	if link == "" && !read && parent != 0 && i.Relatives[parent] != "" && t.level(i.Type.At(at)) == 0 {
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

// beatAt returns the beat that holds at a moment, every change at it included; false before the creation.
func beatAt(life []beat, t time.Time) (beat, bool) {
	i, _ := slices.BinarySearchFunc(life, t, func(b beat, t time.Time) int {
		if b.at.After(t) {
			return 1
		}
		return -1
	})
	if i == 0 {
		return beat{}, false
	}
	return life[i-1], true
}
