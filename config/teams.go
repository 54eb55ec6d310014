package config

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"

	"jerem/config/schema"
)

// checkRequired reports keys without which nothing can be done.
func checkRequired(l *schema.Loader, t *tree) {
	has := func(key string) bool { _, ok := t.Given[key]; return ok }
	if !has("jira.url") {
		schema.ReportMissing(l, t, "jira.url", "the address of your Jira, as in https://example.atlassian.net")
	}
	if !has("projects") {
		schema.ReportMissing(l, t, "projects", "write a list with at least `- name: KEY`")
	}
	switch url, token := has("metrics.url"), has("metrics.token"); {
	case url && !token:
		schema.ReportMissing(l,
			t,
			"metrics.token",
			"the write token of Warp 10, best by JEREM_METRICS_TOKEN; or remove metrics to post nothing",
			"metrics.url",
		)
	case token && !url:
		schema.ReportMissing(l, t, "metrics.url", "the address of Warp 10; or remove metrics to post nothing",
			"metrics.token")
	}
}

// checkCredentials reports what is missing to log in, or stands against each other.
func checkCredentials(l *schema.Loader, t *tree) {
	_, user := t.Given["jira.username"]
	_, password := t.Given["jira.password"]
	at, token := t.Given["jira.token"]
	if checkOAuth(l, t, user || password || token) {
		return
	}
	switch {
	case token && (user || password):
		l.AddError(at, "jira.token", "stands beside jira.username or jira.password; only one way to log in can be used",
			"a personal access token goes without them; an API token of Jira Cloud belongs in jira.password")
	case user && !password && !token:
		schema.ReportMissing(l, t, "jira.password",
			"jira.username needs it: on Jira Cloud an API token; best by JEREM_JIRA_PASSWORD", "jira.username")
	case password && !user && !token:
		schema.ReportMissing(l, t, "jira.username", "jira.password needs it: on Jira Cloud an e-mail address",
			"jira.password")
	case !user && !password && !token:
		schema.ReportMissing(l,
			t,
			"jira.password",
			"set jira.username and jira.password (on Jira Cloud an e-mail address and an API token), or jira.token; "+
				"best by JEREM_JIRA_PASSWORD or JEREM_JIRA_TOKEN",
		)
	}
}

// checkOAuth reports what is missing of the credential of a service account, or stands beside it. It tells whether
// there is one.
func checkOAuth(l *schema.Loader, t *tree, otherLogin bool) bool {
	at, id := t.Given["jira.oauth.client_id"]
	secretAt, secret := t.Given["jira.oauth.client_secret"]
	switch {
	case !id && !secret:
		return false
	case !id:
		schema.ReportMissing(l, t, "jira.oauth.client_id",
			"jira.oauth.client_secret needs it: both are of one credential", "jira.oauth.client_secret")
		at = secretAt
	case !secret:
		schema.ReportMissing(l, t, "jira.oauth.client_secret",
			"jira.oauth.client_id needs it: both are of one credential; "+
				"best by JEREM_JIRA_OAUTH_CLIENT_SECRET", "jira.oauth.client_id")
	}
	if otherLogin {
		l.AddError(at, "jira.oauth", "stands beside jira.username, jira.password or jira.token; only one way to "+
			"log in "+
			"can be used", "remove the others: a service account asks with tokens of its own")
	}
	return true
}

const projectExample = "write a line `- name: KEY` for each"

// readTeams reads the entries of projects.
func readTeams(l *schema.Loader, top *tree, c *Config, rules Rules) []Team {
	nodes := schema.ReadListNodes(l, top, "projects", projectExample)
	e := top.Entries["projects"]
	if e.Value != nil && e.Value.Kind == yaml.SequenceNode && len(nodes) == 0 {
		l.AddError(schema.PositionOf(e.Value), "projects", "is empty", projectExample)
	}
	var teams []Team
	first := map[string]int{}
	for i, n := range nodes {
		named := fmt.Sprintf("projects[%d]", i)
		team, ok := readTeam(l, named, n, c, rules)
		if !ok {
			continue
		}
		if j, taken := first[team.Name]; taken {
			l.AddError(schema.PositionOf(n), named, fmt.Sprintf("has the team name of projects[%d]", j),
				"give one of them a label of its own")
		} else {
			first[team.Name] = i
		}
		teams = append(teams, team)
	}
	return teams
}

// readTeam reads an entry of projects; not ok without a name.
func readTeam(l *schema.Loader, named string, n *yaml.Node, c *Config, rules Rules) (Team, bool) {
	team := Team{Rules: rules}
	to := &target{config: c, team: &team, rules: &team.Rules}
	t := schema.ReadEntryKeys(l, projectTable, named, n, to, "write `- name: KEY`")
	if t == nil {
		return team, false
	}
	if _, ok := t.Given["name"]; !ok {
		schema.ReportMissing(l, t, "name", "the key or name of a Jira project")
		return team, false
	}
	readMoved(l, t, &team)
	return team, nameTeam(l, &team, to.label, t)
}

func (c *Config) teamNames() []string {
	names := make([]string, len(c.Teams))
	for i, t := range c.Teams {
		names[i] = t.Name
	}
	return names
}

// nameTeam gives a team its name, the label or else the project as written; not ok where no team can have it.
func nameTeam(l *schema.Loader, team *Team, label string, t *tree) bool {
	key := "label"
	if team.Name = strings.TrimSpace(label); team.Name == "" {
		key, team.Name = "name", team.Project
	}
	message, hint := schema.NameFault(team.Name, "give the team a label in letters, digits and spaces")
	if message == "" {
		return team.Name != "" // a name with a fault of its own was told
	}
	l.AddError(t.Given[key], t.Prefix+key, message, hint)
	return false
}
