package explain

import (
	"fmt"
	"strings"
	"time"

	"jerem/calendar"
	"jerem/measure"
)

// quarter gathers what the explanations of a quarter share.
type quarter struct {
	words
	team    *measure.Team
	name    measure.QuarterName
	figures *measure.Quarter
}

// Quarter opens every figure of a quarter, in the order of the catalogue.
func Quarter(team *measure.Team, q *measure.Quarter) []Explanation {
	name, _ := measure.ParseQuarter(q.Quarter) // a quarter's own name
	s := quarter{wordsOf(team), team, name, q}
	list := []Explanation{s.total(), s.done(), s.doing(), s.toDo(), s.remaining(), s.baseline(), s.growth(), s.progression()}
	list = append(list, s.velocities()...)
	list = append(list, s.left(), s.days(), s.slack(), s.averageCompletion(), s.averageImpediment())
	for i := range list {
		e := &list[i]
		e.At, e.Quality = q.At, q.QualityOf(e.Figure.Name)
		switch e.Unit {
		case measure.UnitEstimate:
			e.Unit = string(q.Unit)
		case measure.UnitEstimateADay:
			e.Unit = string(q.Unit) + " a working day"
		}
	}
	return list
}

// epics makes an input of each epic of a list.
func (s quarter) epics(term string, list []measure.QuarterEpic, part func(measure.QuarterEpic) float64, shown func(measure.QuarterEpic) string) []Input {
	var out []Input
	for _, e := range list {
		what := e.Summary
		if e.CarriedOver {
			what += " (carried over: what was done before the quarter and still is, is left out)"
		}
		out = append(out, Input{Term: term, Issue: e.Key, What: what, Value: number(part(e)), Shown: shown(e), Listed: true})
	}
	return out
}

func totalOf(e measure.QuarterEpic) float64 { return e.Total }
func doneOf(e measure.QuarterEpic) float64  { return e.Done }
func doingOf(e measure.QuarterEpic) float64 { return e.Doing }
func toDoOf(e measure.QuarterEpic) float64  { return e.ToDo }
func restOf(e measure.QuarterEpic) float64  { return e.Total - e.Done }

