package transport

import (
	"slices"
	"strings"
)

// scopesByPlace are the scopes that a token of Cloud needs, by what a place begins and ends with. The first that fits
// counts. They are those of Atlassian's OpenAPI documents; the classic ones stand for many small ones.
var scopesByPlace = []struct {
	prefix, suffix string
	scopes         []string
}{
	{"/rest/agile/", "/configuration", []string{"read:board-scope.admin:jira-software", "read:project:jira"}},
	{"/rest/agile/", "/sprint", []string{"read:sprint:jira-software"}},
	{"/rest/agile/1.0/sprint/", "", []string{"read:sprint:jira-software"}},
	{"/rest/agile/", "", []string{"read:board-scope:jira-software", "read:project:jira"}},
	{"", "/myself", []string{"read:jira-user"}},
	{"", "", []string{"read:jira-work"}},
}

// scopesOf returns the scopes that a question of a place needs.
func scopesOf(place string) []string {
	for _, s := range scopesByPlace {
		if strings.HasPrefix(place, s.prefix) && strings.HasSuffix(place, s.suffix) {
			return s.scopes
		}
	}
	return nil
}

// allScopes returns the scopes that all questions need.
func allScopes() []string {
	var all []string
	for _, s := range scopesByPlace {
		all = append(all, s.scopes...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// lackingScopes returns those of some scopes that are not granted.
func lackingScopes(granted, needed []string) []string {
	return slices.DeleteFunc(slices.Clone(needed), func(scope string) bool { return slices.Contains(granted, scope) })
}
