package web

import (
	"fmt"
	"strings"

	"jerem/measure"
)

// quarterPaths are the paths of a quarter's figures in the API's answer, by the names that pages call them.
var quarterPaths = map[string]string{"progression": "progression", "remaining": "remaining", "growth": "growth", "velocity": "velocity.median",
	"left": "working_days_left", "days": "days_to_complete", "slack": "slack_days", "average": "average_completion"}

// quarterExplainer opens the figures of a quarter.
type quarterExplainer struct {
	w    words
	jira jiraLinks
	q    *measure.Quarter
}

// explainQuarter opens the figures of a quarter, in the order in which the page lists them.
func explainQuarter(team *measure.Team, q *measure.Quarter, w words, jira jiraLinks) []explanation {
	x := quarterExplainer{w, jira, q}
	list := []explanation{}
	add := func(e explanation) {
		e.quality = q.QualityOf(quarterPaths[e.ID])
		e.Grade, e.Reasons = e.quality.Grade, reasonList(e.quality)
		list = append(list, e)
	}
	var totals, dones, rests, keys []string
	var rows, doneRows []explainRow
	for _, e := range q.Epics {
		totals, dones, rests = append(totals, w.amount(e.Total)), append(dones, w.amount(e.Done)), append(rests, w.amount(e.Total-e.Done))
		keys = append(keys, e.Key)
		what := e.Summary
		if e.CarriedOver {
			what += " (carried over: what was done before the quarter and still is, is left out)"
		}
		rows = append(rows, explainRow{Key: e.Key, What: what, Value: w.amount(e.Total - e.Done), number: only(e.Total - e.Done)})
		doneRows = append(doneRows, explainRow{Key: e.Key, What: what, Value: w.amount(e.Done) + " of " + w.amount(e.Total), number: only(e.Done)})
	}
	link := jira.search(keys)
	add(explanation{ID: "progression", Name: "Progression", Value: percent(q.Progression), Unit: "of " + q.Quarter, Rows: doneRows, Keys: keys, Jira: link,
		Formula: formula("done ÷ total, over the issues of the epics that carry the quarter's label; done epics stay in the total", sum(dones, w.amount(q.Done))+"; "+sum(totals, w.amount(q.Total))+"; "+w.amount(q.Done)+" ÷ "+w.amount(q.Total)+" = "+percent(q.Progression))})
	add(explanation{ID: "remaining", Name: "Remaining", Value: w.amount(q.Remaining), Unit: x.w.unitName(), Rows: rows, Keys: keys, Jira: link,
		Formula: formula("total − done, over all epics", sum(rests, w.amount(q.Remaining)))})
	add(x.explainSlack())
	add(x.explainDays())
	growth := explanation{ID: "growth", Name: "Growth", Value: percent(q.Growth), Unit: "of the baseline", Formula: formula("total now ÷ total at the end of the quarter's first working day", "the baseline is not taken yet")}
	if q.Baseline != nil {
		growth.Formula = formula("total now ÷ total at the end of the quarter's first working day", w.amount(q.Total)+" ÷ "+w.amount(*q.Baseline)+" = "+percent(q.Growth))
	}
	add(growth)
	add(x.explainVelocity(team))
	add(explanation{ID: "left", Name: "Working days left", Value: fmt.Sprint(q.WorkingDaysLeft), Unit: "days", Formula: formula("working dates from today, or from the quarter's first day if that lies ahead, to its last day, both included", fmt.Sprint(q.WorkingDaysLeft)),
		Notes: []string{"Weekends and the team's days off are not counted."}})
	add(x.explainAverage())
	return list
}

func (x quarterExplainer) explainSlack() explanation {
	q, w := x.q, x.w
	e := explanation{ID: "slack", Name: "Slack", Value: "cannot be told", Formula: formula("working days left − ⌈remaining ÷ velocity⌉", "without a velocity there is no number of days"),
		Notes: []string{"It holds the scope still and knows one pace only, so it is no verdict: how sure a date is it cannot tell."}}
	if q.SlackDays == nil {
		return e
	}
	e.Value, e.Unit = strings.Replace(fmt.Sprint(*q.SlackDays), "-", "−", 1), "working days"
	numbers := fmt.Sprintf("%d − %d = %s", q.WorkingDaysLeft, *q.DaysToComplete, e.Value)
	if q.Velocity != nil && q.Velocity.Median > 0 {
		numbers = fmt.Sprintf("%d − ⌈%s ÷ %s⌉ = ", q.WorkingDaysLeft, w.amount(q.Remaining), figure2(w.scale(q.Velocity.Median))) + numbers
	}
	e.Formula = formula("working days left − ⌈remaining ÷ velocity⌉", numbers)
	return e
}

func (x quarterExplainer) explainDays() explanation {
	q, w := x.q, x.w
	e := explanation{ID: "days", Name: "Days to complete", Value: "cannot be told", Formula: formula("⌈remaining ÷ velocity⌉", "without a velocity there is no number of days")}
	if q.DaysToComplete == nil {
		return e
	}
	e.Value, e.Unit = fmt.Sprint(*q.DaysToComplete), "working days"
	numbers := "nothing remains = 0"
	if q.Remaining > 0 {
		numbers = fmt.Sprintf("⌈%s ÷ %s⌉ = %d", w.amount(q.Remaining), figure2(w.scale(q.Velocity.Median)), *q.DaysToComplete)
	}
	e.Formula = formula("⌈remaining ÷ velocity⌉", numbers)
	return e
}

func (x quarterExplainer) explainVelocity(team *measure.Team) explanation {
	w := x.w
	e := explanation{ID: "velocity", Name: "Velocity", Value: "–", Unit: x.w.unitName() + " a working day", Formula: formula("completed ÷ working days from start to close; the median of the last closed sprints", "no sprint was closed yet")}
	v, ok := team.VelocityOf(x.q)
	if !ok {
		return e
	}
	e.Value = figure(w.scale(x.q.Velocity.Median))
	var terms []string
	for _, one := range v.Sprints {
		terms = append(terms, figure2(w.scale(one.Rate)))
		e.Rows = append(e.Rows, explainRow{Key: one.Name, What: "completed a working day", Value: figure2(w.scale(one.Rate)), number: only(one.Rate)})
	}
	e.Formula = formula("completed ÷ working days from start to close; the median of the last closed sprints", "median of "+strings.Join(terms, ", ")+" = "+figure2(w.scale(x.q.Velocity.Median)))
	e.Notes = []string{"The median of an even number is the mean of the middle two. Sprints of no working time are left out."}
	return e
}

func (x quarterExplainer) explainAverage() explanation {
	q := x.q
	e := explanation{ID: "average", Name: "Sprints, mean", Value: percent(q.AverageCompletion), Unit: "completed of committed", Formula: formula("mean of completed ÷ commitment over the last closed sprints that have one; mean of their impediment time", "no sprint was closed yet")}
	var shares []string
	for _, sp := range q.PastSprints() {
		if sp.Completion.OfCommitment != nil {
			shares = append(shares, percent(sp.Completion.OfCommitment))
		}
		e.Rows = append(e.Rows, explainRow{Key: sp.Name, What: percent(sp.Completion.OfCommitment) + " completed", Value: loggedHours(sp.Impediments, sp.Impediments.Seconds) + " h", number: sp.Completion.OfCommitment})
	}
	if len(shares) > 0 {
		e.Formula = formula("mean of completed ÷ commitment over the last closed sprints that have one; mean of their impediment time", "mean of "+strings.Join(shares, ", ")+" = "+percent(q.AverageCompletion))
	}
	return e
}
