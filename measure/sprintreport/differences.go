package sprintreport

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/internal/amount"
	"jerem/measure/internal/index"
	"jerem/measure/internal/naming"
	"jerem/measure/internal/workstate"
	"jerem/sorting"
)

// Differences is the account of a sprint against the sprint report that Jira itself shows: the report is computed from
// the history by its rules, and each issue of which ledger and report say different amounts done or removed is named.
type Differences struct {
	At          time.Time       `json:"at"`
	Report      Report          `json:"report"`
	Sums        map[string]Sums `json:"sums"`
	Differences []Difference    `json:"differences"` // by key
}

// Report lists the issues of a sprint as Jira's report does, by key.
type Report struct {
	Completed        []Issue `json:"completed"`
	NotCompleted     []Issue `json:"not_completed"`
	CompletedOutside []Issue `json:"completed_outside"`
	Removed          []Issue `json:"removed"`
}

// Issue is an issue with its estimates when it came into the report and at last; nil while unestimated.
type Issue struct {
	Issue   string   `json:"issue"`
	Initial *float64 `json:"initial"`
	Final   *float64 `json:"final"`
}

// Sums are the sums of a list.
type Sums struct {
	Initial float64 `json:"initial"`
	Final   float64 `json:"final"`
}

// The lists of the report.
const (
	ListCompleted        = "completed"
	ListNotCompleted     = "not_completed"
	ListCompletedOutside = "completed_outside"
	ListRemoved          = "removed"
)

// Difference is an issue of which ledger and report say different amounts.
type Difference struct {
	Issue    string         `json:"issue"`
	Here     []measure.Kind `json:"here"`     // kinds of its entries in the ledger, in their order
	Report   *string        `json:"report"`   // the list it stands in, nil for none
	Estimate float64        `json:"estimate"` // what the report says done, else removed, more than the ledger
	Why      string         `json:"why"`
}

// Why ledger and report part.
const (
	WhyDoneAtStart          = "done_at_start"
	WhyReopened             = "reopened"
	WhyReestimatedAfterDone = "reestimated_after_done"
	WhyLeftDone             = "left_done"
	WhyCameInDone           = "came_in_done"
	WhyRolledOver           = "rolled_over"
	WhyPlanningGrace        = "planning_grace" // Jira knows none: its report begins with the sprint
)

// Compare computes the account of a sprint as of a moment; nil where the sprint has no ledger.
func Compare(t *measure.Team, id int64, at time.Time) (*Differences, error) {
	sprint, err := t.Sprint(id, at)
	if err != nil || sprint.Ledger == nil {
		return nil, err
	}
	known := slices.IndexFunc(t.Index.History.Sprints, func(s agile.Sprint) bool { return s.ID == id })
	span := t.Index.SprintSpan(id, t.Index.History.Sprints[known].At(at), at)
	actual := span // as Jira's report has it
	actual.Start = calendar.EarlierOf(*sprint.Start, span.End)
	d := &Differences{At: at.UTC(), Differences: []Difference{}, Sums: map[string]Sums{}}
	d.Report = Report{[]Issue{}, []Issue{}, []Issue{}, []Issue{}}
	for _, st := range t.Index.Memberships(span) {
		list, row := findInReport(t.Index, actual, st)
		d.Report.addRow(list, row)
		entries := measure.LedgerOf(t.Index, span, []index.Membership{st}).Entries
		if diff, differs := compareWithReport(t.Index, span, st, entries, list, row); differs {
			if movedByGrace(t.Index, span, st, list, row) {
				diff.Why = WhyPlanningGrace
			}
			d.Differences = append(d.Differences, diff)
		}
	}
	for name, rows := range d.Report.byName() {
		sorting.By(*rows, func(a, b Issue) int { return naming.CompareKeys(a.Issue, b.Issue) })
		sums := Sums{}
		for _, row := range *rows {
			sums.Initial, sums.Final = sums.Initial+amount.OrZero(row.Initial), sums.Final+amount.OrZero(row.Final)
		}
		d.Sums[name] = Sums{amount.Tidy(sums.Initial), amount.Tidy(sums.Final)}
	}
	sorting.By(d.Differences, func(a, b Difference) int { return naming.CompareKeys(a.Issue, b.Issue) })
	return d, nil
}

