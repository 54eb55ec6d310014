package jirasim

import (
	"fmt"
	"net/http"
	"strings"
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
	NewestFirst bool // the order of histories
	NoBasic     bool // as Jira 11 comes: only tokens log in
}

const (
	dcDefaultPage = 50
	dcMaxResults  = 1000
	dcWindow      = 10000
)

func (o DataCenterOptions) maxResults() int {
	if o.MaxResults > 0 {
		return o.MaxResults
	}
	return dcMaxResults
}

func (o DataCenterOptions) window() int {
	if o.Window > 0 {
		return o.Window
	}
	return dcWindow
}

// dcPlatform stands under /rest/api/2 and /rest/api/latest of a Data Center; there is no version 3.
var dcPlatform = []route{
	open(get("/serverInfo", (*Server).serverInfo)),
	get("/myself", (*Server).myself),
	open(get("/field", (*Server).fields)),
	open(get("/status", (*Server).statuses)),
	get("/status/{idOrName}", (*Server).status),
	open(get("/statuscategory", (*Server).statusCategories)),
	open(get("/issuetype", (*Server).issueTypes)),
	open(get("/project", (*Server).projectList)),
	open(get("/project/{idOrKey}", (*Server).project)),
	open(get("/project/{idOrKey}/statuses", (*Server).projectStatuses)),
	get("/filter/{id}", (*Server).filter),

	open(both("/search", (*Server).dcSearch)),
	open(get("/issue/{idOrKey}", (*Server).dcIssue)),
	open(get("/issue/{idOrKey}/worklog", (*Server).issueWorklog)),
	get("/worklog/updated", (*Server).worklogUpdated),
	get("/worklog/deleted", (*Server).worklogDeleted),
	post("/worklog/list", (*Server).worklogList),
}

func (s *Server) dataCenter() bool { return s.opts.Dialect == DataCenter }

func (s *Server) dcRoutes() {
	for _, path := range []string{"2", "latest"} {
		for _, r := range dcPlatform {
			s.mux.HandleFunc("/rest/api/"+path+r.path, s.handle(r, "2"))
		}
	}
}

// projectList is all projects at once: pages of projects are Cloud's.
func (s *Server) projectList(c *call) (any, error) {
	if c.anonymous {
		return []any{}, nil
	}
	return nonNil(s.site.projects), nil
}

// dcServerInfo says what a Data Center says of itself.
func (s *Server) dcServerInfo(c *call) obj {
	return obj{"baseUrl": s.site.url, "version": "10.3.2", "versionNumbers": []int{10, 3, 2}, "deploymentType": "Server",
		"buildNumber": 10030002, "buildDate": "2026-01-15T00:00:00.000+0000", "serverTime": formatTime(c.now, s.site.zone),
		"scmInfo": "0123456789abcdef", "serverTitle": s.site.title}
}

// limitHeaders stand on every answer where rates are limited: "retry-after: 0" says that there are tokens left.
func limitHeaders(h http.Header) {
	h.Set("X-RateLimit-Limit", "500")
	h.Set("X-RateLimit-Remaining", "499")
	h.Set("X-RateLimit-Interval-Seconds", "60")
	h.Set("X-RateLimit-FillRate", "500")
	h.Set("retry-after", "0")
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
