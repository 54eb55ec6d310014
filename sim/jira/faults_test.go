package jirasim

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jerem/sim/jira/faults"
	"jerem/sim/jira/wire"
)

// faulty is a client of a small story whose server plays faults.
func faulty(t *testing.T, dialect Dialect) (*client, *faults.List) {
	t.Helper()
	planned := &faults.List{}
	return newClient(t, story0(t, awkward), Options{Dialect: dialect, Fault: planned.Next}), planned
}

// TestFaultsByPath: a fault is played on the paths and as often as its rule says, the rule added last goes first, and
// nothing is left of it once it ended.
func TestFaultsByPath(t *testing.T) {
	c, planned := faulty(t, Cloud)
	status := func(path string) int {
		got, _ := c.ask(path)
		return got
	}
	rule := planned.On("/board", faults.Refuse(403, "Zugriff verweigert")).After(1).Times(2)
	var got []int
	for range 4 {
		got = append(got, status("/rest/agile/1.0/board"))
	}
	if as(got) != "[200,403,403,200]" || rule.Hits() != 2 {
		t.Errorf("answers %v, %d hits", got, rule.Hits())
	}
	planned.On("/rest", faults.Refuse(500))
	last := planned.On("GET /myself", faults.Refuse(422)).Not("/3/")
	if a, b := status("/rest/api/2/myself"), status("/rest/api/3/myself"); a != 422 || b != 500 {
		t.Errorf("the rule that was added last: %d, that before it: %d", a, b)
	}
	last.End()
	if a := status("/rest/api/2/myself"); a != 500 {
		t.Errorf("an ended rule still answers: %d", a)
	}
	planned.Clear()
	c.ok("/rest/api/2/myself")
}

// TestRedirects: each status leads to the same question elsewhere: below a prefix of the same host, where it is
// answered, or at another host.
func TestRedirects(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		c, planned := faulty(t, DataCenter)
		planned.On("/rest", faults.Redirected(status, "", "/jira"))
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, "/rest/api/2/search?jql=project%3DK8S", nil)
		r.Header = c.header
		c.server.ServeHTTP(w, r)
		to := w.Header().Get("Location")
		if w.Code != status || to != "/jira/rest/api/2/search?jql=project%3DK8S" {
			t.Fatalf("%d to %q", w.Code, to)
		}
		if n := len(wire.List(wire.At(c.ok(to), "issues"))); n == 0 {
			t.Error("the search is not answered at its new place")
		}
		planned.On("/rest", faults.Redirected(status, "https://other.example", ""))
		w = httptest.NewRecorder()
		c.server.ServeHTTP(w, r)
		if to := w.Header().Get("Location"); to != "https://other.example/rest/api/2/search?jql=project%3DK8S" {
			t.Errorf("to another host: %q", to)
		}
	}
}

// TestEdits: lists come empty, short, with everything twice or without some, in both dialects; the answer looks whole.
func TestEdits(t *testing.T) {
	for dialect, search := range map[Dialect]string{Cloud: "/rest/api/3/search/jql", DataCenter: "/rest/api/2/search"} {
		c, planned := faulty(t, dialect)
		query := search + "?jql=project%20in%20(K8S)&fields=summary&maxResults=2"
		whole := wire.List(wire.At(c.ok(query), "issues"))
		if len(whole) != 2 {
			t.Fatalf("the story is too small: %d issues", len(whole))
		}
		first := wire.Number(wire.At(whole[0], "id"))
		for name, one := range map[string]struct {
			edit faults.Edit
			n    int
			all  bool // it says that this is everything
		}{
			"emptied": {faults.Emptied, 0, true}, "shrunk": {faults.Shrunk(1), 1, true},
			"doubled": {faults.Doubled, 4, false}, "without": {faults.WithoutID(first), 1, false},
			"both": {faults.Edits(faults.Doubled, faults.Shrunk(3)), 3, true},
		} {
			rule := planned.On(search, faults.Fault{Edit: one.edit})
			v := c.ok(query)
			issues := wire.List(wire.At(v, "issues"))
			over := wire.At(v, "isLast") == true ||
				dialect == DataCenter && wire.Text(wire.At(v, "total")) == wire.Text(len(issues))
			if len(issues) != one.n || one.all && !over {
				t.Errorf("%s, %s: %s", dialect, name, as(v))
			}
			rule.End()
		}
		planned.On(search, faults.Fault{Edit: faults.IssueField(first, "summary", wire.Obj{"a": []int{1}})})
		if got := as(wire.At(wire.List(wire.At(c.ok(query), "issues"))[0], "fields", "summary")); got != `{"a":[1]}` {
			t.Errorf("%s: the field holds %s", dialect, got)
		}
	}
}

