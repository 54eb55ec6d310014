package explain

import (
	"fmt"

	"jerem/measure"
	"jerem/web/format"
	"jerem/web/frame"
)

// sprintPaths are the paths of a sprint's figures in the API's answer, by the names that pages call them.
var sprintPaths = map[string]string{"remaining": "ledger.remaining", "commitment": "ledger.commitment", "completed": "completed", "scope": "scope",
	"kept": "kept", "impediments": "impediments.seconds", "unplanned": "impediments.unplanned", "unestimated": "unestimated"}

// sprintExplainer opens the figures of a sprint.
type sprintExplainer struct {
	w    format.Words
	jira frame.JiraLinks
	span string // what the figures are of: "the sprint"
}

// Sprint opens the figures of a sprint that has a ledger, in the order in which the page lists them.
func Sprint(sp *measure.Sprint, w format.Words, jira frame.JiraLinks) []frame.Explanation {
	x := sprintExplainer{w, jira, "the sprint"}
	list := []frame.Explanation{
		x.explainRemaining(sp), x.explainCommitment(sp), x.explainCompleted(sp), x.explainScope(sp), x.explainKept(sp),
		x.explainImpediments(sp), x.explainUnplanned(sp.Impediments),
	}
	if sp.Unestimated != nil {
		list = append(list, x.explainUnestimated(sp))
	}
	for i := range list {
		e := &list[i]
		e.Quality = sp.QualityOf(sprintPaths[e.ID])
		e.Grade, e.Reasons = e.Quality.Grade, format.ReasonList(e.Quality)
	}
	return list
}

// ImpedimentsIn opens the figures of the impediments of some days, which span names: "the last four weeks".
func ImpedimentsIn(days *measure.Sprint, span string, w format.Words, jira frame.JiraLinks) []frame.Explanation {
	x := sprintExplainer{w, jira, span}
	return []frame.Explanation{x.explainImpediments(days), x.explainUnplanned(days.Impediments)}
}

func (x sprintExplainer) explainUnplanned(i *measure.Impediments) frame.Explanation {
	return frame.Explanation{
		ID: "unplanned", Name: "Unplanned share", Value: format.Percent(i.Unplanned), Unit: "of all time logged",
		Formula: frame.Formula("time logged on impediments ÷ all time logged on the team's issues, in "+x.span,
			unplannedNumbers(i, x.span)),
	}
}

func (x sprintExplainer) explainUnestimated(sp *measure.Sprint) frame.Explanation {
	var rows []frame.ExplanationRow
	for _, issue := range sp.Issues {
		if issue.Unestimated {
			rows = append(rows, frame.ExplanationRow{Key: issue.Key, What: issue.Summary})
		}
	}
	return frame.Explanation{
		ID: "unestimated", Name: "Without an estimate", Value: fmt.Sprint(*sp.Unestimated), Unit: "issues", Rows: rows,
		Formula: frame.Formula("issues in the sprint that have no estimate, nor an estimated sub-task",
			fmt.Sprintf("%d of %d", *sp.Unestimated, len(sp.Issues))),
		Notes: []string{
			"0 is an estimate. An issue without one counts 0 in every sum, so the sums are lower bounds.",
		},
	}
}

func (x sprintExplainer) explainRemaining(sp *measure.Sprint) frame.Explanation {
	w, l := x.w, sp.Ledger
	e := frame.Explanation{ID: "remaining", Name: "Remaining", Value: w.Amount(l.Remaining), Unit: x.w.UnitName()}
	e.Formula = frame.Formula("commitment + added − removed + re-estimated − completed + reopened", fmt.Sprintf("%s + %s − %s + %s − %s + %s = %s",
		w.Amount(l.Commitment), w.Amount(l.Added), w.Amount(l.Removed), w.Amount(l.Reestimated), w.Amount(l.Completed), w.Amount(l.Reopened), w.Amount(l.Remaining)))
	e.Notes = append(e.Notes, fmt.Sprintf("Counted a second way: to do %s and doing %s, the issues in the sprint that are not done, are %s %s. Both ways agree at each event.",
		w.Amount(sp.ToDo.Estimate), w.Amount(sp.Doing.Estimate), w.Amount(sp.ToDo.Estimate+sp.Doing.Estimate), x.w.UnitName()))
	var keys []string
	for _, entry := range l.Entries {
		if entry.Kind != measure.Commit {
			e.Rows = append(e.Rows, frame.ExplanationRow{Time: w.Short(entry.Time), Key: entry.Issue, What: format.KindWords[entry.Kind], Value: w.Signed(entry.Delta), At: &entry.Time, Number: frame.Number(entry.Delta)})
		}
	}
	for _, i := range sp.Issues {
		if i.State != measure.Done {
			keys = append(keys, i.Key)
		}
	}
	e.Keys, e.Jira = keys, x.jira.Search(keys)
	return e
}

