package web

import (
	"net/http"
	"strings"

	"jerem/web/calloutlink"
	"jerem/web/dutypages"
	"jerem/web/format"
	"jerem/web/oncall"
)

// openDutyPages makes the pages of on-call ready to answer by a server; nil where there are none.
func (o Options) openDutyPages(s *Server, a *oncall.API) *dutypages.Pages {
	if a == nil || o.OnCallCalendars == nil {
		return nil
	}
	p := &dutypages.Pages{Roster: a.Roster, Events: a.Events, Calendars: o.OnCallCalendars, Now: a.Now, Off: a.Off,
		Persons: a.Persons, URL: strings.TrimSuffix(o.URL, "/"), Base: o.Base, VisitorOf: a.ActorOf,
		Write: s.writePage, Tell: s.tellProblem, AddressOf: func(r *http.Request) string { return r.RemoteAddr }}
	if o.Access.Gate != nil {
		p.AddressOf = o.Access.Gate.ClientAddress
	}
	p.TellError = func(w http.ResponseWriter, r *http.Request, err error) {
		s.tellProblem(w, r, a.ProblemOf(r, err))
	}
	return p.Open()
}

// isCalendar tells whether an address is that of a calendar, which wants no login.
func isCalendar(path string) bool { return strings.HasPrefix(path, dutypages.CalendarPrefix) }

// loggedPath is the path of a request as the log may tell it: without the secret of a calendar or a link.
func loggedPath(r *http.Request) string {
	for _, prefix := range []string{dutypages.CalendarPrefix, calloutlink.Prefix} {
		if strings.HasPrefix(r.URL.Path, prefix) {
			return prefix + "…"
		}
	}
	return format.OneLine(r.URL.Path)
}

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
