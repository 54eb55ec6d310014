package onpage

import (
	"maps"
	"slices"

	"jerem/measure"
	"jerem/measure/explain"
)

// Figures are the names of all figures that pages alone tell, in the order of what they are of: a sprint, a quarter,
// the flow, the portfolio.
func Figures() []string {
	names := append(sprintFigures(), quarterFigures()...)
	names = append(append(names, EpicRow), flowFigures()...)
	return append(names, "row_states", "row_decided", "shares_done", "row_odds", "epics")
}

func quarterFigures() []string {
	return append(RoadmapFigures(), EpicsChosen, DoneOfInitiative, weekGain, weekImpeded, weekCalled)
}

// FiguresOfQuarter are the names of what the roadmap alone tells of a quarter, its weeks and its initiatives.
func FiguresOfQuarter(team *measure.Team, q *measure.Quarter) []string {
	return slices.DeleteFunc(quarterFigures(), func(name string) bool {
		if IsOfWeek(name) {
			return !slices.ContainsFunc(q.Weekly, func(week measure.Week) bool {
				_, isTold := Week(team, q, name, week.Week)
				return isTold
			})
		}
		_, isTold := Roadmap(team, q, name)
		return !isTold && name != EpicsChosen && name != DoneOfInitiative
	})
}

// FiguresOfSprint are the names of what the page of a sprint alone tells of it.
func FiguresOfSprint(team *measure.Team, sp *measure.Sprint) []string {
	return slices.DeleteFunc(sprintFigures(), func(name string) bool {
		_, isTold := Sprint(team, sp, name)
		return !isTold
	})
}

func sprintFigures() []string {
	return []string{LeftOfBudget, PastKept, PastCommitted, PastCompleted, PastOfKept, PastSayDo,
		PastCompletion, PastImpediments, PastVelocity}
}

func flowFigures() []string {
	names := []string{explain.CycleTimeShown, cfdArrivals, rulesKept}
	for _, rule := range slices.Sorted(maps.Keys(ruleWords)) {
		names = append(names, ruleKept+rule)
	}
	return names
}
