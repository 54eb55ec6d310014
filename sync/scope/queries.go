package scope

import (
	"context"
	"fmt"

	"jerem/agile"
	"jerem/agile/query"
	"jerem/jira"
	"jerem/jira/document"
	"jerem/problem"
)

// Query is a query of the configuration, by the key where it stands.
type Query struct{ Key, JQL string }

// Queries lists the queries of a team.
func Queries(conf agile.Team) (list []Query) {
	for _, q := range []Query{{"jql_filter", conf.Filter}, {"impediment.jql", conf.Impediment.JQL}} {
		if q.JQL != "" {
			list = append(list, q)
		}
	}
	return list
}

// maxFilters is how many saved filters are looked at for one query: they name one another.
const maxFilters = 50

// RefuseQuery refuses a query that asks for the work of single people by a field that the site says to be of people, or
// by a saved filter that does. It is asked before anything else is asked by the query.
func RefuseQuery(ctx context.Context, client *jira.Client, fields document.Fieldset, q Query) error {
	if what := query.Few(q.JQL, document.People(fields)); what != "" {
		return query.NewRefusal(q.Key, what)
	}
	left, seen := query.SavedFilters(q.JQL), map[string]bool{}
	for len(left) > 0 {
		id := left[0]
		left = left[1:]
		if seen[id] {
			continue
		}
		if seen[id] = true; len(seen) > maxFilters {
			return tooManyFilters(q.Key)
		}
		jql, err := client.SavedFilter(ctx, id)
		if err != nil {
			return fmt.Errorf("%s: filter %s: %w", q.Key, id, err)
		}
		if what := query.Few(jql, document.People(fields)); what != "" {
			return query.NewRefusal(q.Key, "filter "+id+": "+what)
		}
		if name := query.UnnumberedFilter(jql); name != "" {
			return unnumberedFilter(q.Key, id, name)
		}
		left = append(left, query.SavedFilters(jql)...)
	}
	return nil
}

func unnumberedFilter(key, id, name string) error {
	return &problem.Problem{Code: query.Refused,
		Message: fmt.Sprintf("%s: filter %s names a saved filter by its name (%s)", key, id, name),
		Hint:    "In that filter " + query.ProposeNumber + "."}
}

func tooManyFilters(key string) error {
	return &problem.Problem{Code: query.Refused,
		Message: fmt.Sprintf("%s names saved filters that name more than %d others", key, maxFilters),
		Hint:    "Write what they ask for into the configuration."}
}
