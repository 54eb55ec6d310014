package impediment

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/measure/internal/byid"
	"jerem/measure/internal/index"
	"jerem/measure/internal/naming"
	"jerem/measure/internal/recall"
)

// UnknownNature is the nature of an impediment that tells none.
const UnknownNature = "unknown"

// Window is a stretch of time: its start is included, its end only while it is open.
type Window struct {
	From, To time.Time
	Closed   bool
}

// Holds tells whether a moment lies in the window.
func (w Window) Holds(t time.Time) bool {
	return !t.Before(w.From) && (t.Before(w.To) || !w.Closed && t.Equal(w.To))
}

// Impediment is an issue that is an impediment at some time, and when.
type Impediment struct {
	Issue   *agile.Issue
	Impeded agile.Timeline[bool]
}

// List is the impediments of the whole past of a team.
type List struct {
	Index   *index.Index
	All     []Impediment // issues that are an impediment at some time, by id
	ByIssue *byid.Map[Impediment]

	disjoint map[int64]*agile.Issue // those of which some change does not join: none in most teams

	work  *recall.Memo // what was listed of the work on them
	times *recall.Memo // what was listed of when they were impediments
}

// Find finds the impediments of the whole past.
func Find(x *index.Index) *List {
	list := &List{Index: x, ByIssue: byid.New[Impediment](0), disjoint: map[int64]*agile.Issue{},
		work: &recall.Memo{}, times: &recall.Memo{}}
	for _, i := range x.History.Issues {
		if i.Broken.Total() > 0 {
			list.disjoint[i.ID] = i
		}
		if one, ok := list.impedimentOf(i); ok {
			list.All = append(list.All, one)
			list.ByIssue.Set(i.ID, one)
		}
	}
	// a history may come in any order, and impediments are looked up by their place
	slices.SortFunc(list.All, func(a, b Impediment) int { return cmp.Compare(a.Issue.ID, b.Issue.ID) })
	return list
}

// Updated returns the impediments of an index that differs from the list's in some issues: see index.Index.Updated.
func (list *List) Updated(x *index.Index, changed []int64) *List {
	y := &List{Index: x, All: slices.Clone(list.All), ByIssue: list.ByIssue.Copy(),
		disjoint: maps.Clone(list.disjoint), work: &recall.Memo{}, times: &recall.Memo{}}
	for _, id := range changed {
		n, was := slices.BinarySearchFunc(y.All, id, func(one Impediment, id int64) int {
			return cmp.Compare(one.Issue.ID, id)
		})
		if was {
			y.All = slices.Delete(y.All, n, n+1)
			y.ByIssue.Delete(id)
		}
		delete(y.disjoint, id)
		if i := x.Issues.Of(id); i != nil {
			if i.Broken.Total() > 0 {
				y.disjoint[id] = i
			}
			if one, ok := y.impedimentOf(i); ok {
				y.All = slices.Insert(y.All, n, one)
				y.ByIssue.Set(id, one)
			}
		}
	}
	if !slices.ContainsFunc(changed, func(id int64) bool { return worksOtherwise(list, y, id) }) {
		y.work = list.work
	}
	if !slices.ContainsFunc(changed, func(id int64) bool { return impedesOtherwise(list, y, id) }) {
		y.times = list.times
	}
	return y
}

// impedimentOf tells when an issue was an impediment; false for one that never was.
func (list *List) impedimentOf(i *agile.Issue) (Impediment, bool) {
	impeded := list.impededTimeline(i)
	ever := slices.ContainsFunc(impeded, func(s agile.Step[bool]) bool { return s.Value })
	return Impediment{i, impeded}, ever
}

