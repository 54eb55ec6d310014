package check

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"jerem/agile"
	"jerem/jira"
	jirasim "jerem/sim/jira"
	"jerem/sim/jira/faults"
	"jerem/sync/synctest"
)

// TestCheckCountsTheTeams: what is told of epics, impediments, estimates and natures is told of the issues that match
// the team's filter, which alone are read as the team's; where its epics do not match, the reason is told.
func TestCheckCountsTheTeams(t *testing.T) {
	for _, c := range []struct{ filter, quarters, hint, impediments string }{
		{"", "1 epic: Q4-26 (1); 0 without a quarter; initiatives: Network (1)", "", "1 issue by the label impediment"},
		{"labels = impediment", "none of the project's 1 epic is the team's by jql_filter: no roadmap",
			"Let jql_filter match the epics too: the issues in them count whether or not they are.",
			"1 issue by the label impediment"},
		{"issuetype = Epic", "1 epic: Q4-26 (1); 0 without a quarter; initiatives: Network (1)", "",
			"none by the label impediment"},
		{"issuetype = Story ORDER BY key", "none of the project's 1 epic is the team's by jql_filter: no roadmap",
			"Let jql_filter match the epics too: the issues in them count whether or not they are.",
			"none by the label impediment"},
	} {
		conf := synctest.Team("K8S", 0)
		conf.Filter = c.filter
		found := checkOf(t, synctest.StorySite(t, synctest.SmallTeam), conf)
		if f := found["team K8S: quarters"]; f.Found != c.quarters || f.Hint != c.hint || !f.OK {
			t.Errorf("%q: %+v", c.filter, f)
		}
		if f := found["team K8S: impediments"]; !strings.HasPrefix(f.Found, c.impediments) {
			t.Errorf("%q: %+v", c.filter, f)
		}
		if f := found["team K8S: project"]; f.Details["issues"] != 5 {
			t.Errorf("%q: %+v", c.filter, f)
		}
	}
	story := synctest.SmallTeam + "-- K8S-2 Epic \"Other\" --\n2026-09-21 10:00 created labels=Q1-27\n"
	conf := synctest.Team("K8S", 0)
	conf.Filter = "labels = Q1-27 OR issuetype = Story"
	f := checkOf(t, synctest.StorySite(t, story), conf)["team K8S: quarters"]
	if f.Found != "1 epic: Q1-27 (1); 0 without a quarter; 1 more of the project not the team's by jql_filter" ||
		f.Details["not_the_teams"] != 1 {
		t.Errorf("some of the epics match: %+v", f)
	}
}

// TestCheckCountsByTeamField: so it is for a team that is told by the Team field.
func TestCheckCountsByTeamField(t *testing.T) {
	for works, want := range map[string]string{"Platform": "1 epic: Q4-26 (1); 0 without a quarter",
		"Network": "none of the project's 1 epic is the team's by the Team field: no roadmap"} {
		conf := synctest.Team("K8S", 0)
		conf.Works = works
		for _, f := range Run(t.Context(), teamFieldJira(t), []agile.Team{conf}, jiraClock) {
			if f.Part == "quarters" && !strings.HasPrefix(f.Found, want) {
				t.Errorf("%s: %+v", works, f)
			}
		}
	}
}

// teamFieldJira is a Jira with a Team field, which one issue has filled: the epic is the team Platform's.
func teamFieldJira(t *testing.T) *jira.Client {
	t.Helper()
	client, planned := faultyJira(t, jirasim.Cloud)
	planned.On("/field", jirasim.Fault{Edit: func(_ *http.Request, answer any) any {
		return append(answer.([]any), map[string]any{"id": "customfield_900", "name": "Team", "custom": true,
			"schema": map[string]any{"type": "team",
				"custom": "com.atlassian.jira.plugin.system.customfieldtypes:atlassian-team"}})
	}})
	planned.On("/issue/bulkfetch", jirasim.Fault{Edit: faults.IssueField(10001, "customfield_900",
		map[string]any{"id": "1a-2b", "name": "Platform"})})
	return client
}

