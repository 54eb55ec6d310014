package web

import (
	"fmt"

	"jerem/measure"
)

// sprintPaths are the paths of a sprint's figures in the API's answer, by the names that pages call them.
var sprintPaths = map[string]string{"remaining": "ledger.remaining", "commitment": "ledger.commitment", "completed": "completed", "scope": "scope",
	"kept": "kept", "impediments": "impediments.seconds", "unplanned": "impediments.unplanned", "unestimated": "unestimated"}

// sprintExplainer opens the figures of a sprint.
type sprintExplainer struct {
	w    words
	jira jiraLinks
	span string // what the figures are of: "the sprint"
}

// explainSprint opens the figures of a sprint that has a ledger, in the order in which the page lists them.
func explainSprint(sp *measure.Sprint, w words, jira jiraLinks) []explanation {
	x := sprintExplainer{w, jira, "the sprint"}
	list := []explanation{
		x.explainRemaining(sp), x.explainCommitment(sp), x.explainCompleted(sp), x.explainScope(sp), x.explainKept(sp),
		x.explainImpediments(sp), x.explainUnplanned(sp.Impediments),
	}
	if sp.Unestimated != nil {
		list = append(list, x.explainUnestimated(sp))
	}
	for i := range list {
		e := &list[i]
		e.quality = sp.QualityOf(sprintPaths[e.ID])
		e.Grade, e.Reasons = e.quality.Grade, reasonList(e.quality)
	}
	return list
}

// explainImpedimentsIn opens the figures of the impediments of some days, which span names: "the last four weeks".
func explainImpedimentsIn(days *measure.Sprint, span string, w words, jira jiraLinks) []explanation {
	x := sprintExplainer{w, jira, span}
	return []explanation{x.explainImpediments(days), x.explainUnplanned(days.Impediments)}
}

func (x sprintExplainer) explainUnplanned(i *measure.Impediments) explanation {
	return explanation{
		ID: "unplanned", Name: "Unplanned share", Value: percent(i.Unplanned), Unit: "of all time logged",
		Formula: formula("time logged on impediments ÷ all time logged on the team's issues, in "+x.span,
			unplannedNumbers(i, x.span)),
	}
}

func (x sprintExplainer) explainUnestimated(sp *measure.Sprint) explanation {
	var rows []explainRow
	for _, issue := range sp.Issues {
		if issue.Unestimated {
			rows = append(rows, explainRow{Key: issue.Key, What: issue.Summary})
		}
	}
	return explanation{
		ID: "unestimated", Name: "Without an estimate", Value: fmt.Sprint(*sp.Unestimated), Unit: "issues", Rows: rows,
		Formula: formula("issues in the sprint that have no estimate, nor an estimated sub-task",
			fmt.Sprintf("%d of %d", *sp.Unestimated, len(sp.Issues))),
		Notes: []string{
			"0 is an estimate. An issue without one counts 0 in every sum, so the sums are lower bounds.",
		},
	}
}

func (x sprintExplainer) explainRemaining(sp *measure.Sprint) explanation {
	w, l := x.w, sp.Ledger
	e := explanation{ID: "remaining", Name: "Remaining", Value: w.amount(l.Remaining), Unit: x.w.unitName()}
	e.Formula = formula("commitment + added − removed + re-estimated − completed + reopened", fmt.Sprintf("%s + %s − %s + %s − %s + %s = %s",
		w.amount(l.Commitment), w.amount(l.Added), w.amount(l.Removed), w.amount(l.Reestimated), w.amount(l.Completed), w.amount(l.Reopened), w.amount(l.Remaining)))
	e.Notes = append(e.Notes, fmt.Sprintf("Counted a second way: to do %s and doing %s, the issues in the sprint that are not done, are %s %s. Both ways agree at each event.",
		w.amount(sp.ToDo.Estimate), w.amount(sp.Doing.Estimate), w.amount(sp.ToDo.Estimate+sp.Doing.Estimate), x.w.unitName()))
	var keys []string
	for _, entry := range l.Entries {
		if entry.Kind != measure.Commit {
			e.Rows = append(e.Rows, explainRow{w.short(entry.Time), entry.Issue, kindWords[entry.Kind], w.signed(entry.Delta), &entry.Time, only(entry.Delta)})
		}
	}
	for _, i := range sp.Issues {
		if i.State != measure.Done {
			keys = append(keys, i.Key)
		}
	}
	e.Keys, e.Jira = keys, x.jira.search(keys)
	return e
}

