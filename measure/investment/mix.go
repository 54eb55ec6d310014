package investment

import (
	"cmp"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/grade"
	"jerem/measure/internal/amount"
	"jerem/measure/internal/impediment"
	"jerem/measure/internal/index"
	"jerem/measure/internal/naming"
	"jerem/measure/internal/roadmap"
	"jerem/sorting"
)

// Quarter is where the time and the finished work of a quarter went. The rows of each kind add up to the whole, what
// names nothing of that kind stands under a nil name.
type Quarter struct {
	Quarter string        `json:"quarter"`
	Rows    []Row         `json:"rows"`
	Quality grade.Quality `json:"quality"` // of the mix as a whole

	Reasons grade.Reasons `json:"-"` // what is to be said against its sums
}

// Row is what one initiative, type or nature took.
type Row struct {
	Kind     string   `json:"kind"` // initiative, type or nature
	Name     *string  `json:"name"`
	Estimate float64  `json:"estimate"` // of issues finished in the quarter, at their finish
	Seconds  int64    `json:"seconds"`  // logged in it
	Share    *float64 `json:"share"`    // of all seconds; nil where none are logged
}

// The kinds of a mix.
const (
	ByInitiative = "initiative"
	ByType       = "type"
	ByNature     = "nature"
)

// mixKinds is the order of the kinds in an answer.
var mixKinds = []string{ByInitiative, ByType, ByNature}

// Of returns where the work of the last n calendar quarters went, oldest first, each as of a moment or its end,
// whichever is first; time logged counts as known at the moment.
func Of(t *measure.Team, at time.Time, n int) []Quarter {
	quarter := t.Roadmap.QuarterAt(at)
	out := make([]Quarter, n)
	for i := n - 1; i >= 0; i-- {
		span := t.Roadmap.Span(quarter)
		out[i] = Quarter{Quarter: quarter.String(), Rows: mixOfQuarter(t, span, at)}
		out[i].Reasons = reasonsAgainst(t, span, at)
		out[i].Quality = out[i].Reasons.Whole()
		quarter = quarter.Before()
	}
	return out
}

// mixSums are the sums of a quarter by kind and name, "" for what names nothing.
type mixSums map[string]map[string]*Row

func (m mixSums) rowOf(kind, name string) *Row {
	if m[kind] == nil {
		m[kind] = map[string]*Row{}
	}
	if m[kind][name] == nil {
		m[kind][name] = &Row{Kind: kind}
		if name != "" {
			m[kind][name].Name = &name
		}
	}
	return m[kind][name]
}

// mixOfQuarter sums up a quarter.
func mixOfQuarter(t *measure.Team, s roadmap.QuarterSpan, at time.Time) []Row {
	sums := mixSums{}
	asOf := s.AsOf(at)
	logged := addMixTime(t, sums, s, at)
	addMixEstimates(t, sums, s, asOf, at)
	rows := []Row{}
	for _, kind := range mixKinds {
		first := len(rows)
		for _, row := range sums[kind] {
			row.Estimate = amount.Tidy(row.Estimate)
			row.Share = amount.Share(float64(row.Seconds), float64(logged))
			rows = append(rows, *row)
		}
		sorting.By(rows[first:], compareMix)
	}
	return rows
}

// compareMix puts what took most first, what names nothing last.
func compareMix(a, b Row) int {
	if (a.Name == nil) != (b.Name == nil) {
		if a.Name == nil {
			return 1
		}
		return -1
	}
	return cmp.Or(cmp.Compare(b.Seconds, a.Seconds), cmp.Compare(b.Estimate, a.Estimate),
		cmp.Compare(*orEmpty(a.Name), *orEmpty(b.Name)))
}

func orEmpty(name *string) *string {
	if name == nil {
		empty := ""
		return &empty
	}
	return name
}

// windowOfQuarter is the time of a quarter of which a mix tells as of a moment: what is logged for a later one is work
// of later.
func windowOfQuarter(s roadmap.QuarterSpan, at time.Time) impediment.Window {
	if at.Before(s.To) {
		return impediment.Window{From: s.From, To: at}
	}
	return impediment.Window{From: s.From, To: s.To, Closed: true}
}

