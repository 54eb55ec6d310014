package faults

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"

	"jerem/sim/jira/wire"
)

// List is a list of faults by path, to be given as Options.Fault:
//
//	var list faults.List
//	server := jirasim.NewServer(site, jirasim.Options{Fault: list.Next})
//	list.On("/worklog/updated", faults.Refuse(403, "The token lacks a scope.")).Times(2)
//	list.On("/sprint", faults.Fault{Edit: faults.Emptied})
//
// Of several rules that fit a request the one that was added last is played. It may be changed while the server
// answers, and is safe for concurrent use.
type List struct {
	mu    sync.Mutex
	rules []*Rule
}

// Rule is a fault and the requests that it is for.
type Rule struct {
	all   *List
	part  string
	not   string
	skip  int
	left  int // -1 is for good
	fault Fault
	hits  int
}

// On plays a fault on every request whose path holds part; "" is every request. A part that begins with a method and a
// space, as "POST /search", is for that method alone.
func (f *List) On(part string, fault Fault) *Rule {
	f.mu.Lock()
	defer f.mu.Unlock()
	r := &Rule{all: f, part: part, left: -1, fault: fault}
	f.rules = append(f.rules, r)
	return r
}

// Times lets a rule end after n requests.
func (r *Rule) Times(n int) *Rule { return r.changeRule(func() { r.left = n }) }

// After lets the first n requests pass.
func (r *Rule) After(n int) *Rule { return r.changeRule(func() { r.skip = n }) }

// Not leaves out requests whose path holds another part.
func (r *Rule) Not(part string) *Rule { return r.changeRule(func() { r.not = part }) }

// End takes the rule away.
func (r *Rule) End() { r.changeRule(func() { r.left = 0 }) }

// Hits is how many requests the fault was played on.
func (r *Rule) Hits() int {
	n := 0
	r.changeRule(func() { n = r.hits })
	return n
}

func (r *Rule) changeRule(change func()) *Rule {
	r.all.mu.Lock()
	defer r.all.mu.Unlock()
	change()
	return r
}

// Clear takes all rules away.
func (f *List) Clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rules = nil
}

// Next returns the fault of a request, nil without one. It is what Options.Fault wants.
func (f *List) Next(r *http.Request) *Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, rule := range slices.Backward(f.rules) {
		if rule.left == 0 || !rule.matchesRequest(r) {
			continue
		}
		if rule.skip > 0 {
			rule.skip--
			continue
		}
		if rule.left > 0 {
			rule.left--
		}
		rule.hits++
		fault := rule.fault
		return &fault
	}
	return nil
}

func (r *Rule) matchesRequest(q *http.Request) bool {
	part := r.part
	method, path, found := strings.Cut(part, " ")
	if found {
		if method != q.Method {
			return false
		}
		part = path
	}
	return strings.Contains(q.URL.Path, part) && (r.not == "" || !strings.Contains(q.URL.Path, r.not))
}

// Refuse is a refusal as Jira writes one, with its words in any language; a 429 says to come back in a second.
func Refuse(status int, words ...string) Fault {
	if words == nil {
		words = []string{}
	}
	body, err := json.Marshal(wire.Obj{"errorMessages": words, "errors": wire.Obj{}})
	if err != nil {
		panic(err) // texts can always be written
	}
	h := http.Header{"Content-Type": {"application/json;charset=UTF-8"}}
	if status == http.StatusTooManyRequests {
		h.Set("Retry-After", "1")
	}
	return Fault{Status: status, Header: h, Body: string(body)}
}

// HTMLPage is an answer that is a page and no JSON: a login page with 200, a proxy's error page with 502.
func HTMLPage(status int) Fault {
	return Fault{Status: status, Header: http.Header{"Content-Type": {"text/html;charset=UTF-8"}},
		Body: "<!DOCTYPE html><html><head><title>Log in</title></head><body><h1>Log in</h1></body></html>"}
}

// Redirected sends requests to another address; host may be empty where prefix is not.
func Redirected(status int, host, prefix string) Fault {
	return Fault{Redirect: &Redirect{Status: status, Host: host, Prefix: prefix}}
}
