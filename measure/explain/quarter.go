package explain

import (
	"fmt"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/words"
)

// quarter gathers what the explanations of a quarter share.
type quarter struct {
	teamWords
	team    *measure.Team
	name    measure.QuarterName
	figures *measure.Quarter
}

// Quarter opens every figure of a quarter, in the order of the catalogue.
func Quarter(team *measure.Team, q *measure.Quarter) []Explanation {
	name, _ := measure.ParseQuarter(q.Quarter) // a quarter's own name
	s := quarter{wordsOf(team), team, name, q}
	list := []Explanation{
		s.explainTotal(),
		s.explainDone(),
		s.explainDoing(),
		s.explainToDo(),
		s.explainRemaining(),
		s.explainBaseline(),
		s.explainGrowth(),
		s.explainProgression(),
	}
	list = append(list, s.explainVelocities()...)
	list = append(
		list,
		s.explainDaysLeft(),
		s.explainDays(),
		s.explainSlack(),
		s.explainCompletion(),
		s.explainImpediments(),
	)
	for i := range list {
		e := &list[i]
		e.At, e.Quality = q.At, q.QualityOf(e.Figure.Name)
		e.Figure.Formula = formulaBy(team.History().Team.Quarter, e.Figure.Formula)
		switch e.Unit {
		case catalogue.UnitEstimate:
			e.Unit = string(q.Unit)
		case catalogue.UnitEstimateADay:
			e.Unit = string(q.Unit) + " a working day"
		}
	}
	return list
}

// formulaBy writes a formula of the catalogue, which tells epics by label, for a team that tells them otherwise.
func formulaBy(rule agile.QuarterRule, formula string) string {
	return strings.ReplaceAll(formula, words.OfQuarters(agile.QuarterRule{}).Those, words.OfQuarters(rule).Those)
}

// inputsOfEpics makes an input of each epic of a list.
func (s quarter) inputsOfEpics(
	term string,
	list []measure.QuarterEpic,
	part func(measure.QuarterEpic) float64,
	shown func(measure.QuarterEpic) string,
) []Input {
	var out []Input
	for _, e := range list {
		what := e.Summary
		if e.CarriedOver {
			what += " (carried over: what was done before the quarter and still is, is left out)"
		}
		out = append(
			out,
			Input{Term: term, Issue: e.Key, What: what, Value: pointerTo(part(e)), Shown: shown(e), Listed: true},
		)
	}
	return out
}

func totalOf(e measure.QuarterEpic) float64 { return e.Total }
func doneOf(e measure.QuarterEpic) float64  { return e.Done }
func doingOf(e measure.QuarterEpic) float64 { return e.Doing }
func toDoOf(e measure.QuarterEpic) float64  { return e.ToDo }
func restOf(e measure.QuarterEpic) float64  { return e.Total - e.Done }

// explainSum opens a sum over epics.
func (s quarter) explainSum(
	name, term string,
	value float64,
	list []measure.QuarterEpic,
	part func(measure.QuarterEpic) float64,
) Explanation {
	e := beginExplanation(catalogue.OfQuarter, name)
	e.Value, e.Shown.Value, e.Shown.Unit = &value, s.formatAmount(value), s.unitName()
	e.Inputs = s.inputsOfEpics(term, list, part,
		func(one measure.QuarterEpic) string { return s.formatAmount(part(one)) })
	e.Numbers = Sum(shownOf(e.Inputs), s.formatAmount(value))
	e.Issues = keysOf(e.Inputs)
	return e
}

func shownOf(inputs []Input) []string {
	var out []string
	for _, i := range inputs {
		out = append(out, i.Shown)
	}
	return out
}

func keysOf(inputs []Input) []string {
	var out []string
	for _, i := range inputs {
		out = append(out, i.Issue)
	}
	return out
}

func (s quarter) explainTotal() Explanation {
	return s.explainSum("total", "total", s.figures.Total, s.figures.Epics, totalOf)
}
func (s quarter) explainDone() Explanation {
	return s.explainSum("done", "done", s.figures.Done, s.figures.Epics, doneOf)
}
func (s quarter) explainDoing() Explanation {
	return s.explainSum("doing", "doing", s.figures.Doing, s.figures.Epics, doingOf)
}
func (s quarter) explainToDo() Explanation {
	return s.explainSum("todo", "todo", s.figures.ToDo, s.figures.Epics, toDoOf)
}

func (s quarter) explainRemaining() Explanation {
	return s.explainSum("remaining", "remaining", s.figures.Remaining, s.figures.Epics, restOf)
}

func (s quarter) explainBaseline() Explanation {
	if s.figures.Baseline == nil {
		e := beginExplanation(catalogue.OfQuarter, "baseline")
		e.Shown.Value, e.Numbers = "–", "the baseline is not taken yet"
		return e
	}
	return s.explainSum("baseline", "total", *s.figures.Baseline, measure.BaselineEpics(s.team, s.name), totalOf)
}

