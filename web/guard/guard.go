package guard

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"jerem/problem"
	"jerem/web/format"
	"jerem/web/frame"
)

// The bounds on one request, and on requests at once.
const (
	RequestsAtOnce = 256
	longestAddress = 8 << 10
	longestBody    = 64 << 10
)

const pagePolicy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src " +
	"'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Guard stands before every address.
type Guard struct {
	hosts  map[string]bool // names that are answered besides loopback; nil for any
	slots  chan struct{}   // of requests at once
	tell   func(http.ResponseWriter, *http.Request, *problem.Problem)
	faulty func(w http.ResponseWriter, r *http.Request, fault any)

	// LargestBody tells how large the body of a request may be, 0 for what all may send. Nil for the same.
	LargestBody func(*http.Request) int64

	// Writes tells whether a request may change something. Nil for never.
	Writes func(*http.Request) bool
}

// New returns a guard for requests to some hosts, nil for any: see [Hosts]. It tells what it refuses, and what a
// handler failed by.
func New(hosts map[string]bool, tell func(http.ResponseWriter, *http.Request, *problem.Problem),
	faulty func(w http.ResponseWriter, r *http.Request, fault any)) *Guard {
	return &Guard{hosts: hosts, slots: make(chan struct{}, RequestsAtOnce), tell: tell, faulty: faulty}
}

// Handler sets what all answers carry, so that nothing from elsewhere runs or is loaded in a page, and refuses what is
// not to be answered; next answers the rest.
func (g *Guard) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", pagePolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		defer g.recoverFault(w, r)
		if asksForHealth(r) {
			next.ServeHTTP(w, r) // whoever asks, and whatever else is asked
			return
		}
		if p := g.refusalOf(w, r); p != nil {
			g.tell(w, r, p)
			return
		}
		select {
		case g.slots <- struct{}{}:
		default:
			g.tell(w, r, frame.BusyProblem())
			return
		}
		defer func() { <-g.slots }()
		r.Body = http.MaxBytesReader(w, r.Body, g.largestBody(r))
		next.ServeHTTP(w, r)
	})
}

// isForAnyHost tells whether a request is answered by any name: how the process is, and styles and scripts, which say
// nothing of anybody and which the page that tells of the wrong name is made of.
func isForAnyHost(r *http.Request) bool {
	return r.URL.Path == "/readyz" || strings.HasPrefix(r.URL.Path, "/assets/")
}

func (g *Guard) largestBody(r *http.Request) int64 {
	if g.LargestBody != nil && g.LargestBody(r) > 0 {
		return g.LargestBody(r)
	}
	return longestBody
}

// asksForHealth tells whether a request asks only whether the process can serve.
func asksForHealth(r *http.Request) bool {
	read := r.Method == http.MethodGet || r.Method == http.MethodHead
	return read && (r.URL.Path == "/healthz" || r.URL.Path == "/health")
}

// refusalOf returns why a request is not answered, nil for one that is.
func (g *Guard) refusalOf(w http.ResponseWriter, r *http.Request) *problem.Problem {
	switch {
	case !g.AnswersTo(r) && !isForAnyHost(r):
		return wrongHost(r)
	case g.Writes != nil && g.Writes(r):
		return nil
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		return frame.NewProblem(http.StatusMethodNotAllowed, "bad_method",
			"Ask with GET or HEAD: there is no person or thing to change here.", "%s is not answered here",
			plainMethod(r.Method))
	case len(r.URL.RequestURI()) > longestAddress:
		return frame.NewProblem(http.StatusRequestURITooLong, "too_long",
			fmt.Sprintf("An address has %d bytes at most.",
				longestAddress), "the address is too long")
	case r.ContentLength > longestBody:
		return frame.NewProblem(http.StatusRequestEntityTooLarge, "too_large", "A GET has no body.",
			"the body of the request is too large")
	}
	if _, err := url.ParseQuery(r.URL.RawQuery); err != nil {
		return frame.NewProblem(http.StatusBadRequest, "bad_query",
			"Percent-encode what stands after the ? of the address; a % alone is %25, a ; is %3B.",
			"the query of the address cannot be read")
	}
	return nil
}

// plainMethod is a method as a message shows it.
func plainMethod(method string) string { return format.OneLine(method[:min(len(method), 20)]) }

// recoverFault answers where a handler failed by a fault of the program. A connection that is broken off on purpose
// stays so.
func (g *Guard) recoverFault(w http.ResponseWriter, r *http.Request) {
	fault := recover()
	if fault == nil {
		return
	}
	if fault == http.ErrAbortHandler {
		panic(fault)
	}
	g.faulty(w, r, fault)
}
