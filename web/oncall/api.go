package oncall

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"jerem/access/rules"
	"jerem/oncall/plan"
	"jerem/oncall/roster"
	"jerem/problem"
	"jerem/series"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/persona"
)

// Prefix is where every address of this API begins.
const Prefix = "/api/v1/oncall/"

// API answers programs about on-call.
type API struct {
	Roster *roster.Roster
	Events roster.Events
	Now    func() time.Time
	Place  string // where on-call is kept, as problems name it: jerem.oncall.db; "" where that is not told
	Off    bool   // access.mode: off; nobody is known, so what writes or is personal is refused
	Log    *slog.Logger
	// Tell answers with a problem.
	Tell func(http.ResponseWriter, *http.Request, *problem.Problem)
	// AddressOf is where a request comes from, for the journal; nil for who is connected.
	AddressOf func(*http.Request) string
	// Persons are whom visitors of the demo may choose to be; nil everywhere else.
	Persons persona.Choice

	events sync.RWMutex // held for reading while an event is understood
	told   struct {     // what the log was last told of what cannot be read
		sync.Mutex
		text string
		at   time.Time
	}
	inOrder sync.Mutex // held while events are understood, in the order in which they were kept
	mux     *http.ServeMux
	origins *http.CrossOriginProtection
}

// visitor is who asks.
type visitor struct {
	roster.Actor
	Viewer bool
}

// question is a request, with who asks and when.
type question struct {
	*http.Request
	api     *API
	visitor visitor
	now     time.Time
}

// answer is what a question is answered with.
type answer struct {
	status int    // 0 for 200
	value  any    // JSON
	text   string // in place of value where it is not ""
}

// view returns on-call as of the question.
func (q *question) view() (*roster.View, error) { return q.api.Roster.View(q.Context(), q.now) }

// Open makes the addresses ready. It is called once, before anything is asked.
func (a *API) Open() *API {
	a.origins = http.NewCrossOriginProtection()
	a.mux = http.NewServeMux()
	for _, r := range Routes() {
		a.mux.HandleFunc(r.Method+" "+Prefix+r.Path, func(w http.ResponseWriter, request *http.Request) {
			a.answerRoute(w, request, r)
		})
	}
	a.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { a.Tell(w, r, a.noRoute(w, r)) })
	return a
}

// noRoute tells of an address that is none, or of a method that it does not answer.
func (a *API) noRoute(w http.ResponseWriter, r *http.Request) *problem.Problem {
	var methods []string
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
		other := r.Clone(r.Context())
		other.Method = method
		if _, pattern := a.mux.Handler(other); pattern != "/" {
			methods = append(methods, method)
		}
	}
	if len(methods) > 0 {
		w.Header().Set("Allow", strings.Join(methods, ", "))
		return frame.NewProblem(http.StatusMethodNotAllowed, "bad_method",
			"Ask with "+strings.Join(methods, " or ")+".",
			"%s is not answered here", format.OneLine(r.Method[:min(len(r.Method), 20)]))
	}
	return frame.NewProblem(http.StatusNotFound, frame.UnknownAddress.Word(),
		"See /api/v1/openapi.json for all addresses.",
		"there is no address %q", format.OneLine(r.URL.Path))
}

// visitorKey finds the visitor of a request in its context.
type visitorKey struct{}

// ServeVisitor answers a request of a visitor.
func (a *API) ServeVisitor(w http.ResponseWriter, r *http.Request, who rules.Visitor) {
	w.Header().Set("Cache-Control", "no-store")
	a.mux.ServeHTTP(w, r.WithContext(withVisitor(r.Context(), a.visitorOf(r, who))))
}

func (a *API) visitorOf(r *http.Request, who rules.Visitor) visitor {
	who = a.Persons.VisitorOf(r, who)
	v := visitor{Viewer: who.May(rules.Viewer), Actor: roster.Actor{Login: who.Login, Teams: who.Teams,
		Operator: who.May(rules.Operator), Pay: who.May(rules.Pay), Source: r.RemoteAddr}}
	if !who.Token && !a.Off {
		v.Handle = a.Roster.File.HandleOf(who.Login)
	}
	if a.AddressOf != nil {
		v.Source = a.AddressOf(r)
	}
	v.Teams = teamsOf(v, a.Roster.File)
	return v
}

// teamsOf lists the teams whose rotas, call-outs and alerts a visitor may see: to somebody who has a handle and no role
// those of the rotas that they stand in.
func teamsOf(v visitor, file plan.File) []string {
	if v.Viewer || v.Operator || v.Pay {
		return v.Teams
	}
	own := file.TeamsWith(v.Handle)
	return slices.DeleteFunc(slices.Clone(v.Teams), func(team string) bool { return !slices.Contains(own, team) })
}

// awaitEvents waits for events that were answered and are being understood.
func (a *API) awaitEvents() {
	a.events.Lock()
	defer a.events.Unlock()
}

// answerRoute answers a request by a route, or tells why it is refused.
func (a *API) answerRoute(w http.ResponseWriter, r *http.Request, route Route) {
	q := &question{Request: r, api: a, visitor: visitorOf(r.Context()), now: a.Now().Truncate(time.Second).UTC()}
	if refused := a.refusalOf(q, route); refused != nil {
		a.Tell(w, r, refused)
		return
	}
	a.awaitEvents()
	given, err := route.answer(q)
	if err != nil {
		a.Tell(w, r, a.problemOf(r, err))
		return
	}
	a.writeAnswer(w, r, given)
}

// refusalOf tells why a request is not answered, nil where it is.
func (a *API) refusalOf(q *question, route Route) *problem.Problem {
	if err := a.origins.Check(q.Request); err != nil {
		return frame.NewProblem(http.StatusForbidden, "foreign_origin",
			"Send it from a page of this server, or from a program.", "a page of another server sent this request")
	}
	if refused := route.May.refusalOf(q, a.Off); refused != nil {
		return refused
	}
	return frame.RefuseUnknown(q.URL.Query(), route.Reads)
}

func (a *API) writeAnswer(w http.ResponseWriter, r *http.Request, given answer) {
	status := max(given.status, http.StatusOK)
	if given.text != "" {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(given.text)) // who asked may have gone
		return
	}
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(given.value); err != nil {
		a.Tell(w, r, a.problemOf(r, err))
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(series.SafeJSON(text.Bytes()))
}
