package explain

import (
	"fmt"
	"slices"
	"strings"

	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain/explanation"
	"jerem/measure/flow"
	"jerem/measure/words"
)

// ColumnPaces opens the pace of each column of a flow, in the order of the board; the row of each is its column.
func ColumnPaces(team *measure.Team, f *flow.Flow) []explanation.Explanation {
	s := flowWords{words: explanation.WordsOf(team), team: team, figures: f}
	ages := f.ColumnAges()
	var list []explanation.Explanation
	for n, pace := range f.ColumnPace {
		e := explanation.Begin(catalogue.OfFlow, "column_pace.p85")
		e.At, e.Quality, e.Row = f.At, f.QualityOf(e.Figure.Name), pace.Column
		e.Value, e.Shown.Value, e.Shown.Unit = explanation.Count(pace.P85), "–", "days, "+pace.Column
		e.Numbers = "nothing left the column in the last 90 days"
		for _, age := range ages[n] {
			at := age.At
			e.Inputs = append(e.Inputs, explanation.Input{Term: "age", Time: &at, When: "left " + s.words.FormatDay(at),
				Issue: age.Issue,
				What:  s.summaryOf(age.Issue), Value: explanation.Number(float64(age.Days)),
				Shown:  fmt.Sprint(age.Days),
				Listed: true})
		}
		if pace.P85 != nil {
			e.Shown.Value = fmt.Sprint(*pace.P85)
			e.Numbers = fmt.Sprintf("rank %d of %d = %d", flow.Rank(len(ages[n]), 0.85), len(ages[n]), *pace.P85)
		}
		e.Issues = explanation.KeysOf(e.Inputs)
		list = append(list, e)
	}
	return list
}

// Natures opens the count and the time of each nature of a sprint's impediments, in their order; the row of each is its
// nature. None where the sprint has no ledger.
func Natures(team *measure.Team, sp *measure.Sprint) []explanation.Explanation {
	if sp.Impediments == nil {
		return nil
	}
	var list []explanation.Explanation
	for _, nature := range sp.Impediments.ByNature {
		for _, figure := range []string{"impediments.by_nature.count", "impediments.by_nature.seconds"} {
			e := explainNature(sp.Impediments, nature, figure)
			e.At, e.Quality, e.Row = sp.At, sp.QualityOf(figure), nature.Nature
			list = append(list, e)
		}
	}
	return list
}

// explainNature opens the count or the time of a nature.
func explainNature(i *measure.Impediments, nature measure.Nature, figure string) explanation.Explanation {
	e := explanation.Begin(catalogue.OfSprint, figure)
	e.Notes = []string{"The time of an impediment of several natures is split equally between them; it counts " +
		"once in each."}
	counts := e.Unit == catalogue.UnitIssues
	var terms []string
	for _, issue := range i.Issues {
		for n, part := range issue.Parts() {
			if issue.Natures[n] != nature.Nature {
				continue
			}
			input := explanation.Input{Term: "impediment", Issue: issue.Key, What: issue.Summary,
				Value: explanation.Number(1), Shown: "1",
				Listed: true}
			if !counts {
				input.Value, input.Shown = explanation.Number(float64(part)), words.Duration(float64(part))
				terms = append(terms, input.Shown)
			}
			e.Inputs = append(e.Inputs, input)
		}
	}
	e.Issues = explanation.KeysOf(e.Inputs)
	switch {
	case counts:
		e.Value, e.Shown.Value, e.Shown.Unit = explanation.Count(&nature.Count), fmt.Sprint(nature.Count), "issues"
		e.Numbers = fmt.Sprintf("%d of %d", nature.Count, i.Count)
	case i.TimeUnknown:
		e.Shown.Value, e.Shown.Unit, e.Numbers, e.Inputs = "–", "hours", timeUnread, nil
	default:
		e.Value, e.Shown.Value, e.Shown.Unit = explanation.Count(&nature.Seconds), words.Hours(nature.Seconds), "hours"
		e.Numbers = explanation.Sum(terms, words.Duration(float64(nature.Seconds)))
	}
	return e
}

