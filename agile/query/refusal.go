package query

import "jerem/problem"

// Refused is the kind of the problem of a query that asks for what is never measured. What was read by such a query
// before is not told any more.
const Refused problem.Code = "query.refused"

// ProposeGroup is what to write in place of a query that asks for the work of single people.
const ProposeGroup = "name the team by a board, a component, a label, its Team field (projects[].team) or a group, " +
	`as in assignee in membersOf("k8s-team"); a list names three people or more`

// ProposeNumber is what to write in place of the name of a saved filter.
const ProposeNumber = "write its number, as in filter = 10042: what a saved filter asks for is looked at before " +
	"anybody is asked it"

// Fault says what is wrong with a query as far as it tells without a Jira, and what to write in its place; "" for one
// that is taken.
func Fault(jql string) (message, remedy string) {
	if what := Few(jql, People{}); what != "" {
		return AsksForPersons(what), ProposeGroup
	}
	if name := UnnumberedFilter(jql); name != "" {
		return "names a saved filter by its name (" + name + ")", ProposeNumber
	}
	return "", ""
}

// AsksForPersons says of a query by what it asks for the work of single people.
func AsksForPersons(what string) string {
	return "asks for the work of single people (" + what + "), and Jerem measures work, never a person"
}

// NewRefusal refuses a query of a key of the configuration by what a site tells of its fields.
func NewRefusal(key, what string) *problem.Problem {
	return &problem.Problem{Code: Refused, Message: key + " " + AsksForPersons(what),
		Hint: "In the configuration " + ProposeGroup + ". A field of another kind that shares its name with one of " +
			"people is named by its number, as in cf[10042]."}
}
