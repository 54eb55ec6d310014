package jirasim

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"jerem/sim/jira/datacenter"
	"jerem/sim/jira/faults"
	"jerem/sim/jira/sitedata"
	"jerem/sim/jira/wire"
)

// Options says how a site is served. The zero value serves it to anybody who sends no credentials as to an
// anonymous visitor, with the clock standing at [sitedata.Site.Clock].
type Options struct {
	// Email and Token are accepted as basic authentication, Bearer as a bearer token.
	// What is empty is not accepted.
	Email, Token, Bearer string
	// Now is the site's clock; nil stands still at [sitedata.Site.Clock].
	Now func() time.Time
	// PathPrefix stands before every path, as behind a gateway ("/ex/jira/abc"). Outside it is 404.
	PathPrefix string
	// Dialect is which Jira is played, Cloud without it.
	Dialect Dialect
	// DataCenter says how a Data Center is set.
	DataCenter DataCenterOptions
	// OpenPages shows the pages for people to everybody; without it they want the credentials too. What programs are
	// told never comes without.
	OpenPages bool
	// Fault is asked before each request is answered; nil, or a nil answer, is no trouble.
	Fault func(r *http.Request) *faults.Fault
}

// Server serves a site. It is safe for concurrent use.
type Server struct {
	site *sitedata.Site
	opts Options
	mux  *http.ServeMux

	mu     sync.Mutex
	counts map[string]int
	log    []Request
	bucket bucket // of a Data Center
}

// Request is a line of the server's log.
type Request struct {
	// Method and Path are as they came, without the prefix; Template is the route, as
	// "POST /rest/api/3/search/jql", or "404" for a path that Jira does not have.
	Method, Path, Template string
}

// maxLog is how many requests the log keeps.
const maxLog = 10000

// NewServer returns a server of a site.
func NewServer(site *sitedata.Site, opts Options) *Server {
	if opts.Now == nil {
		opts.Now = site.Clock
	}
	opts.PathPrefix = strings.TrimSuffix(opts.PathPrefix, "/")
	s := &Server{site: site, opts: opts, mux: http.NewServeMux(), counts: map[string]int{}}
	s.addRoutes()
	return s
}

// Counts returns how many requests came, by method and route ("POST /rest/api/3/search/jql"; version 2 stands
// under its own path). Paths that Jira does not have are counted under "404".
func (s *Server) Counts() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := map[string]int{}
	for k, v := range s.counts {
		out[k] = v
	}
	return out
}

// Requests returns the last requests, oldest first.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.log...)
}

// Reset forgets counts and log.
func (s *Server) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts, s.log = map[string]int{}, nil
}

// call is a request under way.
type call struct {
	*http.Request
	now       time.Time
	view      *sitedata.View
	version   string // "2" or "3"
	anonymous bool
	body      []byte
	fault     *faults.Fault
	startAt   string // what an endless list was asked for, which it answers with its first page
}

// handler answers a call with a value to be written as JSON.
type handler func(s *Server, c *call) (any, error)

// ServeHTTP answers as the Jira that is played would.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path, ok := strings.CutPrefix(r.URL.Path, s.opts.PathPrefix)
	if !ok || path == "" || path[0] != '/' {
		s.logRequest(r.Method, r.URL.Path, "404")
		writeError(w, unknownPathError())
		return
	}
	r2 := r.Clone(r.Context())
	r2.URL.Path, r2.URL.RawPath = path, ""
	var fault *faults.Fault
	if s.opts.Fault != nil {
		fault = s.opts.Fault(r2)
	}
	there := fault.HasArrived(r2)
	_, pattern := s.mux.Handler(r2)
	template := r.Method + " " + pattern
	if pattern == "/" || pattern == "/{$}" || pattern == "" {
		template = "404"
	}
	s.logRequest(r.Method, path, template)
	if w, ok = fault.DisturbTransport(w, r2, there); !ok {
		return
	}
	s.mux.ServeHTTP(w, r2.WithContext(faults.With(r2.Context(), fault)))
}

func (s *Server) logRequest(method, path, template string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts[template]++
	s.log = append(s.log, Request{method, path, template})
	if len(s.log) > maxLog {
		s.log = s.log[len(s.log)-maxLog:]
	}
}

// handleRoute turns a route's handlers, by method, into one of net/http.
func (s *Server) handleRoute(r route, version string) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		c := &call{Request: req, now: s.opts.Now(), version: version, fault: faults.Of(req.Context())}
		v, err := s.answerWithinRate(w.Header(), r, c)
		switch failed := asAPIError(err); {
		case err != nil && failed.status == http.StatusUnauthorized && s.dataCenter():
			dcUnauthorized(w, s.loginReason(req))
		case err != nil:
			writeError(w, failed)
		case s.dataCenter():
			writeJSON(w, http.StatusOK, c.fault.EditAnswer(c.Request, c.startAt, datacenter.Value(s.site, v)))
		default:
			writeJSON(w, http.StatusOK, c.fault.EditAnswer(c.Request, c.startAt, v))
		}
	}
}

