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
		return issues.unestimatedRisk()
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
			if b.State() == workstate.Done {
				continue
			}
			o.open++
			if index.IsUnestimated(team.Index, id, b, at) {
				o.unestimated++
			}
		}
	}
}

// unestimatedRisk tells that more than a fifth of the open issues have no estimate.
func (o openIssues) unestimatedRisk() *Risk {
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

// firstRisk returns the first risk of an initiative: a team of it that is behind; else the first that holds of its own
// epics, over its teams: one whose odds are the lowest and below 85 %, more than a fifth of the open issues
// unestimated; else, of the team that decides, issues of these epics that are late, or impediments over its budget.
// What stands against other work of a team is none of its.
func (f *InitiativeForecast) firstRisk(teams []Asked) *Risk {
	teams = f.teamsWithEpic(teams)
	for _, asked := range teams {
		if asked.isBehind() {
			r := riskOfReading(asked)
			r.Text = asked.Team.Index.History.Team.Name + " is " + r.Text
			return r
		}
	}
	decides := f.decidingTeam()
	if decides == nil {
		return nil
	}
	if risk := f.riskOfPlan(teams); risk != nil {
		return risk
	}
	for _, asked := range teams {
		if asked.Team.Index.History.Team.Name != *decides {
			continue
		}
		at := asked.Team.Roadmap.Span(f.name).AsOf(asked.At)
		if risk := riskOfLate(asked.Team, at, f.holdsIssue(asked)); risk != nil {
			return risk
		}
		return riskOfBudget(asked.Team, at)
	}
	return nil
}

// planKey names the risk that the epics of an initiative tell.
type planKey struct{ initiative string }

// riskOfPlan returns the risk that the epics of an initiative tell, over its teams.
func (f *InitiativeForecast) riskOfPlan(teams []Asked) *Risk {
	steps, known := stepsOf(teams, f.name)
	if !known {
		return f.riskOfPlanAnew(teams)
	}
	return recallTogether(teams, f.name, planKey{f.Initiative}, steps, func() *Risk { return f.riskOfPlanAnew(teams) })
}

func (f *InitiativeForecast) riskOfPlanAnew(teams []Asked) *Risk {
	var odds []epicOdds
	var issues openIssues
	for _, asked := range teams {
		at, takes := asked.Team.Roadmap.Span(f.name).AsOf(asked.At), f.holdsEpic(asked)
		for _, one := range oddsOfEpics(asked.Team, f.name, at) {
			if takes(one.epic) {
				odds = append(odds, one)
			}
		}
		issues.addTeam(asked.Team, f.name, at, takes)
	}
	if risk := riskOfEpics(odds, takeAll); risk != nil {
		return risk
	}
	return issues.unestimatedRisk()
}

// holdsIssue tells whether an issue of a team, by its key, stands in such an epic.
func (f *InitiativeForecast) holdsIssue(asked Asked) func(key string) bool {
	at, own := asked.asOf(f.name), f.epics[asked.Team.Index.History.Team.Name]
	return func(key string) bool {
		issue, known := asked.Team.Lookup(key)
		if !known {
			return false
		}
		snapshot, _ := asked.Team.Index.Histories.Of(issue.ID).At(at)
		return slices.Contains(own, snapshot.Epic)
	}
}

// isBehind tells whether what is asked of a team is not new: its readings fail, and no moment before the last one that
// did not fail is asked.
func (a Asked) isBehind() bool { return !a.Behind.IsZero() && !a.At.Before(a.Team.Now()) }
