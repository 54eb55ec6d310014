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
	open(get("/serverInfo", getServerInfo)),
	get("/myself", getMyself),
	open(get("/field", listFields)),
	get("/field/search", listFieldsByPage),
	open(get("/status", listStatuses)),
	get("/status/{idOrName}", getStatus),
	open(get("/statuscategory", listStatusCategories)),
	open(get("/issuetype", listIssueTypes)),
	open(get("/project/search", searchProjects)),
	open(get("/project/{idOrKey}", getProject)),
	open(get("/project/{idOrKey}/statuses", listProjectStatuses)),
	get("/filter/{id}", getFilter),

	open(both("/search", refuseRemovedSearch)),
	open(post("/search/id", refuseRemovedSearch)),
	open(both("/search/jql", searchIssues)),
	open(post("/search/approximate-count", countIssues)),
	open(post("/issue/bulkfetch", bulkFetchIssues)),
	open(get("/issue/{idOrKey}", getIssue)),
	open(get("/issue/{idOrKey}/changelog", getIssueChangelog)),
	open(get("/issue/{idOrKey}/worklog", getIssueWorklogs)),
	post("/changelog/bulkfetch", bulkFetchChangelogs),
	get("/worklog/updated", listUpdatedWorklogs),
	get("/worklog/deleted", listDeletedWorklogs),
	post("/worklog/list", listWorklogs),
}

// agileRoutes stand under /rest/agile/1.0.
var agileRoutes = []route{
	get("/board", listBoards),
	get("/board/{id}", getBoard),
	get("/board/{id}/configuration", getBoardConfiguration),
	get("/board/{id}/sprint", listBoardSprints),
	get("/sprint/{id}", getSprint),
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
