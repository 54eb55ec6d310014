package jirasim

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"jerem/sim/jira/faults"
	"jerem/sim/jira/wire"
)

func TestUnknownPath(t *testing.T) {
	c := newClient(t, first(t), Options{})
	c.refused(404, "", "/rest/api/3/nothing")
	c.refused(404, "", "/rest/api/4/myself")
	c.refused(404, "", "/rest/agile/1.0/board/1/issues")
	c.refused(404, "", "/")
}

func TestWrongMethod(t *testing.T) {
	c := newClient(t, first(t), Options{})
	for _, x := range [][2]string{{"POST", "/rest/api/3/myself"}, {"DELETE", "/rest/api/3/issue/K8S-101"},
		{"GET", "/rest/api/3/changelog/bulkfetch"}, {"PUT", "/rest/agile/1.0/board"}} {
		status, v := c.do(x[0], x[1], "{}")
		wantError(t, x[0]+" "+x[1], status, v, 405, "Method Not Allowed")
	}
}

func TestRemovedSearch(t *testing.T) {
	c := newClient(t, first(t), Options{})
	for _, version := range []string{"2", "3", "latest"} {
		c.refused(410, "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.",
			"/rest/api/"+version+"/search?jql=project=K8S")
		c.refused(410, "CHANGE-2046", "/rest/api/"+version+"/search", `{"jql":"project = K8S"}`)
	}
}

func TestCredentials(t *testing.T) {
	site := first(t)
	c := newClient(t, site, Options{Bearer: "pat"})
	c.header.Set("Authorization", "Bearer pat")
	c.ok("/rest/api/3/myself")
	for _, wrong := range []string{"Bearer other", "Bearer ", "Bearer", "Basic Zm9vOmJhcg==", "Basic !", "pat"} {
		c.header.Set("Authorization", wrong)
		c.refused(401, "Client must be authenticated", "/rest/api/3/myself")
		c.refused(401, "Client must be authenticated", "/rest/api/3/search/jql?jql=project=K8S")
	}
	c.header.Del("Authorization")
	c.refused(401, "", "/rest/api/3/myself")
	c.refused(401, "", "/rest/agile/1.0/board")
	c.refused(401, "", "/rest/api/3/changelog/bulkfetch", `{"issueIdsOrKeys":["K8S-101"]}`)
}

func TestNothingIsAcceptedUnlessConfigured(t *testing.T) {
	s := NewServer(first(t), Options{})
	for _, header := range []string{"Basic Og==", "Bearer "} { // an empty name and password, an empty token
		r := httptest.NewRequest("GET", "/rest/api/3/myself", nil)
		r.Header.Set("Authorization", header)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != 401 {
			t.Errorf("%q: %d", header, w.Code)
		}
	}
}

func TestAnonymousSeesNothing(t *testing.T) {
	c := newClient(t, first(t), Options{})
	c.header.Del("Authorization")
	if v := c.ok("/rest/api/3/search/jql", `{"jql":"created > 0"}`); len(wire.List(wire.At(v, "issues"))) != 0 ||
		wire.At(v, "isLast") != true {
		t.Errorf("search: %v", v)
	}
	if v := c.ok("/rest/api/3/issue/bulkfetch",
		`{"issueIdsOrKeys":["K8S-101"]}`); len(wire.List(wire.At(v, "issues"))) != 0 {
		t.Errorf("bulkfetch: %v", v)
	}
	if v := c.ok("/rest/api/3/project/search"); len(wire.List(wire.At(v, "values"))) != 0 {
		t.Errorf("projects: %v", v)
	}
	c.ok("/rest/api/3/serverInfo")
	c.refused(404, "", "/rest/api/3/issue/K8S-101")
}

func TestBodies(t *testing.T) {
	c := newClient(t, first(t), Options{})
	const p = "/rest/api/3/search/jql"
	for _, body := range []string{"", "{", "[]", `{"jql":"project = K8S","limit":5}`,
		`{"jql":"project = K8S","expand":["changelog"]}`,
		`{"jql":"project = K8S","fields":"id"}`, `{"jql":"project = K8S"} {}`, `{"jql":5}`,
		`{"jql":"project = K8S","maxResults":"9"}`} {
		c.refused(400, "Invalid request payload", p, body)
	}
	c.refused(400, "Invalid request payload", "/rest/api/3/issue/bulkfetch",
		`{"issueIdsOrKeys":["K8S-101"],"expand":"names"}`)
	c.header.Set("Content-Type", "text/plain")
	c.refused(415, "Unsupported Media Type", p, `{"jql":"project = K8S"}`)
}

