package web

import (
	"fmt"
	"strings"
	"time"

	"jerem/measure"
)

// explanation opens a figure: its formula with the numbers put in, and what stands behind it.
type explanation struct {
	ID, Name, Value, Unit string
	Formula               inWords
	Notes                 []string
	Rows                  []explainRow
	Keys                  []string // of the issues, for a search in Jira
	Jira                  string   // address of that search
	Grade                 measure.Grade
	Reasons               string
	quality               measure.Quality // the same for programs
}

// explainRow is an issue or an event behind a figure.
type explainRow struct {
	Time, Key, What, Value string
	at                     *time.Time // the same for programs
	number                 *float64   // in the unit of the API; nil for none
}

// inWords is a formula in words, and with the numbers put in.
type inWords struct{ Words, Numbers string }

func formula(words, numbers string) inWords { return inWords{words, numbers} }

// only returns a number that a row tells, for programs.
func only(x float64) *float64 { return &x }

// sprintPaths are the paths of a sprint's figures in the API's answer, by the names that pages call them.
var sprintPaths = map[string]string{"remaining": "ledger.remaining", "commitment": "ledger.commitment", "completed": "completed", "scope": "scope",
	"kept": "kept", "impediments": "impediments.seconds", "unplanned": "impediments.unplanned", "unestimated": "unestimated"}

// explain opens the figures of a sprint.
func (m *micro) explain(s *Server, sp *measure.Sprint) {
	add := func(e explanation) {
		quality := sp.QualityOf(sprintPaths[e.ID])
		e.Grade, e.Reasons, e.quality = quality.Grade, strings.TrimPrefix(reasons(quality), ": "), quality
		m.Explains = append(m.Explains, e)
	}
	add(m.explainRemaining(s, sp))
	add(m.explainCommitment(s, sp))
	add(m.explainCompleted(s, sp))
	add(m.explainScope(sp))
	add(m.explainKept(sp))
	add(m.explainImpediments(s, sp))
	i := sp.Impediments
	add(explanation{ID: "unplanned", Name: "Unplanned share", Value: percent(i.Unplanned), Unit: "of all time logged",
		Formula: formula("time logged on impediments ÷ all time logged on the team's issues, in the sprint", m.unplannedNumbers(i))})
	if sp.Unestimated != nil {
		var rows []explainRow
		for _, issue := range sp.Issues {
			if issue.Unestimated {
				rows = append(rows, explainRow{Key: issue.Key, What: issue.Summary})
			}
		}
		add(explanation{ID: "unestimated", Name: "Without an estimate", Value: fmt.Sprint(*sp.Unestimated), Unit: "issues", Rows: rows,
			Formula: formula("issues in the sprint that have no estimate, nor an estimated sub-task", fmt.Sprintf("%d of %d", *sp.Unestimated, len(sp.Issues))),
			Notes:   []string{"0 is an estimate. An issue without one counts 0 in every sum, so the sums are lower bounds."}})
	}
}

// unplannedNumbers writes the unplanned share with its numbers, or why there is none.
func (m *micro) unplannedNumbers(i *measure.Impediments) string {
	if why := m.whyNoShare(i); why != "" {
		return why
	}
	return hours(i.Seconds) + " h ÷ " + hours(i.LoggedSeconds) + " h = " + percent(i.Unplanned)
}

func (m *micro) explainRemaining(s *Server, sp *measure.Sprint) explanation {
	w, l := m.W, sp.Ledger
	e := explanation{ID: "remaining", Name: "Remaining", Value: w.amount(l.Remaining), Unit: m.Unit}
	e.Formula = formula("commitment + added − removed + re-estimated − completed + reopened", fmt.Sprintf("%s + %s − %s + %s − %s + %s = %s",
		w.amount(l.Commitment), w.amount(l.Added), w.amount(l.Removed), w.amount(l.Reestimated), w.amount(l.Completed), w.amount(l.Reopened), w.amount(l.Remaining)))
	e.Notes = append(e.Notes, fmt.Sprintf("Counted a second way: to do %s and doing %s, the issues in the sprint that are not done, are %s %s. Both ways agree at each event.",
		w.amount(sp.ToDo.Estimate), w.amount(sp.Doing.Estimate), w.amount(sp.ToDo.Estimate+sp.Doing.Estimate), m.Unit))
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
	e.Keys, e.Jira = keys, s.teams.jiraSearch(keys)
	return e
}

