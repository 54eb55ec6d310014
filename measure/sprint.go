package measure

import (
	"fmt"
	"math"
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/grade"
	"jerem/measure/internal/impediment"
	"jerem/measure/internal/index"
	"jerem/measure/internal/workstate"
	"jerem/measure/unexpected"
	"jerem/measure/words"
	"jerem/sorting"
)

// SprintHead is a sprint as a list shows it, as of a moment.
type SprintHead struct {
	ID       int64             `json:"id"`
	Name     string            `json:"name"`
	State    agile.SprintState `json:"state"`
	Start    *time.Time        `json:"start"` // the planned one before the start
	End      *time.Time        `json:"end"`   // the planned end
	Complete *time.Time        `json:"complete"`
}

// Sprint holds the figures of a sprint as of a moment, estimates in the team's unit. What cannot
// be known is nil, never 0.
type Sprint struct {
	SprintHead
	Goal        string      `json:"goal"`
	At          time.Time   `json:"at"`
	Unit        agile.Unit  `json:"unit"`
	WorkingDays WorkingDays `json:"working_days"`

	Ledger *Ledger `json:"ledger"` // nil for a sprint that never started

	// Completed is Σ estimate over the issues in the sprint that are done at its end and went into
	// done during it, as members; what is done otherwise was completed outside.
	Completed        *float64 `json:"completed"`
	CompletedOutside *float64 `json:"completed_outside"`
	// Scope is Completed + Σ estimate of what is in the sprint and not done.
	Scope *float64 `json:"scope"`
	// Kept is Σ estimate at the start over the issues of the commitment that are completed.
	Kept       *float64   `json:"kept"`
	Completion Completion `json:"completion"`

	// Reconciliation leads from the ledger's Completed to Completed and to what is done; nil where the ledger is.
	Reconciliation []ReconciliationRow `json:"reconciliation"`

	ToDo  Work `json:"todo"`
	Doing Work `json:"doing"`
	Done  Work `json:"done"`

	Unestimated *int         `json:"unestimated"` // issues; nil where issues are counted
	Dependency  int          `json:"dependency"`  // issues that carry the label
	Impediments *Impediments `json:"impediments"`

	// OnCall are the call-outs of the sprint, Unexpected what these and the impediments come to, each once; both nil
	// where nobody is on call for the team.
	OnCall     *unexpected.Figures `json:"oncall,omitempty"`
	Unexpected *Unexpected         `json:"unexpected,omitempty"`

	Quality grade.Quality `json:"quality"`
	Reasons grade.Reasons `json:"-"` // of the grade; see [Sprint.QualityOf]
	doubts  shortcomings
	isEmpty bool // nothing stands in it, and its ledger has no entry

	ledgerStart       time.Time // the start, moved by the planning grace
	elapsedUntil      time.Time // to which the working days that elapsed are counted
	completionAssumed bool      // Jira does not tell when it was closed: its planned end stands for it

	Issues []SprintIssue `json:"issues"` // what is in the sprint, by key
}

// WorkingDays says which day of how many it is.
type WorkingDays struct {
	Total   *int `json:"total"`
	Elapsed *int `json:"elapsed"`
}

// Completion holds shares between 0 and 1 (or more), nil on a zero base.
type Completion struct {
	OfCommitment *float64 `json:"of_commitment"` // completed / commitment
	OfScope      *float64 `json:"of_scope"`      // completed / scope
	Kept         *float64 `json:"kept"`          // kept / commitment, also called say/do
	Unplanned    *float64 `json:"unplanned"`     // completed that was not committed / completed
}

// Work is an amount of work.
type Work struct {
	Estimate float64 `json:"estimate"`
	Issues   int     `json:"issues"`
}

func (w *Work) addEstimate(points float64) { w.Estimate, w.Issues = w.Estimate+points, w.Issues+1 }

// SprintIssue is an issue that is in a sprint.
type SprintIssue struct {
	Key      string          `json:"key"`
	Summary  string          `json:"summary"`
	State    workstate.State `json:"state"`
	Estimate *float64        `json:"estimate"` // nil while it has none of its own

	Unestimated bool `json:"unestimated"` // has no estimate, nor a sub-task that has one
	Committed   bool `json:"committed"`
	Completed   bool `json:"completed"` // during the sprint, as a member
	Dependency  bool `json:"-"`         // carries the label of a dependency
}

// Sprints lists the team's sprints as of a moment, oldest first: by start, those without one last.
func (t *Team) Sprints(at time.Time) []SprintHead { return slices.Clone(headsOf(t, at)) }

// headsKey names the sprints of a team, which are the same throughout a step.
type headsKey struct{}