// impededTimeline returns when an issue was an impediment: in the team's scope, and carrying a label, of a
// type, or matching the JQL that the team configured.
func (list *List) impededTimeline(i *agile.Issue) agile.Timeline[bool] {
	rule := list.Index.History.Team.Impediment
	c := &index.Checkpoints{}
	index.AddChanges(c, i.Project)
	index.AddChanges(c, i.Type)
	index.AddOwnTeams(c, list.Index, i)
	index.AddParents(c, list.Index, i)
	index.AddChanges(c, i.Labels)
	for _, s := range list.Index.History.Impeded[i.ID] { // dated by readings, after all changes of their moment
		c.Add(index.Checkpoint{At: s.From.Time(), Order: index.AfterAll})
	}
	var tl agile.Timeline[bool]
	for _, m := range c.Sorted(i.Created) {
		is := list.Index.IssueAt(i, m).InScope() &&
			(slices.ContainsFunc(i.Labels.AtOrder(m.At, m.Order),
				func(l string) bool { return naming.ContainsFold(rule.Labels, l) }) ||
				list.typeIn(i.Type.AtOrder(m.At, m.Order), rule.Types) ||
				list.Index.History.Impeded[i.ID].At(m.At))
		if n := len(tl); n > 0 && tl[n-1].From.Equal(m.At) {
			tl[n-1].Value = is // changes of one moment count as one
			continue
		}
		tl = append(tl, agile.Step[bool]{From: agile.MomentOf(m.At), Value: is})
	}
	return tl
}

func (list *List) typeIn(id string, types []string) bool {
	return slices.Contains(types, id) || naming.ContainsFold(types, list.Index.History.Types[id].Name)
}

// Between tells whether the issue was an impediment at some moment from one to another, both included.
func (j Impediment) Between(from, to time.Time) bool {
	if to.Before(from) {
		return false
	}
	if j.Impeded.At(from) {
		return true
	}
	return slices.ContainsFunc(j.Impeded, func(s agile.Step[bool]) bool {
		return s.Value && s.From.After(from) && !s.From.After(to)
	})
}

// Opened tells whether the issue became an impediment in a window, by a moment.
func (j Impediment) Opened(w Window, by time.Time) bool {
	was := false
	for _, s := range j.Impeded {
		if s.Value && !was && w.Holds(s.From.Time()) && !s.From.After(by) {
			return true
		}
		was = s.Value
	}
	return false
}

// IsSubtaskOf tells whether an issue was a sub-task of another at a moment; work before its creation
// counts as done at it.
func (list *List) IsSubtaskOf(i *agile.Issue, parent int64, at time.Time) bool {
	if at.Before(i.Created) {
		at = i.Created
	}
	return i.Parent.At(at) == parent && list.Index.Level(i.Type.At(at)) < 0
}

// Natures returns why an impediment came, as of a moment; one that tells nothing is unknown.
func (list *List) Natures(i *agile.Issue, at time.Time) []string {
	if prefix, ok := strings.CutPrefix(list.Index.History.Team.Impediment.Nature, "label:"); ok {
		var out []string
		for _, l := range i.Labels.At(at) {
			if n, ok := strings.CutPrefix(l, prefix); ok && n != "" && !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
		return orUnknown(out)
	}
	return orUnknown(i.Options.Of(list.NatureField()).At(at))
}

func orUnknown(natures []string) []string {
	if len(natures) == 0 {
		return []string{UnknownNature}
	}
	return natures
}

// NatureField returns the id of the field that holds natures, "" without one.
func (list *List) NatureField() string {
	switch name := list.Index.History.Team.Impediment.Nature; {
	case name == "":
		if byDefault := list.Index.History.Team.Impediment.DefaultNature; list.Index.History.Fields[byDefault].Option {
			return byDefault
		}
		return ""
	case strings.EqualFold(name, "component"), strings.EqualFold(name, "components"):
		return "components"
	case list.Index.History.Fields[name].ID != "":
		return name
	default:
		found := ""
		for id, f := range list.Index.History.Fields {
			if f.Option && strings.EqualFold(f.Name, name) && (found == "" || id < found) {
				found = id
			}
		}
		return found
	}
}

// Split divides seconds into n whole shares; the first ones take the rest.
func Split(seconds int64, n int) []int64 {
	out := make([]int64, n)
	for i := range out {
		out[i] = seconds / int64(n)
		if int64(i) < seconds%int64(n) {
			out[i]++
		}
	}
	return out
}

// EverCounts tells whether work on an issue counts as that of an impediment at some time: its own, or that of an issue
// whose part it is.
func (list *List) EverCounts(i *agile.Issue) bool {
	return slices.ContainsFunc(append(index.ParentsOf(i), i.ID), func(id int64) bool {
		_, is := list.ByIssue.Get(id)
		return is
	})
}
