package measure

import (
	"fmt"
	"math"
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
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
	Quality     Quality      `json:"quality"`
	Reasons     Reasons      `json:"-"` // of the grade; see [Sprint.QualityOf]
	doubts      doubts

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

func (w *Work) add(points float64) { w.Estimate, w.Issues = w.Estimate+points, w.Issues+1 }

// SprintIssue is an issue that is in a sprint.
type SprintIssue struct {
	Key      string   `json:"key"`
	Summary  string   `json:"summary"`
	State    State    `json:"state"`
	Estimate *float64 `json:"estimate"` // nil while it has none of its own

	Unestimated bool `json:"unestimated"` // has no estimate, nor a sub-task that has one
	Committed   bool `json:"committed"`
	Completed   bool `json:"completed"` // during the sprint, as a member
}

// Sprints lists the team's sprints as of a moment, oldest first: by start, those without one last.
func (t *Team) Sprints(at time.Time) []SprintHead {
	heads := make([]SprintHead, 0, len(t.h.Sprints))
	for _, s := range t.h.Sprints {
		heads = append(heads, head(s.ID, s.At(at), at))
	}
	slices.SortStableFunc(heads, func(a, b SprintHead) int {
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

func head(id int64, v agile.SprintVersion, at time.Time) SprintHead {
	h := SprintHead{ID: id, Name: v.Name, State: v.StateAt(at), Start: moment(v.Start), End: moment(v.End)}
	if h.State == agile.Closed {
		h.Complete = moment(v.Completed())
	}
	return h
}

// ActiveSprint returns the id of the sprint that is active at a moment; of several the one that
// started last.
func (t *Team) ActiveSprint(at time.Time) (int64, bool) {
	heads := t.Sprints(at)
	for _, h := range slices.Backward(heads) {
		if h.State == agile.Active {
			return h.ID, true
		}
	}
	return 0, false
}

// Sprint computes the figures of a sprint as of a moment. A sprint closed by then stands as of its
// completion. The error says that the team has no such sprint.
func (t *Team) Sprint(id int64, at time.Time) (*Sprint, error) {
	i := slices.IndexFunc(t.h.Sprints, func(s agile.Sprint) bool { return s.ID == id })
	if i < 0 {
		return nil, fmt.Errorf("sprint %d: team %s has no such sprint", id, t.h.Team.Name)
	}
	v := t.h.Sprints[i].At(at)
	s := &Sprint{SprintHead: head(id, v, at), Goal: v.Goal, At: at.UTC(), Unit: t.unit}
	sp := t.span(id, v, at)
	stays := t.stays(sp)
	s.WorkingDays = t.workingDays(v, sp, s.State)
	begun := s.State != agile.Future && !v.Start.IsZero()
	if begun {
		s.Ledger = t.ledger(sp, stays)
		t.outcome(s, sp, stays)
		s.Reconciliation = t.reconcile(sp, stays)
		s.Impediments = t.impediments(window{v.Start, sp.end, s.State == agile.Closed}, at)
		if b := t.h.Team.Sprint.Budget; b > 0 {
			seconds := int64(b / time.Second)
			s.Impediments.BudgetSeconds = &seconds
		}
	}
	t.standing(s, sp, stays, begun)
	t.quality(s, sp, stays, begun)
	return s, nil
}

// span returns what figures look at: from the start of the ledger, moved by the planning grace, to
// the completion or, while the sprint is open, to the moment asked.
func (t *Team) span(id int64, v agile.SprintVersion, at time.Time) span {
	sp := span{id: id, start: v.Start.Add(t.h.Team.Sprint.Grace), end: at}
	if v.ClosedBy(at) {
		sp.end, sp.closed = v.Completed(), true
	}
	if sp.start.After(sp.end) {
		sp.start = sp.end
	}
	return sp
}

// outcome fills in what became of the commitment.
func (t *Team) outcome(s *Sprint, sp span, stays []stay) {
	var completed, outside, open, kept, unplanned float64
	for _, st := range stays {
		end := st.last()
		if !end.in {
			continue
		}
		switch {
		case end.state != Done:
			open += end.points()
		case st.completedIn(sp):
			completed += end.points()
			if start := st.until(sp.start); start.in && start.state != Done {
				kept += start.points()
			} else {
				unplanned += end.points()
			}
		default:
			outside += end.points()
		}
	}
	set := func(x float64) *float64 { x = tidy(x); return &x }
	s.Completed, s.CompletedOutside = set(completed), set(outside)
	s.Scope, s.Kept = set(completed+open), set(kept)
	s.Completion = Completion{
		OfCommitment: share(*s.Completed, s.Ledger.Commitment),
		OfScope:      share(*s.Completed, *s.Scope),
		Kept:         share(*s.Kept, s.Ledger.Commitment),
		Unplanned:    share(tidy(unplanned), *s.Completed),
	}
}

// completedIn tells whether an issue that is done at the end of the span went into done during it,
// while it was a member.
func (s stay) completedIn(sp span) bool {
	entry, ok := s.doneSince()
	return ok && entry.at.After(sp.start) && entry.in
}

// standing counts what is in the sprint at the end of the span.
func (t *Team) standing(s *Sprint, sp span, stays []stay, begun bool) {
	s.Issues = []SprintIssue{}
	unestimated := 0
	for _, st := range stays {
		b := st.last()
		if !b.in {
			continue
		}
		work := map[State]*Work{ToDo: &s.ToDo, Doing: &s.Doing, Done: &s.Done}[b.state]
		work.add(b.points())
		issue := t.issues[st.issue]
		if containsFold(issue.Labels.At(sp.end), dependencyLabel) {
			s.Dependency++
		}
		row := SprintIssue{Key: issue.Key.Last(), Summary: issue.Summary.At(sp.end), State: b.state}
		if b.est.Known && t.unit != agile.Issues {
			e := b.est.Value
			row.Estimate = &e
		}
		start := st.until(sp.start)
		if t.unestimated(st.issue, b.beat, sp.end) {
			row.Unestimated = true
			unestimated++
		}
		row.Committed = begun && start.in && start.state != Done
		row.Completed = begun && b.state == Done && st.completedIn(sp)
		s.Issues = append(s.Issues, row)
	}
	slices.SortStableFunc(s.Issues, func(a, b SprintIssue) int { return compareKeys(a.Key, b.Key) })
	for _, w := range []*Work{&s.ToDo, &s.Doing, &s.Done} {
		w.Estimate = tidy(w.Estimate)
	}
	if t.unit != agile.Issues {
		s.Unestimated = &unestimated
	}
}

// dependencyLabel marks work that waits for another team, in any case.
const dependencyLabel = "dependency"

// unestimated tells whether an issue has no estimate, nor a sub-task that has one.
func (t *Team) unestimated(id int64, b beat, at time.Time) bool {
	if t.unit == agile.Issues || b.est.Known {
		return false
	}
	return t.unit != agile.Seconds || !slices.ContainsFunc(t.children[id], func(child int64) bool {
		c := t.issues[child]
		return c.Parent.At(at) == id && t.level(c.Type.At(at)) < 0 && counted(c.Numbers[t.h.Board.Estimate].At(at)).Known
	})
}

// workingDays says which day of how many it is: ⌈W(S, x)⌉ of W(S, E) rounded, each at least 1,
// where x is the end of today, or E when E is today.
func (t *Team) workingDays(v agile.SprintVersion, sp span, state agile.SprintState) WorkingDays {
	var w WorkingDays
	cal := t.h.Team.Calendar
	if v.Start.IsZero() {
		return w
	}
	if !v.End.IsZero() {
		total := max(1, int(math.Round(cal.Days(v.Start, v.End))))
		w.Total = &total
	}
	if state == agile.Future {
		return w
	}
	today := calendar.DateOf(sp.end, cal.Zone)
	x := today.Add(1).Midnight(cal.Zone)
	if !v.End.IsZero() && calendar.DateOf(v.End, cal.Zone) == today {
		x = v.End
	}
	elapsed := max(1, int(math.Ceil(cal.Days(v.Start, x)-1e-9)))
	w.Elapsed = &elapsed
	return w
}
