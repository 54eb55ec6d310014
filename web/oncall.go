package web

import (
	"net/http"
	"strings"

	"jerem/access"
	"jerem/access/rules"
	"jerem/web/calloutlink"
	"jerem/web/dutypages"
	"jerem/web/oncall"
)

// openOnCall makes on-call ready to answer by a server, which tells what is refused; nil where there is none.
func (o Options) openOnCall(s *Server) *oncall.API {
	if o.OnCall == nil {
		return nil
	}
	a := &oncall.API{Roster: o.OnCall.Roster, Events: o.OnCall.Events, Now: o.OnCall.Now,
		Persons: o.OnCall.Persons, Place: o.OnCall.Place}
	a.Log, a.Tell = o.Log, s.tellProblem
	a.Off = (o.Access.Gate == nil || o.Access.Gate.Mode == access.Off) && len(a.Persons) == 0
	if o.Access.Gate != nil {
		a.AddressOf = o.Access.Gate.ClientAddress
	}
	return a.Open()
}

// isOnCall tells whether an address is one of on-call, whose answers depend on who asks and on the clock: they are
// never kept.
func isOnCall(path string) bool { return strings.HasPrefix(path, oncall.Prefix) }

// isWrite tells whether a request may change something, so that a method other than GET is answered.
func (o Options) isWrite(r *http.Request) bool {
	isChange := r.Method == http.MethodPost || r.Method == http.MethodDelete
	isEvent := r.Method == http.MethodPost && (isHook(r.URL.Path) || dutypages.IsPage(r.URL.Path))
	return isWrite(r) || o.OnCall != nil && (isChange && isOnCall(r.URL.Path) || isEvent)
}

// isHook tells whether an address is one to which sources post alerts. They have secrets of their own.
func isHook(path string) bool { return strings.HasPrefix(path, oncall.HooksPrefix) }

// largestBody is how large the body of a request may be, 0 for what the guard allows all.
func largestBody(r *http.Request) int64 {
	if isHook(r.URL.Path) {
		return oncall.LargestEvent + 1 // what is larger is told by who reads it
	}
	return 0
}

// addOnCall adds the addresses of on-call for a server on which nobody logs in.
func (s *Server) addOnCall(mux *http.ServeMux) {
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
		mux.Handle(method+" "+oncall.Prefix, s.serveEverybody(s.oncall.ServeVisitor))
	}
	// What stands below these is answered, they themselves are not: left to the routes they would be led to the address
	// with a slash, and back.
	nothing := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.tellProblem(w, r, s.noPage(r)) })
	for _, prefix := range []string{oncall.Prefix, calloutlink.Prefix, dutypages.CalendarPrefix} {
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
			mux.Handle(method+" "+strings.TrimSuffix(prefix, "/"), nothing)
		}
	}
	mux.HandleFunc("POST "+oncall.HooksPrefix, s.oncall.ServeHook)
	if s.callouts != nil {
		mux.Handle("GET "+calloutlink.Prefix, s.callouts)
		mux.Handle("POST "+calloutlink.Prefix, s.callouts)
	}
	if s.duty != nil {
		mux.HandleFunc("GET "+dutypages.CalendarPrefix, s.duty.ServeCalendar)
		for _, pattern := range []string{"GET " + dutypages.Home, "GET " + dutypages.Home + "/",
			"POST " + dutypages.Home, "POST " + dutypages.Home + "/"} {
			mux.Handle(pattern, s.serveEverybody(s.duty.ServeVisitor))
		}
	}
}

// serveEverybody answers whoever asks where nobody logs in: they may look at all teams.
func (s *Server) serveEverybody(serve func(http.ResponseWriter, *http.Request, rules.Visitor)) http.Handler {
	everybody := rules.Visitor{Roles: []rules.Role{rules.Viewer}}
	for _, t := range s.teams.List {
		everybody.Teams = append(everybody.Teams, t.Name)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { serve(w, r, everybody) })
}
