package explain

import (
	"fmt"
	"strings"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain/explanation"
	"jerem/measure/words"
)

// quarter gathers what the explanations of a quarter share.
type quarter struct {
	words   explanation.TeamWords
	team    *measure.Team
	name    measure.QuarterName
	figures *measure.Quarter
}

// Quarter opens every figure of a quarter, in the order of the catalogue.
func Quarter(team *measure.Team, q *measure.Quarter) []explanation.Explanation {
	name, _ := measure.ParseQuarter(q.Quarter) // a quarter's own name
	s := quarter{explanation.WordsOf(team), team, name, q}
	list := []explanation.Explanation{
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
) []explanation.Input {
	var out []explanation.Input
	for _, e := range list {
		what := e.Summary
		if e.CarriedOver {
			what += " (carried over: what was done before the quarter and still is, is left out)"
		}
		out = append(
			out,
			explanation.Input{Term: term, Issue: e.Key, What: what, Value: explanation.Number(part(e)), Shown: shown(e),
				Listed: true},
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
) explanation.Explanation {
	e := explanation.Begin(catalogue.OfQuarter, name)
	e.Value, e.Shown.Value, e.Shown.Unit = &value, s.words.FormatAmount(value), s.words.UnitName()
	e.Inputs = s.inputsOfEpics(term, list, part,
		func(one measure.QuarterEpic) string { return s.words.FormatPart(part(one)) })
	e.Numbers = explanation.Sum(explanation.ShownOf(e.Inputs), s.words.FormatPart(value))
	e.Issues = explanation.KeysOf(e.Inputs)
	return e
}

func (s quarter) explainTotal() explanation.Explanation {
	return s.explainSum("total", "total", s.figures.Total, s.figures.Epics, totalOf)
}
func (s quarter) explainDone() explanation.Explanation {
	return s.explainSum("done", "done", s.figures.Done, s.figures.Epics, doneOf)
}
func (s quarter) explainDoing() explanation.Explanation {
	return s.explainSum("doing", "doing", s.figures.Doing, s.figures.Epics, doingOf)
}
func (s quarter) explainToDo() explanation.Explanation {
	return s.explainSum("todo", "todo", s.figures.ToDo, s.figures.Epics, toDoOf)
}

func (s quarter) explainRemaining() explanation.Explanation {
	return s.explainSum("remaining", "remaining", s.figures.Remaining, s.figures.Epics, restOf)
}

func (s quarter) explainBaseline() explanation.Explanation {
	if s.figures.Baseline == nil {
		e := explanation.Begin(catalogue.OfQuarter, "baseline")
		e.Shown.Value, e.Numbers = "–", "the baseline is not taken yet"
		return e
	}
	return s.explainSum("baseline", "total", *s.figures.Baseline, measure.BaselineEpics(s.team, s.name), totalOf)
}

func (s quarter) explainGrowth() explanation.Explanation {
	q := s.figures
	e := explanation.Begin(catalogue.OfQuarter, "growth")
	e.Value, e.Shown.Value, e.Shown.Unit = q.Growth, words.Percent(q.Growth), "of the baseline"
	if q.Baseline == nil {
		e.Numbers = "the baseline is not taken yet"
		return e
	}
	e.Numbers = s.words.FormatPart(q.Total) + " ÷ " + s.words.FormatPart(*q.Baseline) + " = " + words.Percent(q.Growth)
	e.Inputs = []explanation.Input{{Term: "total", What: "total", Value: explanation.Number(q.Total),
		Shown: s.words.FormatPart(q.Total)},
		{Term: "baseline", What: "baseline", Value: explanation.Number(*q.Baseline),
			Shown: s.words.FormatPart(*q.Baseline)}}
	return e
}

func (s quarter) explainProgression() explanation.Explanation {
	q := s.figures
	e := explanation.Begin(catalogue.OfQuarter, "progression")
	e.Value, e.Shown.Value, e.Shown.Unit = q.Progression, words.Percent(q.Progression), "of "+q.Quarter
	done, total := s.explainDone(), s.explainTotal()
	e.Numbers = done.Numbers + "; " + total.Numbers + "; " + s.words.FormatPart(
		q.Done,
	) + " ÷ " + s.words.FormatPart(
		q.Total,
	) + " = " + words.Percent(
		q.Progression,
	)
	of := func(one measure.QuarterEpic) string {
		return s.words.FormatPart(one.Done) + " of " + s.words.FormatPart(one.Total)
	}
	e.Inputs = append(s.inputsOfEpics("done", q.Epics, doneOf, of), hideInputs(total.Inputs)...)
	e.Issues = done.Issues
	return e
}

// explainVelocities opens what the last closed sprints completed a working day.
func (s quarter) explainVelocities() []explanation.Explanation {
	names := []string{"velocity.median", "velocity.mean", "velocity.low", "velocity.high"}
	v, known := measure.VelocityOfQuarter(s.team, s.figures)
	var list []explanation.Explanation
	for n, value := range []float64{v.Median, v.Mean, v.Low, v.High} {
		e := explanation.Begin(catalogue.OfQuarter, names[n])
		e.Shown.Value, e.Shown.Unit, e.Numbers = "–", s.words.UnitName()+" a working day", measure.WhyNoVelocity(s.team)
		if known {
			e.Value, e.Shown.Value = &value, words.Figure(s.words.ScaleAmount(value))
			e.Inputs = s.inputsOfRates(v)
			e.Numbers = []string{"median", "mean", "least", "most"}[n] + " of " + strings.Join(
				explanation.ShownOf(e.Inputs),
				", ",
			) + " = " + s.words.FormatRate(value)
			e.Notes = []string{
				"The median of an even number is the mean of the middle two. Sprints of no working time are left out.",
			}
		}
		list = append(list, e)
	}
	sprints := explanation.Begin(catalogue.OfQuarter, "velocity.sprints")
	sprints.Shown.Value, sprints.Shown.Unit, sprints.Numbers = "–", "sprints", measure.WhyNoVelocity(s.team)
	if known {
		n := len(v.Sprints)
		sprints.Value, sprints.Shown.Value, sprints.Numbers, sprints.Inputs = explanation.Count(
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

func (s quarter) inputsOfRates(v measure.Velocity) []explanation.Input {
	names := s.sprintNames()
	var out []explanation.Input
	for _, one := range v.Sprints {
		out = append(out, explanation.Input{Term: "rate", Issue: names[one.ID], What: "completed a working day",
			Value: explanation.Number(one.Rate),
			Shown: s.words.FormatRate(one.Rate), Listed: true})
	}
	return out
}

// sprintNames are the names that tell the sprints of the team from each other.
func (s quarter) sprintNames() map[int64]string {
	return measure.DistinctNames(s.team.Sprints(s.figures.At))
}

func (s quarter) explainDaysLeft() explanation.Explanation {
	e := explanation.Begin(catalogue.OfQuarter, "working_days_left")
	n := s.figures.WorkingDaysLeft
	e.Value, e.Shown.Value, e.Shown.Unit, e.Numbers = explanation.Count(&n), fmt.Sprint(n), "days", fmt.Sprint(n)
	e.Notes = []string{"Weekends and the team's days off are not counted."}
	for _, day := range measure.DatesLeft(s.team, s.name, s.figures.At) {
		e.Inputs = append(
			e.Inputs,
			explanation.Input{Term: "day", Date: day.String(), What: "working day", Value: explanation.Number(1),
				Shown: explanation.DateWord(day)},
		)
	}
	return e
}

const noDays = "without a velocity there is no number of days"

// inputsOfDays are the inputs of the days to complete: none where nothing remains, whatever the velocity.
func (s quarter) inputsOfDays() []explanation.Input {
	q := s.figures
	if q.Remaining <= 0 {
		return nil
	}
	return []explanation.Input{
		{Term: "remaining", What: "remaining", Value: explanation.Number(q.Remaining),
			Shown: s.words.FormatPart(q.Remaining)},
		{
			Term:  "velocity",
			What:  "velocity",
			Value: explanation.Number(q.Velocity.Median),
			Shown: s.words.FormatRate(q.Velocity.Median),
		},
	}
}

func (s quarter) explainDays() explanation.Explanation {
	q := s.figures
	e := explanation.Begin(catalogue.OfQuarter, "days_to_complete")
	e.Shown.Value, e.Numbers = "cannot be told", noDays
	if q.DaysToComplete == nil {
		return e
	}
	e.Value = explanation.Count(q.DaysToComplete)
	e.Shown.Value, e.Shown.Unit = fmt.Sprint(*q.DaysToComplete), "working days"
	e.Numbers, e.Inputs = "nothing remains = 0", s.inputsOfDays()
	if q.Remaining > 0 {
		e.Numbers = fmt.Sprintf(
			"⌈%s ÷ %s⌉ = %d",
			s.words.FormatPart(q.Remaining),
			s.words.FormatRate(q.Velocity.Median),
			*q.DaysToComplete,
		)
	}
	return e
}

func (s quarter) explainSlack() explanation.Explanation {
	q := s.figures
	e := explanation.Begin(catalogue.OfQuarter, "slack_days")
	e.Shown.Value, e.Numbers = "cannot be told", noDays
	e.Notes = []string{
		"It holds the scope still and knows one pace only, so it is no verdict: how sure a date is it cannot tell.",
	}
	if q.SlackDays == nil {
		return e
	}
	e.Value = explanation.Count(q.SlackDays)
	e.Shown.Value, e.Shown.Unit = words.Figure(float64(*q.SlackDays)), "working days"
	e.Numbers = fmt.Sprintf("%d − %d = %s", q.WorkingDaysLeft, *q.DaysToComplete, e.Shown.Value)
	if q.Velocity != nil && q.Velocity.Median > 0 {
		e.Numbers = fmt.Sprintf(
			"%d − ⌈%s ÷ %s⌉ = ",
			q.WorkingDaysLeft,
			s.words.FormatPart(q.Remaining),
			s.words.FormatRate(q.Velocity.Median),
		) + e.Numbers
	}
	left := float64(q.WorkingDaysLeft)
	e.Inputs = append(
		[]explanation.Input{{Term: "left", What: "working days left", Value: &left,
			Shown: fmt.Sprint(q.WorkingDaysLeft)}},
		s.inputsOfDays()...)
	return e
}

func (s quarter) explainCompletion() explanation.Explanation {
	q := s.figures
	e := explanation.Begin(catalogue.OfQuarter, "average_completion")
	e.Value, e.Shown.Value, e.Shown.Unit, e.Numbers = q.AverageCompletion, words.Percent(
		q.AverageCompletion,
	), "completed of committed", measure.WhyNoVelocity(s.team)
	var shares []string
	names := s.sprintNames()
	for _, sp := range q.PastSprints() {
		share := sp.Completion.OfCommitment
		input := explanation.Input{
			Issue:  names[sp.ID],
			What:   words.Percent(share) + " completed",
			Value:  share,
			Shown:  loggedTime(sp.Impediments, sp.Impediments.Seconds),
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

func (s quarter) explainImpediments() explanation.Explanation {
	q := s.figures
	e := explanation.Begin(catalogue.OfQuarter, "average_impediment_seconds")
	e.Value, e.Shown.Value, e.Shown.Unit, e.Numbers = q.AverageImpediment, "–", "hours", measure.WhyNoVelocity(s.team)
	names := s.sprintNames()
	for _, sp := range q.PastSprints() {
		input := explanation.Input{
			Issue:  names[sp.ID],
			What:   "impediments",
			Shown:  loggedTime(sp.Impediments, sp.Impediments.Seconds),
			Listed: true,
		}
		if !sp.Impediments.TimeUnknown {
			input.Term, input.Value = "seconds", explanation.Count(&sp.Impediments.Seconds)
		}
		e.Inputs = append(e.Inputs, input)
	}
	if q.AverageImpediment != nil {
		e.Shown.Value = words.Hours(int64(*q.AverageImpediment))
		e.Numbers = "mean of " + strings.Join(explanation.ShownOf(e.Inputs), ", ") + " = " +
			words.Duration(*q.AverageImpediment)
	}
	return e
}