// movedByGrace tells whether an issue would stand in another list, or with another estimate at last, if the sprint
// began where its ledger does.
func movedByGrace(x *index.Index, sp index.SprintSpan, st index.Membership, list string, row Issue) bool {
	moved, at := findInReport(x, sp, st)
	return moved != list || amount.OrZero(at.Final) != amount.OrZero(row.Final)
}

func (r *Report) byName() map[string]*[]Issue {
	return map[string]*[]Issue{ListCompleted: &r.Completed, ListNotCompleted: &r.NotCompleted,
		ListCompletedOutside: &r.CompletedOutside, ListRemoved: &r.Removed}
}

func (r *Report) addRow(list string, row Issue) {
	if rows, ok := r.byName()[list]; ok {
		*rows = append(*rows, row)
	}
}

// findInReport returns the list of the report that holds an issue, "" for none, and its row. What leaves at the
// completion otherwise than by the Sprint field is in no list.
func findInReport(x *index.Index, sp index.SprintSpan, st index.Membership) (string, Issue) {
	row := Issue{Issue: x.Key(st.Issue)}
	entry, exit, ever := presenceIn(st, sp)
	if !ever {
		return "", row
	}
	row.Initial, row.Final = estimateInSprint(st, entry), estimateInSprint(st, exit)
	end := st.Last()
	switch {
	case !end.In && exit.Equal(sp.End):
		return "", row
	case !end.In:
		return ListRemoved, row
	case end.State() != workstate.Done:
		return ListNotCompleted, row
	}
	if done, ok := st.DoneSince(); ok && !done.At().Before(sp.Start) && done.In {
		return ListCompleted, row
	}
	return ListCompletedOutside, row
}

// presenceIn returns the first moment from the start on at which an issue stood in the sprint, and its last exit, the
// end of the span where it is still in; false for one that never was in it then.
func presenceIn(s index.Membership, sp index.SprintSpan) (entry, exit time.Time, ever bool) {
	in := s.At(sp.Start).In
	if in {
		entry, exit, ever = sp.Start, sp.End, true
	}
	for n, b := range s.Snapshots {
		if !b.At().After(sp.Start) || n+1 < len(s.Snapshots) && s.Snapshots[n+1].At().Equal(b.At()) {
			continue
		}
		if b.In && !ever {
			entry, ever = b.At(), true
		}
		switch {
		case b.In:
			exit = sp.End
		case in:
			exit = b.At()
		}
		in = b.In
	}
	return entry, exit, ever
}

// estimateInSprint returns the estimate that an issue has at a moment, nil while it is unestimated.
func estimateInSprint(s index.Membership, at time.Time) *float64 { return s.At(at).Estimate().OrNil() }

// compareWithReport compares what the ledger and the report say done and removed of an issue.
func compareWithReport(x *index.Index, sp index.SprintSpan, st index.Membership, entries []measure.Entry, list string,
	row Issue) (Difference, bool) {
	d := Difference{Issue: row.Issue, Here: []measure.Kind{}}
	if list != "" {
		d.Report = &list
	}
	var done, removed float64
	for _, e := range entries {
		d.Here = append(d.Here, e.Kind)
		switch {
		case e.Kind == measure.Complete, e.Kind == measure.Reopen:
			done -= e.Delta
		case e.Kind == measure.Remove:
			removed = -e.Delta
		}
	}
	if st.Last().In { // it came back
		removed = 0
	}
	saidDone, saidRemoved := 0.0, 0.0
	switch list {
	case ListCompleted, ListCompletedOutside:
		saidDone = amount.OrZero(row.Final)
	case ListRemoved:
		saidRemoved = amount.OrZero(row.Final)
	}
	d.Estimate = amount.Tidy(saidDone - done)
	if d.Estimate == 0 {
		d.Estimate = amount.Tidy(saidRemoved - removed)
	}
	d.Why = explainDifference(x, sp, st, d.Here, list)
	return d, d.Estimate != 0
}

// explainDifference names the reason: the first that holds.
func explainDifference(x *index.Index, sp index.SprintSpan, st index.Membership, here []measure.Kind,
	list string) string {
	start := st.At(sp.Start)
	completed := slices.Contains(here, measure.Complete)
	switch {
	case list == "":
		return WhyRolledOver
	case list == ListRemoved:
		return WhyLeftDone
	case slices.Contains(here, measure.Reopen):
		return WhyReopened
	case completed:
		return WhyReestimatedAfterDone
	case start.In && start.State() == workstate.Done:
		return WhyDoneAtStart
	}
	return WhyCameInDone
}