// addMixTime adds the time logged in a quarter on the team's issues and sub-tasks, and returns all of it.
func addMixTime(t *measure.Team, sums mixSums, s roadmap.QuarterSpan, known time.Time) int64 {
	w := windowOfQuarter(s, known)
	var logged int64
	index.EachOwnWorklog(t.Index, known, func(i *agile.Issue, l agile.Worklog) {
		if !w.Holds(l.Started) {
			return
		}
		at := calendar.LaterOf(l.Started, i.Created)
		logged += l.Seconds
		sums.rowOf(ByInitiative, initiativeAt(t.Index, i, at, s.AsOf(known))).Seconds += l.Seconds
		sums.rowOf(ByType, typeNameAt(t.Index, i, at)).Seconds += l.Seconds
		eachNature(t.Impediments, i, l.Started, known, func(name string, part, parts int) {
			sums.rowOf(ByNature, name).Seconds += impediment.Split(l.Seconds, parts)[part]
		})
	})
	return logged
}

// addMixEstimates adds the estimates of what was finished in a quarter, as they were at the finish.
func addMixEstimates(t *measure.Team, sums mixSums, s roadmap.QuarterSpan, asOf, known time.Time) {
	for _, f := range finishedIn(t, s, asOf) {
		if !f.Estimate.Known {
			continue
		}
		i := t.Index.Issues.Of(f.Issue)
		sums.rowOf(ByInitiative, initiativeAt(t.Index, i, f.At, asOf)).Estimate += f.Estimate.Value
		sums.rowOf(ByType, typeNameAt(t.Index, i, f.At)).Estimate += f.Estimate.Value
		eachNature(t.Impediments, i, f.At, known, func(name string, part, parts int) {
			sums.rowOf(ByNature, name).Estimate += amount.Split(f.Estimate.Value, parts)[part]
		})
	}
}

// initiativeAt returns the initiative of the epic that an issue belonged to at a moment, as the epic named it by
// another one; "" without.
func initiativeAt(x *index.Index, i *agile.Issue, at, asOf time.Time) string {
	epic := epicAt(x, i, at)
	if epic == nil {
		return ""
	}
	if name := roadmap.Initiative(x.History.Team.Initiative, epic.Labels.At(asOf)); name != roadmap.NoInitiative {
		return name
	}
	return ""
}

// epicAt returns the epic that an issue belonged to at a moment, an epic itself; nil without one that is read.
func epicAt(x *index.Index, i *agile.Issue, at time.Time) *agile.Issue {
	if x.Level(i.Type.At(at)) == 1 {
		return i
	}
	b, _ := x.Histories.Of(i.ID).At(at)
	if !b.Counts() { // a sub-task of a team that does not estimate in time belongs to its parent's epic
		return x.Issues.Of(epicOfParent(x, i, at))
	}
	return x.Issues.Of(b.Epic)
}

// epicOfParent returns the epic of an issue's parent at a moment, 0 without.
func epicOfParent(x *index.Index, i *agile.Issue, at time.Time) int64 {
	parent, ok := x.Issues.Get(i.Parent.At(at))
	if !ok {
		return 0
	}
	return x.EpicOf(parent, parent.Parent.At(at), parent.EpicLink.At(at), at)
}

func typeNameAt(x *index.Index, i *agile.Issue, at time.Time) string {
	id := i.Type.At(at)
	return naming.NameOrID(x.History.Types[id].Name, id)
}

// eachNature calls add for each nature of the impediment that work was done on, it or its parent, and once with no name
// for other work.
func eachNature(list *impediment.List, i *agile.Issue, at, known time.Time, add func(name string, part, parts int)) {
	impediment := i
	own, is := list.ByIssue.Get(i.ID)
	if !is || !own.Between(at, known) {
		impediment = list.Index.Issues.Of(i.Parent.At(calendar.LaterOf(at, i.Created)))
		if impediment == nil || !list.IsSubtaskOf(i, impediment.ID, at) ||
			!list.ByIssue.Of(impediment.ID).Between(at, known) {
			add("", 0, 1)
			return
		}
	}
	names := list.Natures(impediment, known)
	for part, name := range names {
		add(name, part, len(names))
	}
}
