package jirasim

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"jerem/sim/jira/faults"
	"jerem/sim/jira/sitedata"
	"jerem/sim/jira/wire"
)

func dataCenterClient(t *testing.T, site *sitedata.Site, how DataCenterOptions) *client {
	t.Helper()
	return newClient(t, site, Options{Dialect: DataCenter, DataCenter: how})
}

// awkward is a site whose sprint has a name and a goal that look like the text in which they stand.
const awkward = `-- site --
zone Europe/Paris
clock 2026-10-28 14:00
-- board 1 scrum K8S "Kubernetes" --
-- sprints --
20 "Sprint [id=99], the first" 2026-10-05 09:30 .. 2026-10-16 17:00 closed 2026-10-16 17:12 goal="a, b = c], done"
21 "Sprint 21" 2026-10-19 09:30 .. 2026-10-30 17:00
22 "Sprint 22"
-- K8S-1 Epic "Private clusters" --
2026-10-01 10:00 created labels=Q4-26
-- K8S-2 Story "Network option" --
2026-10-02 10:00 created points=5 sprint=20
2026-10-06 11:00 status=doing epic=K8S-1 assign="Team Member Two"
2026-10-17 09:00 points=8 +dependency sprint=20,21
2026-10-20 09:00 log 2h
-- K8S-3 Sub-task "Half of it" --
2026-10-03 10:00 created parent=K8S-2
-- K8S-4 Story "Another" --
2026-10-04 10:00 created
`

func TestDataCenterRoutes(t *testing.T) {
	c := dataCenterClient(t, story0(t, awkward), DataCenterOptions{})
	for _, path := range []string{"/rest/api/3/serverInfo", "/rest/api/2/search/jql?jql=project=K8S",
		"/rest/api/2/issue/bulkfetch", "/rest/api/2/changelog/bulkfetch",
		"/rest/api/2/issue/K8S-2/changelog", "/rest/api/2/project/search", "/rest/api/2/field/search",
		"/rest/software/1.0/board/1/issue"} {
		if status, _ := c.ask(path); status != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", path, status)
		}
	}
	info := c.ok("/rest/api/latest/serverInfo")
	if wire.Text(wire.At(info, "deploymentType")) != "Server" ||
		wire.Text(wire.At(info, "serverTime")) != "2026-10-28T14:00:00.000+0100" {
		t.Errorf("serverInfo: %s", as(info))
	}
}

func TestDataCenterPages(t *testing.T) {
	c := dataCenterClient(t, story0(t, awkward), DataCenterOptions{MaxResults: 3})
	v := c.ok("/rest/api/2/search",
		`{"jql":"project = K8S ORDER BY created ASC","startAt":0,"maxResults":100,"fields":["id"]}`)
	if len(wire.List(wire.At(v, "issues"))) != 3 || wire.Text(wire.At(v, "maxResults")) != "3" ||
		wire.Text(wire.At(v, "total")) != "4" || wire.At(v, "isLast") != nil {
		t.Errorf("the first page: %s", as(v))
	}
	v = c.ok("/rest/api/2/search?jql=&startAt=3") // no restriction is needed
	if len(wire.List(wire.At(v, "issues"))) != 1 || wire.Text(wire.At(v, "startAt")) != "3" {
		t.Errorf("the second page: %s", as(v))
	}
	for jql, want := range map[string]string{`"Epic Link" = K8S-1`: "K8S-2", `cf[10014] in (K8S-1)`: "K8S-2",
		"parent = K8S-2": "K8S-3", "parent = K8S-1": ""} {
		got := ""
		for _, i := range wire.List(wire.At(c.ok("/rest/api/2/search", as(wire.Obj{"jql": jql})), "issues")) {
			got += wire.Text(wire.At(i, "key"))
		}
		if got != want {
			t.Errorf("%s finds %q, want %q", jql, got, want)
		}
	}
	c.refused(400, "does not exist", "/rest/api/2/search", `{"jql":"id in (10001, 4711)"}`)
}

func TestDataCenterWindow(t *testing.T) {
	c := dataCenterClient(t, story0(t, awkward), DataCenterOptions{})
	status, v := c.ask("/rest/api/2/search", `{"jql":"project = K8S","startAt":10000}`)
	if status != 500 || !strings.Contains(wire.Text(wire.At(v, "message")),
		"requests 10,050 results which exceeded the search platform limit of 10,000") ||
		wire.At(v, "errorMessages") != nil {
		t.Errorf("beyond the window: %d %s", status, as(v))
	}
	c.ok("/rest/api/2/search", `{"jql":"project = K8S","startAt":9950}`)
	for _, x := range []struct {
		start, want int // of the four issues where the window is three
	}{{0, 3}, {2, 1}, {3, 0}} {
		c := dataCenterClient(t, story0(t, awkward), DataCenterOptions{Window: 3, Silent: true})
		v := c.ok("/rest/api/2/search", as(wire.Obj{"jql": "project = K8S", "startAt": x.start}))
		if n := len(wire.List(wire.At(v, "issues"))); n != x.want || wire.Text(wire.At(v, "total")) != "4" {
			t.Errorf("from %d on: %d issues of %v, want %d", x.start, n, wire.At(v, "total"), x.want)
		}
	}
}

