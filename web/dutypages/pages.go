package dutypages

import (
	"context"
	"embed"
	"net/http"
	"strings"
	"time"

	"jerem/access/attempts"
	"jerem/access/rules"
	"jerem/oncall/roster"
	"jerem/problem"
	"jerem/web/frame"
	"jerem/web/persona"
)

// Home is the first of the pages; the others stand below it.
const Home = "/oncall"

// Kind is what the frame calls these pages.
const Kind = "oncall"

// Pages answer people about on-call.
type Pages struct {
	Roster    *roster.Roster
	Events    roster.Events
	Calendars Calendars
	Now       func() time.Time
	Off       bool   // nobody logs in: what writes or is personal is refused
	URL       string // the address that people use, without a / at its end; "" for none
	Base      string // the path below which everything is served, "" for the root
	// Persons are whom visitors of the demo may choose to be; nil everywhere else.
	Persons persona.Choice

	// VisitorOf tells who asks, and whether they may look.
	VisitorOf func(*http.Request, rules.Visitor) (who roster.Actor, mayLook bool)
	// AddressOf is where a request comes from, as wrong secrets of calendars are counted.
	AddressOf func(*http.Request) string
	// Write answers with a page, Tell with a problem, TellError with that of an error.
	Write     func(http.ResponseWriter, *http.Request, frame.View, int)
	Tell      func(http.ResponseWriter, *http.Request, *problem.Problem)
	TellError func(http.ResponseWriter, *http.Request, error)

	guesses attempts.Limit // of secrets of calendars, by address
	mux     *http.ServeMux
	origins *http.CrossOriginProtection
}

// audience says who may use an address at all.
type audience int

const (
	forEverybody audience = iota // any role of on-call
	forPeople                    // a login with a handle
	forEarners                   // a login with a handle, or pay
	forPay
	forDeciders  // a login with a handle, or an operator
	forOperators // operators
)

// address is one of the addresses: what it does is answered with a page, or with where to go next.
type address struct {
	pattern string
	may     audience
	reads   []string // the parameters of its query
	answer  func(http.ResponseWriter, *visit) error
}

func addresses() []address {
	return []address{
		{"GET /oncall", forEverybody, nil, showOverview},
		{"GET /oncall/me", forPeople, []string{"done"}, showMine},
		{"POST /oncall/me/calendar", forPeople, nil, changeCalendar},
		{"GET /oncall/me/give", forPeople, []string{"duty"}, showGiving},
		{"POST /oncall/me/changes", forPeople, nil, askChange},
		{"POST /oncall/me/changes/{id}", forPeople, nil, answerRequest},
		{"GET /oncall/statements/{month}", forEarners, []string{"done"}, showStatements},
		{"GET /oncall/statements/{month}/lines.csv", forEarners, nil, sendStatements},
		{"POST /oncall/statements/{month}/freeze", forPay, nil, freezeMonth},
		{"GET /oncall/review", forEverybody, []string{"done"}, showReview},
		{"POST /oncall/review/decision", forDeciders, nil, decideRule},
		{"GET /oncall/absences", forDeciders, []string{"done"}, showAbsences},
		{"POST /oncall/absences", forDeciders, nil, addAbsence},
		{"POST /oncall/absences/{id}", forDeciders, nil, endAbsence},
		{"GET /oncall/callouts", forDeciders, []string{"done"}, showCallouts},
		{"POST /oncall/callouts", forDeciders, nil, enterCallout},
		{"POST /oncall/callouts/{id}", forDeciders, nil, changeCallout},
		{"POST /oncall/visitor", forEverybody, nil, choosePerson},
		{"GET /oncall/{rota}", forEverybody, []string{"done"}, showRota},
		{"POST /oncall/take", forPeople, nil, takeDuty},
		{"POST /oncall/changes", forOperators, nil, setChange},
		{"POST /oncall/changes/{id}", forOperators, nil, cancelChange},
	}
}

//go:embed *.html
var files embed.FS

// Open makes the addresses ready. It is called once, before anything is asked.
func (p *Pages) Open() *Pages {
	p.origins = http.NewCrossOriginProtection()
	p.mux = http.NewServeMux()
	for _, a := range addresses() {
		p.mux.HandleFunc(a.pattern, func(w http.ResponseWriter, r *http.Request) { p.answerAddress(w, r, a) })
	}
	p.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { p.Tell(w, r, noPage()) })
	return p
}

// visitorKey finds the visitor of a request in its context.
type visitorKey struct{}

// ServeVisitor answers a request of a visitor.
func (p *Pages) ServeVisitor(w http.ResponseWriter, r *http.Request, who rules.Visitor) {
	w.Header().Set("Cache-Control", "no-store")
	p.mux.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), visitorKey{}, who)))
}

// largestForm bounds what is posted, in bytes.
const largestForm = 8 << 10

// answerAddress answers a request at an address, or tells why it is refused.
func (p *Pages) answerAddress(w http.ResponseWriter, r *http.Request, a address) {
	v := &visit{Request: r, pages: p}
	who, _ := r.Context().Value(visitorKey{}).(rules.Visitor)
	v.who, v.mayLook = p.VisitorOf(r, who)
	if refused := v.refusalOf(a); refused != nil {
		p.Tell(w, r, refused)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, largestForm)
	var err error
	if v.view, err = p.view(r); err == nil {
		err = a.answer(w, v)
	}
	if err != nil {
		p.TellError(w, r, err)
	}
}

// IsPage tells whether an address is one of the pages.
func IsPage(path string) bool { return path == Home || strings.HasPrefix(path, Home+"/") }
