package outlook

import (
	"slices"

	"jerem/agile"
)

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
	return issues.risk()
}

// holdsEpic tells whether an epic of a team is the initiative's and counts with the team.
func (f *InitiativeForecast) holdsEpic(asked Asked) func(epic *agile.Issue) bool {
	own := f.epics[asked.Team.Index.History.Team.Name]
	return func(epic *agile.Issue) bool { return slices.Contains(own, epic.ID) }
}

// holdsIssue tells whether an issue of a team, by its key, stands in such an epic.
func (f *InitiativeForecast) holdsIssue(asked Asked) func(key string) bool {
	at, own := asked.asOf(f.name), f.epics[asked.Team.Index.History.Team.Name]
	return func(key string) bool {
		issue, known := asked.Team.Lookup(key)
		if !known {
			return false
		}
		snapshot, _ := asked.Team.Index.Histories[issue.ID].At(at)
		return slices.Contains(own, snapshot.Epic)
	}
}
