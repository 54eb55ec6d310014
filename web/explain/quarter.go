package explain

import (
	"fmt"
	"strings"

	"jerem/measure"
	"jerem/web/format"
	"jerem/web/frame"
)

// quarterPaths are the paths of a quarter's figures in the API's answer, by the names that pages call them.
var quarterPaths = map[string]string{"progression": "progression", "remaining": "remaining", "growth": "growth", "velocity": "velocity.median",
	"left": "working_days_left", "days": "days_to_complete", "slack": "slack_days", "average": "average_completion"}

// quarterExplainer opens the figures of a quarter.
type quarterExplainer struct {
	w    format.Words
	jira frame.JiraLinks
	q    *measure.Quarter
}

// Quarter opens the figures of a quarter, in the order in which the page lists them.
func Quarter(team *measure.Team, q *measure.Quarter, w format.Words, jira frame.JiraLinks) []frame.Explanation {
	x := quarterExplainer{w, jira, q}
	list := []frame.Explanation{}
	add := func(e frame.Explanation) {
		e.Quality = q.QualityOf(quarterPaths[e.ID])
		e.Grade, e.Reasons = e.Quality.Grade, format.ReasonList(e.Quality)
		list = append(list, e)
	}
	var totals, dones, rests, keys []string
	var rows, doneRows []frame.ExplanationRow
	for _, e := range q.Epics {
		totals, dones, rests = append(totals, w.Amount(e.Total)), append(dones, w.Amount(e.Done)), append(rests, w.Amount(e.Total-e.Done))
		keys = append(keys, e.Key)
		what := e.Summary
		if e.CarriedOver {
			what += " (carried over: what was done before the quarter and still is, is left out)"
		}
		rows = append(rows, frame.ExplanationRow{Key: e.Key, What: what, Value: w.Amount(e.Total - e.Done), Number: frame.Number(e.Total - e.Done)})
		doneRows = append(doneRows, frame.ExplanationRow{Key: e.Key, What: what, Value: w.Amount(e.Done) + " of " + w.Amount(e.Total), Number: frame.Number(e.Done)})
	}
	link := jira.Search(keys)
	add(frame.Explanation{ID: "progression", Name: "Progression", Value: format.Percent(q.Progression), Unit: "of " + q.Quarter, Rows: doneRows, Keys: keys, Jira: link,
		Formula: frame.Formula("done ÷ total, over the issues of the epics that carry the quarter's label; done epics stay in the total", Sum(dones, w.Amount(q.Done))+"; "+Sum(totals, w.Amount(q.Total))+"; "+w.Amount(q.Done)+" ÷ "+w.Amount(q.Total)+" = "+format.Percent(q.Progression))})
	add(frame.Explanation{ID: "remaining", Name: "Remaining", Value: w.Amount(q.Remaining), Unit: x.w.UnitName(), Rows: rows, Keys: keys, Jira: link,
		Formula: frame.Formula("total − done, over all epics", Sum(rests, w.Amount(q.Remaining)))})
	add(x.explainSlack())
	add(x.explainDays())
	growth := frame.Explanation{ID: "growth", Name: "Growth", Value: format.Percent(q.Growth), Unit: "of the baseline", Formula: frame.Formula("total now ÷ total at the end of the quarter's first working day", "the baseline is not taken yet")}
	if q.Baseline != nil {
		growth.Formula = frame.Formula("total now ÷ total at the end of the quarter's first working day", w.Amount(q.Total)+" ÷ "+w.Amount(*q.Baseline)+" = "+format.Percent(q.Growth))
	}
	add(growth)
	add(x.explainVelocity(team))
	add(frame.Explanation{ID: "left", Name: "Working days left", Value: fmt.Sprint(q.WorkingDaysLeft), Unit: "days", Formula: frame.Formula("working dates from today, or from the quarter's first day if that lies ahead, to its last day, both included", fmt.Sprint(q.WorkingDaysLeft)),
		Notes: []string{"Weekends and the team's days off are not counted."}})
	add(x.explainAverage())
	return list
}

