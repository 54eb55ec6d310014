package outlook

import (
	"fmt"
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/flow"
	"jerem/measure/internal/index"
	"jerem/measure/internal/roadmap"
	"jerem/measure/internal/workstate"
	"jerem/measure/words"
)

// Risk is the first thing that stands against a date.
type Risk struct {
	What  string  `json:"what"` // behind, unread, epic, unestimated, late or impediments
	Text  string  `json:"text"`
	Issue *string `json:"issue"`
}

// The kinds of a risk, in the order in which they are looked for.
const (
	RiskBehind      = "behind"
	RiskUnread      = "unread"
	RiskEpic        = "epic"
	RiskUnestimated = "unestimated"
	RiskLate        = "late"
	RiskImpediments = "impediments"
)

// fewUnestimated is the share of the remaining issues that may be unestimated before that is a risk.
const fewUnestimated = 0.2

// firstRiskOf returns the first risk of a team, that it is behind before all others.
func firstRiskOf(asked Asked, name roadmap.QuarterName) *Risk {
	if asked.isBehind() {
		return riskOfReading(asked)
	}
	return FirstRisk(asked.Team, name, asked.At)
}

// riskOfReading says since when a team is behind.
func riskOfReading(asked Asked) *Risk {
	return &Risk{What: RiskBehind, Text: "behind since " + words.Date(asked.Team.Index.Date(asked.Behind).String())}
}

// FirstRisk returns the first that holds of what was read: an epic whose odds are the lowest and below 85 %, more than
// a fifth of the remaining issues unestimated, late issues, impediments over the budget of the present sprint; nil for
// none of them.
func FirstRisk(team *measure.Team, name roadmap.QuarterName, at time.Time) *Risk {
	at = team.Roadmap.Span(name).AsOf(at)
	planned := measure.InStep(team, at, plannedRiskKey{name}, func() *Risk {
		if risk := riskOfEpics(oddsOfEpics(team, name, at), takeAll); risk != nil {
			return risk
		}
		var issues openIssues
		issues.addTeam(team, name, at, takeAll)
		return issues.risk()
	})
	if planned != nil {
		return planned
	}
	if risk := riskOfLate(team, at, func(string) bool { return true }); risk != nil {
		return risk
	}
	return riskOfBudget(team, at)
}

// plannedRiskKey names the risk of what is planned for a quarter, which is the same throughout a step; what is late
// moves with the time of the day.
type plannedRiskKey struct{ name roadmap.QuarterName }

// epicOdds are the odds of an epic by the end of the quarter that is looked at.
type epicOdds struct {
	epic *agile.Issue
	odds float64
}

// epicOddsKey names the odds of the epics of a quarter, which are the same throughout a step.
type epicOddsKey struct{ name roadmap.QuarterName }

// oddsOfEpics tells the odds, by the end of a quarter, of those of its epics that are open and have some.
func oddsOfEpics(team *measure.Team, name roadmap.QuarterName, at time.Time) []epicOdds {
	return measure.InStep(team, at, epicOddsKey{name}, func() (list []epicOdds) {
		inquiry := About(team)
		for _, m := range team.Roadmap.EpicsOf(name, at) {
			o, err := inquiry.projectQuestion(EpicOf(team, m.Issue.Key.Last(), name, at), at)
			if err != nil || !o.can || o.nothingLeft() || o.scope.Deadline == nil {
				continue
			}
			odds := o.corrected.Odds(o.base.Median(), o.ahead.DaysUntil(*o.scope.Deadline))
			list = append(list, epicOdds{m.Issue, odds})
		}
		return list
	})
}

// riskOfEpics tells the epic whose odds are the lowest and below 85 %; takes says which epics count.
func riskOfEpics(list []epicOdds, takes func(epic *agile.Issue) bool) (worst *Risk) {
	lowest := onTrackFrom
	for _, one := range list {
		if one.odds < lowest && takes(one.epic) {
			key := one.epic.Key.Last()
			lowest = one.odds
			worst = &Risk{What: RiskEpic, Text: key + " has odds of " + words.Odds(one.odds), Issue: &key}
		}
	}
	return worst
}

// openIssues are the issues of epics that are not done, and those of them without an estimate.
type openIssues struct{ open, unestimated int }

// addTeam adds those of a team's epics of a quarter that count, of one that estimates.
func (o *openIssues) addTeam(team *measure.Team, name roadmap.QuarterName, at time.Time,
	takes func(epic *agile.Issue) bool) {
	if team.Index.Unit == agile.Issues {
		return
	}
	for _, m := range team.Roadmap.EpicsOf(name, at) {
		if !takes(m.Issue) {
			continue
		}
		for id, b := range team.Index.IssuesOfEpic(m.Issue.ID, at) {
			if b.State == workstate.Done {
				continue
			}
			o.open++
			if index.IsUnestimated(team.Index, id, b, at) {
				o.unestimated++
			}
		}
	}
}

// risk tells that more than a fifth of the open issues have no estimate.
func (o openIssues) risk() *Risk {
	if float64(o.unestimated) <= fewUnestimated*float64(o.open) {
		return nil
	}
	return &Risk{What: RiskUnestimated,
		Text: fmt.Sprintf("%d of %d open issues without an estimate", o.unestimated, o.open)}
}

// riskOfLate tells how much of a team's work is late; takes says which of it counts.
func riskOfLate(team *measure.Team, at time.Time, takes func(key string) bool) *Risk {
	late := slices.DeleteFunc(slices.Clone(flow.Late(team, at)), func(l flow.LateIssue) bool { return !takes(l.Issue) })
	if len(late) == 0 {
		return nil
	}
	return &Risk{What: RiskLate, Text: words.Count(len(late), "issue") + " late today", Issue: &late[0].Issue}
}

func riskOfBudget(team *measure.Team, at time.Time) *Risk {
	for _, head := range team.Sprints(at) {
		if head.State != agile.Active {
			continue
		}
		s, err := team.Sprint(head.ID, at)
		if err != nil || s.Impediments == nil || s.Impediments.BudgetSeconds == nil {
			continue
		}
		if used, budget := measure.BudgetUsed(team, s), *s.Impediments.BudgetSeconds; used > budget {
			what := "impediments"
			if s.Unexpected != nil && s.Unexpected.IncludesOnCall {
				what = "impediments and call-outs"
			}
			return &Risk{What: RiskImpediments,
				Text: fmt.Sprintf("%s took %.1f h of %.1f h", what, float64(used)/3600, float64(budget)/3600)}
		}
	}
	return nil
}
