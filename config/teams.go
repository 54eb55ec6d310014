package config

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
)

// apply sets the keys of a tree; with env, environment variables win.
func (l *loader) apply(t *tree, to *target, env bool) {
	bad := func(v value, message, hint string) { l.fail(v.place, v.key, message, hint) }
	for i := range t.table.all {
		k := &t.table.all[i]
		if v, ok := l.lookup(t, k, env); ok {
			k.set(to, v, bad)
		}
	}
}

// missing reports a key that is not set, unless its section is not one, which was told.
func (l *loader) missing(t *tree, key, hint string) {
	for section := range t.broken {
		if strings.HasPrefix(key, section+".") {
			return
		}
	}
	at := t.missingAt(key)
	if e, ok := t.entries[key]; ok {
		at = e.key
	}
	l.fail(at, t.prefix+key, "is missing", hint)
}

// required reports keys without which nothing can be done.
func (l *loader) required(t *tree) {
	has := func(key string) bool { _, ok := t.given[key]; return ok }
	if !has("jira.url") {
		l.missing(t, "jira.url", "the address of your Jira, as in https://example.atlassian.net")
	}
	if !has("projects") {
		l.missing(t, "projects", "write a list with at least `- name: KEY`")
	}
	switch url, token := has("metrics.url"), has("metrics.token"); {
	case url && !token:
		l.missing(
			t,
			"metrics.token",
			"the write token of Warp 10, best by JEREM_METRICS_TOKEN; or remove metrics to post nothing",
		)
	case token && !url:
		l.missing(t, "metrics.url", "the address of Warp 10; or remove metrics to post nothing")
	}
}

// credentials reports what is missing to log in, or stands against each other.
func (l *loader) credentials(t *tree) {
	_, user := t.given["jira.username"]
	_, password := t.given["jira.password"]
	at, token := t.given["jira.token"]
	switch {
	case token && (user || password):
		l.fail(at, "jira.token", "stands beside jira.username or jira.password; only one way to log in can be used",
			"a personal access token goes without them; an API token of Jira Cloud belongs in jira.password")
	case user && !password && !token:
		l.missing(t, "jira.password", "jira.username needs it: on Jira Cloud an API token; best by JEREM_JIRA_PASSWORD")
	case password && !user && !token:
		l.missing(t, "jira.username", "jira.password needs it: on Jira Cloud an e-mail address")
	case !user && !password && !token:
		l.missing(
			t,
			"jira.password",
			"set jira.username and jira.password (on Jira Cloud an e-mail address and an API token), or jira.token; "+
				"best by JEREM_JIRA_PASSWORD or JEREM_JIRA_TOKEN",
		)
	}
}

// teams reads the entries of projects.
func (l *loader) teams(top *tree, rules Rules) []Team {
	e, ok := top.entries["projects"]
	if !ok || isNull(e.value) {
		return nil
	}
	if e.value.Kind != yaml.SequenceNode {
		l.fail(
			placeOf(e.value),
			"projects",
			"must be a list, is "+kindOf(e.value),
			"write a line `- name: KEY` for each",
		)
		return nil
	}
	if len(e.value.Content) == 0 {
		l.fail(placeOf(e.value), "projects", "is empty", "write a line `- name: KEY` for each")
	}
	var teams []Team
	first := map[string]int{}
	for i, n := range e.value.Content {
		at := placeOf(n)
		team, ok := l.team(fmt.Sprintf("projects[%d]", i), deref(n), rules)
		if !ok {
			continue
		}
		if j, taken := first[team.Name]; taken {
			l.fail(
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

// team reads an entry of projects; not ok without a name.
func (l *loader) team(name string, n *yaml.Node, rules Rules) (Team, bool) {
	if n.Kind != yaml.MappingNode {
		l.fail(placeOf(n), name, "must hold keys, is "+kindOf(n), "write `- name: KEY`")
		return Team{}, false
	}
	t := newTree(projectTable, name+".", n)
	l.flattenInto(t, n, "")
	team := Team{Rules: rules}
	to := &target{team: &team, rules: &team.Rules}
	l.apply(t, to, false)
	if _, ok := t.given["name"]; !ok {
		l.missing(t, "name", "the key or name of a Jira project")
		return team, false
	}
	return team, l.nameTeam(&team, to.label, t)
}
