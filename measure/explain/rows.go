package explain

import (
	"fmt"

	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain/explanation"
	"jerem/measure/flow"
	"jerem/measure/words"
)

// ColumnPaces opens the pace of each column of a flow, in the order of the board; the row of each is its column.
func ColumnPaces(team *measure.Team, f *flow.Flow) []explanation.Explanation {
	s := flowWords{explanation.WordsOf(team), team, f, nil}
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
