package web

import (
	"fmt"
	"strings"

	"jerem/measure"
)

// quarterPaths are the paths of a quarter's figures in the API's answer, by the names that pages call them.
var quarterPaths = map[string]string{"progression": "progression", "remaining": "remaining", "growth": "growth", "velocity": "velocity.median",
	"left": "working_days_left", "days": "days_to_complete", "slack": "slack_days", "average": "average_completion"}

// explain opens the figures of a quarter.
func (p *roadmap) explain(s *Server, team *measure.Team) {
	q, w := p.Q, p.W
	add := func(e explanation) {
		quality := q.QualityOf(quarterPaths[e.ID])
		e.Grade, e.Reasons, e.quality = quality.Grade, strings.TrimPrefix(reasons(quality), ": "), quality
		p.Explains = append(p.Explains, e)
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
	link := s.teams.jiraSearch(keys)
	add(explanation{ID: "progression", Name: "Progression", Value: percent(q.Progression), Unit: "of " + q.Quarter, Rows: doneRows, Keys: keys, Jira: link,
		Formula: formula("done ÷ total, over the issues of the epics that carry the quarter's label; done epics stay in the total", sum(dones, w.amount(q.Done))+"; "+sum(totals, w.amount(q.Total))+"; "+w.amount(q.Done)+" ÷ "+w.amount(q.Total)+" = "+percent(q.Progression))})
	add(explanation{ID: "remaining", Name: "Remaining", Value: w.amount(q.Remaining), Unit: p.Unit, Rows: rows, Keys: keys, Jira: link,
		Formula: formula("total − done, over all epics", sum(rests, w.amount(q.Remaining)))})
	add(p.explainSlack())
	add(p.explainDays())
	growth := explanation{ID: "growth", Name: "Growth", Value: percent(q.Growth), Unit: "of the baseline", Formula: formula("total now ÷ total at the end of the quarter's first working day", "the baseline is not taken yet")}
	if q.Baseline != nil {
		growth.Formula = formula("total now ÷ total at the end of the quarter's first working day", w.amount(q.Total)+" ÷ "+w.amount(*q.Baseline)+" = "+percent(q.Growth))
	}
	add(growth)
	add(p.explainVelocity(team))
	add(explanation{ID: "left", Name: "Working days left", Value: fmt.Sprint(q.WorkingDaysLeft), Unit: "days", Formula: formula("working dates from today, or from the quarter's first day if that lies ahead, to its last day, both included", fmt.Sprint(q.WorkingDaysLeft)),
		Notes: []string{"Weekends and the team's days off are not counted."}})
	add(p.explainAverage(team))
}

func (p *roadmap) explainSlack() explanation {
	q, w := p.Q, p.W
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

func (p *roadmap) explainDays() explanation {
	q, w := p.Q, p.W
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

// figure2 writes a number with four digits.
func figure2(x float64) string { return strings.Replace(fmt.Sprintf("%.4g", x), "-", "−", 1) }

func (p *roadmap) explainVelocity(team *measure.Team) explanation {
	w := p.W
	e := explanation{ID: "velocity", Name: "Velocity", Value: "–", Unit: p.Unit + " a working day", Formula: formula("completed ÷ working days from start to close; the median of the last closed sprints", "no sprint was closed yet")}
	v, ok := team.VelocityOf(p.Q)
	if !ok {
		return e
	}
	e.Value = figure(w.scale(p.Q.Velocity.Median))
	var terms []string
	for _, one := range v.Sprints {
		terms = append(terms, figure2(w.scale(one.Rate)))
		e.Rows = append(e.Rows, explainRow{Key: one.Name, What: "completed a working day", Value: figure2(w.scale(one.Rate)), number: only(one.Rate)})
	}
	e.Formula = formula("completed ÷ working days from start to close; the median of the last closed sprints", "median of "+strings.Join(terms, ", ")+" = "+figure2(w.scale(p.Q.Velocity.Median)))
	e.Notes = []string{"The median of an even number is the mean of the middle two. Sprints of no working time are left out."}
	return e
}

func (p *roadmap) explainAverage(team *measure.Team) explanation {
	q := p.Q
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