func TestPathPrefix(t *testing.T) {
	c := newClient(t, first(t), Options{PathPrefix: "/ex/jira/abc/"})
	v := c.ok("/ex/jira/abc/rest/api/3/issue/K8S-101")
	if got := wire.Text(wire.At(v, "self")); !strings.HasPrefix(got, "https://jira.example/rest/api/3/issue/") {
		t.Errorf("self %q does not point at the site's own host", got)
	}
	c.refused(404, "", "/rest/api/3/myself")
	c.refused(404, "", "/ex/jira/abcd/rest/api/3/myself")
	if n := c.server.Counts()["GET /rest/api/3/issue/{idOrKey}"]; n != 1 {
		t.Errorf("counts %v", c.server.Counts())
	}
}

func TestCountsAndLog(t *testing.T) {
	c := newClient(t, first(t), Options{})
	c.ok("/rest/api/3/myself")
	c.ok("/rest/api/2/myself")
	c.ask("/rest/api/3/nothing")
	c.ok("/rest/api/3/issue/K8S-101")
	c.ok("/rest/api/3/issue/K8S-102?fields=summary")
	want := map[string]int{"GET /rest/api/3/myself": 1, "GET /rest/api/2/myself": 1, "404": 1,
		"GET /rest/api/3/issue/{idOrKey}": 2}
	if as(c.server.Counts()) != as(want) {
		t.Errorf("counts %v, want %v", c.server.Counts(), want)
	}
	if log := c.server.Requests(); len(log) != 5 || log[3].Path != "/rest/api/3/issue/K8S-101" ||
		log[3].Method != "GET" {
		t.Errorf("log %v", log)
	}
	c.server.Reset()
	if len(c.server.Counts())+len(c.server.Requests()) != 0 {
		t.Error("reset forgets nothing")
	}
}

func TestServerInfo(t *testing.T) {
	site := first(t)
	c := newClient(t, site, Options{Now: func() time.Time { return at0("Europe/Paris", "2026-10-20 08:00") }})
	v := c.ok("/rest/api/3/serverInfo")
	for k, want := range map[string]string{"baseUrl": "https://jira.example", "deploymentType": "Cloud",
		"serverTime": "2026-10-20T08:00:00.000+0200", "serverTitle": "Example Jira"} {
		if got := wire.Text(wire.At(v, k)); got != want {
			t.Errorf("%s: %q, want %q", k, got, want)
		}
	}
	if me := c.ok("/rest/api/3/myself"); wire.Text(wire.At(me, "timeZone")) != "Europe/Paris" ||
		wire.Text(wire.At(me, "accountId")) == "" || wire.Text(wire.At(me, "emailAddress")) == "" {
		t.Errorf("myself %v", me)
	}
}

func TestFurniture(t *testing.T) {
	c := newClient(t, first(t), Options{})
	ids := func(v any) []string {
		var out []string
		for _, x := range wire.List(v) {
			out = append(out, wire.Text(wire.At(x, "id")))
		}
		return out
	}
	for path, want := range map[string][]string{
		"/rest/api/3/status":         {"10001", "3", "10003", "10004"},
		"/rest/api/3/statuscategory": {"1", "2", "4", "3"},
		"/rest/api/3/issuetype":      {"10000", "10001", "10002", "10003", "10004"},
	} {
		if got := ids(c.ok(path)); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
	}
	if got := ids(c.ok("/rest/api/3/field")); !slices.Contains(got, "customfield_10036") ||
		!slices.Contains(got, "customfield_11028") || !slices.Contains(got, "customfield_10016") {
		t.Errorf("fields %v", got)
	}
	if v := c.ok("/rest/api/3/field/search?type=custom&query=story"); wire.Text(wire.At(v, "total")) != "2" {
		t.Errorf("field/search %v", v)
	}
	if v := c.ok("/rest/api/3/project/K8S"); wire.Text(wire.At(v, "name")) != "Kubernetes" {
		t.Errorf("project %v", v)
	}
	if v := c.ok("/rest/api/3/project/10000/statuses"); len(wire.List(v)) != 5 ||
		len(wire.List(wire.At(wire.List(v)[0], "statuses"))) != 4 {
		t.Errorf("project statuses %v", v)
	}
	c.refused(404, "No project could be found with key 'NO'.", "/rest/api/3/project/NO")
	c.refused(404, "No project could be found with key 'NO'.", "/rest/api/3/project/NO/statuses")
	if v := c.ok("/rest/api/3/filter/10001"); wire.Text(wire.At(v, "jql")) != "project = K8S ORDER BY Rank ASC" {
		t.Errorf("filter %v", v)
	}
	c.refused(400, "filter", "/rest/api/3/filter/99")
}