func (x quarterExplainer) explainSlack() frame.Explanation {
	q, w := x.q, x.w
	e := frame.Explanation{ID: "slack", Name: "Slack", Value: "cannot be told", Formula: frame.Formula("working days left − ⌈remaining ÷ velocity⌉", "without a velocity there is no number of days"),
		Notes: []string{"It holds the scope still and knows one pace only, so it is no verdict: how sure a date is it cannot tell."}}
	if q.SlackDays == nil {
		return e
	}
	e.Value, e.Unit = strings.Replace(fmt.Sprint(*q.SlackDays), "-", "−", 1), "working days"
	numbers := fmt.Sprintf("%d − %d = %s", q.WorkingDaysLeft, *q.DaysToComplete, e.Value)
	if q.Velocity != nil && q.Velocity.Median > 0 {
		numbers = fmt.Sprintf("%d − ⌈%s ÷ %s⌉ = ", q.WorkingDaysLeft, w.Amount(q.Remaining), format.Figure4(w.Scale(q.Velocity.Median))) + numbers
	}
	e.Formula = frame.Formula("working days left − ⌈remaining ÷ velocity⌉", numbers)
	return e
}

func (x quarterExplainer) explainDays() frame.Explanation {
	q, w := x.q, x.w
	e := frame.Explanation{ID: "days", Name: "Days to complete", Value: "cannot be told", Formula: frame.Formula("⌈remaining ÷ velocity⌉", "without a velocity there is no number of days")}
	if q.DaysToComplete == nil {
		return e
	}
	e.Value, e.Unit = fmt.Sprint(*q.DaysToComplete), "working days"
	numbers := "nothing remains = 0"
	if q.Remaining > 0 {
		numbers = fmt.Sprintf("⌈%s ÷ %s⌉ = %d", w.Amount(q.Remaining), format.Figure4(w.Scale(q.Velocity.Median)), *q.DaysToComplete)
	}
	e.Formula = frame.Formula("⌈remaining ÷ velocity⌉", numbers)
	return e
}

func (x quarterExplainer) explainVelocity(team *measure.Team) frame.Explanation {
	w := x.w
	e := frame.Explanation{ID: "velocity", Name: "Velocity", Value: "–", Unit: x.w.UnitName() + " a working day", Formula: frame.Formula("completed ÷ working days from start to close; the median of the last closed sprints", "no sprint was closed yet")}
	v, ok := measure.VelocityOfQuarter(team, x.q)
	if !ok {
		return e
	}
	e.Value = format.Figure(w.Scale(x.q.Velocity.Median))
	var terms []string
	for _, one := range v.Sprints {
		terms = append(terms, format.Figure4(w.Scale(one.Rate)))
		e.Rows = append(e.Rows, frame.ExplanationRow{Key: one.Name, What: "completed a working day", Value: format.Figure4(w.Scale(one.Rate)), Number: frame.Number(one.Rate)})
	}
	e.Formula = frame.Formula("completed ÷ working days from start to close; the median of the last closed sprints", "median of "+strings.Join(terms, ", ")+" = "+format.Figure4(w.Scale(x.q.Velocity.Median)))
	e.Notes = []string{"The median of an even number is the mean of the middle two. Sprints of no working time are left out."}
	return e
}

func (x quarterExplainer) explainAverage() frame.Explanation {
	q := x.q
	e := frame.Explanation{ID: "average", Name: "Sprints, mean", Value: format.Percent(q.AverageCompletion), Unit: "completed of committed", Formula: frame.Formula("mean of completed ÷ commitment over the last closed sprints that have one; mean of their impediment time", "no sprint was closed yet")}
	var shares []string
	for _, sp := range q.PastSprints() {
		if sp.Completion.OfCommitment != nil {
			shares = append(shares, format.Percent(sp.Completion.OfCommitment))
		}
		e.Rows = append(e.Rows, frame.ExplanationRow{Key: sp.Name, What: format.Percent(sp.Completion.OfCommitment) + " completed", Value: format.LoggedHours(sp.Impediments, sp.Impediments.Seconds) + " h", Number: sp.Completion.OfCommitment})
	}
	if len(shares) > 0 {
		e.Formula = frame.Formula("mean of completed ÷ commitment over the last closed sprints that have one; mean of their impediment time", "mean of "+strings.Join(shares, ", ")+" = "+format.Percent(q.AverageCompletion))
	}
	return e
}