func (m *micro) explainCommitment(s *Server, sp *measure.Sprint) explanation {
	w := m.W
	e := explanation{ID: "commitment", Name: "Commitment", Value: w.amount(sp.Ledger.Commitment), Unit: m.Unit}
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
	e.Keys, e.Jira = keys, s.teams.jiraSearch(keys)
	return e
}

// sum writes an addition, cut where it is long.
func sum(terms []string, total string) string {
	if len(terms) > 30 {
		terms = append(terms[:30:30], fmt.Sprintf("… %d more", len(terms)-30))
	}
	if len(terms) == 0 {
		return total
	}
	return strings.Join(terms, " + ") + " = " + total
}

func (m *micro) explainCompleted(s *Server, sp *measure.Sprint) explanation {
	w := m.W
	e := explanation{ID: "completed", Name: "Completed", Value: w.amount(*sp.Completed), Unit: "of " + w.amount(*sp.Scope) + " " + m.Unit}
	var terms, keys []string
	for _, i := range sp.Issues {
		if !i.Completed {
			continue
		}
		estimate := 0.0
		if i.Estimate != nil {
			estimate = *i.Estimate
		} else if m.Unit == "issues" {
			estimate = 1
		}
		terms, keys = append(terms, w.amount(estimate)), append(keys, i.Key)
		e.Rows = append(e.Rows, explainRow{Key: i.Key, What: i.Summary, Value: w.amount(estimate), number: &estimate})
	}
	e.Formula = formula("Σ estimates of the issues that are done now and went into done during the sprint, as members", sum(terms, w.amount(*sp.Completed)))
	e.Notes = append(e.Notes, m.reconciliationNotes(sp.Reconciliation)...)
	e.Rows = append(e.Rows, m.reconciliationEvents(sp.Reconciliation)...)
	e.Keys, e.Jira = keys, s.teams.jiraSearch(keys)
	return e
}

func (m *micro) explainScope(sp *measure.Sprint) explanation {
	w := m.W
	open := sp.ToDo.Estimate + sp.Doing.Estimate
	return explanation{ID: "scope", Name: "Scope", Value: w.amount(*sp.Scope), Unit: m.Unit,
		Formula: formula("completed + Σ estimates of what is in the sprint and not done", w.amount(*sp.Completed)+" + "+w.amount(open)+" = "+w.amount(*sp.Scope))}
}

func (m *micro) explainKept(sp *measure.Sprint) explanation {
	w := m.W
	return explanation{ID: "kept", Name: "Kept", Value: w.amount(*sp.Kept), Unit: "of " + w.amount(sp.Ledger.Commitment) + " " + m.Unit + " committed",
		Formula: formula("Σ estimates at the start, of the issues of the commitment that are completed", w.amount(*sp.Kept)+" of "+w.amount(sp.Ledger.Commitment)+" = "+percent(sp.Completion.Kept)),
		Notes:   []string{"Also called say/do. What was added later does not count here."}}
}

func (m *micro) explainImpediments(s *Server, sp *measure.Sprint) explanation {
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
	e.Formula = formula("Σ time logged in the sprint, by the moment of the work, on issues that are an impediment then or later", sum(terms, loggedHours(i, i.Seconds)+" h"))
	if i.TimeUnknown {
		e.Formula.Numbers = "time logged was not read"
	}
	e.Notes = []string{"An impediment counts when it was opened or worked on in the sprint. One without logged time is counted; no time is invented for it.",
		"The time of an impediment of several natures is split equally between them; it counts once in each."}
	e.Keys, e.Jira = keys, s.teams.jiraSearch(keys)
	return e
}