// answerWithinRate answers where the rate allows it.
func (s *Server) answerWithinRate(h http.Header, r route, c *call) (any, error) {
	if s.dataCenter() {
		if err := s.takeFromBucket(h, c.now); err != nil {
			return nil, err
		}
	}
	return s.answerCall(r, c)
}

func (s *Server) answerCall(r route, c *call) (any, error) {
	h := r.methods[c.Method]
	if h == nil {
		return nil, &apiError{status: http.StatusMethodNotAllowed, messages: []string{"Method Not Allowed"},
			allow: r.allowedMethods()}
	}
	known, err := s.checkLogin(c.Request)
	if err != nil {
		return nil, err
	}
	if c.anonymous = !known; c.anonymous && !r.anonymous {
		return nil, unauthorizedError()
	}
	if c.body, err = readBody(c.Request); err != nil {
		return nil, err
	}
	c.Request, c.body, c.startAt = c.fault.RewindEndless(c.Request, c.body)
	c.view = s.site.ViewAt(c.now)
	if c.anonymous {
		c.view = sitedata.NewView() // nothing is public
	}
	return h(s, c)
}

// checkLogin says whether the caller is known. Credentials that are sent and wrong are a 401 everywhere.
func (s *Server) checkLogin(r *http.Request) (bool, error) {
	header := r.Header.Get("Authorization")
	if header == "" {
		return false, nil
	}
	if email, token, ok := r.BasicAuth(); ok && !s.opts.DataCenter.NoBasic && s.opts.Token != "" &&
		email == s.opts.Email && token == s.opts.Token {
		return true, nil
	}
	if bearer, ok := strings.CutPrefix(header, "Bearer "); ok && s.opts.Bearer != "" && bearer == s.opts.Bearer {
		return true, nil
	}
	return false, unauthorizedError()
}

// apiError is an answer of Jira that is not a success.
type apiError struct {
	status   int
	messages []string
	fields   map[string]string
	allow    string   // the methods that a 405 names
	body     wire.Obj // what is answered instead of messages and fields, of another shape
}

// Error returns status and words.
func (e *apiError) Error() string {
	return fmt.Sprintf("%d: %s", e.status, strings.Join(e.messages, " "))
}

func badRequestError(message string) error {
	return &apiError{status: http.StatusBadRequest, messages: []string{message}}
}

func notFoundError(message string) error {
	return &apiError{status: http.StatusNotFound, messages: []string{message}}
}

func unknownPathError() *apiError {
	return &apiError{status: http.StatusNotFound, messages: []string{"null for uri"}}
}

func unauthorizedError() error {
	return &apiError{status: http.StatusUnauthorized,
		messages: []string{"Client must be authenticated to access this resource."}}
}

func asAPIError(err error) *apiError {
	if e, ok := err.(*apiError); ok {
		return e
	}
	return &apiError{status: http.StatusInternalServerError, messages: []string{"Internal server error"}}
}

func writeError(w http.ResponseWriter, e *apiError) {
	if e.status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `OAuth realm="https%3A%2F%2Fjira.example"`)
		w.Header().Set("X-Seraph-Loginreason", "AUTHENTICATED_FAILED")
	}
	if e.allow != "" {
		w.Header().Set("Allow", e.allow)
	}
	if e.body != nil {
		writeJSON(w, e.status, e.body)
		return
	}
	fields, messages := e.fields, e.messages
	if fields == nil {
		fields = map[string]string{}
	}
	if messages == nil {
		messages = []string{}
	}
	writeJSON(w, e.status, wire.Obj{"errorMessages": messages, "errors": fields})
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.Header().Set("Cache-Control", "no-cache, no-store, no-transform")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // a client that went away has no use for the error
}

// Site is what a server serves: a Jira site, recorded or told by a story.
type Site = sitedata.Site

// Fault is trouble on demand, for tests of a client.
type Fault = faults.Fault

// LoadData reads recorded data from a folder.
func LoadData(dir string) (*Site, error) { return sitedata.LoadData(dir) }

// LoadScenario reads a story, as FORMAT.md describes it; name stands before the line in errors.
func LoadScenario(name string, story []byte) (*Site, error) {
	return sitedata.LoadScenario(name, story)
}

// DemoScenario is a small story whose figures can be worked out by hand.
func DemoScenario() []byte { return sitedata.DemoScenario() }