// headsOf is [Team.Sprints] as it is kept: nobody changes it. Each of several figures of a page looks at all sprints of
// the team.
func headsOf(t *Team, at time.Time) []SprintHead {
	return index.InStep(t.Index, at, headsKey{}, func() []SprintHead { return listHeads(t, at) })
}

func listHeads(t *Team, at time.Time) []SprintHead {
	heads := make([]SprintHead, 0, len(t.Index.History.Sprints))
	for _, s := range t.Index.History.Sprints {
		heads = append(heads, headOf(s.ID, s.At(at), at))
	}
	sorting.By(heads, func(a, b SprintHead) int {
		switch {
		case a.Start == nil && b.Start == nil:
			return int(a.ID - b.ID)
		case a.Start == nil:
			return 1
		case b.Start == nil:
			return -1
		}
		if c := a.Start.Compare(*b.Start); c != 0 {
			return c
		}
		return int(a.ID - b.ID)
	})
	return heads
}

func headOf(id int64, v agile.SprintVersion, at time.Time) SprintHead {
	h := SprintHead{ID: id, Name: v.Name, State: v.StateAt(at), Start: momentOrNil(v.Start), End: momentOrNil(v.End)}
	if h.State == agile.Closed {
		h.Complete = momentOrNil(v.Completed())
	}
	return h
}

// WhyNotCounted says why a sprint has no ledger, in words that follow its name; "" where it has one.
func (s *Sprint) WhyNotCounted() string {
	switch {
	case s.Ledger != nil:
		return ""
	case s.State == agile.Closed && (s.Start == nil || s.Complete != nil):
		return "was closed without a start: nothing was counted"
	case s.State == agile.Closed:
		return "is closed and Jira does not tell when: what became of it cannot be told"
	case s.State == agile.Active && s.Start == nil:
		return "has no start date: nothing can be counted"
	case s.State == agile.Active:
		return "is active and its start lies ahead: nothing is counted before it"
	}
	return "has not started"
}

// WhyNoAmounts says why a sprint that has a ledger has no amounts to tell: it is empty, nothing in it is estimated, or
// all of it at 0. It is "" for a sprint with amounts.
func (s *Sprint) WhyNoAmounts() string {
	l := s.Ledger
	moved := func(e Entry) bool { return e.Delta != 0 }
	if l.Commitment != 0 || s.Scope != nil && *s.Scope != 0 || l.Remaining != 0 ||
		slices.ContainsFunc(l.Entries, moved) {
		return ""
	}
	n := len(s.Issues)
	switch {
	case n == 0:
		return "no issue stands in this sprint"
	case s.Unestimated != nil && *s.Unestimated == n:
		return words.Count(n, "issue") + " in this sprint, none with an estimate"
	case s.Unestimated != nil && *s.Unestimated > 0:
		return words.Count(n, "issue") + " in this sprint, with no estimate or one of 0"
	}
	return words.Count(n, "issue") + " in this sprint, each estimated at 0"
}

// LedgerStart is the moment of the commitment: the start of the sprint, moved by the planning grace; while that lasts
// it lies ahead.
func (s *Sprint) LedgerStart() time.Time { return s.ledgerStart }

// PastEnd tells whether a sprint that is active goes on after its planned end.
func (s *Sprint) PastEnd() bool { return s.State == agile.Active && s.End != nil && s.End.Before(s.At) }

// Sprint computes the figures of a sprint as of a moment. A sprint closed by then stands as of its
// completion. The error says that the team has no such sprint.
func (t *Team) Sprint(id int64, at time.Time) (*Sprint, error) {
	i := slices.IndexFunc(t.Index.History.Sprints, func(s agile.Sprint) bool { return s.ID == id })
	if i < 0 {
		return nil, fmt.Errorf("sprint %d: team %s has no such sprint", id, t.Index.History.Team.Name)
	}
	v := t.Index.History.Sprints[i].At(at)
	if !v.ClosedBy(at) {
		return measureSprint(t, id, v, at), nil
	}
	closed := *index.InStep(t.Index, at, closedSprintKey{id}, func() *Sprint { return measureSprint(t, id, v, at) })
	closed.At = at.UTC()
	return &closed, nil
}

// SprintSums is [Team.Sprint] of a closed sprint without what is listed of its work: its issues, the entries of its
// ledger, and its reconciliation. Nobody changes what it tells.
func SprintSums(t *Team, id int64, at time.Time) (*Sprint, error) {
	i := slices.IndexFunc(t.Index.History.Sprints, func(s agile.Sprint) bool { return s.ID == id })
	if i < 0 || !t.Index.History.Sprints[i].At(at).ClosedBy(at) {
		return nil, fmt.Errorf("sprint %d: team %s has no such sprint that is closed", id, t.Index.History.Team.Name)
	}
	v := t.Index.History.Sprints[i].At(at)
	sums := *index.InStep(t.Index, at, closedSumsKey{id}, func() *Sprint {
		sp, begun := spanOfSprint(t, id, v, at)
		sum := func() *Sprint { return measureSums(t, sp, begun) }
		return completeSprint(t, *index.RecallClosed(t.Index, sp, sprintSumsKey{begun}, sum), v, sp, at)
	})
	sums.At = at.UTC()
	return &sums, nil
}

