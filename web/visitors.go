package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"jerem/access"
	"jerem/access/rules"
	"jerem/problem"
	"jerem/web/calloutlink"
	"jerem/web/dutypages"
	"jerem/web/frame"
	"jerem/web/live"
	"jerem/web/oncall"
	"jerem/web/source"
)

// Access is who may look. The zero value lets everybody look at everything, /metrics included.
type Access struct {
	Gate *access.Gate // nil for none: nobody logs in, and no token is known
	// MetricsByToken keeps /metrics for tokens and for who is logged in.
	MetricsByToken bool
}

// viewsAtMost bounds how many servers for different sets of teams are kept at once.
const viewsAtMost = 32

// visitors answers each visitor by a server that knows the teams alone that they may see: to it another team does not
// exist, so that it is in no list, sum, stream, total, error or /metrics.
type visitors struct {
	options  Options
	gate     *access.Gate
	stranger *Server // knows no team: for those who are logged in and may not see what they ask for
	outsider *Server // knows no team and no logout: for those who are not logged in
	whole    *Server // knows all
	all      http.Handler
	login    *http.ServeMux
	oncall   *oncall.API // nil for none
	callouts *calloutlink.Page
	duty     *dutypages.Pages // nil as oncall is

	mu    sync.Mutex
	views map[string]http.Handler // by the names of the teams
	order []string                // of views, the one that was asked least recently first
}

func newVisitors(o Options) http.Handler {
	if o.Computed == nil {
		o.Computed = o.computedTeams() // one for all views
	}
	o.Streams = live.NewPlaces() // so are these
	v := &visitors{options: o, gate: o.Access.Gate, whole: newServer(o), login: http.NewServeMux(),
		views: map[string]http.Handler{}}
	v.stranger, v.outsider = newServer(o.forTeams(nil)), newServer(o.forTeams(nil))
	v.outsider.logout, v.outsider.restricted = "", false
	v.oncall = o.openOnCall(v.stranger)
	v.callouts = o.openAnswers(v.stranger, v.oncall)
	v.duty = o.openDutyPages(v.stranger, v.oncall)
	v.whole.tellsAll = func(r *http.Request) bool { return v.whole.guard.AnswersTo(r) && v.seesAll(r) }
	v.all = v.whole.allRoutes(o.Collectors)
	v.gate.Routes(v.login, v.outsider.tellProblem)
	v.login.HandleFunc("GET /logged-out", v.tellLoggedOut)
	v.login.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		v.outsider.tellProblem(w, r, v.outsider.noPage(r))
	})
	v.stranger.guard.Writes = v.isWrite
	return v.stranger.guard.Handler(v)
}

// forTeams is what a server for some of the teams is made of.
func (o Options) forTeams(names []string) Options {
	all := o.Teams
	o.Teams = nil
	for _, t := range all {
		if slices.Contains(names, t.Name) {
			o.Teams = append(o.Teams, t)
		}
	}
	if live := o.Live; live != nil {
		o.Live = func() source.Live { return live().Of(o.Teams) }
	}
	o.Restricted = len(o.Teams) < len(all)
	return o
}

// ServeHTTP lets a visitor in, or tells why not. What is not known to be for everybody is for viewers.
func (v *visitors) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if v.oncall != nil && isHook(r.URL.Path) && r.Method == http.MethodPost {
		v.oncall.ServeHook(w, r)
		return
	}
	if v.callouts != nil && isAnswer(r.URL.Path) {
		v.callouts.ServeHTTP(w, r)
		return
	}
	if v.duty != nil && isCalendar(r.URL.Path) && r.Method != http.MethodPost {
		v.duty.ServeCalendar(w, r)
		return
	}
	switch need := needOf(r.URL.Path); {
	case need == forLogin && v.gate.LogoutAddress() != "":
		v.login.ServeHTTP(w, r)
		return
	case need == forAll, need == forMetrics && !v.options.Access.MetricsByToken:
		v.all.ServeHTTP(w, r)
		return
	}
	r, key, refused := takeKey(r)
	if refused != nil {
		v.outsider.tellProblem(w, r, refused)
		return
	}
	if key != "" {
		v.serveByKey(w, r, key)
		return
	}
	w.Header().Add("Vary", v.gate.AsksBy())
	visitor, refused := v.gate.Identify(r)
	if refused == nil && v.oncall != nil && isOnCall(r.URL.Path) {
		v.oncall.ServeVisitor(w, r, visitor) // each of its addresses says who may
		return
	}
	if refused == nil && v.duty != nil && dutypages.IsPage(r.URL.Path) {
		v.duty.ServeVisitor(w, r, visitor) // so do these
		return
	}
	if refused == nil {
		refused = v.refusalOf(visitor, r)
	}
	if refused != nil {
		v.refuseVisitor(w, r, refused)
		return
	}
	if r.URL.Path == "/live" { // the one answer that lasts: it ends with the login or the token
		lasting, stop := v.gate.WhileAdmitted(r)
		defer stop()
		r = live.ByViewer(lasting, v.streamer(visitor, r))
	}
	v.viewOf(visitor.Teams).ServeHTTP(w, r)
}

// streamer is who takes a place of the streams: a login, a token, or where nobody logs in the address that asks.
func (v *visitors) streamer(visitor rules.Visitor, r *http.Request) string {
	switch {
	case visitor.Token:
		return "token " + visitor.Login
	case visitor.Login != "":
		return "login " + visitor.Login
	}
	return v.gate.ClientAddress(r)
}

// need is what an address asks of who asks for it.
type need int

const (
	forViewers need = iota
	forAll          // what tells nothing about a team: health, styles, scripts
	forLogin        // logging in and out
	forMetrics
)

