package measure

import (
	"cmp"
	"slices"
	"time"

	"jerem/measure/internal/amount"
	"jerem/measure/internal/index"
	"jerem/measure/internal/naming"
	"jerem/measure/internal/workstate"
	"jerem/sorting"
)

// The rows of a reconciliation, in their order. The first seven add up to RowCompleted, and RowCompleted and
// RowCompletedOutside to RowDone.
const (
	RowCompletedInLedger    = "completed_in_ledger"    // + every entry into done that the ledger tells
	RowReopenedAndDone      = "reopened_and_done"      // − the ledger's Reopened
	RowReestimatedAfterDone = "reestimated_after_done" // ± estimates changed while a member was done
	RowRemovedDone          = "removed_done"           // − done issues that left, as they were at leaving
	RowCameInDone           = "came_in_done"           // + done issues that came in, as they were at entering
	RowDoneAtStart          = "done_at_start"          // + members that were done at the start
	RowCountedOutside       = "counted_outside"        // − what is done at the end and was not completed in the sprint
	RowCompleted            = "completed"
	RowCompletedOutside     = "completed_outside"
	RowDone                 = "done"
)

var reconciliationRows = []string{RowCompletedInLedger, RowReopenedAndDone, RowReestimatedAfterDone, RowRemovedDone,
	RowCameInDone,
	RowDoneAtStart, RowCountedOutside, RowCompleted, RowCompletedOutside, RowDone}

// alwaysTold are the rows that stand in every reconciliation, those of 0 without issues too.
var alwaysTold = []string{RowCompletedInLedger, RowCompleted, RowCompletedOutside, RowDone}

// ReconciliationRow is one term of the sums that join what the ledger completed with what is done in a sprint.
type ReconciliationRow struct {
	What     string               `json:"what"`
	Estimate float64              `json:"estimate"` // signed as it is added
	Issues   []ReconciliationPart `json:"issues"`   // in order of time, then of key
}

// ReconciliationPart is what one issue adds to a row at a moment: To − From, nil counting 0. What is counted
// comes from nil, what is taken off goes to nil.
type ReconciliationPart struct {
	Issue string    `json:"issue"` // the present key
	Time  time.Time `json:"time"`
	From  *float64  `json:"from"` // estimates; nil for none
	To    *float64  `json:"to"`
}

func (p ReconciliationPart) amountDifference() float64 {
	return amount.OrZero(p.To) - amount.OrZero(p.From)
}

// reconciler gathers the parts of each row.
type reconciler map[string][]ReconciliationPart

// reconcileSprint returns the rows that lead from the ledger's Completed to what was completed and what is done at the
// end of a span.
func reconcileSprint(x *index.Index, sp index.SprintSpan, stays []index.Membership) []ReconciliationRow {
	r := reconciler{}
	for _, st := range stays {
		key := x.Key(st.Issue)
		r.addStart(key, sp, st)
		before := st.At(sp.Start)
		for _, b := range st.Snapshots {
			if b.At().After(sp.Start) {
				r.addChange(key, before, b)
				before = b
			}
		}
		r.addEnd(key, sp, st)
	}
	return r.sortedRows()
}

// addStart enters an issue that is done at the start.
func (r reconciler) addStart(key string, sp index.SprintSpan, st index.Membership) {
	if b := st.At(sp.Start); b.In && b.State() == workstate.Done {
		r.addPart(RowDoneAtStart, key, sp.Start, nil, estimateOf(b))
	}
}

// addChange enters what one change of an issue does to the work that is done in the sprint. It goes along with
// what the same change does to the ledger.
func (r reconciler) addChange(key string, a, b index.MemberSnapshot) {
	wasDone, isDone := a.In && a.State() == workstate.Done, b.In && b.State() == workstate.Done
	switch {
	case wasDone && isDone:
		r.addPart(RowReestimatedAfterDone, key, b.At(), estimateOf(a), estimateOf(b))
	case wasDone && !b.In:
		r.addPart(RowRemovedDone, key, b.At(), estimateOf(a), nil)
	case wasDone: // a change of estimate in the same step comes first
		r.addPart(RowReestimatedAfterDone, key, b.At(), estimateOf(a), estimateOf(b))
		r.addPart(RowReopenedAndDone, key, b.At(), estimateOf(b), nil)
	case isDone && a.In:
		r.addPart(RowCompletedInLedger, key, b.At(), nil, estimateOf(b))
	case isDone:
		r.addPart(RowCameInDone, key, b.At(), nil, estimateOf(b))
	}
}

// addEnd enters an issue that is done at the end: completed in the sprint, or outside of it.
func (r reconciler) addEnd(key string, sp index.SprintSpan, st index.Membership) {
	b := st.Last()
	if !b.In || b.State() != workstate.Done {
		return
	}
	row := RowCompleted
	if !completedDuring(st, sp) {
		row = RowCompletedOutside
		r.addPart(RowCountedOutside, key, sp.End, estimateOf(b), nil)
	}
	r.listIssue(row, key, sp.End, estimateOf(b))
	r.listIssue(RowDone, key, sp.End, estimateOf(b))
}

// addPart enters a part unless it amounts to nothing.
func (r reconciler) addPart(row, key string, at time.Time, from, to *float64) {
	if p := (ReconciliationPart{key, at.UTC(), from, to}); p.amountDifference() != 0 {
		r[row] = append(r[row], p)
	}
}

// listIssue enters an issue that a sum counts, also one of no estimate.
func (r reconciler) listIssue(row, key string, at time.Time, to *float64) {
	r[row] = append(r[row], ReconciliationPart{key, at.UTC(), nil, to})
}

// estimateOf returns the estimate that an issue has, nil while it is unestimated.
func estimateOf(b index.MemberSnapshot) *float64 { return b.Estimate().OrNil() }

func (r reconciler) sortedRows() []ReconciliationRow {
	out := []ReconciliationRow{}
	for _, what := range reconciliationRows {
		row := ReconciliationRow{What: what, Issues: r[what]}
		if len(row.Issues) == 0 && !slices.Contains(alwaysTold, what) {
			continue
		}
		sorting.By(row.Issues, func(a, b ReconciliationPart) int {
			return cmp.Or(a.Time.Compare(b.Time), naming.CompareKeys(a.Issue, b.Issue))
		})
		for _, p := range row.Issues {
			row.Estimate += p.amountDifference()
		}
		row.Estimate = amount.Tidy(row.Estimate)
		if row.Issues == nil {
			row.Issues = []ReconciliationPart{}
		}
		out = append(out, row)
	}
	return out
}
