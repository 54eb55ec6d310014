package config

import (
	"regexp"
	"slices"
	"strings"

	"jerem/config/schema"
)

// This file refuses queries that make a team of one person. Jerem measures work, never a person: a query may ask for
// the work of a group, by its name or by at least three people, and for work that nobody has.

// fewestPeople is how many people a query names at least: of fewer, figures would be one person's, or would be after
// what everybody knows of the other.
const fewestPeople = 3

// personFields are the fields of JQL whose values are people.
var personFields = []string{"assignee", "reporter", "creator", "watcher", "watchers", "voter", "voters",
	"worklogauthor"}

// ofOnePerson are the functions of JQL that stand for one person, or ask for what one person did.
var ofOnePerson = []string{"currentuser", "updatedby", "watchedissues", "votedissues", "approver", "pendingby",
	"myapproval", "mypending"}

// ofUserPicker is how JQL writes the kind of a field of people behind its name, as in "Reviewer[User Picker (single
// user)]" = ada.
var ofUserPicker = regexp.MustCompile(`(?i)\[(user|people|approver)[^]]*]$`)

// byPerson finds who did something in what an extension's function asks for, as in commented("by ada after -2w").
var byPerson = regexp.MustCompile(`(?i)(^|\s)by\s+\S`)

// jqlToken finds the parts of a query: texts in quotes, words, operators and signs.
var jqlToken = regexp.MustCompile(`"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[(),]|[!=<>~]+|[^\s(),!=<>~"']+`)

// jqlKey is a query in JQL that is about no single person.
func jqlKey(name string, at func(*target) *string) key {
	return key{Name: name, What: "text", Set: func(t *target, v schema.Value, bad schema.Report) {
		if what := personAskedFor(v.Text); what != "" {
			bad(v, "asks for the work of single people ("+what+"), and Jerem measures work, never a person",
				"name the team by a board, a component, a label, its Team field (projects[].team) or a group, as in "+
					`assignee in membersOf("k8s-team"); a list names three people or more`)
			return
		}
		*at(t) = v.Text
	}}
}

// personAskedFor returns the field or function by which a query asks for the work of fewer people than a group has; ""
// where it does not.
func personAskedFor(jql string) string {
	tokens := jqlToken.FindAllString(jql, -1)
	for n, token := range tokens {
		rest := tokens[n+1:]
		word := strings.ToLower(strings.Trim(token, `"'`))
		switch {
		case slices.Contains(ofOnePerson, word) && len(rest) > 0 && rest[0] == "(":
			return word + "()"
		case (slices.Contains(personFields, word) || ofUserPicker.MatchString(word)) && namesFewPeople(rest):
			return word
		case strings.EqualFold(token, "by") && isDoneByFew(tokens[:n], rest):
			return word
		case word == "issuefunction" && slices.ContainsFunc(rest, isByPerson):
			return word
		}
	}
	return ""
}

// isDoneByFew tells whether a "by" asks who changed a field, of whatever kind, and not for an order; functions that
// stand for one person are found by themselves.
func isDoneByFew(before, rest []string) bool {
	isOfOrder := len(before) > 0 && strings.EqualFold(before[len(before)-1], "order")
	return !isOfOrder && areFewPeople(rest) && !slices.Contains(ofOnePerson, strings.ToLower(rest[0]))
}

// isByPerson tells whether a text in quotes asks for what somebody did.
func isByPerson(token string) bool {
	return strings.ContainsAny(token[:1], `"'`) && byPerson.MatchString(token[1:])
}

// namesFewPeople tells whether what follows a field of people in a query names some, and fewer than a group has.
func namesFewPeople(rest []string) bool {
	isOperator := false
	for len(rest) > 0 {
		word := strings.ToLower(rest[0])
		isComparison := strings.Trim(word, "!=~") == ""
		if !isComparison && !slices.Contains([]string{"in", "not", "is", "was", "changed", "from", "to", "by"}, word) {
			break
		}
		isOperator, rest = true, rest[1:]
	}
	return isOperator && areFewPeople(rest)
}

// areFewPeople tells whether a part of a query begins with people, and with fewer than a group has.
func areFewPeople(rest []string) bool {
	if len(rest) == 0 {
		return false
	}
	switch strings.ToLower(rest[0]) {
	case "empty", "null", "and", "or", "order", "after", "before", "during", "on", ")":
		return false
	case "(":
		end := slices.Index(rest, ")")
		if end < 0 {
			end = len(rest)
		}
		named := strings.Count(strings.Join(rest[1:end], ""), ",") + 1
		isGroup := end > 1 && strings.EqualFold(rest[1], "membersOf")
		return !isGroup && named < fewestPeople
	}
	return !strings.EqualFold(rest[0], "membersOf")
}