func (x sprintExplainer) explainCommitment(sp *measure.Sprint) explanation {
	w := x.w
	e := explanation{ID: "commitment", Name: "Commitment", Value: w.amount(sp.Ledger.Commitment), Unit: x.w.unitName()}
	var terms, keys []string
	for _, entry := range sp.Ledger.Entries {
		if entry.Kind == measure.Commit {
			terms = append(terms, w.amount(entry.Delta))
			keys = append(keys, entry.Issue)
			e.Rows = append(e.Rows, explainRow{w.short(entry.Time), entry.Issue, "in the sprint at its start, not done", w.amount(entry.Delta), &entry.Time, only(entry.Delta)})
		}
	}
	e.Formula = formula("Σ estimates at the start, of the issues in the sprint that were not done", sum(terms, w.amount(sp.Ledger.Commitment)))
	e.Notes = []string{"It never changes afterwards."}
	e.Keys, e.Jira = keys, x.jira.search(keys)
	return e
}

func (x sprintExplainer) explainCompleted(sp *measure.Sprint) explanation {
	w := x.w
	e := explanation{ID: "completed", Name: "Completed", Value: w.amount(*sp.Completed), Unit: "of " + w.amount(*sp.Scope) + " " + x.w.unitName()}
	var terms, keys []string
	for _, i := range sp.Issues {
		if !i.Completed {
			continue
		}
		estimate := 0.0
		if i.Estimate != nil {
			estimate = *i.Estimate
		} else if x.w.unitName() == "issues" {
			estimate = 1
		}
		terms, keys = append(terms, w.amount(estimate)), append(keys, i.Key)
		e.Rows = append(e.Rows, explainRow{Key: i.Key, What: i.Summary, Value: w.amount(estimate), number: &estimate})
	}
	e.Formula = formula("Σ estimates of the issues that are done now and went into done during the sprint, as members", sum(terms, w.amount(*sp.Completed)))
	e.Notes = append(e.Notes, x.reconciliationNotes(sp.Reconciliation)...)
	e.Rows = append(e.Rows, x.reconciliationEvents(sp.Reconciliation)...)
	e.Keys, e.Jira = keys, x.jira.search(keys)
	return e
}

func (x sprintExplainer) explainScope(sp *measure.Sprint) explanation {
	w := x.w
	open := sp.ToDo.Estimate + sp.Doing.Estimate
	return explanation{ID: "scope", Name: "Scope", Value: w.amount(*sp.Scope), Unit: x.w.unitName(),
		Formula: formula("completed + Σ estimates of what is in the sprint and not done", w.amount(*sp.Completed)+" + "+w.amount(open)+" = "+w.amount(*sp.Scope))}
}

func (x sprintExplainer) explainKept(sp *measure.Sprint) explanation {
	w := x.w
	return explanation{ID: "kept", Name: "Kept", Value: w.amount(*sp.Kept), Unit: "of " + w.amount(sp.Ledger.Commitment) + " " + x.w.unitName() + " committed",
		Formula: formula("Σ estimates at the start, of the issues of the commitment that are completed", w.amount(*sp.Kept)+" of "+w.amount(sp.Ledger.Commitment)+" = "+percent(sp.Completion.Kept)),
		Notes:   []string{"Also called say/do. What was added later does not count here."}}
}

func (x sprintExplainer) explainImpediments(sp *measure.Sprint) explanation {
	i := sp.Impediments
	e := explanation{ID: "impediments", Name: "Impediments", Value: loggedHours(i, i.Seconds), Unit: "hours, " + plural(i.Count, "impediment")}
	var terms, keys []string
	for _, t := range i.Issues {
		keys = append(keys, t.Key)
		value, number := "no time", only(float64(t.Seconds))
		if i.TimeUnknown {
			value, number = "–", nil
		} else if t.Seconds > 0 {
			value = hours(t.Seconds) + " h"
			terms = append(terms, hours(t.Seconds))
		}
		e.Rows = append(e.Rows, explainRow{Key: t.Key, What: t.Summary, Value: value, number: number})
	}
	e.Formula = formula("Σ time logged in "+x.span+", by the moment of the work, on issues that are an impediment then or later", sum(terms, loggedHours(i, i.Seconds)+" h"))
	if i.TimeUnknown {
		e.Formula.Numbers = "time logged was not read"
	}
	e.Notes = []string{"An impediment counts when it was opened or worked on in " + x.span + ". One without logged time is counted; no time is invented for it.",
		"The time of an impediment of several natures is split equally between them; it counts once in each."}
	e.Keys, e.Jira = keys, x.jira.search(keys)
	return e
}
