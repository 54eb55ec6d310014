package jirasim

import (
	"cmp"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/sim/jira/wire"
)

// Dialect is which of the two kinds of Jira is played.
type Dialect string

// The two kinds. The zero value of Options plays Cloud.
const (
	Cloud      Dialect = "cloud"
	DataCenter Dialect = "datacenter"
)

// DataCenterOptions is what an administrator of a Data Center sets, or what differs between its versions.
type DataCenterOptions struct {
	MaxResults  int  // the most issues of a page of a search, 1000 by default
	Window      int  // how far into its results a search goes, 10,000 by default
	Silent      bool // beyond the window a search comes empty instead of failing
	NewestFirst bool // the order of histories
	NoBasic     bool // as Jira 11 comes: only tokens log in

	// Version is the one that it tells, 10.3.2 by default. From 11.3 on it tells its window when asked.
	Version string
	// Requests are how many it answers within a minute before it refuses; 0 for as many as come.
	Requests int
}

const (
	dcDefaultPage = 50
	dcMaxResults  = 1000
	dcWindow      = 10000
	dcVersion     = "10.3.2"
	dcInterval    = time.Minute // after which a rate begins anew
)

func (o DataCenterOptions) maxResults() int {
	if o.MaxResults > 0 {
		return o.MaxResults
	}
	return dcMaxResults
}

func (o DataCenterOptions) searchWindow() int {
	if o.Window > 0 {
		return o.Window
	}
	return dcWindow
}

func (o DataCenterOptions) toldVersion() string { return cmp.Or(o.Version, dcVersion) }

func versionNumbers(version string) []int {
	var out []int
	for _, n := range strings.Split(version, ".") {
		out = append(out, int(wire.Number(n)))
	}
	return out
}

// searchLimitDC tells how far into its results a search goes: a bare number, and only since 11.3.
func searchLimitDC(s *Server, _ *call) (any, error) {
	if slices.Compare(versionNumbers(s.opts.DataCenter.toldVersion()), []int{11, 3}) < 0 {
		return nil, unknownPathError()
	}
	return s.opts.DataCenter.searchWindow(), nil
}

// dcPlatform stands under /rest/api/2 and /rest/api/latest of a Data Center; there is no version 3.
var dcPlatform = []route{
	openRoute(getRoute("/serverInfo", getServerInfo)),
	getRoute("/myself", getMyself),
	openRoute(getRoute("/field", listFields)),
	openRoute(getRoute("/status", listStatuses)),
	getRoute("/status/{idOrName}", getStatus),
	openRoute(getRoute("/statuscategory", listStatusCategories)),
	openRoute(getRoute("/issuetype", listIssueTypes)),
	openRoute(getRoute("/project", listProjectsDC)),
	openRoute(getRoute("/project/{idOrKey}", getProject)),
	openRoute(getRoute("/project/{idOrKey}/statuses", listProjectStatuses)),
	openRoute(getRoute("/project/{idOrKey}/versions", listProjectVersions)),
	getRoute("/filter/{id}", getFilter),

	openRoute(getOrPostRoute("/search", searchDC)),
	getRoute("/searchLimits/maxResultWindow", searchLimitDC),
	openRoute(getRoute("/issue/{idOrKey}", getIssueDC)),
	openRoute(getRoute("/issue/{idOrKey}/worklog", getIssueWorklogs)),
	getRoute("/worklog/updated", listUpdatedWorklogs),
	getRoute("/worklog/deleted", listDeletedWorklogs),
	postRoute("/worklog/list", listWorklogs),
}

func (s *Server) dataCenter() bool { return s.opts.Dialect == DataCenter }

func (s *Server) dcRoutes() {
	for _, path := range []string{"2", "latest"} {
		for _, r := range dcPlatform {
			s.mux.HandleFunc("/rest/api/"+path+r.path, s.handleRoute(r, "2"))
		}
	}
}

// listProjectsDC is all projects at once: pages of projects are Cloud's.
func listProjectsDC(s *Server, c *call) (any, error) {
	if c.anonymous {
		return []any{}, nil
	}
	return nonNil(s.site.Projects), nil
}

// getServerInfoDC says what a Data Center says of itself.
func getServerInfoDC(s *Server, c *call) wire.Obj {
	version := s.opts.DataCenter.toldVersion()
	return wire.Obj{"baseUrl": s.site.URL(), "version": version, "versionNumbers": versionNumbers(version),
		"deploymentType": "Server",
		"buildNumber":    10030002, "buildDate": "2026-01-15T00:00:00.000+0000",
		"serverTime": wire.FormatTime(c.now, s.site.Zone),
		"scmInfo":    "0123456789abcdef", "serverTitle": s.site.Title}
}

// bucket counts the requests that may still come.
type bucket struct {
	left int
	from time.Time // when the interval began; zero before the first request
}

// takeFromBucket counts a request and writes the headers that stand on every answer where rates are limited:
// "retry-after: 0" says that there are tokens left. Where none is left it returns the refusal.
func (s *Server) takeFromBucket(h http.Header, now time.Time) error {
	limit := cmp.Or(s.opts.DataCenter.Requests, 500)
	s.mu.Lock()
	defer s.mu.Unlock()
	if b := &s.bucket; b.from.IsZero() || now.Sub(b.from) >= dcInterval {
		*b = bucket{limit, now}
	}
	wait, err := time.Duration(0), error(nil)
	switch {
	case s.bucket.left > 0:
		s.bucket.left--
	case s.opts.DataCenter.Requests > 0:
		wait = dcInterval - now.Sub(s.bucket.from)
		err = &apiError{status: http.StatusTooManyRequests, messages: []string{"Rate limit exceeded."}}
	}
	for name, n := range map[string]int{"X-RateLimit-Limit": limit, "X-RateLimit-Remaining": s.bucket.left,
		"X-RateLimit-FillRate":         limit,
		"X-RateLimit-Interval-Seconds": int(dcInterval.Seconds()), "Retry-After": int(math.Ceil(wait.Seconds()))} {
		h.Set(name, strconv.Itoa(n))
	}
	return err
}

// dcUnauthorized is the page, not JSON, that tells of a failed login.
func dcUnauthorized(w http.ResponseWriter, reason string) {
	w.Header().Set("WWW-Authenticate", `OAuth realm="https%3A%2F%2Fjira.example"`)
	w.Header().Set("X-Seraph-LoginReason", reason)
	w.Header().Set("Content-Type", "text/html;charset=UTF-8")
	w.WriteHeader(http.StatusUnauthorized)
	fmt.Fprint(w, "<html><head><title>Unauthorized (401)</title></head><body><h1>Unauthorized (401)</h1></body></html>")
}

// loginReason is why a login failed: a password that may not be used at all is told otherwise than a wrong one.
func (s *Server) loginReason(r *http.Request) string {
	if s.opts.DataCenter.NoBasic && strings.HasPrefix(r.Header.Get("Authorization"), "Basic ") {
		return "AUTHENTICATION_DENIED"
	}
	return "AUTHENTICATED_FAILED"
}