// needOf tells what an address asks. An address that nobody thought of is for viewers.
func needOf(path string) need {
	switch path {
	case "/healthz", "/health", "/readyz", "/favicon.ico":
		return forAll
	case "/login", "/login/callback", "/logout", "/logged-out":
		return forLogin
	case "/metrics":
		return forMetrics
	}
	if strings.HasPrefix(path, "/assets/") {
		return forAll
	}
	return forViewers
}

// isWrite tells whether a request is answered though it is no GET.
func (v *visitors) isWrite(r *http.Request) bool {
	logout := r.Method == http.MethodPost && r.URL.Path == "/logout" && v.gate.LogoutAddress() != ""
	return logout || v.options.isWrite(r)
}

// refusalOf tells why a visitor does not get what they ask for, nil where they do.
func (v *visitors) refusalOf(visitor rules.Visitor, r *http.Request) *problem.Problem {
	if needOf(r.URL.Path) == forMetrics && !visitor.Token && v.gate.Mode == access.Off {
		return &problem.Problem{Code: access.NotLoggedIn, Status: http.StatusUnauthorized,
			Message: "/metrics is for programs with a token",
			Hint:    "`jerem token create --role viewer` makes one; access.metrics: open lets everybody read it."}
	}
	if visitor.May(rules.Viewer) || mayEmbed(visitor, r) {
		return nil
	}
	return &problem.Problem{Code: access.NotAllowed, Status: http.StatusForbidden,
		Message: "you are logged in, but may not look here",
		Hint:    "Who may is said by access.roles.viewer; whoever runs this server can add you."}
}

// refuseVisitor leads a person to the login, and tells a program what it lacks.
func (v *visitors) refuseVisitor(w http.ResponseWriter, r *http.Request, p *problem.Problem) {
	login := v.gate.LoginAddress(r)
	if p.Code == access.NotLoggedIn && login != "" && isNavigation(r) {
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, login, http.StatusSeeOther)
		return
	}
	if p.Code == access.NotLoggedIn && login != "" && isForm(r) {
		v.tellLoginEnded(w, r)
		return
	}
	if p.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="jerem"`)
	}
	if p.Code == access.NotAllowed {
		v.stranger.tellProblem(w, r, p)
		return
	}
	v.outsider.tellProblem(w, r, p)
}

// isNavigation tells whether a browser opens a page, so that a redirect to a login is of use to somebody.
func isNavigation(r *http.Request) bool {
	return r.Method == http.MethodGet && !forPrograms(r) && strings.Contains(r.Header.Get("Accept"), "text/html")
}

// isForm tells whether a browser sends a form of a page.
func isForm(r *http.Request) bool {
	return r.Method == http.MethodPost && !forPrograms(r) && strings.Contains(r.Header.Get("Accept"), "text/html")
}

// seesAll tells whether who asks may see every team: only they are told which one is in trouble.
func (v *visitors) seesAll(r *http.Request) bool {
	visitor, refused := v.gate.Identify(r)
	return refused == nil && visitor.May(rules.Viewer) && len(visitor.Teams) == len(v.options.Teams)
}

// viewOf returns the server for a set of teams.
func (v *visitors) viewOf(teams []string) http.Handler {
	if len(teams) == len(v.options.Teams) {
		return v.all
	}
	key := url.Values{"team": teams}.Encode()
	v.mu.Lock()
	defer v.mu.Unlock()
	view := v.views[key]
	if view == nil {
		if len(v.order) >= viewsAtMost {
			delete(v.views, v.order[0])
			v.order = v.order[1:]
		}
		o := v.options.forTeams(teams)
		view = newServer(o).allRoutes(o.Collectors)
		v.views[key] = view
	}
	v.order = append(slices.DeleteFunc(v.order, func(k string) bool { return k == key }), key)
	return view
}

// tellLoginEnded tells somebody whose login ended under an open page that the form they sent was not kept, and leads
// back to that page by way of the login.
func (v *visitors) tellLoginEnded(w http.ResponseWriter, r *http.Request) {
	page := &url.URL{Path: "/"}
	if from, err := url.Parse(r.Referer()); err == nil && from.Host == r.Host {
		page = &url.URL{RawPath: from.RawPath, RawQuery: from.RawQuery,
			Path: "/" + strings.TrimPrefix(strings.TrimPrefix(from.Path, v.options.Base), "/")}
	}
	login := v.gate.LoginAddress(&http.Request{URL: page})
	body := frame.NewProblemBody(&problem.Problem{Status: http.StatusUnauthorized, Code: access.NotLoggedIn,
		Message: "your login has ended, and what you sent was not kept",
		Hint:    "Log in again, then send it once more."}, nil, []frame.Link{{Name: "Log in again", Address: login}})
	w.Header().Set("Cache-Control", "no-store")
	v.outsider.writePage(w, r, frame.View{Template: frame.ProblemTemplate, Title: "Your login has ended", Past: true,
		Body: body}, http.StatusUnauthorized)
}

// tellLoggedOut is the page after a logout: the identity provider may still know who was here.
func (v *visitors) tellLoggedOut(w http.ResponseWriter, r *http.Request) {
	links := []frame.Link{{Name: "Log in again", Address: "/login"}}
	if end := v.gate.EndAddress(r.Context()); end != "" {
		links = append(links, frame.Link{Name: "Log out of the identity provider too", Address: end})
	}
	body := frame.NewProblemBody(&problem.Problem{Status: http.StatusOK, Message: "you are logged out",
		Hint: "Your identity provider may still know you: who logs in again in this browser may not be asked."},
		nil, links)
	w.Header().Set("Cache-Control", "no-store")
	v.outsider.writePage(w, r, frame.View{Template: frame.ProblemTemplate, Title: "Logged out", Past: true, Body: body},
		http.StatusOK)
}
