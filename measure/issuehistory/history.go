package issuehistory

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/internal/index"
	"jerem/measure/internal/naming"
	"jerem/measure/internal/workstate"
)

// Held is a value and since when it holds.
type Held[T any] struct {
	From  time.Time `json:"from"`
	Value T         `json:"value"`
}

// History is what every figure was made from: the timelines of an issue as of a moment, in the
// words of the team.
type History struct {
	Key      string                  `json:"key"` // the present one
	ID       int64                   `json:"id"`
	At       time.Time               `json:"at"`
	Unit     agile.Unit              `json:"unit"`
	Keys     []Held[string]          `json:"keys"`
	Project  []Held[string]          `json:"project"` // key, its id where that is not known
	Summary  []Held[string]          `json:"summary"`
	Type     []Held[string]          `json:"type"`
	Status   []Held[string]          `json:"status"`
	State    []Held[workstate.State] `json:"state"`
	Estimate []Held[*float64]        `json:"estimate"` // nil while unestimated
	Sprints  []Held[[]int64]         `json:"sprints"`
	Epic     []Held[*string]         `json:"epic"` // key, nil without
	Labels   []Held[[]string]        `json:"labels"`
	// Quarters are those that it belongs to as an epic of a team whose epics tell them by versions or due dates; nil
	// where labels tell them.
	Quarters []Held[[]string] `json:"quarters,omitempty"`
	Flag     []Held[bool]     `json:"flag"` // nil where no field is known to hold it
	Worklogs []LoggedTime     `json:"worklogs"`
	Broken   int              `json:"broken"` // joints of the history that do not fit
}

// LoggedTime is time logged on an issue.
type LoggedTime struct {
	Started time.Time `json:"started"`
	Created time.Time `json:"created"`
	Seconds int64     `json:"seconds"`
}

// Of returns the history of an issue as of a moment, found by any key it ever had or by its id; false where the
// team's history holds no such issue, or not yet.
func Of(t *measure.Team, key string, at time.Time) (*History, bool) {
	l, ok := FieldsOf(t, key, at)
	if !ok {
		return nil, false
	}
	i := t.Index.Issues.Of(l.ID)
	addDerived(t, l, i, at)
	addQuarters(t, l, i, at)
	for _, w := range t.Index.Worklogs.Of(i.ID) {
		if !w.Created.After(at) {
			l.Worklogs = append(l.Worklogs, LoggedTime{w.Started.UTC(), w.Created.UTC(), w.Seconds})
		}
	}
	return l, true
}

// StateOf returns the state of an issue at a moment: the last of those that [Of] tells; false where that tells none.
func StateOf(t *measure.Team, key string, at time.Time) (workstate.State, bool) {
	i, ok := t.Lookup(key)
	if !ok || i.Created.After(at) {
		return "", false
	}
	b, ok := t.Index.Histories.Of(i.ID).At(at)
	return b.State(), ok
}

// SummaryOf returns the title of an issue as of a moment, the last one that [Of] tells; "" where that tells none.
func SummaryOf(t *measure.Team, key string, at time.Time) string {
	i, ok := t.Lookup(key)
	if !ok || i.Created.After(at) {
		return ""
	}
	return i.Summary.At(at)
}

// FieldsOf is [Of] without what takes most of its time: what follows from the fields, as the states do, and the time
// logged. A page that lists hundreds of issues tells no more of them than titles and changes, and asks [SummaryOf]
// where it tells no change.
func FieldsOf(t *measure.Team, key string, at time.Time) (*History, bool) {
	i, ok := t.Lookup(key)
	if !ok || i.Created.After(at) {
		return nil, false
	}
	l := &History{Key: i.Key.Last(), ID: i.ID, At: at.UTC(), Unit: t.Index.Unit, Broken: i.Broken.Total(),
		Worklogs: []LoggedTime{}}
	same := func(s string) string { return s }
	l.Keys, l.Project = timelineUpTo(i.Key, at, same), projectsUpTo(i, at)
	l.Summary = timelineUpTo(i.Summary, at, same)
	l.Type = timelineUpTo(i.Type, at, func(id string) string {
		return naming.NameOrID(t.Index.History.Types[id].Name,
			id)
	})
	l.Status = timelineUpTo(i.Status, at,
		func(id string) string { return naming.NameOrID(t.Index.History.Statuses[id].Name, id) })
	if t.Index.Unit != agile.Issues {
		l.Estimate = timelineUpTo(i.Numbers.Of(t.Index.History.Board.Estimate), at, agile.Number.OrNil)
	}
	if len(l.Estimate) == 0 {
		l.Estimate = []Held[*float64]{{From: i.Created.UTC()}}
	}
	l.Labels = timelineUpTo(i.Labels, at, notNil)
	if len(i.Flagged) > 0 {
		l.Flag = timelineUpTo(i.Flagged, at, func(f bool) bool { return f })
	}
	return l, true
}