func TestProjectSearchPages(t *testing.T) {
	var b strings.Builder
	b.WriteString("-- site --\n")
	for i := range 120 {
		fmt.Fprintf(&b, "project P%d \"Project %d\"\n", i, i)
	}
	c := newClient(t, story0(t, b.String()), Options{})
	seen := 0
	for start, pages := 0, 0; ; pages++ {
		v := c.ok(fmt.Sprintf("/rest/api/3/project/search?maxResults=500&startAt=%d", start))
		if wire.Text(wire.At(v, "maxResults")) != "50" || wire.Text(wire.At(v, "total")) != "120" {
			t.Fatalf("page %d: %v", pages, v)
		}
		seen += len(wire.List(wire.At(v, "values")))
		start = seen
		if wire.At(v, "isLast") == true {
			if wire.At(v, "nextPage") != nil {
				t.Error("the last page names a next one")
			}
			break
		}
		if pages > 3 {
			t.Fatal("does not end")
		}
	}
	if seen != 120 {
		t.Errorf("%d projects, want 120", seen)
	}
	if v := c.ok("/rest/api/3/project/search?status=archived"); len(wire.List(wire.At(v, "values"))) != 0 {
		t.Errorf("archived: %v", v)
	}
}

func TestBoards(t *testing.T) {
	c := newClient(t, story0(t, `-- board 1 scrum K8S "Kubernetes" --
-- board 2 kanban OB "Object storage" --
-- board 4 simple OB "Object storage" --
-- board 5 simple OB "Object storage" --
-- board 3 scrum OB "Object storage" --
name "Storage sprints"
estimate timeoriginalestimate
-- sprints --
1 "S1" 2026-01-05 09:00 .. 2026-01-16 17:00 closed 2026-01-16 17:00 board=1
2 "S2" 2026-01-19 09:00 .. 2026-01-30 17:00 board=1
3 "S3" board=3
4 "S4" board=4
-- OB-1 Story "Guest in a sprint of another board" --
2026-01-20 09:00 created sprint=2
`), Options{Now: func() time.Time { return at0("UTC", "2026-01-21 09:00") }})
	ids := func(path string) string {
		var out []string
		for _, x := range wire.List(wire.At(c.ok(path), "values")) {
			out = append(out, wire.Text(wire.At(x, "id")))
		}
		return strings.Join(out, " ")
	}
	for path, want := range map[string]string{
		"/rest/agile/1.0/board":                                 "1 2 4 5 3",
		"/rest/agile/1.0/board?maxResults=1&startAt=1":          "2",
		"/rest/agile/1.0/board?projectKeyOrId=OB":               "2 4 5 3",
		"/rest/agile/1.0/board?projectKeyOrId=10001&type=scrum": "3",
		"/rest/agile/1.0/board?type=scrum,kanban":               "1 2 3",
		"/rest/agile/1.0/board?name=sprints":                    "3",
		"/rest/agile/1.0/board/4/sprint":                        "2 4",
		"/rest/agile/1.0/board/1/sprint":                        "1 2",
		"/rest/agile/1.0/board/3/sprint":                        "2 3",
		"/rest/agile/1.0/board/1/sprint?state=active,future":    "2",
		"/rest/agile/1.0/board/1/sprint?state=closed":           "1",
	} {
		if got := ids(path); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	if v := c.ok("/rest/agile/1.0/board?maxResults=1000"); wire.Text(wire.At(v, "maxResults")) != "50" {
		t.Errorf("boards a page: %v", v)
	}
	if v := c.ok("/rest/agile/1.0/board/3/configuration"); wire.Text(wire.At(v, "estimation", "field",
		"fieldId")) != "timeoriginalestimate" {
		t.Errorf("configuration: %v", v)
	}
	if v := c.ok("/rest/agile/1.0/board/2/configuration"); wire.At(v, "estimation") != nil ||
		wire.At(v, "subQuery") == nil {
		t.Errorf("kanban configuration: %v", v)
	}
	if v := c.ok("/rest/agile/1.0/sprint/1"); wire.Text(wire.At(v, "state")) != "closed" ||
		wire.Text(wire.At(v, "completeDate")) != "2026-01-16T17:00:00.000Z" {
		t.Errorf("sprint: %v", v)
	}
	c.refused(400, "The board does not support sprints", "/rest/agile/1.0/board/2/sprint")
	c.refused(400, "The board does not support sprints", "/rest/agile/1.0/board/5/sprint")
	c.refused(400, "Unknown sprint state", "/rest/agile/1.0/board/1/sprint?state=open")
	c.refused(400, "No project could be found", "/rest/agile/1.0/board?projectKeyOrId=NO")
	c.refused(404, "", "/rest/agile/1.0/board/9")
	c.refused(404, "", "/rest/agile/1.0/board/9/configuration")
	c.refused(404, "", "/rest/agile/1.0/board/9/sprint")
	c.refused(404, "", "/rest/agile/1.0/sprint/9")
}

func TestFaults(t *testing.T) {
	var fault *faults.Fault
	c := newClient(t, first(t), Options{Fault: func(*http.Request) *faults.Fault { return fault }})
	fault = &faults.Fault{Status: 429, Header: http.Header{"Retry-After": {"7"}}, Body: `{}`}
	if status, _ := c.ask("/rest/api/3/myself"); status != 429 {
		t.Errorf("status %d", status)
	}
	fault = &faults.Fault{IssueErrors: []int64{10002}}
	b := c.ok("/rest/api/3/issue/bulkfetch", `{"issueIdsOrKeys":["10002","10003"]}`)
	if e := wire.List(wire.At(b, "issueErrors")); len(e) != 1 || wire.Text(wire.At(e[0], "id")) != "10002" ||
		len(wire.List(wire.At(b, "issues"))) != 1 {
		t.Errorf("issue errors: %s", as(b))
	}
	fault = &faults.Fault{PageSize: 2}
	v := c.ok("/rest/api/3/search/jql", `{"jql":"project = K8S","maxResults":50}`)
	token := wire.Text(wire.At(v, "nextPageToken"))
	if len(wire.List(wire.At(v, "issues"))) != 2 || token == "" {
		t.Fatalf("a short page: %v", v)
	}
	fault = &faults.Fault{RepeatToken: true}
	if v = c.ok("/rest/api/3/search/jql", `{"jql":"project = K8S","nextPageToken":"`+token+`"}`); wire.Text(wire.At(v,
		"nextPageToken")) != token {
		t.Errorf("the token is not repeated: %v", v)
	}
}

func TestFaultCutsTheBody(t *testing.T) {
	s := NewServer(first(t), Options{Fault: func(*http.Request) *faults.Fault { return &faults.Fault{Cut: 20} }})
	w := httptest.NewRecorder()
	func() {
		defer func() {
			if recover() != http.ErrAbortHandler {
				t.Error("the connection is not broken")
			}
		}()
		s.ServeHTTP(w, httptest.NewRequest("GET", "/rest/api/3/serverInfo", nil))
	}()
	if w.Body.Len() != 20 {
		t.Errorf("%d bytes came, want 20", w.Body.Len())
	}
}

func TestConcurrentUse(t *testing.T) {
	c := newClient(t, first(t), Options{})
	done := make(chan bool)
	for range 4 {
		go func() {
			defer func() { done <- true }()
			for _, p := range []string{"/rest/api/3/search/jql?jql=project=K8S&fields=*all",
				"/rest/agile/1.0/board/1/sprint", "/rest/api/3/worklog/updated"} {
				if status, _ := c.ask(p); status != 200 {
					t.Errorf("%s: %d", p, status)
				}
			}
		}()
	}
	for range 4 {
		<-done
	}
}

func TestFaultDelays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newClient(t, first(t),
			Options{Fault: func(*http.Request) *faults.Fault { return &faults.Fault{Delay: time.Minute} }})
		begin := time.Now()
		c.ok("/rest/api/3/myself")
		if d := time.Since(begin); d != time.Minute {
			t.Errorf("answered after %s", d)
		}
	})
}

// Over a real connection: a body that is cut is an error of the client's, not a short answer.
func TestOverTheNetwork(t *testing.T) {
	cut := 0
	s := httptest.NewServer(NewServer(first(t),
		Options{Fault: func(*http.Request) *faults.Fault { return &faults.Fault{Cut: cut} }}))
	defer s.Close()
	for _, cut = range []int{0, 10} {
		resp, err := s.Client().Get(s.URL + "/rest/api/3/serverInfo")
		if err != nil {
			t.Fatal(err)
		}
		_, err = io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if (err != nil) != (cut > 0) || resp.StatusCode != 200 ||
			resp.Header.Get("Content-Type") != "application/json;charset=UTF-8" {
			t.Errorf("cut %d: %d, %v", cut, resp.StatusCode, err)
		}
	}
}