func TestDataCenterSearchLimits(t *testing.T) {
	const place = "/rest/api/2/searchLimits/maxResultWindow"
	for version, want := range map[string]string{"": "404", "10.7.4": "404", "11.2.0": "404", "11.3.1": "25",
		"12.0.0": "25"} {
		c := dataCenterClient(t, story0(t, awkward), DataCenterOptions{Version: version, Window: 25})
		status, v := c.ask(place)
		if got := wire.Text(v); got != want && strconv.Itoa(status) != want {
			t.Errorf("version %q: %d %s, want %s", version, status, as(v), want)
		}
		if info := c.ok("/rest/api/2/serverInfo"); version != "" && wire.Text(wire.At(info, "version")) != version {
			t.Errorf("serverInfo: %s", as(info))
		}
	}
}

func TestDataCenterHistories(t *testing.T) {
	for newest, want := range map[bool]string{
		false: "status Epic Link assignee Story Points labels Sprint timespent WorklogId",
		true:  "timespent WorklogId Story Points labels Sprint status Epic Link assignee",
	} {
		c := dataCenterClient(t, story0(t, awkward), DataCenterOptions{NewestFirst: newest})
		v := c.ok("/rest/api/2/search", `{"jql":"key = K8S-2","expand":["changelog"]}`)
		log := wire.At(wire.List(wire.At(v, "issues"))[0], "changelog")
		var fields []string
		for _, h := range wire.List(wire.At(log, "histories")) {
			for _, item := range wire.List(wire.At(h, "items")) {
				fields = append(fields, wire.Text(wire.At(item, "field")))
				if wire.At(item, "fieldId") != nil || wire.At(h, "author", "accountId") != nil ||
					wire.At(h, "author", "name") == nil {
					t.Errorf("not Data Center's: %s", as(h))
				}
				if wire.Text(wire.At(item, "field")) == "Epic Link" &&
					(wire.Text(wire.At(item, "to")) != "10001" || wire.Text(wire.At(item, "toString")) != "K8S-1") {
					t.Errorf("the epic: %s", as(item))
				}
			}
		}
		if got := strings.Join(fields, " "); got != want || wire.Text(wire.At(log, "total")) != "3" {
			t.Errorf("newest first %v: %q of %v entries, want %q", newest, got, wire.At(log, "total"), want)
		}
	}
}

func TestDataCenterIssue(t *testing.T) {
	c := dataCenterClient(t, story0(t, awkward), DataCenterOptions{})
	v := c.ok("/rest/api/2/issue/K8S-2")
	f := wire.At(v, "fields")
	sprints := wire.List(wire.At(f, "customfield_10020"))
	if len(sprints) != 2 {
		t.Fatalf("sprints: %s", as(sprints))
	}
	for i, parts := range [][]string{
		{"Sprint@", "[id=20,", "rapidViewId=1", "state=CLOSED", "name=Sprint [id=99], the first",
			"goal=a, b = c], done", "completeDate=2026-10-16T"},
		{"[name=Sprint 21,", "completeDate=<null>", "activatedDate=2026-10-19T09:30:00.000+02:00", "goal=,",
			",id=21,rapidViewId=1,state=ACTIVE]"},
	} {
		for _, p := range parts {
			if !strings.Contains(wire.Text(sprints[i]), p) {
				t.Errorf("sprint %q holds no %q", sprints[i], p)
			}
		}
	}
	if wire.At(f, "parent") != nil || wire.At(f, "customfield_10014") != "K8S-1" ||
		wire.At(f, "statuscategorychangedate") != nil || wire.At(f, "customfield_10016") != nil {
		t.Errorf("fields: %s", as(f))
	}
	if wire.At(f, "assignee", "accountId") != nil || wire.Text(wire.At(f, "assignee", "name")) == "" ||
		wire.Text(wire.At(f, "assignee", "key")) == "" || wire.At(f, "issuetype", "hierarchyLevel") != nil {
		t.Errorf("a person or a type is Cloud's: %s %s", as(wire.At(f, "assignee")), as(wire.At(f, "issuetype")))
	}
	if strings.Contains(as(v), "/rest/api/3/") {
		t.Error("a link leads to version 3")
	}
	if sub := c.ok("/rest/api/2/issue/K8S-3"); wire.Text(wire.At(sub, "fields", "parent", "key")) != "K8S-2" {
		t.Error("a sub-task has lost its parent")
	}
	if epic := c.ok("/rest/api/2/issue/K8S-1"); wire.Text(wire.At(epic, "fields",
		"customfield_10011")) != "Private clusters" {
		t.Error("an epic has no name")
	}
	if log := c.ok("/rest/api/2/issue/K8S-2/worklog"); wire.Text(wire.At(wire.List(wire.At(log, "worklogs"))[0],
		"comment")) == "" {
		t.Errorf("a comment is no text: %s", as(log))
	}
}

