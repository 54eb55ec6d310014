package explain

import (
	"fmt"
	"time"

	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/words"
)

// Epic opens every figure of an epic's part in a quarter, in the order of the catalogue; false where it does not belong
// to the quarter at that moment.
func Epic(team *measure.Team, key string, name measure.QuarterName, at time.Time) ([]Explanation, bool) {
	issues, figures, ok := measure.EpicIssues(team, key, name, at)
	if !ok {
		return nil, false
	}
	q := team.Quarter(name, at)
	s := epic{wordsOf(team), figures, issues}
	list := s.explainAll()
	for i := range list {
		e := &list[i]
		e.At, e.Quality = q.At, q.QualityOf(e.Figure.Name)
		if e.Unit == catalogue.UnitEstimate {
			e.Unit = string(q.Unit)
		}
	}
	return list, true
}

// EpicAlone opens every figure of an epic as a whole, whatever its quarters, in the order of the catalogue; false where
// there is no such epic at that moment.
func EpicAlone(team *measure.Team, key string, at time.Time) ([]Explanation, bool) {
	issues, figures, quality, ok := measure.EpicAlone(team, key, at)
	if !ok {
		return nil, false
	}
	s := epic{wordsOf(team), figures, issues}
	list := s.explainAll()
	for i := range list {
		e := &list[i]
		e.At, e.Quality = at.UTC(), quality
		if e.Unit == catalogue.UnitEstimate {
			e.Unit = string(team.Unit())
		}
	}
	return list, true
}

// epic gathers what the explanations of an epic share.
type epic struct {
	teamWords
	figures measure.QuarterEpic
	issues  []measure.EpicIssue
}

func (s epic) explainAll() []Explanation {
	f := s.figures
	in := func(state measure.State) func(measure.EpicIssue) bool {
		return func(i measure.EpicIssue) bool { return i.State == state }
	}
	list := []Explanation{
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
) []Input {
	var out []Input
	for _, i := range s.issues {
		if take(i) {
			out = append(
				out,
				Input{
					Term:   term,
					Issue:  i.Key,
					What:   i.Summary,
					Value:  pointerTo(part(i)),
					Shown:  s.formatAmount(i.Estimate),
					Listed: true,
				},
			)
		}
	}
	return out
}

func estimateOf(i measure.EpicIssue) float64 { return i.Estimate }
func oneOf(measure.EpicIssue) float64        { return 1 }

func (s epic) explainSum(name string, value float64, take func(measure.EpicIssue) bool) Explanation {
	e := beginExplanation(catalogue.OfEpic, name)
	e.Value, e.Shown.Value, e.Shown.Unit = &value, s.formatAmount(value), s.unitName()
	e.Inputs = s.inputsOfIssues("issue", take, estimateOf)
	e.Numbers, e.Issues = Sum(shownOf(e.Inputs), s.formatAmount(value)), keysOf(e.Inputs)
	return e
}

func (s epic) explainCount(name string, n int, take func(measure.EpicIssue) bool) Explanation {
	e := beginExplanation(catalogue.OfEpic, name)
	e.Value, e.Shown.Value, e.Shown.Unit = pointerToCount(&n), fmt.Sprint(n), "issues"
	e.Inputs, e.Numbers = s.inputsOfIssues("issue", take, oneOf), fmt.Sprintf("%d of %d", n, s.figures.Issues)
	e.Issues = keysOf(e.Inputs)
	return e
}

func (s epic) explainProgression() Explanation {
	f := s.figures
	e := beginExplanation(catalogue.OfEpic, "progression")
	e.Value, e.Shown.Value = f.Progression, words.Percent(f.Progression)
	e.Numbers = s.formatAmount(f.Done) + " ÷ " + s.formatAmount(f.Total) + " = " + words.Percent(f.Progression)
	e.Inputs = s.inputsOfIssues("done", func(i measure.EpicIssue) bool { return i.State == measure.Done }, estimateOf)
	all := s.inputsOfIssues("total", func(measure.EpicIssue) bool { return true }, estimateOf)
	e.Inputs, e.Issues = append(e.Inputs, all...), keysOf(all)
	return e
}
