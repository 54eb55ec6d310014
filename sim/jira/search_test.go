package jirasim

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/sim/jira/sitedata"
	"jerem/sim/jira/wire"
)

// many is a story of n issues of project P.
func many(t *testing.T, n int) *sitedata.Site {
	t.Helper()
	var b strings.Builder
	b.WriteString("-- site --\nclock 2026-06-01 12:00\n")
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "-- P-%d Task \"Issue %d\" --\n2026-01-01 10:00 created\n2026-01-02 10:00 points=%d\n", i, i,
			i%7+1)
	}
	return story0(t, b.String())
}

// walk reads all pages of a search and returns the ids and the pages' sizes.
func (c *client) walk(body map[string]any) (ids []string, sizes []int) {
	c.t.Helper()
	seen := map[string]bool{}
	for range 1000 {
		v := c.ok("/rest/api/3/search/jql", as(body))
		issues := wire.List(wire.At(v, "issues"))
		for _, i := range issues {
			ids = append(ids, wire.Text(wire.At(i, "id")))
		}
		sizes = append(sizes, len(issues))
		o := v.(wire.Obj)
		token, there := o["nextPageToken"]
		if there == (o["isLast"] == true) {
			c.t.Fatalf("isLast %v beside token %v", o["isLast"], token)
		}
		if !there {
			return ids, sizes
		}
		if seen[wire.Text(token)] {
			c.t.Fatal("a token repeats")
		}
		seen[wire.Text(token)] = true
		body["nextPageToken"] = token
	}
	c.t.Fatal("the walk does not end")
	return nil, nil
}

// TestSearchPages: 5203 issues where a page may hold 5000, for only ids or keys are asked for; 203 where it holds
// fewer, for the playing Jira searches anew for each page.
func TestSearchPages(t *testing.T) {
	everything, some := newClient(t, many(t, 5203), Options{}), newClient(t, many(t, 203), Options{})
	for _, x := range []struct {
		name  string
		c     *client
		body  map[string]any
		first int
		pages int
		all   int
	}{
		{"default", some, map[string]any{}, 50, 5, 203},
		{"ids", everything, map[string]any{"fields": []string{"id"}, "maxResults": 5000}, 5000, 2, 5203},
		{"more ids than a page holds", everything, map[string]any{"fields": []string{"id"}, "maxResults": 9000}, 5000,
			2, 5203},
		{"keys", everything, map[string]any{"fields": []string{"key"}, "maxResults": 5000}, 5000, 2, 5203},
		{"any other field", some, map[string]any{"fields": []string{"summary"}, "maxResults": 5000}, 100, 3, 203},
		{"startAt is ignored", everything, map[string]any{"startAt": 5000, "maxResults": 2000}, 2000, 3, 5203},
	} {
		x.body["jql"] = "project = P ORDER BY created ASC, key ASC"
		ids, sizes := x.c.walk(x.body)
		if sizes[0] != x.first || len(sizes) != x.pages || len(ids) != x.all {
			t.Errorf("%s: %d ids in %d pages, the first of %d; want %d in %d, the first of %d", x.name, len(ids),
				len(sizes), sizes[0], x.all, x.pages, x.first)
		}
		slices.Sort(ids)
		if len(slices.Compact(ids)) != x.all {
			t.Errorf("%s: an id came twice", x.name)
		}
	}
}

func TestSearchShows(t *testing.T) {
	c := newClient(t, first(t), Options{})
	shows := func(fields string) string {
		v := c.ok("/rest/api/3/search/jql?jql=key=K8S-101&fields=" + url.QueryEscape(fields))
		i := wire.List(wire.At(v, "issues"))[0].(wire.Obj)
		var top []string
		for k := range i {
			top = append(top, k)
		}
		slices.Sort(top)
		f, _ := i["fields"].(wire.Obj)
		return strings.Join(top, " ") + fmt.Sprintf(" /%t %t %t", f["summary"] != nil, f["status"] != nil,
			f["worklog"] != nil)
	}
	for fields, want := range map[string]string{
		"":                   "id /false false false",
		"id":                 "id /false false false",
		"key":                "expand id key self /false false false",
		"summary":            "expand fields id key self /true false false",
		"*all":               "expand fields id key self /true true true",
		"*navigable":         "expand fields id key self /true true false",
		"*all,-summary":      "expand fields id key self /false true true",
		"-summary":           "expand fields id key self /false true false",
		"summary,nosuchname": "expand fields id key self /true false false",
	} {
		if got := shows(fields); got != want {
			t.Errorf("fields=%s shows %q, want %q", fields, got, want)
		}
	}
	v := c.ok("/rest/api/3/search/jql", `{"jql":"key = K8S-101","fields":["summary"],"expand":"names"}`)
	if wire.Text(wire.At(v, "names", "customfield_10036")) != "Story Points" {
		t.Errorf("names: %v", wire.At(v, "names"))
	}
	if v.(wire.Obj)["total"] != nil || v.(wire.Obj)["startAt"] != nil {
		t.Error("the token-paged search tells no total and no startAt")
	}
}

