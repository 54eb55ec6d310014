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

func getRoute(path string, h handler) route {
	return route{path: path, methods: map[string]handler{http.MethodGet: h}}
}

func postRoute(path string, h handler) route {
	return route{path: path, methods: map[string]handler{http.MethodPost: h}}
}

func getOrPostRoute(path string, h handler) route {
	return route{path: path, methods: map[string]handler{http.MethodGet: h, http.MethodPost: h}}
}

// openRoute lets everybody ask.
func openRoute(r route) route {
	r.anonymous = true
	return r
}

func (r route) allowedMethods() string {
	var out []string
	for m := range r.methods {
		out = append(out, m)
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// platform stands under /rest/api/2, /rest/api/3 and /rest/api/latest, which is 2.
var platform = []route{
	openRoute(getRoute("/serverInfo", getServerInfo)),
	getRoute("/myself", getMyself),
	openRoute(getRoute("/field", listFields)),
	getRoute("/field/search", listFieldsByPage),
	openRoute(getRoute("/status", listStatuses)),
	getRoute("/status/{idOrName}", getStatus),
	openRoute(getRoute("/statuscategory", listStatusCategories)),
	openRoute(getRoute("/issuetype", listIssueTypes)),
	openRoute(getRoute("/project/search", searchProjects)),
	openRoute(getRoute("/project/{idOrKey}", getProject)),
	openRoute(getRoute("/project/{idOrKey}/statuses", listProjectStatuses)),
	openRoute(getRoute("/project/{idOrKey}/versions", listProjectVersions)),
	getRoute("/filter/{id}", getFilter),

	openRoute(getOrPostRoute("/search", refuseRemovedSearch)),
	openRoute(postRoute("/search/id", refuseRemovedSearch)),
	openRoute(getOrPostRoute("/search/jql", searchIssues)),
	openRoute(postRoute("/search/approximate-count", countIssues)),
	openRoute(postRoute("/issue/bulkfetch", bulkFetchIssues)),
	openRoute(getRoute("/issue/{idOrKey}", getIssue)),
	openRoute(getRoute("/issue/{idOrKey}/changelog", getIssueChangelog)),
	openRoute(getRoute("/issue/{idOrKey}/worklog", getIssueWorklogs)),
	postRoute("/changelog/bulkfetch", bulkFetchChangelogs),
	getRoute("/worklog/updated", listUpdatedWorklogs),
	getRoute("/worklog/deleted", listDeletedWorklogs),
	postRoute("/worklog/list", listWorklogs),
}

// agileRoutes stand under /rest/agile/1.0.
var agileRoutes = []route{
	getRoute("/board", listBoards),
	getRoute("/board/{id}", getBoard),
	getRoute("/board/{id}/configuration", getBoardConfiguration),
	getRoute("/board/{id}/sprint", listBoardSprints),
	getRoute("/sprint/{id}", getSprint),
}

func (s *Server) addRoutes() {
	if s.dataCenter() {
		s.dcRoutes()
	} else {
		s.cloudRoutes()
	}
	for _, r := range agileRoutes {
		s.mux.HandleFunc("/rest/agile/1.0"+r.path, s.handleRoute(r, "2"))
	}
	s.routePages()
}

func (s *Server) cloudRoutes() {
	for path, version := range map[string]string{"2": "2", "3": "3", "latest": "2"} {
		for _, r := range platform {
			s.mux.HandleFunc("/rest/api/"+path+r.path, s.handleRoute(r, version))
		}
	}
}
