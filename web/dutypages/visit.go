package dutypages

import (
	"net/http"
	"time"

	"jerem/oncall/roster"
	"jerem/problem"
	"jerem/web/frame"
)

// The codes of what is not one's to do, and of what is not there or not seen, as the API tells them.
const (
	forbidden problem.Code = "oncall.forbidden"
	notFound  problem.Code = "oncall.not_found"
)

// visit is a request of a visitor.
type visit struct {
	*http.Request
	pages   *Pages
	who     roster.Actor
	mayLook bool
	view    *roster.View
}

// refusalOf tells why a visitor gets nothing from an address, nil where they do.
func (v *visit) refusalOf(a address) *problem.Problem {
	if err := v.pages.origins.Check(v.Request); err != nil {
		return frame.NewProblem(http.StatusForbidden, "foreign_origin", "Press the button on the page itself.",
			"a page of another server sent this request")
	}
	if refused := v.refusalOfAudience(a.may); refused != nil {
		return refused
	}
	return frame.RefuseUnknown(v.Request.URL.Query(), a.reads)
}

func (v *visit) refusalOfAudience(may audience) *problem.Problem {
	hasHandle := v.who.Handle != ""
	allowed, need := false, ""
	switch may {
	case forEverybody:
		allowed = v.mayLook || hasHandle || v.who.Operator || v.who.Pay
		need = "a role of viewer, operator or pay, or a login with a handle"
	case forPeople:
		allowed, need = hasHandle, "a login that oncall.people joins to a handle"
	case forEarners:
		allowed, need = hasHandle || v.who.Pay, "a login that oncall.people joins to a handle, or the role pay"
	case forPay:
		allowed, need = v.who.Pay, "the role pay"
	case forDeciders:
		allowed = hasHandle || v.who.Operator
		need = "a login that oncall.people joins to a handle, or the role operator"
	case forOperators:
		allowed, need = v.who.Operator, "the role operator"
	}
	switch {
	case may != forEverybody && v.pages.Off:
		return &problem.Problem{Code: forbidden, Status: http.StatusForbidden,
			Message: "nobody is known here, so nothing that is personal or changes anything is shown",
			Hint:    "Have people log in by access.mode: proxy or oidc; who is on call is shown to everybody."}
	case !allowed && v.who.Login == "" && len(v.pages.Persons) > 0:
		return &problem.Problem{Code: forbidden, Status: http.StatusForbidden,
			Message: "you are nobody of the company yet", Hint: "Choose at the top of /oncall who to be. It asks for " +
				need + "."}
	case !allowed:
		return &problem.Problem{Code: forbidden, Status: http.StatusForbidden,
			Message: "this is not yours to see or do", Hint: "It asks for " + need + "."}
	}
	return nil
}

// noPage tells of an address that is none. It does not repeat it, as a mistyped one may hold a secret.
func noPage() *problem.Problem {
	return frame.NewProblem(http.StatusNotFound, frame.UnknownAddress.Word(), "See /oncall for who is on call.",
		"there is no such page of on-call")
}

func noRota() *problem.Problem {
	return &problem.Problem{Code: notFound, Status: http.StatusNotFound, Message: "there is no rota of that name",
		Hint: "See /oncall for all rotas that you may see."}
}

// view returns on-call as of now.
func (p *Pages) view(r *http.Request) (*roster.View, error) {
	return p.Roster.View(r.Context(), p.now())
}

// redirect leads on after something was kept, so that loading the page again keeps nothing twice.
func (v *visit) redirect(w http.ResponseWriter, to string) error {
	http.Redirect(w, v.Request, v.pages.Base+to, http.StatusSeeOther)
	return nil
}

// showPage answers with a page.
func (v *visit) showPage(w http.ResponseWriter, page frame.View) error {
	page.Past, page.Kind = true, Kind
	for _, t := range v.view.File.Teams {
		if !v.who.Sees(t.Name) {
			page.Foot = []string{"Of the teams that you may see"}
		}
	}
	v.pages.Write(w, v.Request, page, http.StatusOK)
	return nil
}

// zoneOf returns the zone of a person; that of the file for one who left it.
func zoneOf(v *roster.View, person string) *time.Location {
	if p, ok := v.Board.People[person]; ok && p.Zone != nil {
		return p.Zone
	}
	return v.File.Zone
}

func (p *Pages) now() time.Time { return p.Now().Truncate(time.Second).UTC() }