func TestInlineChangelogLosesTheOldest(t *testing.T) {
	var b strings.Builder
	b.WriteString("-- P-1 Task \"Busy\" --\n2026-01-01 10:00 created points=0\n")
	for i := 1; i <= 45; i++ {
		fmt.Fprintf(&b, "2026-01-02 10:%02d points=%d\n", i, i)
	}
	c := newClient(t, story0(t, b.String()), Options{})
	log := wire.At(wire.List(wire.At(c.ok("/rest/api/3/search/jql?jql=project=P&fields=id&expand=changelog"),
		"issues"))[0],
		"changelog")
	h := wire.List(wire.At(log, "histories"))
	if len(h) != 40 || wire.Text(wire.At(log, "total")) != "45" {
		t.Fatalf("%d entries of %v", len(h), wire.At(log, "total"))
	}
	if newest := wire.Text(wire.At(wire.List(wire.At(h[0], "items"))[0], "toString")); newest != "45" {
		t.Errorf("the first entry sets %s, want 45: newest first", newest)
	}
}

func TestSearchRefuses(t *testing.T) {
	c := newClient(t, many(t, 3), Options{})
	const p = "/rest/api/3/search/jql"
	unbounded := "Unbounded JQL queries are not allowed here. Please add a search restriction to your query."
	c.refused(400, unbounded, p, `{}`)
	c.refused(400, unbounded, p, `{"jql":""}`)
	c.refused(400, unbounded, p+"?jql=")
	c.refused(400, unbounded, p, `{"jql":"ORDER BY created"}`)
	c.refused(400, unbounded, "/rest/api/3/search/approximate-count", `{"jql":"order by key desc"}`)
	c.refused(400, "JQL can be ordered by at most 7 fields.", p,
		`{"jql":"project = P ORDER BY key, id, created, updated, status, summary, priority, issuetype"}`)
	c.refused(400, "The value 'X' does not exist for the field 'project'.", p, `{"jql":"project = X"}`)
	c.refused(400, "Invalid request payload", p, `{"jql":"project = P","properties":["a","b","c","d","e","f"]}`)
	c.refused(400, "must not be negative", p, `{"jql":"project = P","maxResults":-1}`)
	c.refused(400, "nextPageToken is invalid", p, `{"jql":"project = P","nextPageToken":"nonsense"}`)
	var many []int
	for i := range 51 {
		many = append(many, i)
	}
	c.refused(400, "Invalid request payload", p, fmt.Sprintf(`{"jql":"project = P","reconcileIssues":%s}`, as(many)))
	if v := c.ok("/rest/api/3/search/approximate-count",
		`{"jql":"project = P"}`); wire.Text(wire.At(v, "count")) != "3" {
		t.Errorf("count %v", v)
	}
	c.ok("/rest/api/2/search/jql?jql=project=P")
	c.ok(p, `{"jql":"project = P ORDER BY key, id, created, updated, status, summary, priority"}`)
}

func TestTokens(t *testing.T) {
	now := at0("UTC", "2026-06-01 12:00")
	c := newClient(t, many(t, 5), Options{Now: func() time.Time { return now }})
	const p = "/rest/api/3/search/jql"
	token := wire.Text(wire.At(c.ok(p, `{"jql":"project = P","maxResults":2}`), "nextPageToken"))
	c.refused(400, "nextPageToken is invalid", p, `{"jql":"project = P and key != P-1","nextPageToken":"`+token+`"}`)
	now = now.Add(6 * 24 * time.Hour)
	c.ok(p, `{"jql":"project = P","nextPageToken":"`+token+`"}`)
	now = now.Add(25 * time.Hour)
	c.refused(400, "expired", p, `{"jql":"project = P","nextPageToken":"`+token+`"}`)
}