func (s quarter) explainGrowth() Explanation {
	q := s.figures
	e := beginExplanation(catalogue.OfQuarter, "growth")
	e.Value, e.Shown.Value, e.Shown.Unit = q.Growth, words.Percent(q.Growth), "of the baseline"
	if q.Baseline == nil {
		e.Numbers = "the baseline is not taken yet"
		return e
	}
	e.Numbers = s.formatAmount(q.Total) + " ÷ " + s.formatAmount(*q.Baseline) + " = " + words.Percent(q.Growth)
	e.Inputs = []Input{{Term: "total", What: "total", Value: pointerTo(q.Total), Shown: s.formatAmount(q.Total)},
		{Term: "baseline", What: "baseline", Value: pointerTo(*q.Baseline), Shown: s.formatAmount(*q.Baseline)}}
	return e
}

func (s quarter) explainProgression() Explanation {
	q := s.figures
	e := beginExplanation(catalogue.OfQuarter, "progression")
	e.Value, e.Shown.Value, e.Shown.Unit = q.Progression, words.Percent(q.Progression), "of "+q.Quarter
	done, total := s.explainDone(), s.explainTotal()
	e.Numbers = done.Numbers + "; " + total.Numbers + "; " + s.formatAmount(
		q.Done,
	) + " ÷ " + s.formatAmount(
		q.Total,
	) + " = " + words.Percent(
		q.Progression,
	)
	of := func(one measure.QuarterEpic) string {
		return s.formatAmount(one.Done) + " of " + s.formatAmount(one.Total)
	}
	e.Inputs = append(s.inputsOfEpics("done", q.Epics, doneOf, of), hideInputs(total.Inputs)...)
	e.Issues = done.Issues
	return e
}

// explainVelocities opens what the last closed sprints completed a working day.
func (s quarter) explainVelocities() []Explanation {
	names := []string{"velocity.median", "velocity.mean", "velocity.low", "velocity.high"}
	v, known := measure.VelocityOfQuarter(s.team, s.figures)
	var list []Explanation
	for n, value := range []float64{v.Median, v.Mean, v.Low, v.High} {
		e := beginExplanation(catalogue.OfQuarter, names[n])
		e.Shown.Value, e.Shown.Unit, e.Numbers = "–", s.unitName()+" a working day", "no sprint was closed yet"
		if known {
			e.Value, e.Shown.Value = &value, words.Figure(s.scaleAmount(value))
			e.Inputs = s.inputsOfRates(v)
			e.Numbers = []string{"median", "mean", "least", "most"}[n] + " of " + strings.Join(
				shownOf(e.Inputs),
				", ",
			) + " = " + words.FourDigits(
				s.scaleAmount(value),
			)
			e.Notes = []string{
				"The median of an even number is the mean of the middle two. Sprints of no working time are left out.",
			}
		}
		list = append(list, e)
	}
	sprints := beginExplanation(catalogue.OfQuarter, "velocity.sprints")
	sprints.Shown.Value, sprints.Shown.Unit, sprints.Numbers = "–", "sprints", "no sprint was closed yet"
	if known {
		n := len(v.Sprints)
		sprints.Value, sprints.Shown.Value, sprints.Numbers, sprints.Inputs = pointerToCount(
			&n,
		), fmt.Sprint(
			n,
		), fmt.Sprint(
			n,
		), s.inputsOfRates(
			v,
		)
	}
	return append(list, sprints)
}

func (s quarter) inputsOfRates(v measure.Velocity) []Input {
	var out []Input
	for _, one := range v.Sprints {
		out = append(out, Input{Term: "rate", Issue: one.Name, What: "completed a working day",
			Value: pointerTo(one.Rate),
			Shown: words.FourDigits(s.scaleAmount(one.Rate)), Listed: true})
	}
	return out
}

func (s quarter) explainDaysLeft() Explanation {
	e := beginExplanation(catalogue.OfQuarter, "working_days_left")
	n := s.figures.WorkingDaysLeft
	e.Value, e.Shown.Value, e.Shown.Unit, e.Numbers = pointerToCount(&n), fmt.Sprint(n), "days", fmt.Sprint(n)
	e.Notes = []string{"Weekends and the team's days off are not counted."}
	for _, day := range measure.DatesLeft(s.team, s.name, s.figures.At) {
		e.Inputs = append(
			e.Inputs,
			Input{Term: "day", Date: day.String(), What: "working day", Value: pointerTo(1), Shown: dateWord(day)},
		)
	}
	return e
}

func dateWord(d calendar.Date) string { return d.In(time.UTC, 0).Format("Mon 2 Jan") }

const noDays = "without a velocity there is no number of days"

