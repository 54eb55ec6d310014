package check

import (
	"slices"
	"strings"
	"unicode/utf8"

	"jerem/agile"
	"jerem/jira"
	"jerem/sync/scope"
)

// epicClause says in JQL which issues are epics, "" where no type is above the others.
func epicClause(types map[string]agile.Type) string {
	var ids []string
	for _, t := range types {
		if t.Level > 0 {
			ids = append(ids, t.ID)
		}
	}
	if len(ids) == 0 {
		return ""
	}
	slices.Sort(ids)
	return "issuetype in (" + strings.Join(ids, ", ") + ")"
}

// impedimentClause says in JQL what the configuration calls an impediment.
func impedimentClause(rule agile.ImpedimentRule, types map[string]agile.Type) string {
	var parts []string
	if len(rule.Labels) > 0 {
		parts = append(parts, "labels in ("+quoteList(anyCase(rule.Labels))+")")
	}
	var ids []string
	for _, t := range types {
		if containsFold(rule.Types, t.Name) || slices.Contains(rule.Types, t.ID) {
			ids = append(ids, t.ID)
		}
	}
	if len(ids) > 0 {
		slices.Sort(ids)
		parts = append(parts, "issuetype in ("+strings.Join(ids, ", ")+")")
	}
	if jql := jira.Filter(rule.JQL); jql != "" {
		parts = append(parts, "("+jql+")")
	}
	return strings.Join(parts, " OR ")
}

// anyCase adds the usual spellings of words: a search may tell cases apart, our rule does not.
func anyCase(words []string) []string {
	var out []string
	for _, w := range words {
		lower := strings.ToLower(w)
		_, size := utf8.DecodeRuneInString(lower)
		title := strings.ToUpper(lower[:size]) + lower[size:]
		for _, one := range []string{w, lower, title, strings.ToUpper(w)} {
			if !slices.Contains(out, one) {
				out = append(out, one)
			}
		}
	}
	return out
}

// quoteList writes words as a list of JQL.
func quoteList(words []string) string {
	var out []string
	for _, w := range words {
		out = append(out, scope.Quote(w))
	}
	return strings.Join(out, ", ")
}

// describeRule says in words what the configuration calls an impediment.
func describeRule(rule agile.ImpedimentRule, queryAsked bool) string {
	var parts []string
	for what, list := range map[string][]string{"label": rule.Labels, "type": rule.Types} {
		switch len(list) {
		case 0:
		case 1:
			parts = append(parts, "the "+what+" "+list[0])
		default:
			parts = append(parts, "the "+what+"s "+strings.Join(list, ", "))
		}
	}
	slices.Sort(parts)
	if rule.JQL != "" && queryAsked {
		parts = append(parts, "impediment.jql")
	}
	return strings.Join(parts, " or ")
}
