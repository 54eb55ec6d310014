package grafana

import (
	"fmt"

	"jerem/measure/catalogue"
)

// variablesOf are what a visitor picks: the data source, then the named ones, each among the values that there are. A
// board opens on the first one: the present sprint or quarter.
func variablesOf(store Store, names []string) []Variable {
	list := []Variable{{Name: "datasource", Label: "Source", Type: "datasource", Query: plugins[store], Refresh: 1}}
	for n, name := range names {
		v := Variable{Name: name, Label: labelOfVariable[name], Type: "query", Datasource: store.dataSource(),
			Refresh: 2, Sort: sortAscending, Query: valuesQuery(store, name, names[:n])}
		switch {
		case name == "team":
		case store == Prometheus:
			v.Sort = sortNot
			v.Regex = "/" + name + `="(.*)"} /`
		case name == "quarter":
			v.Sort = sortNot
		default:
			v.Sort = sortNumbersDescending
		}
		v.Definition = v.Query
		list = append(list, v)
	}
	return list
}

// How Grafana sorts the values of a variable: as the query does, by the alphabet, or with the numbers in them as
// numbers, the greatest first.
const (
	sortNot               = 0
	sortAscending         = 1
	sortNumbersDescending = 8
)

var labelOfVariable = map[string]string{"team": "Team", "sprint": "Sprint", "quarter": "Quarter"}

// listing are the figures whose series tell which values a variable has.
var listing = map[string]catalogue.Figure{
	"team":    mustFind(catalogue.OfFlow, "wip.count"),
	"sprint":  mustFind(catalogue.OfSprint, "ledger.remaining"),
	"quarter": mustFind(catalogue.OfQuarter, "total"),
}

// mustFind returns a figure that the catalogue is known to have.
func mustFind(of catalogue.Subject, name string) catalogue.Figure {
	return view{of: of}.figureNamed(name)
}

// valuesQuery asks a store for the values of a label, within the variables picked before it.
func valuesQuery(store Store, label string, before []string) string {
	f := listing[label]
	if store == Warp10 {
		selector := ""
		for _, name := range before {
			selector += " '" + warpName(name) + "' '=' $" + name + " TOSTRING +"
		}
		query := "[ $RTOKEN '" + f.Class + "' {" + selector + " } ] FIND <% DROP LABELS '" + warpName(label) +
			"' GET %> LMAP UNIQUE"
		if label == "quarter" { // by the year, which stands at the end; a quarter has series once it has begun
			return query + " <% DROP DUP 3 SUBSTRING SWAP + %> LMAP LSORT REVERSE <% DROP 2 SUBSTRING %> LMAP"
		}
		return query + " LSORT"
	}
	selector := ""
	for _, name := range before {
		selector += name + `="$` + name + `"`
	}
	if label == "team" {
		return "label_values(" + metricOf(f.Class) + "{" + selector + "}, " + label + ")"
	}
	return "query_result(" + newestFirst(metricOf(f.Class)+"{"+selector, label) + ")"
}

// newestFirst lists the values of a label in the time shown, those first whose series had a point last. "current" comes
// before the name of the same sprint. The selector has no brace at its end.
func newestFirst(selector, label string) string {
	now := func(selector string) string {
		return fmt.Sprintf("max by (%s) (last_over_time(%s}[1h])) * 0 + time()", label, selector)
	}
	query := now(selector) + " or max_over_time((" + now(selector) + ")[$__range:1h])"
	if label == "sprint" {
		query = now(selector+`,sprint="current"`) + " + 1 or " + query
	}
	return "sort_desc(" + query + ")"
}