// A walk that began before an issue was created does not slip when it appears.
func TestWalkDoesNotSlip(t *testing.T) {
	now := at0("UTC", "2026-01-10 12:00")
	src := "-- P-1 Task \"a\" --\n2026-01-01 10:00 created\n-- P-2 Task \"b\" --\n2026-01-02 10:00 created\n-- P-3 " +
		"Task \"c\" --\n2026-01-12 10:00 created\n"
	c := newClient(t, story0(t, src), Options{Now: func() time.Time { return now }})
	v := c.ok("/rest/api/3/search/jql", `{"jql":"project = P","maxResults":1}`) // the newest first
	now = at0("UTC", "2026-01-13 12:00")
	v2 := c.ok("/rest/api/3/search/jql", `{"jql":"project = P","maxResults":1,"nextPageToken":"`+
		wire.Text(wire.At(v, "nextPageToken"))+`"}`)
	if wire.Text(wire.At(wire.List(wire.At(v, "issues"))[0],
		"id")) == wire.Text(wire.At(wire.List(wire.At(v2, "issues"))[0], "id")) {
		t.Errorf("the same issue twice: %v, %v", v, v2)
	}
}

func TestBulkFetchLimits(t *testing.T) {
	c := newClient(t, many(t, 1001), Options{})
	body := func(n int, more string) string {
		var keys []string
		for i := 1; i <= n; i++ {
			keys = append(keys, fmt.Sprintf("P-%d", i))
		}
		b, _ := json.Marshal(keys)
		return fmt.Sprintf(`{"issueIdsOrKeys":%s%s}`, b, more)
	}
	const p = "/rest/api/3/issue/bulkfetch"
	var hundredOne []string
	for i := range 101 {
		hundredOne = append(hundredOne, fmt.Sprintf("customfield_%d", i+1))
	}
	for _, x := range []struct {
		n    int
		more string
		ok   bool
	}{
		{100, ``, true}, {101, ``, false}, {1000, `,"fields":["summary"]`, true},
		{1001, `,"fields":["summary"]`, false},
		{101, `,"fields":["*all"]`, false}, {101, `,"fields":["*navigable","summary"]`, false},
		{101, `,"fields":["-summary"]`, false},
		{101, `,"fields":["summary","comment"]`, false}, {101, `,"fields":["worklog"]`, false},
		{101, `,"fields":["attachment"]`, false},
		{101, `,"fields":["summary"],"expand":["changelog"]`, false},
		{101, `,"fields":["summary"],"expand":["names"]`, true},
		{101, `,"fields":` + as(hundredOne), false}, {101, `,"fields":` + as(hundredOne[:100]), true},
		{100, `,"fields":["*all"]`, true},
	} {
		status, v := c.ask(p, body(x.n, x.more))
		if (status == 200) != x.ok || x.ok && len(wire.List(wire.At(v, "issues"))) != x.n {
			t.Errorf("%d issues%.60s: %d %.200v", x.n, x.more, status, v)
		}
	}
	c.refused(400, "", p, `{}`)
	c.refused(400, "", p, `{"issueIdsOrKeys":[]}`)
}

func TestBulkFetchFinds(t *testing.T) {
	c := newClient(t, first(t), Options{Now: func() time.Time { return at0("Europe/Paris", "2026-10-22 12:00") }})
	v := c.ok("/rest/api/3/issue/bulkfetch",
		`{"issueIdsOrKeys":["k8s-105","K8S-104","K8S-104",10001,"K8S-999","K8S-106"],"fields":["project"]}`)
	var got []string
	for _, i := range wire.List(wire.At(v, "issues")) {
		got = append(got, wire.Text(wire.At(i, "id"))+" "+wire.Text(wire.At(i, "key")))
	}
	// Ascending by id; K8S-105 has moved; K8S-999 never was and K8S-106 is not yet: both in neither list.
	if want := "10001 K8S-1,10004 K8S-104,10006 OB-7"; strings.Join(got, ",") != want {
		t.Errorf("got %v, want %s", got, want)
	}
	if e, ok := v.(wire.Obj)["issueErrors"].([]any); !ok || len(e) != 0 {
		t.Errorf("issueErrors %v", v.(wire.Obj)["issueErrors"])
	}
}
