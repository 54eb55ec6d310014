package web

import (
	"strings"

	"jerem/measure"
)

// reconciliationWords says what each row of a reconciliation is.
var reconciliationWords = map[string]string{
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
func (m *micro) reconciliationNotes(rows []measure.ReconciliationRow) []string {
	var terms []string
	told := map[string]string{}
	for _, row := range rows {
		told[row.What] = m.W.amount(row.Estimate) + " " + reconciliationWords[row.What]
		switch row.What {
		case measure.RowCompleted, measure.RowCompletedOutside, measure.RowDone:
		case measure.RowCompletedInLedger:
			terms = append(terms, told[row.What])
		default:
			terms = append(terms, m.W.signed(row.Estimate)+" "+reconciliationWords[row.What])
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
func (m *micro) reconciliationEvents(rows []measure.ReconciliationRow) []explainRow {
	var out []explainRow
	for _, row := range rows {
		switch row.What {
		case measure.RowCompletedInLedger, measure.RowCompleted, measure.RowCompletedOutside, measure.RowDone:
			continue
		}
		for _, p := range row.Issues {
			delta := orNothing(p.To) - orNothing(p.From)
			out = append(out, explainRow{m.W.short(p.Time), p.Issue, reconciliationWords[row.What] + m.fromTo(p), m.W.signed(delta), &p.Time, only(delta)})
		}
	}
	return out
}

// fromTo writes the estimates of an issue that was re-estimated, nothing where one of them is missing.
func (m *micro) fromTo(p measure.ReconciliationPart) string {
	if p.From == nil || p.To == nil {
		return ""
	}
	return ", from " + m.W.amount(*p.From) + " to " + m.W.amount(*p.To)
}

func orNothing(x *float64) float64 {
	if x == nil {
		return 0
	}
	return *x
}