func TestDataCenterFurniture(t *testing.T) {
	c := dataCenterClient(t, story0(t, awkward), DataCenterOptions{})
	if v := c.ok("/rest/api/2/project"); len(wire.List(v)) != 1 || wire.At(wire.List(v)[0], "simplified") != nil {
		t.Errorf("projects: %s", as(v))
	}
	for _, x := range wire.List(c.ok("/rest/api/2/issuetype")) {
		if wire.At(x, "hierarchyLevel") != nil || wire.At(x, "subtask") == nil {
			t.Errorf("type: %s", as(x))
		}
	}
	for _, f := range wire.List(c.ok("/rest/api/2/field")) {
		if wire.Text(wire.At(f, "schema", "custom")) == "com.pyxis.greenhopper.jira:jsw-story-points" ||
			wire.At(f, "key") != nil {
			t.Errorf("field: %s", as(f))
		}
	}
	if b := wire.List(wire.At(c.ok("/rest/agile/1.0/board?projectKeyOrId=K8S"), "values")); len(b) != 1 ||
		wire.At(b[0], "location") != nil {
		t.Errorf("boards: %s", as(b))
	}
	sprints := wire.List(wire.At(c.ok("/rest/agile/1.0/board/1/sprint"), "values"))
	for i, want := range []bool{true, true, false} { // the last one never began
		if wire.At(sprints[i], "createdDate") != nil || (wire.At(sprints[i], "activatedDate") != nil) != want {
			t.Errorf("sprint: %s", as(sprints[i]))
		}
	}
}

func TestDataCenterLogin(t *testing.T) {
	site := story0(t, awkward)
	ask := func(opts Options, authorize func(*http.Request)) *httptest.ResponseRecorder {
		opts.Dialect, opts.Email, opts.Token, opts.Bearer = DataCenter, "bot", "secret", "pat"
		r := httptest.NewRequest(http.MethodGet, "/rest/api/2/myself", nil)
		authorize(r)
		w := httptest.NewRecorder()
		NewServer(site, opts).ServeHTTP(w, r)
		return w
	}
	basic := func(r *http.Request) { r.SetBasicAuth("bot", "secret") }
	bearer := func(r *http.Request) { r.Header.Set("Authorization", "Bearer pat") }
	wrong := func(r *http.Request) { r.Header.Set("Authorization", "Bearer other") }
	eleven := Options{DataCenter: DataCenterOptions{NoBasic: true}}
	for name, c := range map[string]struct {
		w      *httptest.ResponseRecorder
		status int
		reason string
	}{
		"basic":       {ask(Options{}, basic), 200, ""},
		"bearer":      {ask(Options{}, bearer), 200, ""},
		"wrong":       {ask(Options{}, wrong), 401, "AUTHENTICATED_FAILED"},
		"11: basic":   {ask(eleven, basic), 401, "AUTHENTICATION_DENIED"},
		"11: bearer":  {ask(eleven, bearer), 200, ""},
		"no password": {ask(Options{}, func(*http.Request) {}), 401, "AUTHENTICATED_FAILED"},
	} {
		if c.w.Code != c.status || c.w.Header().Get("X-Seraph-LoginReason") != c.reason {
			t.Errorf("%s: %d %v", name, c.w.Code, c.w.Header())
		}
		if c.status == 401 && !strings.HasPrefix(c.w.Body.String(), "<html>") {
			t.Errorf("%s: the refusal is no page: %s", name, c.w.Body)
		}
	}
}

func TestDataCenterLimits(t *testing.T) {
	now := time.Date(2026, 10, 28, 13, 0, 0, 0, time.UTC)
	server := NewServer(story0(t, awkward), Options{Dialect: DataCenter, DataCenter: DataCenterOptions{Requests: 2},
		Now: func() time.Time { return now }})
	for _, x := range []struct {
		after           time.Duration
		status          int
		remaining, wait string
	}{{0, 200, "1", "0"}, {10 * time.Second, 200, "0", "0"}, {5 * time.Second, 429, "0", "45"},
		{44 * time.Second, 429, "0", "1"}, {time.Second, 200, "1", "0"}} {
		now = now.Add(x.after)
		w := httptest.NewRecorder()
		server.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/rest/api/2/serverInfo", nil))
		for h, want := range map[string]string{"X-RateLimit-Limit": "2", "X-RateLimit-Remaining": x.remaining,
			"X-RateLimit-Interval-Seconds": "60",
			"X-RateLimit-FillRate":         "2", "Retry-After": x.wait} {
			if got := w.Header().Get(h); got != want || w.Code != x.status {
				t.Errorf("%v: %d with %s %q, want %d with %q", now, w.Code, h, got, x.status, want)
			}
		}
	}
	w := httptest.NewRecorder()
	NewServer(story0(t, awkward), Options{Dialect: DataCenter}).ServeHTTP(w,
		httptest.NewRequest(http.MethodGet, "/rest/api/2/serverInfo", nil))
	if w.Header().Get("Retry-After") != "0" {
		t.Errorf("without a limit of ours Retry-After is %q", w.Header().Get("Retry-After"))
	}
}

