package api

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jerem/measure"
	"jerem/measure/explain"
	"jerem/measure/explain/explanation"
	"jerem/measure/explain/onpage"
	"jerem/web/frame"
)

// explainRecent opens impediments and call-outs of the last four weeks of a team without sprints, of which its page
// tells.
func explainRecent(q *figureQuestion) ([]explanation.Explanation, error) {
	if len(q.team.Sprints(q.at)) > 0 {
		return nil, frame.NewProblem(http.StatusNotFound, "unknown_figure", "Name a sprint by sprint=.",
			"%s has sprints, which tell of their impediments and call-outs", q.team.History().Team.Name)
	}
	list, rules := explanation.DivideRows(explain.Recent(q.team, measure.RecentUnexpected(q.team, q.at)))
	return q.rowsOf(list, "rule", rules)
}

// isOfTeamsInitiative tells whether an address means what one team does for an initiative, and not all of them.
func isOfTeamsInitiative(query url.Values) bool {
	return query.Get("figure") == onpage.DoneOfInitiative && query.Get("team") != ""
}

// isOnRoadmap tells whether a figure is one that the roadmap alone tells of a quarter.
func isOnRoadmap(figure string) bool {
	return figure == onpage.DoneOfInitiative || figure == onpage.EpicsChosen || onpage.IsOfWeek(figure) ||
		slices.Contains(onpage.RoadmapFigures(), figure)
}

// explainOnRoadmap opens the figure that is asked for, and no other.
func explainOnRoadmap(q *figureQuestion, figures *measure.Quarter) ([]explanation.Explanation, error) {
	switch {
	case q.figure == onpage.DoneOfInitiative:
		return q.rowsOf(nil, "initiative", onpage.InitiativesDone(q.team, figures))
	case q.figure == onpage.EpicsChosen:
		return explainEpics(q, figures)
	case onpage.IsOfWeek(q.figure):
		return explainWeek(q, figures)
	}
	return listOf(onpage.Roadmap(q.team, figures, q.figure)), nil
}

// listOf is a figure as a list; an empty one where there is none.
func listOf(e explanation.Explanation, ok bool) []explanation.Explanation {
	if !ok {
		return nil
	}
	return []explanation.Explanation{e}
}

// explainEpics opens what is done in the epics that an address names, each of which has to be one of the quarter.
func explainEpics(q *figureQuestion, figures *measure.Quarter) ([]explanation.Explanation, error) {
	chosen := strings.Split(q.query.Get("epics"), ",")
	var keys []string
	for _, epic := range figures.Epics {
		keys = append(keys, epic.Key)
	}
	for _, key := range chosen {
		if !slices.Contains(keys, key) {
			return nil, frame.NewProblem(http.StatusBadRequest, "unknown_epic",
				"Name some of "+strings.Join(keys, ", ")+", separated by commas.", "epics=%q is no epic of %s", key,
				figures.Quarter)
		}
	}
	return []explanation.Explanation{onpage.EpicsTogether(q.team, figures, chosen)}, nil
}

// explainEpicRow opens an epic as the table of a quarter shows it; false for another figure, and where the quarter has
// no such epic.
func explainEpicRow(q *figureQuestion, key string, name measure.QuarterName) (e explanation.Explanation, ok bool) {
	if q.figure != onpage.EpicRow {
		return e, false
	}
	figures := q.team.Quarter(name, q.at)
	n := slices.IndexFunc(figures.Epics, func(epic measure.QuarterEpic) bool { return epic.Key == key })
	if n < 0 {
		return e, false
	}
	return onpage.Epic(q.team, figures, figures.Epics[n]), true
}

// explainWeek opens a figure of the week that is asked for; the names of all are told where there is none.
func explainWeek(q *figureQuestion, figures *measure.Quarter) ([]explanation.Explanation, error) {
	if e, ok := onpage.Week(q.team, figures, q.figure, q.query.Get("week")); ok {
		return []explanation.Explanation{e}, nil
	}
	var rows []explanation.Explanation
	for _, week := range figures.Weekly {
		if e, ok := onpage.Week(q.team, figures, q.figure, week.Week); ok {
			rows = append(rows, e)
		}
	}
	return q.rowsOf(nil, "week", rows)
}
