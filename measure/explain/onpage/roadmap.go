package onpage

import (
	"maps"
	"slices"

	"jerem/measure"
	"jerem/measure/explain/explanation"
	"jerem/measure/outlook"
)

// roadmapFigures open what the roadmap tells of a quarter as a whole, by their names: each computes itself alone, and
// is false where the page tells nothing of it.
var roadmapFigures = map[string]func(*measure.Team, *measure.Quarter) (explanation.Explanation, bool){
	"epics_done": func(_ *measure.Team, q *measure.Quarter) (explanation.Explanation, bool) {
		return EpicsDone(q), true
	},
	"epics_unestimated": func(_ *measure.Team, q *measure.Quarter) (explanation.Explanation, bool) {
		unestimated, _ := EpicsLacking(q)
		return unestimated, true
	},
	"epics_waiting": func(_ *measure.Team, q *measure.Quarter) (explanation.Explanation, bool) {
		_, waiting := EpicsLacking(q)
		return waiting, true
	},
	"usual_pace": func(team *measure.Team, q *measure.Quarter) (explanation.Explanation, bool) {
		return UsualPace(team, q), true
	},
	"weeks_below": func(team *measure.Team, q *measure.Quarter) (explanation.Explanation, bool) {
		weeks := WeekPaces(team, q)
		return WeeksBelow(team, q, weeks), len(weeks) > 1
	},
	"epics_late": openEpicsLate,
	"dates_told": func(team *measure.Team, q *measure.Quarter) (explanation.Explanation, bool) {
		list := outlook.PastForecasts(team, quarterNamed(q), q.At)
		return DatesTold(team, q, list), HasDates(list)
	},
	"told_at_middle": func(team *measure.Team, q *measure.Quarter) (explanation.Explanation, bool) {
		before, _, over := openOutcome(team, q)
		return before, over
	},
	"came": func(team *measure.Team, q *measure.Quarter) (explanation.Explanation, bool) {
		_, after, over := openOutcome(team, q)
		return after, over
	},
}

// The figures of a quarter that the roadmap tells of an initiative of the team, and of chosen epics.
const (
	DoneOfInitiative = "initiative_done"
	EpicsChosen      = "epics_together"
)

// RoadmapFigures are the names of what [Roadmap] opens, in their order.
func RoadmapFigures() []string { return slices.Sorted(maps.Keys(roadmapFigures)) }

// Roadmap opens a figure that the roadmap alone tells of a quarter, and computes no other; false where the page tells
// nothing of it.
func Roadmap(team *measure.Team, q *measure.Quarter, figure string) (e explanation.Explanation, ok bool) {
	open, known := roadmapFigures[figure]
	if !known {
		return e, false
	}
	return open(team, q)
}

// HasDates tells whether any date was told of a quarter.
func HasDates(list []outlook.PastForecast) bool {
	return slices.ContainsFunc(list, func(one outlook.PastForecast) bool { return one.P50 != nil })
}

// isOver tells whether a quarter is over as of its moment.
func isOver(team *measure.Team, q *measure.Quarter) bool {
	_, last := team.Dates(quarterNamed(q))
	return measure.HasEnded(team, last, q.At)
}

// openEpicsLate opens the epics that are likely late; none of a quarter that is over.
func openEpicsLate(team *measure.Team, q *measure.Quarter) (e explanation.Explanation, ok bool) {
	if isOver(team, q) {
		return e, false
	}
	open, known := OpenEpics(q, ForecastEpics(team, q))
	_, last := team.Dates(quarterNamed(q))
	return EpicsLate(q, open, explanation.DateWord(last)), known
}

// openOutcome opens what was told of a quarter that is over, and what came.
func openOutcome(team *measure.Team, q *measure.Quarter) (before, after explanation.Explanation, over bool) {
	if !isOver(team, q) {
		return before, after, false
	}
	came, told := outlook.OutcomeOf(team, quarterNamed(q), q.At)
	before, after = Outcome(team, q, came, told)
	return before, after, true
}
