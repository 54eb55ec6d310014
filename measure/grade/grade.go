package grade

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/measure/words"
)

// Grade says how far a figure can be trusted.
type Grade string

// The grades of a figure.
const (
	Whole   Grade = "complete" // nothing is missing
	Partial Grade = "partial"  // something is missing, the figure still tells
	Limited Grade = "limited"  // it was not read, or more than half of what it rests on is missing
)

// Quality is the grade of a figure with its reasons.
type Quality struct {
	Grade   Grade    `json:"grade"`
	Reasons []string `json:"reasons"`
}

// Basis is a set of what figures rest on.
type Basis uint32

// What figures rest on.
const (
	OnWork        Basis = 1 << iota // which issues there are, where they belong and how far they are
	OnEstimates                     // estimates
	OnMarks                         // labels, types and natures: what is an impediment, what depends on others
	OnTime                          // time logged
	OnDates                         // the dates of the sprint
	OnPast                          // which were the last closed sprints
	OnPace                          // what the last closed sprints completed
	OnQuarters                      // what puts epics into quarters
	OnColumns                       // in which column of the board work stands, and where it waits
	OnLogged                        // all time logged, on impediments or not
	OnBudget                        // what impediments may take of a sprint, and what counts in it
	OnCapacity                      // the working time of the team in a day
	OnInitiatives                   // what puts epics into initiatives
	OnUntouched                     // after how many days work that nobody touches needs a look
	OnSums                          // that each issue has an estimate: one without counts 0 in a sum
	OnSpent                         // that each impediment has time logged: one without counts 0 in a sum
	OnPlan                          // the planned dates of the sprint
	OnCallouts                      // call-outs
	OnWeeks                         // the weeks of the quarter
	OnDependency                    // the labels of what depends on others
	// OnAll is what figures of any kind may rest on; OnQuarters those of quarters alone, OnColumns those of flow.
	OnAll = OnWork | OnEstimates | OnMarks | OnTime | OnLogged | OnDates | OnPast | OnPace | OnCallouts

	// onCore is what an answer as a whole misleads without; where something else is missing it still tells.
	onCore = OnWork | OnEstimates | OnSums | OnDates | OnPlan | OnQuarters
)

// Reason is why figures that rest on something are not to be trusted wholly.
type Reason struct {
	On    Basis
	Grade Grade // of a figure that rests on it
	Text  string
}

// Reasons are all that is to be said against the figures of an answer.
type Reasons []Reason

// Add adds a reason.
func (r *Reasons) Add(on Basis, g Grade, format string, args ...any) {
	*r = append(*r, Reason{on, g, fmt.Sprintf(format, args...)})
}

// AddSome adds a reason where there are any of a thing; the format takes their count.
func (r *Reasons) AddSome(on Basis, n int, thing, format string) {
	if n > 0 {
		r.Add(on, Partial, format, words.Count(n, thing))
	}
}

// AddLacking adds a reason where some of a number of things lack something: more than half of them mislead.
func (r *Reasons) AddLacking(on Basis, n, of int, format string, args ...any) {
	g := Partial
	if 2*n > of {
		g = Limited
	}
	if n > 0 {
		r.Add(on, g, format, args...)
	}
}

// AddUnknownStatuses adds a reason where some of a number of issues were in statuses of no known category, by name.
func (r *Reasons) AddUnknownStatuses(on Basis, names map[string]bool, n, of int, suffix string) {
	if n == 0 {
		return
	}
	kinds := fmt.Sprintf("%d statuses", len(names))
	if len(names) == 1 {
		kinds = "1 status"
	}
	r.AddLacking(on, n, of, "%s of unknown category in the past of %s%s: %s", kinds, words.Count(n, "issue"),
		suffix, strings.Join(slices.Sorted(maps.Keys(names)), ", "))
}

// On grades a figure by what it rests on.
func (r Reasons) On(on Basis) Quality {
	q := Quality{Grade: Whole, Reasons: []string{}}
	for _, one := range r {
		if one.On&on != 0 {
			q.AddReason(one.Grade, one.Text)
		}
	}
	return q
}

// Without leaves out the reasons of figures that rest on something alone.
func (r Reasons) Without(on Basis) (rest Reasons) {
	for _, one := range r {
		if one.On&^on != 0 {
			rest = append(rest, one)
		}
	}
	return rest
}

// Whole grades an answer with all its figures.
func (r Reasons) Whole() Quality {
	q := Quality{Grade: Whole, Reasons: []string{}}
	for _, one := range r {
		if one.On&onCore == 0 {
			one.Grade = Partial
		}
		q.AddReason(one.Grade, one.Text)
	}
	return q
}

// AddReason adds a reason, which is told once, and worsens the grade.
func (q *Quality) AddReason(g Grade, text string) {
	if !slices.Contains(q.Reasons, text) {
		q.Reasons = append(q.Reasons, text)
	}
	if q.Grade != Limited {
		q.Grade = g
	}
}

// AddReading adds what is to be said of the reading that the figures at a moment rest on.
func (r *Reasons) AddReading(h *agile.History, at time.Time) {
	switch until := h.Until; {
	case until.IsZero():
		r.Add(OnAll, Limited, "the history is not read yet")
	case at.After(until):
		r.Add(OnAll, Partial, "the history is read until %s only", until.UTC().Format("2006-01-02 15:04 UTC"))
	}
}

// Join adds the reasons of a team.
func (q *Quality) Join(team string, other Quality) {
	for _, reason := range other.Reasons {
		q.Reasons = append(q.Reasons, team+": "+reason)
	}
	if q.Grade == Whole || other.Grade == Limited {
		q.Grade = other.Grade
	}
}

// NoVelocity is the reason of a quarter before which no sprint was closed.
const NoVelocity = "no closed sprint tells a velocity"

// NoEpic is the reason of a quarter without an epic.
func NoEpic(quarter string) string { return "no epic of the team belongs to " + quarter }
