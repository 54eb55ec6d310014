package web

import (
	"net/http"
	"net/url"
	"slices"

	"jerem/access"
	"jerem/problem"
	"jerem/web/frame"
)

// parameters are the names that an address reads from its query.
type parameters []string

// anyParameters is for addresses that are none: what is wrong there is the address itself.
var anyParameters = parameters{"*"}

// The parameters that several addresses read.
var (
	readsNothing         = parameters{}
	readsMoment          = parameters{"at"}
	readsEmbedded        = parameters{"show", "at"}
	readsCompared        = parameters{"with", "at"}
	readsQuarter         = parameters{"quarter", "at"}
	readsComparedQuarter = parameters{"quarter", "at", "with"}

	readsPortfolio = parameters{"quarter", "at", "with", "sort", "state"}
	readsRoadmap   = parameters{"quarter", "at", "with", "sort", "epics", "scope", "pace", "without", "deadline",
		"later"}
	readsWhatIf   = parameters{"at", "scope", "pace", "without", "deadline", "later"}
	readsSpan     = parameters{"from", "to", "at"}
	readsFlow     = parameters{"from", "to", "at", "with"}
	readsForecast = parameters{"quarter", "epic", "sprint", "remaining", "by", "unit", "scope", "pace", "without",
		"deadline", "since", "at"}
	readsFigure = parameters{"figure", "team", "sprint", "quarter", "epic", "initiative", "remaining", "by",
		"nature", "rule", "column", "week", "epics", "date", "p", "horizon", "issue", "from", "to", "unit", "scope",
		"pace", "without", "deadline", "since", "at"}
	readsSeries = parameters{"class", "team", "from", "to", "at"}
)

// refuseUnknown returns why a query is not answered: see [frame.RefuseUnknown].
func (p parameters) refuseUnknown(query url.Values) *problem.Problem {
	if slices.Equal(p, anyParameters) {
		return nil
	}
	return frame.RefuseUnknown(query, p)
}

// refuseOthers refuses a query that an address does not read so; next answers the rest.
func (p parameters) refuseOthers(next http.Handler, tell access.Tell) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if refused := p.refuseUnknown(r.URL.Query()); refused != nil {
			tell(w, r, refused)
			return
		}
		next.ServeHTTP(w, r)
	})
}
