package config

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
)

// applyKeys sets the keys of a tree; with env, environment variables win.
func (l *loader) applyKeys(t *tree, to *target, env bool) {
	bad := func(v value, message, hint string) { l.addError(v.place, v.key, message, hint) }
	for i := range t.table.all {
		k := &t.table.all[i]
		if v, ok := l.lookUpKey(t, k, env); ok {
			k.set(to, v, bad)
		}
	}
}

// reportMissing reports a key that is not set, unless its section is not one, which was told.
func (l *loader) reportMissing(t *tree, key, hint string) {
	for section := range t.broken {
		if strings.HasPrefix(key, section+".") {
			return
		}
	}
	at := t.missingAt(key)
	if e, ok := t.entries[key]; ok {
		at = e.key
	}
	l.addError(at, t.prefix+key, "is missing", hint)
}

// checkRequired reports keys without which nothing can be done.
func (l *loader) checkRequired(t *tree) {
	has := func(key string) bool { _, ok := t.given[key]; return ok }
	if !has("jira.url") {
		l.reportMissing(t, "jira.url", "the address of your Jira, as in https://example.atlassian.net")
	}
	if !has("projects") {
		l.reportMissing(t, "projects", "write a list with at least `- name: KEY`")
	}
	switch url, token := has("metrics.url"), has("metrics.token"); {
	case url && !token:
		l.reportMissing(
			t,
			"metrics.token",
			"the write token of Warp 10, best by JEREM_METRICS_TOKEN; or remove metrics to post nothing",
		)
	case token && !url:
		l.reportMissing(t, "metrics.url", "the address of Warp 10; or remove metrics to post nothing")
	}
}

// checkCredentials reports what is missing to log in, or stands against each other.
func (l *loader) checkCredentials(t *tree) {
	_, user := t.given["jira.username"]
	_, password := t.given["jira.password"]
	at, token := t.given["jira.token"]
	if l.checkOAuth(t, user || password || token) {
		return
	}
	switch {
	case token && (user || password):
		l.addError(at, "jira.token", "stands beside jira.username or jira.password; only one way to log in can be used",
			"a personal access token goes without them; an API token of Jira Cloud belongs in jira.password")
	case user && !password && !token:
		l.reportMissing(t, "jira.password",
			"jira.username needs it: on Jira Cloud an API token; best by JEREM_JIRA_PASSWORD")
	case password && !user && !token:
		l.reportMissing(t, "jira.username", "jira.password needs it: on Jira Cloud an e-mail address")
	case !user && !password && !token:
		l.reportMissing(
			t,
			"jira.password",
			"set jira.username and jira.password (on Jira Cloud an e-mail address and an API token), or jira.token; "+
				"best by JEREM_JIRA_PASSWORD or JEREM_JIRA_TOKEN",
		)
	}
}

// checkOAuth reports what is missing of the credential of a service account, or stands beside it. It tells whether
// there is one.
func (l *loader) checkOAuth(t *tree, otherLogin bool) bool {
	at, id := t.given["jira.oauth.client_id"]
	secretAt, secret := t.given["jira.oauth.client_secret"]
	switch {
	case !id && !secret:
		return false
	case !id:
		l.reportMissing(t, "jira.oauth.client_id", "jira.oauth.client_secret needs it: both are of one credential")
		at = secretAt
	case !secret:
		l.reportMissing(t, "jira.oauth.client_secret", "jira.oauth.client_id needs it: both are of one credential; "+
			"best by JEREM_JIRA_OAUTH_CLIENT_SECRET")
	}
	if otherLogin {
		l.addError(at, "jira.oauth", "stands beside jira.username, jira.password or jira.token; only one way to "+
			"log in "+
			"can be used", "remove the others: a service account asks with tokens of its own")
	}
	return true
}

// readTeams reads the entries of projects.
func (l *loader) readTeams(top *tree, rules Rules) []Team {
	e, ok := top.entries["projects"]
	if !ok || isNull(e.value) {
		return nil
	}
	if e.value.Kind != yaml.SequenceNode {
		l.addError(
			placeOf(e.value),
			"projects",
			"must be a list, is "+kindOf(e.value),
			"write a line `- name: KEY` for each",
		)
		return nil
	}
	if len(e.value.Content) == 0 {
		l.addError(placeOf(e.value), "projects", "is empty", "write a line `- name: KEY` for each")
	}
	var teams []Team
	first := map[string]int{}
	for i, n := range e.value.Content {
		at := placeOf(n)
		team, ok := l.readTeam(fmt.Sprintf("projects[%d]", i), followAliases(n), rules)
		if !ok {
			continue
		}
		if j, taken := first[team.Name]; taken {
			l.addError(
				at,
				fmt.Sprintf("projects[%d]", i),
				fmt.Sprintf("has the team name of projects[%d]", j),
				"give one of them a label of its own",
			)
		} else {
			first[team.Name] = i
		}
		teams = append(teams, team)
	}
	return teams
}

// readTeam reads an entry of projects; not ok without a name.
func (l *loader) readTeam(name string, n *yaml.Node, rules Rules) (Team, bool) {
	if n.Kind != yaml.MappingNode {
		l.addError(placeOf(n), name, "must hold keys, is "+kindOf(n), "write `- name: KEY`")
		return Team{}, false
	}
	t := newTree(projectTable, name+".", n)
	l.flattenInto(t, n, "")
	team := Team{Rules: rules}
	to := &target{team: &team, rules: &team.Rules}
	l.applyKeys(t, to, false)
	if _, ok := t.given["name"]; !ok {
		l.reportMissing(t, "name", "the key or name of a Jira project")
		return team, false
	}
	return team, l.nameTeam(&team, to.label, t)
}
