package rules

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/agile"
)

// plainTeam is a team with a board of three columns, and statuses that the board maps or not.
func plainTeam() (agile.Team, *agile.Board, map[string]agile.Status) {
	team := agile.Team{Name: "K", Quarter: agile.QuarterRule{Label: regexp.MustCompile("^Q")}}
	team.Calendar.Start, team.Calendar.End = 9*time.Hour, 18*time.Hour
	board := &agile.Board{ID: 1, Estimate: "points", Columns: []agile.Column{
		{Name: "To do", Statuses: []string{"1"}}, {Name: "Doing", Statuses: []string{"2"}},
		{Name: "Review", Statuses: []string{"3"}}, {Name: "Done", Statuses: []string{"4"}},
	}}
	return team, board, map[string]agile.Status{
		"1": {ID: "1", Name: "Open", Category: agile.CategoryToDo},
		"2": {ID: "2", Name: "Doing", Category: agile.CategoryDoing},
		"3": {ID: "3", Name: "Review", Category: agile.CategoryDoing},
		"4": {ID: "4", Name: "Closed", Category: agile.CategoryDone},
		"5": {ID: "5", Name: "Rejected", Names: []string{"Refused"}, Category: agile.CategoryDoing},
		"6": {ID: "6", Name: "Gone"},
	}
}

