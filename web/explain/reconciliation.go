package explain

import (
	"strings"

	"jerem/measure"
	"jerem/web/frame"
)

// ReconciliationWords says what each row of a reconciliation is.
var ReconciliationWords = map[string]string{
	measure.RowCompletedInLedger:    "went into done, as the ledger tells",
	measure.RowReopenedAndDone:      "reopened",
	measure.RowReestimatedAfterDone: "re-estimated while done",
	measure.RowRemovedDone:          "left the sprint when done",
	measure.RowCameInDone:           "came into the sprint done",
	measure.RowDoneAtStart:          "done at the start",
	measure.RowCountedOutside:       "done outside the sprint",
	measure.RowCompleted:            "completed",
	measure.RowCompletedOutside:     "done outside the sprint",
	measure.RowDone:                 "done in all",
}

// reconciliationNotes writes the two sums that join the ledger's completed with what was completed and what is done.
func (x sprintExplainer) reconciliationNotes(rows []measure.ReconciliationRow) []string {
	var terms []string
	told := map[string]string{}
	for _, row := range rows {
		told[row.What] = x.w.Amount(row.Estimate) + " " + ReconciliationWords[row.What]
		switch row.What {
		case measure.RowCompleted, measure.RowCompletedOutside, measure.RowDone:
		case measure.RowCompletedInLedger:
			terms = append(terms, told[row.What])
		default:
			terms = append(terms, x.w.Signed(row.Estimate)+" "+ReconciliationWords[row.What])
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return []string{
		"From the ledger: " + strings.Join(terms, ", ") + " = " + told[measure.RowCompleted] + ".",
		told[measure.RowCompleted] + " + " + told[measure.RowCompletedOutside] + " = " + told[measure.RowDone] + ".",
	}
}

// reconciliationEvents lists what stands between the ledger's completed and what was completed: each event of the
// rows other than the first and the last three, whose issues are listed as such.
func (x sprintExplainer) reconciliationEvents(rows []measure.ReconciliationRow) []frame.ExplanationRow {
	var out []frame.ExplanationRow
	for _, row := range rows {
		switch row.What {
		case measure.RowCompletedInLedger, measure.RowCompleted, measure.RowCompletedOutside, measure.RowDone:
			continue
		}
		for _, p := range row.Issues {
			delta := frame.OrNothing(p.To) - frame.OrNothing(p.From)
			out = append(out, frame.ExplanationRow{Time: x.w.Short(p.Time), Key: p.Issue, What: ReconciliationWords[row.What] + x.fromTo(p), Value: x.w.Signed(delta), At: &p.Time, Number: frame.Number(delta)})
		}
	}
	return out
}

// fromTo writes the estimates of an issue that was re-estimated, nothing where one of them is missing.
func (x sprintExplainer) fromTo(p measure.ReconciliationPart) string {
	if p.From == nil || p.To == nil {
		return ""
	}
	return ", from " + x.w.Amount(*p.From) + " to " + x.w.Amount(*p.To)
}