// inputsOfDays are the inputs of the days to complete: none where nothing remains, whatever the velocity.
func (s quarter) inputsOfDays() []Input {
	q := s.figures
	if q.Remaining <= 0 {
		return nil
	}
	return []Input{
		{Term: "remaining", What: "remaining", Value: pointerTo(q.Remaining), Shown: s.formatAmount(q.Remaining)},
		{
			Term:  "velocity",
			What:  "velocity",
			Value: pointerTo(q.Velocity.Median),
			Shown: words.FourDigits(s.scaleAmount(q.Velocity.Median)),
		},
	}
}

func (s quarter) explainDays() Explanation {
	q := s.figures
	e := beginExplanation(catalogue.OfQuarter, "days_to_complete")
	e.Shown.Value, e.Numbers = "cannot be told", noDays
	if q.DaysToComplete == nil {
		return e
	}
	e.Value = pointerToCount(q.DaysToComplete)
	e.Shown.Value, e.Shown.Unit = fmt.Sprint(*q.DaysToComplete), "working days"
	e.Numbers, e.Inputs = "nothing remains = 0", s.inputsOfDays()
	if q.Remaining > 0 {
		e.Numbers = fmt.Sprintf(
			"⌈%s ÷ %s⌉ = %d",
			s.formatAmount(q.Remaining),
			words.FourDigits(s.scaleAmount(q.Velocity.Median)),
			*q.DaysToComplete,
		)
	}
	return e
}

func (s quarter) explainSlack() Explanation {
	q := s.figures
	e := beginExplanation(catalogue.OfQuarter, "slack_days")
	e.Shown.Value, e.Numbers = "cannot be told", noDays
	e.Notes = []string{
		"It holds the scope still and knows one pace only, so it is no verdict: how sure a date is it cannot tell.",
	}
	if q.SlackDays == nil {
		return e
	}
	e.Value = pointerToCount(q.SlackDays)
	e.Shown.Value, e.Shown.Unit = words.Figure(float64(*q.SlackDays)), "working days"
	e.Numbers = fmt.Sprintf("%d − %d = %s", q.WorkingDaysLeft, *q.DaysToComplete, e.Shown.Value)
	if q.Velocity != nil && q.Velocity.Median > 0 {
		e.Numbers = fmt.Sprintf(
			"%d − ⌈%s ÷ %s⌉ = ",
			q.WorkingDaysLeft,
			s.formatAmount(q.Remaining),
			words.FourDigits(s.scaleAmount(q.Velocity.Median)),
		) + e.Numbers
	}
	left := float64(q.WorkingDaysLeft)
	e.Inputs = append(
		[]Input{{Term: "left", What: "working days left", Value: &left, Shown: fmt.Sprint(q.WorkingDaysLeft)}},
		s.inputsOfDays()...)
	return e
}

func (s quarter) explainCompletion() Explanation {
	q := s.figures
	e := beginExplanation(catalogue.OfQuarter, "average_completion")
	e.Value, e.Shown.Value, e.Shown.Unit, e.Numbers = q.AverageCompletion, words.Percent(
		q.AverageCompletion,
	), "completed of committed", "no sprint was closed yet"
	var shares []string
	for _, sp := range q.PastSprints() {
		share := sp.Completion.OfCommitment
		input := Input{
			Issue:  sp.Name,
			What:   words.Percent(share) + " completed",
			Value:  share,
			Shown:  LoggedHours(sp.Impediments, sp.Impediments.Seconds) + " h",
			Listed: true,
		}
		if share != nil {
			input.Term = "share"
			shares = append(shares, words.Percent(share))
		}
		e.Inputs = append(e.Inputs, input)
	}
	if len(shares) > 0 {
		e.Numbers = "mean of " + strings.Join(shares, ", ") + " = " + words.Percent(q.AverageCompletion)
	}
	return e
}

func (s quarter) explainImpediments() Explanation {
	q := s.figures
	e := beginExplanation(catalogue.OfQuarter, "average_impediment_seconds")
	e.Value, e.Shown.Value, e.Shown.Unit, e.Numbers = q.AverageImpediment, "–", "hours", "no sprint was closed yet"
	for _, sp := range q.PastSprints() {
		input := Input{
			Issue:  sp.Name,
			What:   "impediments",
			Shown:  LoggedHours(sp.Impediments, sp.Impediments.Seconds) + " h",
			Listed: true,
		}
		if !sp.Impediments.TimeUnknown {
			input.Term, input.Value = "seconds", pointerToCount(&sp.Impediments.Seconds)
		}
		e.Inputs = append(e.Inputs, input)
	}
	if q.AverageImpediment != nil {
		e.Shown.Value = words.Hours(int64(*q.AverageImpediment))
		e.Numbers = "mean of " + strings.Join(shownOf(e.Inputs), ", ") + " = " + e.Shown.Value + " h"
	}
	return e
}