// sumOf opens a sum over epics.
func (s quarter) sumOf(name, term string, value float64, list []measure.QuarterEpic, part func(measure.QuarterEpic) float64) Explanation {
	e := begin(measure.OfQuarter, name)
	e.Value, e.Shown.Value, e.Shown.Unit = &value, s.amount(value), s.unitName()
	e.Inputs = s.epics(term, list, part, func(one measure.QuarterEpic) string { return s.amount(part(one)) })
	e.Numbers = Sum(shownOf(e.Inputs), s.amount(value))
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

func (s quarter) total() Explanation {
	return s.sumOf("total", "total", s.figures.Total, s.figures.Epics, totalOf)
}
func (s quarter) done() Explanation {
	return s.sumOf("done", "done", s.figures.Done, s.figures.Epics, doneOf)
}
func (s quarter) doing() Explanation {
	return s.sumOf("doing", "doing", s.figures.Doing, s.figures.Epics, doingOf)
}
func (s quarter) toDo() Explanation {
	return s.sumOf("todo", "todo", s.figures.ToDo, s.figures.Epics, toDoOf)
}

func (s quarter) remaining() Explanation {
	return s.sumOf("remaining", "remaining", s.figures.Remaining, s.figures.Epics, restOf)
}

func (s quarter) baseline() Explanation {
	if s.figures.Baseline == nil {
		e := begin(measure.OfQuarter, "baseline")
		e.Shown.Value, e.Numbers = "–", "the baseline is not taken yet"
		return e
	}
	return s.sumOf("baseline", "total", *s.figures.Baseline, measure.BaselineEpics(s.team, s.name), totalOf)
}

func (s quarter) growth() Explanation {
	q := s.figures
	e := begin(measure.OfQuarter, "growth")
	e.Value, e.Shown.Value, e.Shown.Unit = q.Growth, percent(q.Growth), "of the baseline"
	if q.Baseline == nil {
		e.Numbers = "the baseline is not taken yet"
		return e
	}
	e.Numbers = s.amount(q.Total) + " ÷ " + s.amount(*q.Baseline) + " = " + percent(q.Growth)
	e.Inputs = []Input{{Term: "total", What: "total", Value: number(q.Total), Shown: s.amount(q.Total)},
		{Term: "baseline", What: "baseline", Value: number(*q.Baseline), Shown: s.amount(*q.Baseline)}}
	return e
}

func (s quarter) progression() Explanation {
	q := s.figures
	e := begin(measure.OfQuarter, "progression")
	e.Value, e.Shown.Value, e.Shown.Unit = q.Progression, percent(q.Progression), "of "+q.Quarter
	done, total := s.done(), s.total()
	e.Numbers = done.Numbers + "; " + total.Numbers + "; " + s.amount(q.Done) + " ÷ " + s.amount(q.Total) + " = " + percent(q.Progression)
	of := func(one measure.QuarterEpic) string { return s.amount(one.Done) + " of " + s.amount(one.Total) }
	e.Inputs = append(s.epics("done", q.Epics, doneOf, of), unlisted(total.Inputs)...)
	e.Issues = done.Issues
	return e
}

// velocities opens what the last closed sprints completed a working day.
func (s quarter) velocities() []Explanation {
	names := []string{"velocity.median", "velocity.mean", "velocity.low", "velocity.high"}
	v, known := measure.VelocityOfQuarter(s.team, s.figures)
	var list []Explanation
	for n, value := range []float64{v.Median, v.Mean, v.Low, v.High} {
		e := begin(measure.OfQuarter, names[n])
		e.Shown.Value, e.Shown.Unit, e.Numbers = "–", s.unitName()+" a working day", "no sprint was closed yet"
		if known {
			e.Value, e.Shown.Value = &value, oneDecimal(s.scale(value))
			e.Inputs = s.rates(v)
			e.Numbers = []string{"median", "mean", "least", "most"}[n] + " of " + strings.Join(shownOf(e.Inputs), ", ") + " = " + fourDigits(s.scale(value))
			e.Notes = []string{"The median of an even number is the mean of the middle two. Sprints of no working time are left out."}
		}
		list = append(list, e)
	}
	sprints := begin(measure.OfQuarter, "velocity.sprints")
	sprints.Shown.Value, sprints.Shown.Unit, sprints.Numbers = "–", "sprints", "no sprint was closed yet"
	if known {
		n := len(v.Sprints)
		sprints.Value, sprints.Shown.Value, sprints.Numbers, sprints.Inputs = whole(&n), fmt.Sprint(n), fmt.Sprint(n), s.rates(v)
	}
	return append(list, sprints)
}

func (s quarter) rates(v measure.Velocity) []Input {
	var out []Input
	for _, one := range v.Sprints {
		out = append(out, Input{Term: "rate", Issue: one.Name, What: "completed a working day", Value: number(one.Rate),
			Shown: fourDigits(s.scale(one.Rate)), Listed: true})
	}
	return out
}

func (s quarter) left() Explanation {
	e := begin(measure.OfQuarter, "working_days_left")
	n := s.figures.WorkingDaysLeft
	e.Value, e.Shown.Value, e.Shown.Unit, e.Numbers = whole(&n), fmt.Sprint(n), "days", fmt.Sprint(n)
	e.Notes = []string{"Weekends and the team's days off are not counted."}
	for _, day := range measure.DatesLeft(s.team, s.name, s.figures.At) {
		e.Inputs = append(e.Inputs, Input{Term: "day", Date: day.String(), What: "working day", Value: number(1), Shown: dateWord(day)})
	}
	return e
}

func dateWord(d calendar.Date) string { return d.In(time.UTC, 0).Format("Mon 2 Jan") }

const noDays = "without a velocity there is no number of days"

// restAndPace are the inputs of the days to complete: none where nothing remains, whatever the velocity.
func (s quarter) restAndPace() []Input {
	q := s.figures
	if q.Remaining <= 0 {
		return nil
	}
	return []Input{{Term: "remaining", What: "remaining", Value: number(q.Remaining), Shown: s.amount(q.Remaining)},
		{Term: "velocity", What: "velocity", Value: number(q.Velocity.Median), Shown: fourDigits(s.scale(q.Velocity.Median))}}
}

func (s quarter) days() Explanation {
	q := s.figures
	e := begin(measure.OfQuarter, "days_to_complete")
	e.Shown.Value, e.Numbers = "cannot be told", noDays
	if q.DaysToComplete == nil {
		return e
	}
	e.Value, e.Shown.Value, e.Shown.Unit = whole(q.DaysToComplete), fmt.Sprint(*q.DaysToComplete), "working days"
	e.Numbers, e.Inputs = "nothing remains = 0", s.restAndPace()
	if q.Remaining > 0 {
		e.Numbers = fmt.Sprintf("⌈%s ÷ %s⌉ = %d", s.amount(q.Remaining), fourDigits(s.scale(q.Velocity.Median)), *q.DaysToComplete)
	}
	return e
}

func (s quarter) slack() Explanation {
	q := s.figures
	e := begin(measure.OfQuarter, "slack_days")
	e.Shown.Value, e.Numbers = "cannot be told", noDays
	e.Notes = []string{"It holds the scope still and knows one pace only, so it is no verdict: how sure a date is it cannot tell."}
	if q.SlackDays == nil {
		return e
	}
	e.Value, e.Shown.Value, e.Shown.Unit = whole(q.SlackDays), oneDecimal(float64(*q.SlackDays)), "working days"
	e.Numbers = fmt.Sprintf("%d − %d = %s", q.WorkingDaysLeft, *q.DaysToComplete, e.Shown.Value)
	if q.Velocity != nil && q.Velocity.Median > 0 {
		e.Numbers = fmt.Sprintf("%d − ⌈%s ÷ %s⌉ = ", q.WorkingDaysLeft, s.amount(q.Remaining), fourDigits(s.scale(q.Velocity.Median))) + e.Numbers
	}
	left := float64(q.WorkingDaysLeft)
	e.Inputs = append([]Input{{Term: "left", What: "working days left", Value: &left, Shown: fmt.Sprint(q.WorkingDaysLeft)}}, s.restAndPace()...)
	return e
}

func (s quarter) averageCompletion() Explanation {
	q := s.figures
	e := begin(measure.OfQuarter, "average_completion")
	e.Value, e.Shown.Value, e.Shown.Unit, e.Numbers = q.AverageCompletion, percent(q.AverageCompletion), "completed of committed", "no sprint was closed yet"
	var shares []string
	for _, sp := range q.PastSprints() {
		share := sp.Completion.OfCommitment
		input := Input{Issue: sp.Name, What: percent(share) + " completed", Value: share, Shown: LoggedHours(sp.Impediments, sp.Impediments.Seconds) + " h", Listed: true}
		if share != nil {
			input.Term = "share"
			shares = append(shares, percent(share))
		}
		e.Inputs = append(e.Inputs, input)
	}
	if len(shares) > 0 {
		e.Numbers = "mean of " + strings.Join(shares, ", ") + " = " + percent(q.AverageCompletion)
	}
	return e
}

func (s quarter) averageImpediment() Explanation {
	q := s.figures
	e := begin(measure.OfQuarter, "average_impediment_seconds")
	e.Value, e.Shown.Value, e.Shown.Unit, e.Numbers = q.AverageImpediment, "–", "hours", "no sprint was closed yet"
	for _, sp := range q.PastSprints() {
		input := Input{Issue: sp.Name, What: "impediments", Shown: LoggedHours(sp.Impediments, sp.Impediments.Seconds) + " h", Listed: true}
		if !sp.Impediments.TimeUnknown {
			input.Term, input.Value = "seconds", whole(&sp.Impediments.Seconds)
		}
		e.Inputs = append(e.Inputs, input)
	}
	if q.AverageImpediment != nil {
		e.Shown.Value = hours(int64(*q.AverageImpediment))
		e.Numbers = "mean of " + strings.Join(shownOf(e.Inputs), ", ") + " = " + e.Shown.Value + " h"
	}
	return e
}
