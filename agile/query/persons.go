package query

import (
	"regexp"
	"slices"
	"strings"
)

// fewestPeople is how many people a query names at least: of fewer, figures would be one person's, or would be after
// what everybody knows of the other.
const fewestPeople = 3

// personFields are the fields of JQL whose values are people, everywhere.
var personFields = []string{"assignee", "reporter", "creator", "watcher", "watchers", "voter", "voters",
	"worklogauthor"}

// ofOnePerson are the functions of JQL that stand for one person, or ask for what one person did.
var ofOnePerson = []string{"currentuser", "updatedby", "watchedissues", "votedissues", "issuehistory", "approver",
	"pendingby", "myapproval", "mypending"}

// withKind takes apart how JQL writes a field with its kind, as in Reviewer[User Picker (single user)].
var withKind = regexp.MustCompile(`^(.+)\[([^]]*)]$`)

// ofUserPicker is how the kinds of fields of people begin.
var ofUserPicker = regexp.MustCompile(`^(user|people|approver)`)

// byPerson finds who did something in what an extension's function asks for, as in commented("by ada after -2w").
var byPerson = regexp.MustCompile(`(^|\s)by\s+\S`)

// People are the names under which queries know the fields of people of a site, beside those of JQL itself.
type People struct{ names map[string]bool }

// NewPeople makes a set of names: those of the fields, and those by their numbers, as in cf[12001].
func NewPeople(names ...string) People {
	p := People{map[string]bool{}}
	for _, name := range names {
		if name = foldName(name); name != "" {
			p.names[name] = true
		}
	}
	return p
}

// hasField tells whether a field, by its name in lower case, is one of people. One that is written with its kind is of
// people where the kind says so, and where a field of people has its name.
func (p People) hasField(field string) bool {
	if slices.Contains(personFields, field) || p.names[field] {
		return true
	}
	parts := withKind.FindStringSubmatch(field)
	return parts != nil && parts[1] != "cf" && (ofUserPicker.MatchString(parts[2]) || p.names[parts[1]])
}

// Few returns the field or function by which a query asks for the work of fewer people than a group has; "" where it
// does not. known are the fields of people of the site, as far as they are known.
func Few(jql string, known People) string {
	tokens := tokensOf(jql)
	for n, one := range tokens {
		before, rest := tokens[:n], tokens[n+1:]
		switch {
		case slices.Contains(ofOnePerson, one.word) && len(rest) > 0 && rest[0].text == "(":
			return one.word + "()"
		case known.hasField(one.word) && beginsCondition(before) && namesFewPeople(rest):
			return one.word
		case one.isWord("by") && isDoneByFew(before, rest):
			return one.word
		case one.word == "issuefunction" && slices.ContainsFunc(rest, isByPerson):
			return one.word
		}
	}
	return ""
}

// isDoneByFew tells whether a "by" asks who changed a field, of whatever kind, and not for an order; functions that
// stand for one person are found by themselves.
func isDoneByFew(before, rest []token) bool {
	isOfOrder := len(before) > 0 && before[len(before)-1].isWord("order")
	return !isOfOrder && areFewPeople(rest) && !slices.Contains(ofOnePerson, rest[0].word)
}

// isByPerson tells whether a text in quotes asks for what somebody did.
func isByPerson(one token) bool { return one.isQuoted() && byPerson.MatchString(one.word) }

// namesFewPeople tells whether what follows a field of people in a query names some, and fewer than a group has.
func namesFewPeople(rest []token) bool {
	compared := rest
	for len(rest) > 0 && rest[0].isOperator() {
		rest = rest[1:]
	}
	return len(rest) < len(compared) && areFewPeople(rest)
}

// areFewPeople tells whether a part of a query begins with people, and with fewer than a group has.
func areFewPeople(rest []token) bool {
	switch {
	case len(rest) == 0, rest[0].isWord("empty", "null", "and", "or", "order", "after", "before", "during", "on", ")"),
		!rest[0].isQuoted() && strings.Trim(rest[0].text, "&|") == "":
		return false
	case rest[0].text == "(":
		return !isGroup(partsUntilClosed(rest[1:]))
	}
	return !rest[0].isWord("membersof")
}

// partsUntilClosed returns the parts of a list, up to where it is closed.
func partsUntilClosed(rest []token) []token {
	depth := 0
	for n, one := range rest {
		switch {
		case one.text == "(":
			depth++
		case one.text == ")" && depth == 0:
			return rest[:n]
		case one.text == ")":
			depth--
		}
	}
	return rest
}

// isGroup tells whether a list names a group, or as many different people as one has.
func isGroup(list []token) bool {
	people := map[string]bool{}
	for n, one := range list {
		switch {
		case one.isWord("membersof") && n+1 < len(list) && list[n+1].text == "(":
			return true
		case !one.isWord("(", ")", ",", "empty", "null"):
			people[one.word] = true
		}
	}
	return len(people) >= fewestPeople
}
