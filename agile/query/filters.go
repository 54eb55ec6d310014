package query

import "strings"

// SavedFilters returns the saved filters that a query names, each by its number or its name.
func SavedFilters(jql string) (list []string) {
	tokens := tokensOf(jql)
	for n, one := range tokens {
		switch one.word {
		case "filter", "request", "savedfilter", "searchrequest":
			if beginsCondition(tokens[:n]) {
				list = append(list, namedFilters(tokens[n+1:])...)
			}
		}
	}
	return list
}

// namedFilters returns the filters that what follows the field names.
func namedFilters(rest []token) (list []string) {
	compared := rest
	for len(rest) > 0 && rest[0].isOperator() {
		rest = rest[1:]
	}
	switch {
	case len(rest) == len(compared) || len(rest) == 0 || rest[0].isWord("empty", "null"):
		return nil
	case rest[0].text != "(":
		return []string{rest[0].word}
	}
	for _, one := range partsUntilClosed(rest[1:]) {
		if !one.isWord("(", ")", ",") {
			list = append(list, one.word)
		}
	}
	return list
}

// UnnumberedFilter returns a saved filter that a query names by its name, "" where it names all by their numbers: Jira
// tells what a filter asks for by its number alone.
func UnnumberedFilter(jql string) string {
	for _, name := range SavedFilters(jql) {
		if strings.Trim(name, "0123456789") != "" || name == "" {
			return name
		}
	}
	return ""
}
