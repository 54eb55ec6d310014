package roadmap

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/internal/index"
	"jerem/measure/internal/moments"
)

// Roadmap is the epics of a team and the quarters that they belong to.
type Roadmap struct {
	Index *index.Index
	Epics []int64 // issues that ever were epics and ever carried the mark of a quarter
	Marks Marks
}

// New finds the epics and quarters of the whole past.
func New(x *index.Index) *Roadmap {
	r := &Roadmap{Index: x, Marks: newMarks(x.History)}
	for _, i := range x.History.Issues {
		if addEpic(r, i) {
			r.Epics = append(r.Epics, i.ID)
		}
	}
	return r
}

// Updated returns the roadmap of an index that differs from r's in some issues: see index.Index.Updated.
func (r *Roadmap) Updated(x *index.Index, changed []int64) *Roadmap {
	y := &Roadmap{Index: x, Epics: slices.Clone(r.Epics), Marks: r.Marks.withoutIssues(changed, x.History)}
	for _, id := range changed {
		i := x.Issues.Of(id)
		is := i != nil && addEpic(y, i)
		n, was := slices.BinarySearch(y.Epics, id)
		switch {
		case is && !was:
			y.Epics = slices.Insert(y.Epics, n, id)
		case was && !is:
			y.Epics = slices.Delete(y.Epics, n, n+1)
		}
	}
	return y
}

// addEpic enters what tells the quarters of an issue that ever was an epic, and tells whether it ever carried the mark
// of one.
func addEpic(r *Roadmap, i *agile.Issue) bool {
	return slices.ContainsFunc(i.Type, func(s agile.Step[string]) bool { return r.Index.Level(s.Value) == 1 }) &&
		r.Marks.enterEpic(i)
}

// PlaceMoments lists the moments up to one, from its creation on, at which the quarters of an epic may change.
func (r *Roadmap) PlaceMoments(i *agile.Issue, to time.Time) []time.Time {
	times := map[time.Time]bool{}
	put := func(at time.Time) {
		if !at.After(to) {
			times[at.UTC()] = true
		}
	}
	moments.EachChange(r.Marks.Of(i), put)
	index.EachScopeChange(r.Index, i, put)
	moments.EachChange(i.Type, put)
	return moments.SortedTimes(times)
}

// QuartersOf returns the quarters that an issue belongs to as an epic of the team at a moment, in order;
// before its creation it has no type, and is none.
func (r *Roadmap) QuartersOf(i *agile.Issue, at time.Time) []QuarterName {
	if !r.Index.InScope(i, at) {
		return nil
	}
	return quartersMarked(r, i, at)
}

// LeftOut counts the epics of the team's project that carry the mark of a quarter at a moment and are not the team's.
func LeftOut(r *Roadmap, q QuarterName, at time.Time) (n int) {
	for _, id := range r.Epics {
		i := r.Index.Issues.Of(id)
		if i.Project.At(at) == r.Index.History.ProjectID && !r.Index.InScope(i, at) &&
			slices.Contains(quartersMarked(r, i, at), q) {
			n++
		}
	}
	return n
}

// quartersMarked returns the quarters whose marks an issue carries at a moment, in order; none while it is no epic.
func quartersMarked(r *Roadmap, i *agile.Issue, at time.Time) []QuarterName {
	if r.Index.Level(i.Type.At(at)) != 1 {
		return nil
	}
	return r.Marks.quartersAt(i, at)
}
