package grafana

import (
	"fmt"
	"strings"

	"jerem/measure/catalogue"
	"jerem/publish/remotewrite"
	"jerem/series"
)

// Store is where the series of a board lie.
type Store string

// The stores that boards are written for.
const (
	Prometheus Store = "prometheus" // and what speaks its query language, as VictoriaMetrics and Mimir do
	Warp10     Store = "warp10"
)

// plugins are the data sources by which Grafana asks a store.
var plugins = map[Store]string{Prometheus: "prometheus", Warp10: "ovh-warp10-datasource"}

// dataSource is the data source that the visitor picked.
func (s Store) dataSource() *dataSource { return &dataSource{Type: plugins[s], UID: "${datasource}"} }

// scope is which series a panel asks for: those whose labels have the value of the variable of that name. A label
// with another value than its variable stands behind "=".
type scope []string

// The scopes of panels.
var (
	scopeOfSprint  = scope{"team", "sprint"}
	scopeOfQuarter = scope{"team", "quarter"}
	scopeOfTeam    = scope{"team"}
	scopeOfAll     = scope{}
	scopeOfEvery   = scope{"quarter"}        // every team's
	scopeOfCurrent = scope{"sprint=current"} // every team's
)

// lookBack is how long before the moment asked for the newest written point may lie: living series have one in each
// twenty minutes; those of flow one at the noon of each day, which has 25 hours once a year; those of forecasts one at
// the noon of each working day, so that a weekend with holidays at both ends is looked over.
func lookBack(class string) window {
	switch {
	case strings.HasPrefix(class, catalogue.ClassForecast):
		return window{"7d", "7 d"}
	case strings.HasPrefix(class, catalogue.ClassAgileFlow) && class != catalogue.ClassAgileFlow+"wip":
		return window{"25h", "25 h"}
	}
	return window{"1h", "1 h"}
}

// window is a length of time as Prometheus and Warp 10 write it.
type window struct{ prometheus, warp10 string }

// metricOf is how Prometheus calls the series of a class.
func metricOf(class string) string {
	for _, l := range remotewrite.MetricOf(&series.Series{Class: class}) {
		if l.Name == "__name__" {
			return l.Value
		}
	}
	return ""
}

// warpName is what a label is called in Warp 10's series.
func warpName(label string) string {
	if label == "team" {
		return "project"
	}
	return label
}

// warpQuery asks Warp 10 for a figure: all points of the time shown, or where newest is set those of the last while, of
// which the panel shows the newest.
func warpQuery(f catalogue.Figure, of scope, newest bool) string {
	var labels strings.Builder
	for _, label := range of {
		name, value, given := strings.Cut(label, "=")
		variable := "'=' $" + name + " TOSTRING +" // a name of digits comes as a number
		if given {
			variable = "'=" + value + "'"
		}
		fmt.Fprintf(&labels, " '%s' %s", warpName(name), variable)
	}
	class, natures := f.Class, ""
	if before, after, ok := strings.Cut(class, "NATURE"); ok { // of every nature, but not of all together
		before, after = strings.ReplaceAll(before, ".", "[.]"), strings.ReplaceAll(after, ".", "[.]")
		class = "~" + before + ".*" + after
		natures = "\n[ SWAP [] '~" + before + "(?!total[.]).*' filter.byclass ] FILTER"
	}
	span := "$interval"
	if newest {
		span = lookBack(f.Class).warp10 // older points are of series that were over by then
	}
	script := fmt.Sprintf("[ $RTOKEN '%s' {%s } $end %s ] FETCH", class, labels.String(), span) + natures
	if f.Unit == catalogue.UnitDate {
		script += "\n[ SWAP 1000.0 mapper.mul 0 0 0 ] MAP"
	}
	return script
}