// TestChangesSince: each rule that changes is told, alone, and in its own words; what changes nothing in the past is
// not.
func TestChangesSince(t *testing.T) {
	rule := func(source agile.Source, code agile.SubjectCode, args ...any) []Change {
		return []Change{{source, agile.NewSubject(code, args...)}}
	}
	type site struct {
		team     *agile.Team
		board    *agile.Board
		statuses map[string]agile.Status
		types    map[string]agile.Type
		versions map[string]string
	}
	siteOf := func(s site) Site {
		return Site{Board: s.board, Statuses: s.statuses, Types: s.types, Versions: s.versions, Zone: "UTC"}
	}
	for name, c := range map[string]struct {
		change func(s *site)
		want   []Change
	}{
		"nothing": {func(*site) {}, nil},
		"a new status": {func(s *site) {
			s.statuses["9"] = agile.Status{ID: "9", Name: "Verified", Category: agile.CategoryDone}
		}, nil},
		"a status gone": {func(s *site) { delete(s.statuses, "4") }, nil},
		"a status named": {func(s *site) { s.statuses["1"] = agile.Status{ID: "1", Name: "New", Category: "new"} },
			nil},
		"a column named": {func(s *site) { s.board.Columns[1].Name = "In progress" }, nil},
		"a filter": {func(s *site) { s.team.Filter = "assignee = x" },
			rule(agile.SourceScope, agile.SubjectRuleFilter)},
		"the Team field": {func(s *site) { s.team.Works = "Web" },
			rule(agile.SourceScope, agile.SubjectRuleTeam, "", "Web")},
		"another board": {func(s *site) { s.board.ID = 7 }, rule(agile.SourceBoard, agile.SubjectRuleBoard, 1, 7)},
		"the budget": {func(s *site) { s.team.Sprint.Budget = 7*time.Hour + 30*time.Minute },
			rule(agile.SourceScope, agile.SubjectRuleBudget, "", "7h30m")},
		"what the budget includes": {func(s *site) { s.team.Sprint.BudgetIncludes = agile.WithOnCall },
			rule(agile.SourceScope, agile.SubjectRuleBudgetIncludes, "", "oncall")},
		"the capacity": {func(s *site) { s.team.Sprint.Capacity = 35 * time.Hour },
			rule(agile.SourceScope, agile.SubjectRuleCapacity, "", "35h")},
		"untouched": {func(s *site) { s.team.Flow.Untouched = 3 },
			rule(agile.SourceScope, agile.SubjectRuleUntouched, 0, 3)},
		"initiatives": {func(s *site) { s.team.Initiative.Label = regexp.MustCompile("^I_(.+)$") },
			rule(agile.SourceScope, agile.SubjectRuleInitiative)},
		"the estimate": {func(s *site) { s.board.Estimate = "size" },
			rule(agile.SourceFields, agile.SubjectRuleEstimate, "points", "size")},
		"no estimate": {func(s *site) { s.board.Estimate = "" },
			rule(agile.SourceFields, agile.SubjectRuleEstimate, "points", "")},
		"the nature": {func(s *site) { s.team.Impediment.Nature = "component" },
			rule(agile.SourceFields, agile.SubjectRuleNatureField, "", "component")},
		"impediments": {func(s *site) { s.team.Impediment.Labels = []string{"blocked"} },
			rule(agile.SourceScope, agile.SubjectRuleImpediment)},
		"dependencies": {func(s *site) { s.team.Dependency.Labels = []string{"waits"} },
			rule(agile.SourceScope, agile.SubjectRuleDependency)},
		"quarters": {func(s *site) { s.team.Quarter.FirstMonth = time.April },
			rule(agile.SourceScope, agile.SubjectRuleFirstMonth, 1, 4)},
		"labels of quarters": {func(s *site) { s.team.Quarter.Label = regexp.MustCompile("^P") },
			rule(agile.SourceScope, agile.SubjectRuleQuarter)},
		"sprints that tell a pace": {func(s *site) { s.team.Sprint.History = 1 },
			rule(agile.SourceScope, agile.SubjectRuleHistory, 0, 1)},
		"the impediment query": {func(s *site) { s.team.Impediment.JQL = "assignee = x" },
			rule(agile.SourceScope, agile.SubjectRuleQuery)},
		"the grace": {func(s *site) { s.team.Sprint.Grace = time.Hour },
			rule(agile.SourceScope, agile.SubjectRuleGrace, "0s", "1h0m0s")},
		"hours a day": {func(s *site) { s.team.Calendar.End = 17 * time.Hour },
			rule(agile.SourceScope, agile.SubjectRuleHours, "09:00-18:00 UTC", "09:00-17:00 UTC")},
		"waiting": {func(s *site) { s.team.Flow.Waiting = []string{"Review"} },
			rule(agile.SourceStatuses, agile.SubjectRuleWaiting)},
		"a former name is closed": {func(s *site) { s.team.ClosedStatuses = []string{"refused"} },
			rule(agile.SourceStatuses, agile.SubjectRuleDone, "Rejected")},
		"a category": {func(s *site) {
			s.statuses["5"] = agile.Status{ID: "5", Name: "Rejected", Category: agile.CategoryDone}
		}, rule(agile.SourceStatuses, agile.SubjectRuleDone, "Rejected")},
		"done a column earlier": {func(s *site) { s.board.Columns[3].Statuses = nil },
			append(rule(agile.SourceBoard, agile.SubjectRuleColumns, "Closed"),
				rule(agile.SourceStatuses, agile.SubjectRuleDone, "Review")...)},
		"a new type":  {func(s *site) { s.types["8"] = agile.Type{Name: "Theme", Level: 1} }, nil},
		"a type gone": {func(s *site) { delete(s.types, "7") }, nil},
		"a type raised": {func(s *site) { s.types["7"] = agile.Type{Name: "Feature", Level: 1} },
			rule(agile.SourceTypes, agile.SubjectRuleTypes, "Feature")},
		"a version named":        {func(s *site) { s.versions["3"] = "Later" }, nil},
		"by versions, a new one": {func(s *site) { s.versions["5"] = "Q1-27" }, nil},
		"by versions, one named": {func(s *site) { s.versions["3"] = "Later" },
			rule(agile.SourceVersions, agile.SubjectRuleVersions, "Q4-26 is Later now")},
		"columns exchanged": {func(s *site) {
			s.board.Columns[1], s.board.Columns[2] = s.board.Columns[2], s.board.Columns[1]
		}, rule(agile.SourceBoard, agile.SubjectRuleColumns, "Doing, Review")},
	} {
		team, board, statuses := plainTeam()
		changed := site{&team, board, statuses, map[string]agile.Type{"7": {Name: "Feature"}},
			map[string]string{"3": "Q4-26", "4": "1.0"}}
		if strings.HasPrefix(name, "by versions") {
			team.Quarter.By = agile.ByFixVersion
		}
		before := Of(team, siteOf(changed))
		c.change(&changed)
		got := Of(team, siteOf(changed)).ChangesSince(before)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestRulesThatWereNotKept: of a rule that an older program did not keep no change is told.
func TestRulesThatWereNotKept(t *testing.T) {
	team, board, statuses := plainTeam()
	before := Of(team, Site{Board: board, Statuses: statuses, Zone: "UTC"})
	delete(before.Texts, agile.SubjectRuleFilter)
	team.Filter = "labels = x"
	if got := Of(team, Site{Statuses: statuses, Zone: "UTC"}).ChangesSince(Set{}); len(got) > 0 {
		t.Errorf("of no rules: %v", got)
	}
	if got := Of(team, Site{Board: board, Statuses: statuses, Zone: "UTC"}).ChangesSince(before); len(got) > 0 {
		t.Errorf("of a rule that was not kept: %v", got)
	}
}

// TestEachRuleHasItsSource: a change can be told of each rule.
func TestEachRuleHasItsSource(t *testing.T) {
	team, board, statuses := plainTeam()
	for code := range Of(team, Site{Board: board, Statuses: statuses, Zone: "UTC"}).Texts {
		if sources[code] == "" || !agile.NewSubject(code).IsRule() {
			t.Errorf("%s has no source", code)
		}
	}
}
