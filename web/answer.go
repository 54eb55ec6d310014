package web

import (
	"net/http"
	"strings"

	"jerem/web/calloutlink"
	"jerem/web/oncall"
)

// openAnswers makes the page of links in messages ready; nil where nobody is on call.
func (o Options) openAnswers(s *Server, a *oncall.API) *calloutlink.Page {
	if a == nil || o.OnCallLinks == nil {
		return nil
	}
	p := &calloutlink.Page{Roster: a.Roster, Records: o.OnCallLinks, Now: a.Now, Write: s.writePage,
		Tell:      s.tellProblem,
		HandleOf:  func(*http.Request) string { return "" },
		AddressOf: func(r *http.Request) string { return r.RemoteAddr }}
	gate := o.Access.Gate
	if gate == nil {
		return p
	}
	p.AddressOf = gate.ClientAddress
	p.HandleOf = func(r *http.Request) string {
		visitor, refused := gate.Identify(r)
		if refused != nil || visitor.Token || a.Off {
			return ""
		}
		return a.Roster.File.HandleOf(visitor.Login)
	}
	return p
}

// isAnswer tells whether an address is that of a link in a message, which wants no login.
func isAnswer(path string) bool { return strings.HasPrefix(path, calloutlink.Prefix) }
