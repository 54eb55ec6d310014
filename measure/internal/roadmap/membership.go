package roadmap

import (
	"maps"
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/internal/index"
	"jerem/measure/internal/moments"
)

// Roadmap is the epics of a team and the quarters that they belong to.
type Roadmap struct {
	Index *index.Index
	Epics []int64 // issues that ever were epics and ever carried the mark of a quarter

	// marks are the names of versions, or the quarters of due dates, of those that have any; labels are marks as they
	// are.
	marks    map[int64]agile.Timeline[[]string]
	meanings map[string]markMeaning // of every mark that any epic ever carried
}

// markMeaning is what a mark of an epic says of quarters: a label, the name of a version, or the quarter of a due date.
type markMeaning struct {
	quarterly bool // it has the form that the team configured
	named     bool // and it names a quarter
	quarter   QuarterName
}

// New finds the epics and quarters of the whole past.
func New(x *index.Index) *Roadmap {
	r := &Roadmap{Index: x, marks: map[int64]agile.Timeline[[]string]{}, meanings: map[string]markMeaning{}}
	for _, i := range x.History.Issues {
		if addEpic(r, i) {
			r.Epics = append(r.Epics, i.ID)
		}
	}
	return r
}

// Updated returns the roadmap of an index that differs from r's in some issues: see index.Index.Updated.
func (r *Roadmap) Updated(x *index.Index, changed []int64) *Roadmap {
	y := &Roadmap{Index: x, Epics: slices.Clone(r.Epics), marks: maps.Clone(r.marks), meanings: maps.Clone(r.meanings)}
	for _, id := range changed {
		i := x.Issues[id]
		delete(y.marks, id)
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
	if !slices.ContainsFunc(i.Type, func(s agile.Step[string]) bool { return r.Index.Level(s.Value) == 1 }) {
		return false
	}
	switch r.Index.History.Team.Quarter.By {
	case agile.ByFixVersion:
		r.marks[i.ID] = marksBy(i.FixVersions, func(ids []string) []string { return versionNames(r, ids) })
	case agile.ByDueDate:
		r.marks[i.ID] = marksBy(i.Due, func(due calendar.Date) []string { return nameOfDueQuarter(r, due) })
	}
	return addMeanings(r, r.MarksOf(i))
}

// marksBy makes marks of the values of a timeline.
func marksBy[T any](tl agile.Timeline[T], marks func(T) []string) agile.Timeline[[]string] {
	out := make(agile.Timeline[[]string], 0, len(tl))
	for _, s := range tl {
		out = append(out, agile.Step[[]string]{From: s.From, Order: s.Order, Value: marks(s.Value)})
	}
	return out
}

// versionNames returns the present names of versions: Jira tells none that they had before.
func versionNames(r *Roadmap, ids []string) (names []string) {
	for _, id := range ids {
		names = append(names, r.Index.History.Versions[id])
	}
	return names
}

// QuarterOfDue returns the quarter in which an epic is due. It is false without a day, and for one of another century:
// the name of its quarter would be that of one of this century.
func QuarterOfDue(rule agile.QuarterRule, due calendar.Date) (q QuarterName, ok bool) {
	q = QuarterOfDay(rule, due)
	return q, q.Year/100 == 20
}

// nameOfDueQuarter returns the name of the quarter in which an epic is due.
func nameOfDueQuarter(r *Roadmap, due calendar.Date) []string {
	q, ok := QuarterOfDue(r.Index.History.Team.Quarter, due)
	if !ok {
		return nil
	}
	r.meanings[q.String()] = markMeaning{quarterly: true, named: true, quarter: q}
	return []string{q.String()}
}

// MarksOf returns what tells the quarters of an epic: each label, each name of a version, or the quarter of its due
// date. Marks that have not the form of a quarter's are among them.
func (r *Roadmap) MarksOf(i *agile.Issue) agile.Timeline[[]string] {
	if r.Index.History.Team.Quarter.Field() == agile.FieldLabels {
		return i.Labels
	}
	return r.marks[i.ID]
}

// PlaceMoments lists the moments up to one, from its creation on, at which the quarters of an epic may change.
func (r *Roadmap) PlaceMoments(i *agile.Issue, to time.Time) []time.Time {
	times := map[time.Time]bool{}
	put := func(at time.Time) {
		if !at.After(to) {
			times[at.UTC()] = true
		}
	}
	moments.EachChange(r.MarksOf(i), put)
	moments.EachChange(i.Project, put)
	moments.EachChange(i.Type, put)
	return moments.SortedTimes(times)
}

// addMeanings enters marks into the index of their meanings and tells whether any has the form of a quarter's.
func addMeanings(r *Roadmap, marks agile.Timeline[[]string]) bool {
	quarterly := false
	for _, s := range marks {
		for _, mark := range s.Value {
			m, known := r.meanings[mark]
			if form := r.Index.History.Team.Quarter.Label; !known && form != nil {
				m.quarterly = form.MatchString(mark)
				m.quarter, m.named = quarterBy(form, mark)
				r.meanings[mark] = m
			}
			quarterly = quarterly || m.quarterly
		}
	}
	return quarterly
}

// MarksAt returns the marks of an epic at a moment that have the form that the team configured for quarters, whether or
// not they name one, in the order in which the epic carries them.
func (r *Roadmap) MarksAt(i *agile.Issue, at time.Time) (marks []string) {
	for _, mark := range r.MarksOf(i).At(at) {
		if r.meanings[mark].quarterly {
			marks = append(marks, mark)
		}
	}
	return marks
}

// QuarterOfMark returns the quarter that a mark names, false for none.
func (r *Roadmap) QuarterOfMark(mark string) (QuarterName, bool) {
	meaning := r.meanings[mark]
	return meaning.quarter, meaning.named
}

// QuartersOf returns the quarters that an issue belongs to as an epic of the team at a moment, in order;
// before its creation it has no type, and is none.
func (r *Roadmap) QuartersOf(i *agile.Issue, at time.Time) []QuarterName {
	if !r.Index.InScope(i, at) {
		return nil
	}
	return r.quartersMarked(i, at)
}

// LeftOut counts the epics of the team's project that carry the mark of a quarter at a moment and are not the team's.
func LeftOut(r *Roadmap, q QuarterName, at time.Time) (n int) {
	for _, id := range r.Epics {
		i := r.Index.Issues[id]
		if i.Project.At(at) == r.Index.History.ProjectID && !r.Index.InScope(i, at) &&
			slices.Contains(r.quartersMarked(i, at), q) {
			n++
		}
	}
	return n
}

// quartersMarked returns the quarters whose marks an epic carries at a moment, in order.
func (r *Roadmap) quartersMarked(i *agile.Issue, at time.Time) []QuarterName {
	if r.Index.Level(i.Type.At(at)) != 1 {
		return nil
	}
	var out []QuarterName
	for _, mark := range r.MarksOf(i).At(at) {
		if quarter, named := r.QuarterOfMark(mark); named && !slices.Contains(out, quarter) {
			out = append(out, quarter)
		}
	}
	slices.SortFunc(out, QuarterName.Compare)
	return out
}

// wasEverIn tells whether an epic ever carried a mark of a quarter.
func wasEverIn(r *Roadmap, i *agile.Issue, q QuarterName) bool {
	return slices.ContainsFunc(r.MarksOf(i), func(s agile.Step[[]string]) bool {
		return slices.ContainsFunc(s.Value, func(mark string) bool {
			quarter, named := r.QuarterOfMark(mark)
			return named && quarter == q
		})
	})
}