// SprintDays opens which working day of how many a sprint is at.
func SprintDays(team *measure.Team, sp *measure.Sprint) []explanation.Explanation {
	total, elapsed := measure.WorkingTime(team, sp)
	list := []explanation.Explanation{explainWorkingTime("working_days.total", sp.WorkingDays.Total, total),
		explainWorkingTime("working_days.elapsed", sp.WorkingDays.Elapsed, elapsed)}
	for i := range list {
		list[i].At, list[i].Quality = sp.At, sp.QualityOf(list[i].Figure.Name)
	}
	return list
}

func explainWorkingTime(name string, value *int, parts []measure.DayPart) explanation.Explanation {
	e := explanation.Begin(catalogue.OfSprint, name)
	e.Value, e.Shown.Value, e.Shown.Unit = explanation.Count(value), "–", "working days"
	e.Numbers = "it needs a start and an end"
	if value == nil {
		return e
	}
	var terms []string
	for _, d := range parts {
		terms = append(terms, words.Decimal(d.Part, 2))
		e.Inputs = append(e.Inputs, explanation.Input{Term: "day", Date: d.Date.String(),
			When: explanation.DateWord(d.Date), What: "of its working hours", Value: &d.Part,
			Shown: words.Decimal(d.Part, 2), Listed: true})
	}
	e.Shown.Value = fmt.Sprint(*value)
	e.Numbers = strings.Join(terms, " + ") + ", rounded up: " + e.Shown.Value
	if name == "working_days.total" {
		e.Numbers = strings.Join(terms, " + ") + ", rounded: " + e.Shown.Value
	}
	e.Notes = []string{"Weekends and the team's days off are not counted; a whole working day is 1."}
	return e
}

// FlowRows lists the rows of a figure of a flow that is told by day, the last day first, of columns the last column.
func FlowRows(team *measure.Team, f *flow.Flow, figure string) (rows []Row) {
	s := flowWords{words: explanation.WordsOf(team), team: team, figures: f}
	add := func(value float64, inputs func() []explanation.Input, names ...string) {
		rows = append(rows, Row{names, func() explanation.Explanation {
			e := explanation.Begin(catalogue.OfFlow, figure)
			e.At, e.Quality, e.Row = f.At, f.QualityOf(figure), strings.Join(names, " ")
			e.Value, e.Shown.Value, e.Shown.Unit = &value, words.Decimal(value, 0), e.Unit+", "+e.Row
			total := e.Shown.Value
			if e.Unit == catalogue.UnitEstimate {
				e.Unit, e.Shown.Value, total = string(f.Unit), s.words.FormatAmount(value), s.words.FormatPart(value)
				e.Shown.Unit = s.words.UnitName() + ", " + e.Row
			}
			e.Inputs = inputs()
			e.Numbers = explanation.Sum(explanation.ShownOf(e.Inputs), total)
			e.Issues = explanation.KeysOf(e.Inputs)
			return e
		}})
	}
	switch figure {
	case "throughput.estimate":
		for _, day := range slices.Backward(f.Throughput) {
			add(day.Estimate, func() []explanation.Input { return s.inputsOfFinished(day.Date) }, day.Date)
		}
	case "cfd.backward":
		for _, day := range slices.Backward(f.CFD.Days) {
			add(float64(day.Backward), func() []explanation.Input {
				return explanation.OnesOf("move", f.MovedBack(day.Date))
			}, day.Date)
		}
	case "cfd.reached":
		for _, day := range slices.Backward(f.CFD.Days) {
			for column := range slices.Backward(f.CFD.Columns) {
				add(float64(day.Reached[column]), func() []explanation.Input {
					return explanation.OnesOf("issue", f.ReachedBy(day.Date, column))
				}, day.Date, f.CFD.Columns[column])
			}
		}
	}
	return rows
}

// inputsOfFinished makes an input of each issue finished on a day.
func (s flowWords) inputsOfFinished(date string) (out []explanation.Input) {
	for _, one := range s.figures.FinishedOn(date) {
		out = append(out, explanation.Input{Term: "finished", Issue: one.Issue, What: s.summaryOf(one.Issue),
			Value: &one.Estimate, Shown: s.words.FormatPart(one.Estimate), Listed: true})
	}
	return out
}
