package jirasim

import (
	"net/http"
	"slices"
	"strings"
)

// route is a path of Jira, its handlers by method, and whether one who is not logged in may ask.
type route struct {
	path      string
	anonymous bool
	methods   map[string]handler
}

func get(path string, h handler) route {
	return route{path: path, methods: map[string]handler{http.MethodGet: h}}
}

func post(path string, h handler) route {
	return route{path: path, methods: map[string]handler{http.MethodPost: h}}
}

func both(path string, h handler) route {
	return route{path: path, methods: map[string]handler{http.MethodGet: h, http.MethodPost: h}}
}

// open lets everybody ask.
func open(r route) route {
	r.anonymous = true
	return r
}

func (r route) allow() string {
	var out []string
	for m := range r.methods {
		out = append(out, m)
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// platform stands under /rest/api/2, /rest/api/3 and /rest/api/latest, which is 2.
var platform = []route{
	open(get("/serverInfo", (*Server).serverInfo)),
	get("/myself", (*Server).myself),
	open(get("/field", (*Server).fields)),
	get("/field/search", (*Server).fieldSearch),
	open(get("/status", (*Server).statuses)),
	get("/status/{idOrName}", (*Server).status),
	open(get("/statuscategory", (*Server).statusCategories)),
	open(get("/issuetype", (*Server).issueTypes)),
	open(get("/project/search", (*Server).projectSearch)),
	open(get("/project/{idOrKey}", (*Server).project)),
	open(get("/project/{idOrKey}/statuses", (*Server).projectStatuses)),
	get("/filter/{id}", (*Server).filter),

	open(both("/search", (*Server).removedSearch)),
	open(post("/search/id", (*Server).removedSearch)),
	open(both("/search/jql", (*Server).search)),
	open(post("/search/approximate-count", (*Server).approximateCount)),
	open(post("/issue/bulkfetch", (*Server).issueBulkFetch)),
	open(get("/issue/{idOrKey}", (*Server).issue)),
	open(get("/issue/{idOrKey}/changelog", (*Server).issueChangelog)),
	open(get("/issue/{idOrKey}/worklog", (*Server).issueWorklog)),
	post("/changelog/bulkfetch", (*Server).changelogBulkFetch),
	get("/worklog/updated", (*Server).worklogUpdated),
	get("/worklog/deleted", (*Server).worklogDeleted),
	post("/worklog/list", (*Server).worklogList),
}

// agileRoutes stand under /rest/agile/1.0.
var agileRoutes = []route{
	get("/board", (*Server).boards),
	get("/board/{id}", (*Server).board),
	get("/board/{id}/configuration", (*Server).boardConfiguration),
	get("/board/{id}/sprint", (*Server).boardSprints),
	get("/sprint/{id}", (*Server).sprint),
}

func (s *Server) routes() {
	if s.dataCenter() {
		s.dcRoutes()
	} else {
		s.cloudRoutes()
	}
	for _, r := range agileRoutes {
		s.mux.HandleFunc("/rest/agile/1.0"+r.path, s.handle(r, "2"))
	}
	s.routePages()
}

func (s *Server) cloudRoutes() {
	for path, version := range map[string]string{"2": "2", "3": "3", "latest": "2"} {
		for _, r := range platform {
			s.mux.HandleFunc("/rest/api/"+path+r.path, s.handle(r, version))
		}
	}
}
