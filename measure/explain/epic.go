package explain

import (
	"fmt"
	"time"

	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain/explanation"
	"jerem/measure/words"
)

// Epic opens every figure of an epic's part in a quarter, in the order of the catalogue; false where it does not belong
// to the quarter at that moment.
func Epic(team *measure.Team, key string, name measure.QuarterName, at time.Time) ([]explanation.Explanation, bool) {
	issues, figures, against, ok := measure.EpicIssues(team, key, name, at)
	if !ok {
		return nil, false
	}
	q := team.Quarter(name, at)
	s := epic{explanation.WordsOf(team), figures, issues}
	list := s.explainAll()
	for i := range list {
		e := &list[i]
		e.At, e.Quality = q.At, measure.QualityOfEpic(against, e.Figure.Name)
		if e.Unit == catalogue.UnitEstimate {
			e.Unit = string(q.Unit)
		}
	}
	return list, true
}

// EpicAlone opens every figure of an epic as a whole, whatever its quarters, in the order of the catalogue; false where
// there is no such epic at that moment.
func EpicAlone(team *measure.Team, key string, at time.Time) ([]explanation.Explanation, bool) {
	issues, figures, against, ok := measure.EpicAlone(team, key, at)
	if !ok {
		return nil, false
	}
	s := epic{explanation.WordsOf(team), figures, issues}
	list := s.explainAll()
	for i := range list {
		e := &list[i]
		e.At, e.Quality = at.UTC(), measure.QualityOfEpic(against, e.Figure.Name)
		if e.Unit == catalogue.UnitEstimate {
			e.Unit = string(team.Unit())
		}
	}
	return list, true
}

// epic gathers what the explanations of an epic share.
type epic struct {
	words   explanation.TeamWords
	figures measure.QuarterEpic
	issues  []measure.EpicIssue
}

func (s epic) explainAll() []explanation.Explanation {
	f := s.figures
	in := func(state measure.State) func(measure.EpicIssue) bool {
		return func(i measure.EpicIssue) bool { return i.State == state }
	}
	list := []explanation.Explanation{
		s.explainSum("total", f.Total, func(measure.EpicIssue) bool { return true }),
		s.explainSum("done", f.Done, in(measure.Done)),
		s.explainSum("doing", f.Doing, in(measure.Doing)),
		s.explainSum("todo", f.ToDo, in(measure.ToDo)),
	}
	if f.Unestimated != nil {
		list = append(
			list,
			s.explainCount("unestimated", *f.Unestimated, func(i measure.EpicIssue) bool { return i.Unestimated }),
		)
	}
	return append(list,
		s.explainCount("dependency", f.Dependency, func(i measure.EpicIssue) bool { return i.Dependency }),
		s.explainCount("issues", f.Issues, func(measure.EpicIssue) bool { return true }),
		s.explainProgression())
}

// inputsOfIssues makes an input of each issue that is taken.
func (s epic) inputsOfIssues(
	term string,
	take func(measure.EpicIssue) bool,
	part func(measure.EpicIssue) float64,
) []explanation.Input {
	var out []explanation.Input
	for _, i := range s.issues {
		if take(i) {
			out = append(
				out,
				explanation.Input{
					Term:   term,
					Issue:  i.Key,
					What:   i.Summary,
					Value:  explanation.Number(part(i)),
					Shown:  s.words.FormatPart(i.Estimate),
					Listed: true,
				},
			)
		}
	}
	return out
}

func estimateOf(i measure.EpicIssue) float64 { return i.Estimate }
func oneOf(measure.EpicIssue) float64        { return 1 }

func (s epic) explainSum(name string, value float64, take func(measure.EpicIssue) bool) explanation.Explanation {
	e := explanation.Begin(catalogue.OfEpic, name)
	e.Value, e.Shown.Value, e.Shown.Unit = &value, s.words.FormatAmount(value), s.words.UnitName()
	e.Inputs = s.inputsOfIssues("issue", take, estimateOf)
	e.Numbers, e.Issues = explanation.Sum(explanation.ShownOf(e.Inputs),
		s.words.FormatPart(value)), explanation.KeysOf(e.Inputs)
	return e
}

func (s epic) explainCount(name string, n int, take func(measure.EpicIssue) bool) explanation.Explanation {
	e := explanation.Begin(catalogue.OfEpic, name)
	e.Value, e.Shown.Value, e.Shown.Unit = explanation.Count(&n), fmt.Sprint(n), "issues"
	e.Inputs, e.Numbers = s.inputsOfIssues("issue", take, oneOf), fmt.Sprintf("%d of %d", n, s.figures.Issues)
	for i := range e.Inputs {
		e.Inputs[i].Shown = "1" // not its estimate, which does not add up to the count
	}
	e.Issues = explanation.KeysOf(e.Inputs)
	return e
}

func (s epic) explainProgression() explanation.Explanation {
	f := s.figures
	e := explanation.Begin(catalogue.OfEpic, "progression")
	e.Value, e.Shown.Value = f.Progression, words.Percent(f.Progression)
	e.Numbers = s.words.FormatPart(f.Done) + " ÷ " + s.words.FormatPart(f.Total) + " = " + words.Percent(f.Progression)
	e.Inputs = s.inputsOfIssues("done", func(i measure.EpicIssue) bool { return i.State == measure.Done }, estimateOf)
	all := s.inputsOfIssues("total", func(measure.EpicIssue) bool { return true }, estimateOf)
	e.Inputs, e.Issues = append(e.Inputs, all...), explanation.KeysOf(all)
	return e
}