func (x sprintExplainer) explainCommitment(sp *measure.Sprint) frame.Explanation {
	w := x.w
	e := frame.Explanation{ID: "commitment", Name: "Commitment", Value: w.Amount(sp.Ledger.Commitment), Unit: x.w.UnitName()}
	var terms, keys []string
	for _, entry := range sp.Ledger.Entries {
		if entry.Kind == measure.Commit {
			terms = append(terms, w.Amount(entry.Delta))
			keys = append(keys, entry.Issue)
			e.Rows = append(e.Rows, frame.ExplanationRow{Time: w.Short(entry.Time), Key: entry.Issue, What: "in the sprint at its start, not done", Value: w.Amount(entry.Delta), At: &entry.Time, Number: frame.Number(entry.Delta)})
		}
	}
	e.Formula = frame.Formula("Σ estimates at the start, of the issues in the sprint that were not done", Sum(terms, w.Amount(sp.Ledger.Commitment)))
	e.Notes = []string{"It never changes afterwards."}
	e.Keys, e.Jira = keys, x.jira.Search(keys)
	return e
}

func (x sprintExplainer) explainCompleted(sp *measure.Sprint) frame.Explanation {
	w := x.w
	e := frame.Explanation{ID: "completed", Name: "Completed", Value: w.Amount(*sp.Completed), Unit: "of " + w.Amount(*sp.Scope) + " " + x.w.UnitName()}
	var terms, keys []string
	for _, i := range sp.Issues {
		if !i.Completed {
			continue
		}
		estimate := 0.0
		if i.Estimate != nil {
			estimate = *i.Estimate
		} else if x.w.UnitName() == "issues" {
			estimate = 1
		}
		terms, keys = append(terms, w.Amount(estimate)), append(keys, i.Key)
		e.Rows = append(e.Rows, frame.ExplanationRow{Key: i.Key, What: i.Summary, Value: w.Amount(estimate), Number: &estimate})
	}
	e.Formula = frame.Formula("Σ estimates of the issues that are done now and went into done during the sprint, as members", Sum(terms, w.Amount(*sp.Completed)))
	e.Notes = append(e.Notes, x.reconciliationNotes(sp.Reconciliation)...)
	e.Rows = append(e.Rows, x.reconciliationEvents(sp.Reconciliation)...)
	e.Keys, e.Jira = keys, x.jira.Search(keys)
	return e
}

func (x sprintExplainer) explainScope(sp *measure.Sprint) frame.Explanation {
	w := x.w
	open := sp.ToDo.Estimate + sp.Doing.Estimate
	return frame.Explanation{ID: "scope", Name: "Scope", Value: w.Amount(*sp.Scope), Unit: x.w.UnitName(),
		Formula: frame.Formula("completed + Σ estimates of what is in the sprint and not done", w.Amount(*sp.Completed)+" + "+w.Amount(open)+" = "+w.Amount(*sp.Scope))}
}

func (x sprintExplainer) explainKept(sp *measure.Sprint) frame.Explanation {
	w := x.w
	return frame.Explanation{ID: "kept", Name: "Kept", Value: w.Amount(*sp.Kept), Unit: "of " + w.Amount(sp.Ledger.Commitment) + " " + x.w.UnitName() + " committed",
		Formula: frame.Formula("Σ estimates at the start, of the issues of the commitment that are completed", w.Amount(*sp.Kept)+" of "+w.Amount(sp.Ledger.Commitment)+" = "+format.Percent(sp.Completion.Kept)),
		Notes:   []string{"Also called say/do. What was added later does not count here."}}
}

func (x sprintExplainer) explainImpediments(sp *measure.Sprint) frame.Explanation {
	i := sp.Impediments
	e := frame.Explanation{ID: "impediments", Name: "Impediments", Value: format.LoggedHours(i, i.Seconds), Unit: "hours, " + format.Plural(i.Count, "impediment")}
	var terms, keys []string
	for _, t := range i.Issues {
		keys = append(keys, t.Key)
		value, number := "no time", frame.Number(float64(t.Seconds))
		if i.TimeUnknown {
			value, number = "–", nil
		} else if t.Seconds > 0 {
			value = format.Hours(t.Seconds) + " h"
			terms = append(terms, format.Hours(t.Seconds))
		}
		e.Rows = append(e.Rows, frame.ExplanationRow{Key: t.Key, What: t.Summary, Value: value, Number: number})
	}
	e.Formula = frame.Formula("Σ time logged in "+x.span+", by the moment of the work, on issues that are an impediment then or later", Sum(terms, format.LoggedHours(i, i.Seconds)+" h"))
	if i.TimeUnknown {
		e.Formula.Numbers = "time logged was not read"
	}
	e.Notes = []string{"An impediment counts when it was opened or worked on in " + x.span + ". One without logged time is counted; no time is invented for it.",
		"The time of an impediment of several natures is split equally between them; it counts once in each."}
	e.Keys, e.Jira = keys, x.jira.Search(keys)
	return e
}