// TestCheckShared: teams that have issues of one project in common are told so, by how many and with whom.
func TestCheckShared(t *testing.T) {
	named := func(name, filter, works string) agile.Team {
		conf := synctest.Team("K8S", 0)
		conf.Name, conf.Filter, conf.Works = name, filter, works
		return conf
	}
	other := synctest.Team("OB", 0)
	for _, c := range []struct {
		teams []agile.Team
		want  string
	}{
		{[]agile.Team{named("A", "", ""), named("B", "", "")}, "B: 5 issues of K8S can be those of A too [A]"},
		{[]agile.Team{named("A", "", ""), named("B", "issuetype = Story", "")},
			"B: 3 issues of K8S can be those of A too [A]"},
		{[]agile.Team{named("A", "issuetype = Story", ""), named("B", "labels = impediment", ""), other,
			named("C", "issuetype in (Bug, Epic)", "")}, "C: 1 issue of K8S can be those of B too [B]"},
		{[]agile.Team{named("A", "issuetype = Story", ""), named("B", "labels = impediment", "")}, ""},
		{[]agile.Team{named("A", "", "Platform"), named("B", "", "Network")}, ""},
		{[]agile.Team{named("A", "", "Platform"), named("B", "", "")}, "B: 1 issue of K8S can be those of A too [A]"},
		{[]agile.Team{named("A", "", ""), named("B", "", "Platform")}, "B: 1 issue of K8S can be those of A too [A]"},
		{[]agile.Team{named("A", "", "platform"), named("B", "issuetype = Epic", "Platform")},
			"B: 1 issue of K8S can be those of A too [A]"},
		{[]agile.Team{named("A", "issuetype = Story", ""), named("B", "", "Platform")}, ""},
		{[]agile.Team{named("A", "", ""), named("B", "", "Network")}, ""},
		{[]agile.Team{named("A", "", ""), named("B", "", "Platform"), named("C", "issuetype in (Epic, Bug)", "")},
			"B: 1 issue of K8S can be those of A too [A]; C: 1 issue of K8S can be those of B too; " +
				"2 issues of K8S can be those of A too [B A]"},
		{[]agile.Team{named("A", "", ""), named("B", "nonsense ((", "")}, ""},
		{[]agile.Team{named("A", "", ""), other}, ""},
	} {
		var got []string
		for _, f := range Run(t.Context(), teamFieldJira(t), c.teams, jiraClock) {
			if f.Part == "shared" {
				got = append(got, fmt.Sprintf("%s: %s %v", f.Team, f.Found, f.Details["with"]))
			}
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// TestCheckSharedAsksOnce: teams of one project that share nothing cost one question each.
func TestCheckSharedAsksOnce(t *testing.T) {
	for n, want := range map[int]int{2: 1, 5: 4} {
		var teams []agile.Team
		for k := range n {
			conf := synctest.Team("K8S", 0)
			conf.Name, conf.Filter = fmt.Sprint(k), fmt.Sprintf("labels = l%d", k)
			teams = append(teams, conf)
		}
		client, planned := faultyJira(t, jirasim.Cloud)
		together := planned.On("/search/jql", jirasim.Fault{})
		Run(t.Context(), client, teams, jiraClock)
		client, planned = faultyJira(t, jirasim.Cloud)
		alone := planned.On("/search/jql", jirasim.Fault{})
		for _, conf := range teams {
			Run(t.Context(), client, []agile.Team{conf}, jiraClock)
		}
		if got := together.Hits() - alone.Hits(); got != want || alone.Hits() == 0 {
			t.Errorf("%d teams: %d questions more than each alone, want %d", n, got, want)
		}
	}
}

// TestCheckEmptyNature: a field that is named and filled nowhere is to be filled; that there is none to name is said
// where none is named.
func TestCheckEmptyNature(t *testing.T) {
	story := strings.ReplaceAll(synctest.SmallTeam, " nature=Incident", "")
	for nature, want := range map[string]string{
		"Nature of impediment": "Fill it in Jira: it tells why the unexpected came, and what has none " +
			"counts as unknown.",
		"component":  "Fill it in Jira: it tells why the unexpected came, and what has none counts as unknown.",
		"label:why-": "Fill it in Jira: it tells why the unexpected came, and what has none counts as unknown.",
		"": "No field of options, component or label prefix is filled: a select field \"Nature\" in " +
			"Jira tells why the unexpected came.",
	} {
		conf := synctest.Team("K8S", 0)
		conf.Impediment.Nature, conf.Impediment.DefaultNature = nature, ""
		f := checkOf(t, synctest.StorySite(t, story), conf)["team K8S: nature"]
		if f.Hint != want || !f.OK {
			t.Errorf("%q: %+v", nature, f)
		}
	}
}
