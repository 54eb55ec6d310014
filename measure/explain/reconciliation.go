package explain

import (
	"strings"

	"jerem/measure"
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
func (s sprint) reconciliationNotes() []string {
	var terms []string
	told := map[string]string{}
	for _, row := range s.figures.Reconciliation {
		told[row.What] = s.formatAmount(row.Estimate) + " " + ReconciliationWords[row.What]
		switch row.What {
		case measure.RowCompleted, measure.RowCompletedOutside, measure.RowDone:
		case measure.RowCompletedInLedger:
			terms = append(terms, told[row.What])
		default:
			terms = append(terms, s.formatSigned(row.Estimate)+" "+ReconciliationWords[row.What])
		}
	}
	if len(s.figures.Reconciliation) == 0 {
		return nil
	}
	return []string{
		"From the ledger: " + strings.Join(terms, ", ") + " = " + told[measure.RowCompleted] + ".",
		told[measure.RowCompleted] + " + " + told[measure.RowCompletedOutside] + " = " + told[measure.RowDone] + ".",
	}
}

// reconciliationEvents lists what stands between the ledger's completed and what was completed: each event of the rows
// other than the first and the last three, whose issues are listed as such. They do not count, so they have no value.
func (s sprint) reconciliationEvents() []Input {
	var out []Input
	for _, row := range s.figures.Reconciliation {
		switch row.What {
		case measure.RowCompletedInLedger, measure.RowCompleted, measure.RowCompletedOutside, measure.RowDone:
			continue
		}
		for _, part := range row.Issues {
			at, delta := part.Time, orZero(part.To)-orZero(part.From)
			out = append(out, Input{Time: &at, When: s.formatMoment(at), Issue: part.Issue,
				What: ReconciliationWords[row.What] + s.estimateChange(part), Shown: s.formatSigned(delta), Listed: true})
		}
	}
	return out
}

// estimateChange writes the estimates of an issue that was re-estimated, nothing where one of them is missing.
func (s sprint) estimateChange(part measure.ReconciliationPart) string {
	if part.From == nil || part.To == nil {
		return ""
	}
	return ", from " + s.formatAmount(*part.From) + " to " + s.formatAmount(*part.To)
}

func orZero(x *float64) float64 {
	if x == nil {
		return 0
	}
	return *x
}