// TestEditLeavesSite: what an edit does to an answer is not done to the site.
func TestEditLeavesSite(t *testing.T) {
	c, planned := faulty(t, Cloud)
	before := as(c.ok("/rest/agile/1.0/board/1"))
	planned.On("/board", faults.Fault{Edit: func(_ *http.Request, answer any) any {
		answer.(wire.Obj)["location"].(wire.Obj)["projectKey"] = "XX"
		return answer
	}}).Times(1)
	if as(c.ok("/rest/agile/1.0/board/1")) == before {
		t.Error("the edit did nothing")
	}
	if got := as(c.ok("/rest/agile/1.0/board/1")); got != before {
		t.Errorf("afterwards the site says %s", got)
	}
}

// TestHistoriesWithHoles: changes are left out wherever histories are told, and nothing else is.
func TestHistoriesWithHoles(t *testing.T) {
	noStatus := faults.Fault{
		Edit: faults.WithoutChanges(func(_ int64, _, item map[string]any) bool { return item["field"] == "status" })}
	cloud := []string{"/rest/api/3/changelog/bulkfetch " + `{"issueIdsOrKeys":["K8S-1","K8S-2"]}`,
		"/rest/api/3/issue/K8S-2/changelog ", "/rest/api/3/issue/K8S-2?expand=changelog "}
	for dialect, paths := range map[Dialect][]string{Cloud: cloud,
		DataCenter: {"/rest/api/2/issue/K8S-2?expand=changelog "}} {
		c, planned := faulty(t, dialect)
		for _, p := range paths {
			path, body, _ := strings.Cut(p, " ")
			ask := func() string {
				if body != "" {
					return as(c.ok(path, body))
				}
				return as(c.ok(path))
			}
			before := ask()
			planned.On("/", noStatus)
			after := ask()
			planned.Clear()
			if !strings.Contains(before, `"field":"status"`) || strings.Contains(after, `"field":"status"`) ||
				!strings.Contains(after, `"items"`) {
				t.Errorf("%s: before %s\nafter %s", path, before, after)
			}
		}
	}
}

// TestEndlessPages: however far one goes there is another page, and no two tokens are alike.
func TestEndlessPages(t *testing.T) {
	c, planned := faulty(t, Cloud)
	planned.On("/", faults.Fault{Endless: true})
	seen := map[string]bool{}
	token := ""
	for range 5 {
		v := c.ok("/rest/api/3/search/jql", as(wire.Obj{"jql": "project = K8S", "nextPageToken": token}))
		token = wire.Text(wire.At(v, "nextPageToken"))
		if token == "" || seen[token] || len(wire.List(wire.At(v, "issues"))) == 0 || wire.At(v, "isLast") != false {
			t.Fatal(as(v))
		}
		seen[token] = true
	}
	if v := c.ok("/rest/agile/1.0/board?startAt=700"); wire.At(v, "isLast") != false ||
		wire.Text(wire.At(v, "startAt")) != "700" || len(wire.List(wire.At(v, "values"))) == 0 {
		t.Error(as(v))
	}
	v := c.ok("/rest/api/3/worklog/updated?since=5")
	if wire.At(v, "lastPage") != false || wire.Text(wire.At(v, "until")) != "6" ||
		!strings.Contains(wire.Text(wire.At(v, "nextPage")), "since=6") {
		t.Error(as(v))
	}
	dc, planned := faulty(t, DataCenter)
	planned.On("/search", faults.Fault{Endless: true})
	if v := dc.ok("/rest/api/2/search", as(wire.Obj{"jql": "project = K8S",
		"startAt": 900})); wire.Text(wire.At(v, "startAt")) != "900" || len(wire.List(wire.At(v, "issues"))) == 0 {
		t.Error(as(v))
	}
}

