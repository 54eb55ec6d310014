package oncall

import (
	"net/http"

	"jerem/access/rules"
	"jerem/oncall/roster"
	"jerem/problem"
)

// ActorOf tells who asks, with what they may do, and whether they may look: the pages of on-call go by it too.
func (a *API) ActorOf(r *http.Request, who rules.Visitor) (actor roster.Actor, mayLook bool) {
	v := a.visitorOf(r, who)
	return v.Actor, v.Viewer
}

// ProblemOf makes a problem of an error: of a refusal with the status of its kind.
func (a *API) ProblemOf(r *http.Request, err error) *problem.Problem { return a.problemOf(r, err) }