// addDerived fills in the timelines that follow from several fields: the state, the epic, and the sprints, which are
// its parent's for a sub-task.
func addDerived(t *measure.Team, l *History, i *agile.Issue, at time.Time) {
	for _, m := range t.Index.Checkpoints(i) {
		if m.At.After(at) {
			break
		}
		there := t.Index.IssueAt(i, m)
		appendStep(&l.Sprints, m.At, notNil(there.Sprints()), slices.Equal[[]int64])
		appendStep(&l.State, m.At, there.Snapshot().State(), func(a, b workstate.State) bool { return a == b })
		appendStep(&l.Epic, m.At, epicKeyAt(t, i, m), func(a, b *string) bool {
			return a == nil && b == nil || a != nil && b != nil && *a == *b
		})
	}
}

// projectsUpTo tells in which projects an issue stood: by the key that it had in each, by its id where it has kept its
// key in another one.
func projectsUpTo(i *agile.Issue, at time.Time) []Held[string] {
	out := []Held[string]{}
	for _, s := range i.Project {
		if s.From.After(at) {
			break
		}
		name := s.Value
		if key, known := index.ProjectKey(i, s.From.Time()); known {
			name = key
		}
		appendStep(&out, s.From.Time(), name, func(a, b string) bool { return a == b })
	}
	return out
}

// addQuarters fills in the quarters of an epic, where more than its labels tells them.
func addQuarters(t *measure.Team, l *History, i *agile.Issue, at time.Time) {
	if t.Index.History.Team.Quarter.Field() == agile.FieldLabels || !slices.Contains(t.Roadmap.Epics, i.ID) {
		return
	}
	for _, moment := range t.Roadmap.PlaceMoments(i, at) {
		names := []string{}
		for _, q := range t.Roadmap.QuartersOf(i, moment) {
			names = append(names, q.String())
		}
		appendStep(&l.Quarters, moment, names, slices.Equal[[]string])
	}
}

// epicKeyAt returns the key of an issue's epic at a checkpoint: the present one or, where the epic is not read,
// as the issue's history or its link to the epic tells it; nil without an epic.
func epicKeyAt(t *measure.Team, i *agile.Issue, m index.Checkpoint) *string {
	there := t.Index.IssueAt(i, m)
	id := there.Epic()
	if id == 0 {
		owner := i
		if parent := there.Parent(); parent != nil {
			owner = parent
		}
		if link := owner.EpicLink.AtOrder(m.At, m.Order); link != "" {
			return &link
		}
		return nil
	}
	key := t.Index.Key(id)
	if told, ok := i.Relatives.Of(id); ok && t.Index.Issues.Of(id) == nil {
		key = told
	}
	return &key
}

// timelineUpTo rewrites a timeline up to a moment; of several changes at one moment the last one counts.
func timelineUpTo[T, U any](tl agile.Timeline[T], at time.Time, write func(T) U) []Held[U] {
	out := make([]Held[U], 0, len(tl))
	for _, s := range tl {
		if s.From.After(at) {
			break
		}
		appendStep(&out, s.From.Time(), write(s.Value), nil)
	}
	return out
}

// appendStep appends a value, taking the place of one at the same moment and leaving out one that equals
// the value before it.
func appendStep[T any](list *[]Held[T], at time.Time, value T, equal func(a, b T) bool) {
	if n := len(*list); n > 0 && (*list)[n-1].From.Equal(at) {
		*list = (*list)[:n-1]
	}
	if n := len(*list); equal != nil && n > 0 && equal((*list)[n-1].Value, value) {
		return
	}
	*list = append(*list, Held[T]{at.UTC(), value})
}

func notNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return slices.Clone(list)
}
