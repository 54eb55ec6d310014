package oncall

import (
	"context"
	"net/http"

	"jerem/problem"
)

func withVisitor(ctx context.Context, v visitor) context.Context {
	return context.WithValue(ctx, visitorKey{}, v)
}

func visitorOf(ctx context.Context) visitor {
	v, _ := ctx.Value(visitorKey{}).(visitor)
	return v
}

// Audience says who may use a route at all. Whose things one may touch is decided with these at hand.
type Audience string

// The audiences.
const (
	Everybody  Audience = "everybody"  // any role of on-call, and who may look where nobody logs in
	Deciders   Audience = "deciders"   // a login with a handle, or an operator
	Earners    Audience = "earners"    // a login with a handle, or pay
	Treasurers Audience = "treasurers" // pay alone
)

// refusalOf tells why somebody is not among the audience, nil where they are.
func (a Audience) refusalOf(q *question, off bool) *problem.Problem {
	v := q.visitor
	hasHandle := v.Handle != ""
	var allowed bool
	var need string
	switch a {
	case Everybody:
		allowed = v.Viewer || hasHandle || v.Operator || v.Pay
		need = "a role of viewer, operator or pay, or a login with a handle"
	case Deciders:
		allowed, need = hasHandle || v.Operator, "a login that oncall.people joins to a handle, or the role operator"
	case Earners:
		allowed, need = hasHandle || v.Pay, "a login that oncall.people joins to a handle, or the role pay"
	case Treasurers:
		allowed, need = v.Pay, "the role pay"
	}
	switch {
	case a != Everybody && off:
		return &problem.Problem{Code: Forbidden, Status: http.StatusForbidden,
			Message: "nobody is known here, so nothing that is personal or changes anything is answered",
			Hint: "Have people log in by access.mode: proxy or oidc; rotas, now and segments are shown to " +
				"everybody."}
	case !allowed && v.Login == "" && len(q.api.Persons) > 0:
		return &problem.Problem{Code: Forbidden, Status: http.StatusForbidden, Message: "you are nobody of the company",
			Hint: "Choose at /oncall who to be, and send its cookie; it asks for " + need + "."}
	case !allowed:
		return &problem.Problem{Code: Forbidden, Status: http.StatusForbidden, Message: "this is not yours to do",
			Hint: "It asks for " + need + "."}
	}
	return nil
}