// closedSumsKey names the sums of a closed sprint, which are the same throughout a step.
type closedSumsKey struct{ id int64 }

// closedSprintKey names the figures of a closed sprint, which are the same throughout a step.
type closedSprintKey struct{ id int64 }

// measureSprint measures a sprint that is known in a version.
func measureSprint(t *Team, id int64, v agile.SprintVersion, at time.Time) *Sprint {
	sp, begun := spanOfSprint(t, id, v, at)
	work := index.RecallClosed(t.Index, sp, sprintWorkKey{begun}, func() *Sprint { return measureWork(t, sp, begun) })
	return completeSprint(t, *work, v, sp, at)
}

// spanOfSprint returns the span that the figures of a sprint look at, and whether it is known to have begun.
func spanOfSprint(t *Team, id int64, v agile.SprintVersion, at time.Time) (sp index.SprintSpan, begun bool) {
	return t.Index.SprintSpan(id, v, at), v.BegunBy(at) && !v.CompletionUnknown()
}

// completeSprint adds to the work in a sprint what else is told of it.
func completeSprint(t *Team, s Sprint, v agile.SprintVersion, sp index.SprintSpan, at time.Time) *Sprint {
	begun := v.BegunBy(at) && !v.CompletionUnknown()
	s.SprintHead, s.Goal, s.At, s.Unit = headOf(sp.ID, v, at), v.Goal, at.UTC(), t.Index.Unit
	s.ledgerStart = v.Start.Add(t.Index.History.Team.Sprint.Grace)
	s.WorkingDays, s.elapsedUntil = countWorkingDays(t.Index, v, sp, s.State)
	if begun {
		w := impediment.Window{From: v.Start, To: sp.End, Closed: s.State == agile.Closed}
		s.Impediments = measureImpediments(t.Impediments, w, at)
		if b := t.Index.History.Team.Sprint.Budget; b > 0 {
			seconds := int64(b / time.Second)
			s.Impediments.BudgetSeconds = &seconds
		}
		addUnexpected(t, &s, w, at)
	}
	s.completionAssumed = s.State == agile.Closed && v.CompletionAssumed()
	gradeSprint(t, &s, sp, begun)
	return &s
}

// countWorkingDays says which day of how many it is: ⌈W(S, x)⌉ of W(S, E) rounded, each at least 1,
// where x is the end of today, or E when E is today.
func countWorkingDays(t *index.Index, v agile.SprintVersion, sp index.SprintSpan,
	state agile.SprintState) (w WorkingDays, x time.Time) {
	cal := t.History.Team.Calendar
	if v.Start.IsZero() {
		return w, x
	}
	if !v.End.IsZero() {
		total := max(1, int(math.Round(cal.Days(v.Start, v.End))))
		w.Total = &total
	}
	if state == agile.Future || v.Start.After(sp.End) || v.CompletionUnknown() {
		return w, x
	}
	x = cal.DateEnd(sp.End)
	if !v.End.IsZero() && cal.DateEnd(v.End).Equal(x) {
		x = v.End
	}
	elapsed := max(1, int(math.Ceil(cal.Days(v.Start, x)-1e-9)))
	w.Elapsed = &elapsed
	return w, x
}

// DayPart is the working time of a date, in parts of a working day.
type DayPart struct {
	Date calendar.Date
	Part float64
}

// WorkingTime returns what the working days of a sprint are counted from: the working time of each date from its start
// to its planned end, and to the end of the present day of it; none where they are not told.
func WorkingTime(t *Team, s *Sprint) (total, elapsed []DayPart) {
	if s.WorkingDays.Total != nil {
		total = workingTime(t.Index.History.Team.Calendar, *s.Start, *s.End)
	}
	if s.WorkingDays.Elapsed != nil {
		elapsed = workingTime(t.Index.History.Team.Calendar, *s.Start, s.elapsedUntil)
	}
	return total, elapsed
}

func workingTime(cal calendar.Calendar, from, to time.Time) (out []DayPart) {
	for from.Before(to) {
		end := calendar.EarlierOf(cal.DateEnd(from), to)
		if part := cal.Days(from, end); part > 0 {
			out = append(out, DayPart{calendar.DateOf(from, cal.Zone), part})
		}
		from = end
	}
	return out
}
