package outlook

import (
	"fmt"
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
		if risk := riskOfEpics(team, name, at); risk != nil {
			return risk
		}
		return riskOfEstimates(team, name, at)
	})
	if planned != nil {
		return planned
	}
	if late := flow.Late(team, at); len(late) > 0 {
		return &Risk{What: RiskLate, Text: words.Count(len(late), "issue") + " late today", Issue: &late[0].Issue}
	}
	return riskOfBudget(team, at)
}

// plannedRiskKey names the risk of what is planned for a quarter, which is the same throughout a step; what is late
// moves with the time of the day.
type plannedRiskKey struct{ name roadmap.QuarterName }

func riskOfEpics(team *measure.Team, name roadmap.QuarterName, at time.Time) *Risk {
	var worst *Risk
	lowest, inquiry := onTrackFrom, About(team)
	for _, m := range team.Roadmap.EpicsOf(name, at) {
		key := m.Issue.Key.Last()
		o, err := inquiry.projectQuestion(Question{Epic: key}, at)
		if err != nil || !o.can || o.nothingLeft() || o.scope.deadline == nil {
			continue
		}
		odds := o.corrected.Odds(o.base.Median(), o.ahead.DaysUntil(*o.scope.deadline))
		if odds < lowest {
			lowest = odds
			worst = &Risk{What: RiskEpic, Text: key + " has odds of " + words.Odds(odds), Issue: &key}
		}
	}
	return worst
}

func riskOfEstimates(team *measure.Team, name roadmap.QuarterName, at time.Time) *Risk {
	if team.Index.Unit == agile.Issues {
		return nil
	}
	open, unestimated := 0, 0
	for _, m := range team.Roadmap.EpicsOf(name, at) {
		for id, b := range team.Index.IssuesOfEpic(m.Issue.ID, at) {
			if b.State == workstate.Done {
				continue
			}
			open++
			if index.IsUnestimated(team.Index, id, b, at) {
				unestimated++
			}
		}
	}
	if float64(unestimated) <= fewUnestimated*float64(open) {
		return nil
	}
	return &Risk{What: RiskUnestimated,
		Text: fmt.Sprintf("%d of %d open issues without an estimate", unestimated, open)}
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