// TestDataCenterSprintDates: a sprint whose dates were edited says when it really started; Cloud does not.
func TestDataCenterSprintDates(t *testing.T) {
	site := story0(t, "-- site --\nzone Europe/Paris\nclock 2026-01-25 10:00\n-- board 1 scrum P \"Project\" "+
		"--\n-- sprints --\n"+
		"2 \"Two\" 2026-01-23 09:00 .. 2026-02-03 17:00 moved 2026-01-24 09:00 2026-01-26 09:00 .. 2026-02-06 17:00\n"+
		"3 \"Three\" 2026-02-09 09:00 .. 2026-02-20 17:00\n-- P-1 Story \"Work\" --\n2026-01-20 10:00 "+
		"created sprint=2\n")
	for dialect, want := range map[Dialect]string{
		Cloud: "2026-01-26T08:00:00.000Z 2026-02-06T16:00:00.000Z <nil>, 2026-02-09T08:00:00.000Z " +
			"2026-02-20T16:00:00.000Z <nil>",
		DataCenter: "2026-01-26T09:00:00.000+01:00 2026-02-06T17:00:00.000+01:00 2026-01-23T09:00:00.000+01:00, " +
			"2026-02-09T09:00:00.000+01:00 2026-02-20T17:00:00.000+01:00 <nil>",
	} {
		c := newClient(t, site, Options{Dialect: dialect})
		var got []string
		for _, sp := range wire.List(wire.At(c.ok("/rest/agile/1.0/board/1/sprint"), "values")) {
			got = append(got, fmt.Sprint(wire.At(sp, "startDate"), " ", wire.At(sp, "endDate"), " ",
				wire.At(sp, "activatedDate")))
		}
		if got := strings.Join(got, ", "); got != want {
			t.Errorf("%s:\n got %s\nwant %s", dialect, got, want)
		}
		if alone := wire.At(c.ok("/rest/agile/1.0/sprint/2"),
			"activatedDate"); (alone != nil) != (dialect == DataCenter) {
			t.Errorf("%s: alone it is activated at %v", dialect, alone)
		}
		field := as(wire.At(c.ok("/rest/api/2/issue/P-1"), "fields", "customfield_10020"))
		if strings.Contains(field, "activatedDate=2026-01-23T09:00:00.000+01:00") != (dialect == DataCenter) ||
			dialect == Cloud && strings.Contains(field, "activatedDate") {
			t.Errorf("%s: the field holds %s", dialect, field)
		}
	}
}

// TestDataCenterEpicName: epics are found by the name that they alone have, whatever their type is called.
func TestDataCenterEpicName(t *testing.T) {
	c := dataCenterClient(t, story0(t, "-- types --\n1 \"Theme\" 1\n2 \"Story\" 0\n-- P-1 Theme \"Clusters\" "+
		"--\n2026-01-20 10:00 created\n-- P-2 Story \"Work\" --\n2026-01-20 10:00 created epic=P-1\n"),
		DataCenterOptions{})
	for jql, want := range map[string]string{"cf[10011] is not EMPTY": "P-1", `"Epic Name" is EMPTY`: "P-2"} {
		v := c.ok("/rest/api/2/search", as(wire.Obj{"jql": jql}))
		if wire.Text(wire.At(v, "total")) != "1" ||
			wire.Text(wire.At(wire.List(wire.At(v, "issues"))[0], "key")) != want {
			t.Errorf("%s: %s", jql, as(v))
		}
	}
}

// TestDataCenterHistoryCut: where a history comes short, its total tells.
func TestDataCenterHistoryCut(t *testing.T) {
	c := newClient(t, story0(t, awkward), Options{Dialect: DataCenter,
		Fault: func(*http.Request) *faults.Fault { return &faults.Fault{ShortHistory: 2} }})
	log := wire.At(c.ok("/rest/api/2/issue/K8S-2?expand=changelog"), "changelog")
	if len(wire.List(wire.At(log, "histories"))) != 2 || wire.Text(wire.At(log, "total")) != "3" {
		t.Errorf("history: %s", as(log))
	}
}
