package measure

import (
	"cmp"
	"slices"
	"time"

	"jerem/agile"
)

// MixQuarter is where the time and the finished work of a quarter went. The rows of each kind add up to the whole, what
// names nothing of that kind stands under a nil name.
type MixQuarter struct {
	Quarter string   `json:"quarter"`
	Rows    []MixRow `json:"rows"`
}

// MixRow is what one initiative, type or nature took.
type MixRow struct {
	Kind     string   `json:"kind"` // initiative, type or nature
	Name     *string  `json:"name"`
	Estimate float64  `json:"estimate"` // of issues finished in the quarter, at their finish
	Seconds  int64    `json:"seconds"`  // logged in it
	Share    *float64 `json:"share"`    // of all seconds; nil where none are logged
}

// The kinds of a mix.
const (
	MixInitiative = "initiative"
	MixType       = "type"
	MixNature     = "nature"
)

// mixKinds is the order of the kinds in an answer.
var mixKinds = []string{MixInitiative, MixType, MixNature}

// Mix returns where the work of the last n calendar quarters went, oldest first, each as of a moment or its end, whichever
// is first; time logged counts as known at the moment.
func (t *Team) Mix(at time.Time, n int) []MixQuarter {
	quarter := t.QuarterAt(at)
	out := make([]MixQuarter, n)
	for i := n - 1; i >= 0; i-- {
		out[i] = MixQuarter{quarter.String(), t.mixOf(t.quarterSpan(quarter), at)}
		quarter = quarter.before()
	}
	return out
}

// before returns the quarter before.
func (q QuarterName) before() QuarterName {
	if q.Number == 1 {
		return QuarterName{4, q.Year - 1}
	}
	return QuarterName{q.Number - 1, q.Year}
}

// mixSums are the sums of a quarter by kind and name, "" for what names nothing.
type mixSums map[string]map[string]*MixRow

func (m mixSums) row(kind, name string) *MixRow {
	if m[kind] == nil {
		m[kind] = map[string]*MixRow{}
	}
	if m[kind][name] == nil {
		m[kind][name] = &MixRow{Kind: kind}
		if name != "" {
			m[kind][name].Name = &name
		}
	}
	return m[kind][name]
}

// mixOf sums up a quarter.
func (t *Team) mixOf(s quarterSpan, at time.Time) []MixRow {
	sums := mixSums{}
	stand := s.stands(at)
	logged := t.mixTime(sums, s, at)
	t.mixEstimates(sums, s, stand, at)
	rows := []MixRow{}
	for _, kind := range mixKinds {
		first := len(rows)
		for _, row := range sums[kind] {
			row.Estimate = tidy(row.Estimate)
			row.Share = share(float64(row.Seconds), float64(logged))
			rows = append(rows, *row)
		}
		slices.SortFunc(rows[first:], compareMix)
	}
	return rows
}

// compareMix puts what took most first, what names nothing last.
func compareMix(a, b MixRow) int {
	if (a.Name == nil) != (b.Name == nil) {
		if a.Name == nil {
			return 1
		}
		return -1
	}
	return cmp.Or(cmp.Compare(b.Seconds, a.Seconds), cmp.Compare(b.Estimate, a.Estimate), cmp.Compare(*orEmpty(a.Name), *orEmpty(b.Name)))
}

func orEmpty(name *string) *string {
	if name == nil {
		empty := ""
		return &empty
	}
	return name
}

// mixTime adds the time logged in a quarter on the team's issues and sub-tasks, and returns all of it.
func (t *Team) mixTime(sums mixSums, s quarterSpan, known time.Time) int64 {
	w := window{from: s.from, to: s.to, closed: true}
	var logged int64
	for id, logs := range t.worklogs {
		i, ok := t.issues[id]
		if !ok {
			continue
		}
		for _, l := range logs {
			at := maxTime(l.Started, i.Created)
			if !w.holds(l.Started) || l.Created.After(known) || !t.mine(i, i.Project.At(at)) {
				continue
			}
			logged += l.Seconds
			sums.row(MixInitiative, t.initiativeOf(i, at, s.stands(known))).Seconds += l.Seconds
			sums.row(MixType, t.typeName(i, at)).Seconds += l.Seconds
			t.mixNatures(i, l.Started, known, func(name string, part, parts int) {
				sums.row(MixNature, name).Seconds += split(l.Seconds, parts)[part]
			})
		}
	}
	return logged
}

// mixEstimates adds the estimates of what was finished in a quarter, as they were at the finish.
func (t *Team) mixEstimates(sums mixSums, s quarterSpan, stand, known time.Time) {
	for _, f := range (workUnit{unit: t.unit, team: t}).finishes(stand) {
		if f.at.Before(s.from) || !f.at.Before(s.to) || !f.estimate.Known {
			continue
		}
		i := t.issues[f.issue]
		sums.row(MixInitiative, t.initiativeOf(i, f.at, stand)).Estimate += f.estimate.Value
		sums.row(MixType, t.typeName(i, f.at)).Estimate += f.estimate.Value
		t.mixNatures(i, f.at, known, func(name string, _, parts int) {
			sums.row(MixNature, name).Estimate += f.estimate.Value / float64(parts)
		})
	}
}

// initiativeOf returns the initiative of the epic that an issue belonged to at a moment, as the epic named it by another
// one; "" without. The epic's own time is its initiative's.
func (t *Team) initiativeOf(i *agile.Issue, at, stand time.Time) string {
	epic := i
	if t.level(i.Type.At(at)) != 1 {
		b, _ := beatAt(t.lives[i.ID], at)
		epic = t.issues[b.epic]
		if !b.counts { // a sub-task of a team that does not estimate in time belongs to its parent's epic
			epic = t.issues[t.parentEpic(i, at)]
		}
	}
	if epic == nil {
		return ""
	}
	if name := Initiative(epic.Labels.At(stand)); name != noInitiative {
		return name
	}
	return ""
}

// parentEpic returns the epic of an issue's parent at a moment, 0 without.
func (t *Team) parentEpic(i *agile.Issue, at time.Time) int64 {
	parent, ok := t.issues[i.Parent.At(at)]
	if !ok {
		return 0
	}
	return t.epicOf(parent, parent.Parent.At(at), parent.EpicLink.At(at), at)
}

func (t *Team) typeName(i *agile.Issue, at time.Time) string {
	id := i.Type.At(at)
	return orID(t.h.Types[id].Name, id)
}

// mixNatures calls add for each nature of the impediment that work was done on, it or its parent, and once with no name
// for other work.
func (t *Team) mixNatures(i *agile.Issue, at, known time.Time, add func(name string, part, parts int)) {
	impediment := i
	own, is := t.troubleOf[i.ID]
	if !is || !own.between(at, known) {
		impediment = t.issues[i.Parent.At(maxTime(at, i.Created))]
		if impediment == nil || !t.subtaskOf(i, impediment.ID, at) || !t.troubleOf[impediment.ID].between(at, known) {
			add("", 0, 1)
			return
		}
	}
	names := t.natures(impediment, known)
	for part, name := range names {
		add(name, part, len(names))
	}
}