// TestGzipIssues: a small body unpacks to a list as long as was wished.
func TestGzipIssues(t *testing.T) {
	c, planned := faulty(t, Cloud)
	planned.On("/search", faults.Fault{GzipIssues: 100_000})
	w := httptest.NewRecorder()
	c.server.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/rest/api/3/search/jql", nil))
	small := w.Body.Len()
	z, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	var v struct{ Issues []wire.Obj }
	if err := json.Unmarshal(b, &v); err != nil || len(v.Issues) != 100_000 || small > len(b)/50 {
		t.Errorf("%d issues, %d bytes packed, %d unpacked, %v", len(v.Issues), small, len(b), err)
	}
}

// TestFieldFaults: fields stand before those that are needed, and a field is called otherwise.
func TestFieldFaults(t *testing.T) {
	c, planned := faulty(t, Cloud)
	few := len(wire.List(c.ok("/rest/api/3/field")))
	planned.On("/field", faults.Fault{
		Edit: faults.Edits(faults.FieldNamed("Story Points", "Punkte"), faults.MoreFields(120, "number"))})
	fields := wire.List(c.ok("/rest/api/3/field"))
	if len(fields) != few+120 || wire.Text(wire.At(fields[0], "schema", "type")) != "number" ||
		wire.Text(wire.At(fields[0], "id")) != "customfield_20000" {
		t.Errorf("%d fields after %d, the first %s", len(fields), few, as(fields[0]))
	}
	if !strings.Contains(as(fields), `"name":"Punkte"`) ||
		!strings.Contains(as(fields), `"untranslatedName":"Story Points"`) {
		t.Error("the field is not called otherwise")
	}
}

// TestFlaggedOtherwise: where a story calls the field Flagged otherwise, its history keeps the name that all share.
func TestFlaggedOtherwise(t *testing.T) {
	c := newClient(t, story0(t, "-- site --\nflagged \"Markiert\"\n-- P-1 Story \"One\" --\n2026-01-20 10:00 "+
		"created\n2026-01-21 10:00 flag\n"), Options{})
	if got := as(c.ok("/rest/api/3/field")); !strings.Contains(got, `"name":"Markiert"`) ||
		!strings.Contains(got, `"untranslatedName":"Flagged"`) || strings.Contains(got, `"name":"Flagged"`) {
		t.Error(got)
	}
	if got := as(c.ok("/rest/api/3/issue/P-1?expand=changelog")); !strings.Contains(got, `"field":"Flagged"`) ||
		!strings.Contains(got, `"value":"Impediment"`) {
		t.Error(got)
	}
}

// TestBoardsComeAndGo: a board is listed between its creation and its deletion; the sprints that began on it stay where
// an issue of the project stands in them.
func TestBoardsComeAndGo(t *testing.T) {
	story := "-- board 1 scrum P \"Product\" --\ndeleted 2026-02-01 10:00\n-- board 2 scrum P \"Product\" " +
		"--\ncreated 2026-02-01 10:00\n" +
		"-- sprints --\n1 \"S\" 2026-01-05 09:00 .. 2026-01-16 17:00 board=1\n-- P-1 Story \"One\" --\n2026-01-02 " +
		"10:00 created sprint=1\n2026-03-01 10:00 +late\n"
	for moment, want := range map[string]string{"2026-01-20 10:00": "1", "2026-02-02 10:00": "2"} {
		now := at0("UTC", moment)
		c := newClient(t, story0(t, story), Options{Now: func() time.Time { return now }})
		boards := wire.List(wire.At(c.ok("/rest/agile/1.0/board"), "values"))
		if len(boards) != 1 || wire.Text(wire.At(boards[0], "id")) != want {
			t.Errorf("%s: %s", moment, as(boards))
		}
		sprints := wire.List(wire.At(c.ok("/rest/agile/1.0/board/"+want+"/sprint"), "values"))
		if len(sprints) != 1 || wire.Text(wire.At(sprints[0], "originBoardId")) != "1" {
			t.Errorf("%s: %s", moment, as(sprints))
		}
	}
}
