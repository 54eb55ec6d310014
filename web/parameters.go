package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jerem/problem"
	"jerem/web/format"
	"jerem/web/frame"
)

// parameters are the names that an address reads from its query.
type parameters []string

// anyParameters is for addresses that are none: what is wrong there is the address itself.
var anyParameters = parameters{"*"}

// The parameters that several addresses read.
var (
	readsNothing   = parameters{}
	readsMoment    = parameters{"at"}
	readsCompared  = parameters{"with", "at"}
	readsQuarter   = parameters{"quarter", "at"}
	readsPortfolio = parameters{"quarter", "at", "sort", "state"}
	readsRoadmap   = parameters{"quarter", "at", "with", "sort", "epics", "scope", "pace", "without", "deadline",
		"later"}
	readsWhatIf   = parameters{"at", "scope", "pace", "without", "deadline", "later"}
	readsSpan     = parameters{"from", "to", "at"}
	readsForecast = parameters{"quarter", "epic", "sprint", "remaining", "by", "unit", "scope", "pace", "without",
		"deadline", "since", "at"}
	readsFigure = parameters{"figure", "team", "sprint", "quarter", "epic", "initiative", "remaining", "by",
		"nature", "column", "from", "to", "unit", "scope", "pace", "without", "deadline", "since", "at"}
	readsSeries = parameters{"class", "team", "from", "to", "at"}
)

// refuseUnknown returns why a query is not answered: it names something that the address does not read, or names
// something twice, of which only one could be read. A typing error would otherwise be answered as if nothing had been
// asked.
func (p parameters) refuseUnknown(query url.Values) *problem.Problem {
	if slices.Equal(p, anyParameters) {
		return nil
	}
	names := make([]string, 0, len(query))
	for name := range query {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if !slices.Contains(p, name) {
			return frame.NewProblem(http.StatusBadRequest, "unknown_parameter", p.knownNames(),
				"there is no parameter %q here",
				format.OneLine(name))
		}
		if len(query[name]) > 1 {
			return frame.NewProblem(http.StatusBadRequest, "repeated_parameter", "Name it once. "+p.knownNames(),
				"the parameter %q is named %d times", name, len(query[name]))
		}
	}
	return nil
}

// knownNames lists in a sentence what an address reads.
func (p parameters) knownNames() string {
	if len(p) == 0 {
		return "This address reads no parameter: leave out what stands after the ?."
	}
	return "This address reads: " + strings.Join(p, ", ") + "."
}
