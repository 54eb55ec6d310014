package explain

import (
	"strings"

	"jerem/measure"
	"jerem/measure/explain/explanation"
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
func reconciliationNotes(w explanation.TeamWords, rows []measure.ReconciliationRow) []string {
	var terms []string
	told := map[string]string{}
	for _, row := range rows {
		told[row.What] = w.FormatPart(row.Estimate) + " " + ReconciliationWords[row.What]
		switch row.What {
		case measure.RowCompleted, measure.RowCompletedOutside, measure.RowDone:
		case measure.RowCompletedInLedger:
			terms = append(terms, told[row.What])
		default:
			terms = append(terms, w.FormatSignedPart(row.Estimate)+" "+ReconciliationWords[row.What])
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

// reconciliationEvents lists what stands between the ledger's completed and what was completed: each event of the rows
// other than the first and the last three, whose issues are listed as such. They do not count, so they have no value.
func reconciliationEvents(w explanation.TeamWords, rows []measure.ReconciliationRow) []explanation.Input {
	var out []explanation.Input
	for _, row := range rows {
		switch row.What {
		case measure.RowCompletedInLedger, measure.RowCompleted, measure.RowCompletedOutside, measure.RowDone:
			continue
		}
		for _, part := range row.Issues {
			at, delta := part.Time, orZero(part.To)-orZero(part.From)
			out = append(out, explanation.Input{Time: &at, When: w.FormatMoment(at), Issue: part.Issue,
				What: ReconciliationWords[row.What] + estimateChange(w, part), Shown: w.FormatSignedPart(delta),
				Listed: true})
		}
	}
	return out
}

// reconciliationNumbers lists the numbers of a reconciliation: of each row, and of each event in it.
func reconciliationNumbers(rows []measure.ReconciliationRow) (out []explanation.Input) {
	for _, row := range rows {
		what := ReconciliationWords[row.What]
		out = append(out, explanation.Input{What: what, Value: &row.Estimate})
		for _, part := range row.Issues {
			at := part.Time
			if part.From != nil {
				out = append(out, explanation.Input{Time: &at, Issue: part.Issue, What: what + ", from",
					Value: part.From})
			}
			if part.To != nil {
				out = append(out, explanation.Input{Time: &at, Issue: part.Issue, What: what + ", to", Value: part.To})
			}
		}
	}
	return out
}

// estimateChange writes the estimates of an issue that was re-estimated, nothing where one of them is missing.
func estimateChange(w explanation.TeamWords, part measure.ReconciliationPart) string {
	if part.From == nil || part.To == nil {
		return ""
	}
	return ", from " + w.FormatPart(*part.From) + " to " + w.FormatPart(*part.To)
}

func orZero(x *float64) float64 {
	if x == nil {
		return 0
	}
	return *x
}
