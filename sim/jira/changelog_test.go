package jirasim

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"jerem/sim/jira/wire"
)

const changelogPath = "/rest/api/3/changelog/bulkfetch"

func TestChangelogBulkPages(t *testing.T) {
	c := newClient(t, first(t), Options{})
	ask := func(more string) []string {
		var got []string
		token := ""
		for range 100 {
			v := c.ok(changelogPath, `{"issueIdsOrKeys":["K8S-101","K8S-102","K8S-103","K8S-104","K8S-1"]`+more+token+
				`}`)
			page := ""
			for _, g := range wire.List(wire.At(v, "issueChangeLogs")) {
				for _, h := range wire.List(wire.At(g, "changeHistories")) {
					page += " " + wire.Text(wire.At(g, "issueId")) + "/" + wire.Text(wire.At(h, "id"))
				}
			}
			got = append(got, strings.TrimSpace(page))
			next, there := v.(wire.Obj)["nextPageToken"]
			if !there {
				t.Fatal("nextPageToken is absent: it is null on the last page")
			}
			if next == nil {
				return got
			}
			token = `,"nextPageToken":"` + wire.Text(next) + `"`
		}
		t.Fatal("the walk does not end")
		return nil
	}
	whole := ask("")
	if len(whole) != 1 {
		t.Fatalf("%d pages, want one", len(whole))
	}
	paged := ask(`,"maxResults":3`)
	count := func(pages []string) int { return len(strings.Fields(strings.Join(pages, " "))) }
	if n := count(whole); count(paged) != n || len(paged) != (n+2)/3 {
		t.Errorf("pages of 3: %d entries in %d pages, want %d in %d", count(paged), len(paged), n, (n+2)/3)
	}
	split := 0
	for _, p := range paged {
		if strings.Contains(p, "10003/") {
			split++
		}
	}
	if split < 2 {
		t.Errorf("issue 10003 is not split over pages: %q", paged)
	}
	if strings.Contains(strings.Join(whole, " "), "10001/") {
		t.Error("K8S-1 has no history and is there")
	}
}

func TestChangelogBulkShape(t *testing.T) {
	c := newClient(t, first(t), Options{})
	v := c.ok(changelogPath, `{"issueIdsOrKeys":["K8S-101"],"fieldIds":["customfield_10036","customfield_10021"]}`)
	h := wire.List(wire.At(wire.List(wire.At(v, "issueChangeLogs"))[0], "changeHistories"))
	if len(h) != 3 {
		t.Fatalf("%d entries of these fields, want 3: %s", len(h), as(h))
	}
	ms, ok := wire.At(h[0], "created").(json.Number)
	if want := at0("Europe/Paris", "2026-10-21 09:00").UnixMilli(); !ok || ms.String() != fmt.Sprint(want) {
		t.Errorf("created %v, want the number %d", wire.At(h[0], "created"), want)
	}
	if items := wire.List(wire.At(h[0], "items")); len(items) != 1 ||
		wire.Text(wire.At(items[0], "fieldId")) != "customfield_10036" {
		t.Errorf("items of other fields are not filtered: %s", as(items))
	}
}

func TestChangelogBulkRefuses(t *testing.T) {
	c := newClient(t, first(t), Options{})
	ids := func(n int) string { return "[" + strings.TrimSuffix(strings.Repeat(`"K8S-101",`, n), ",") + "]" }
	c.ok(changelogPath, `{"issueIdsOrKeys":`+ids(1000)+`,"maxResults":10000}`)
	c.refused(400, "You may only load changelogs for a maximum of 1,000 issues by ID or key at a time.", changelogPath,
		`{"issueIdsOrKeys":`+ids(1001)+`}`)
	c.refused(400, "", changelogPath, `{"issueIdsOrKeys":[]}`)
	c.refused(400, "10 field IDs", changelogPath,
		`{"issueIdsOrKeys":["K8S-101"],"fieldIds":["1","2","3","4","5","6","7","8","9","10","11"]}`)
	c.refused(400, "maxResults", changelogPath, `{"issueIdsOrKeys":["K8S-101"],"maxResults":10001}`)
	c.refused(400, "maxResults", changelogPath, `{"issueIdsOrKeys":["K8S-101"],"maxResults":0}`)
	c.refused(400, "nextPageToken is invalid", changelogPath, `{"issueIdsOrKeys":["K8S-101"],"nextPageToken":"x"}`)
	c.refused(400, "Invalid request payload", changelogPath, `{"issueIdsOrKeys":["K8S-101"],"startAt":5}`)
}

func TestIssueChangelog(t *testing.T) {
	var b strings.Builder
	b.WriteString("-- P-1 Task \"Busy\" --\n2026-01-01 10:00 created points=0\n")
	for i := 1; i <= 130; i++ {
		fmt.Fprintf(&b, "2026-01-02 %02d:%02d points=%d\n", 10+i/60, i%60, i)
	}
	c := newClient(t, story0(t, b.String()), Options{})
	const p = "/rest/api/3/issue/P-1/changelog"
	v := c.ok(p + "?maxResults=1000")
	if h := wire.List(wire.At(v, "values")); len(h) != 100 || wire.Text(wire.At(v, "maxResults")) != "100" ||
		wire.Text(wire.At(v, "total")) != "130" || wire.At(v, "isLast") != false {
		t.Fatalf("first page: %d, %v %v", len(h), wire.At(v, "total"), wire.At(v, "isLast"))
	}
	if got := wire.Text(wire.At(wire.List(wire.At(v, "values"))[0], "created")); got != "2026-01-02T10:01:00.000+0000" {
		t.Errorf("the oldest comes first and as text, not %q", got)
	}
	if v = c.ok(p + "?startAt=100"); len(wire.List(wire.At(v, "values"))) != 30 || wire.At(v, "isLast") != true ||
		v.(wire.Obj)["nextPage"] != nil {
		t.Errorf("second page: %d", len(wire.List(wire.At(v, "values"))))
	}
	c.refused(404, "Issue does not exist or you do not have permission to see it.", "/rest/api/3/issue/P-2/changelog")
	c.refused(404, "Issue does not exist", "/rest/api/3/issue/P-2")
}

const worklogStory = `-- P-1 Task "One" --
2026-01-01 10:00 created
2026-01-02 10:00 log 1h on 2026-01-01 11:00
2026-01-03 10:00 log 2h
2026-01-04 10:00 relog 1 3h
2026-01-05 10:00 unlog 2
-- P-2 Task "Two" --
2026-01-01 10:00 created
2026-01-06 10:00 log 30m by="Some Body"
2026-01-07 10:00 deleted
`

func TestWorklogs(t *testing.T) {
	now := at0("UTC", "2026-01-03 12:00")
	c := newClient(t, story0(t, worklogStory), Options{Now: func() time.Time { return now }})
	changed := func(what string, since time.Time) string {
		v := c.ok(fmt.Sprintf("/rest/api/3/worklog/%s?since=%d", what, since.UnixMilli()))
		var out []string
		for _, x := range wire.List(wire.At(v, "values")) {
			out = append(out, wire.Text(wire.At(x, "worklogId")))
		}
		if wire.At(v, "lastPage") != true || wire.At(v, "nextPage") != nil {
			t.Errorf("not the last page: %v", v)
		}
		return strings.Join(out, " ")
	}
	begin := time.Unix(0, 0)
	check := func(what string, since time.Time, want string) {
		t.Helper()
		if got := changed(what, since); got != want {
			t.Errorf("%s at %s since %s: %q, want %q", what, now, since, got, want)
		}
	}
	check("updated", begin, "30001 30002")
	check("updated", at0("UTC", "2026-01-03 10:00"), "30002") // since is included
	check("updated", at0("UTC", "2026-01-03 10:01"), "")
	now = at0("UTC", "2026-01-03 10:00").Add(59 * time.Second) // the last minute is not told yet
	check("updated", begin, "30001")
	now = at0("UTC", "2026-01-06 12:00")
	check("updated", begin, "30001 30003")
	check("deleted", begin, "30002")
	now = at0("UTC", "2026-01-08 12:00") // with an issue its worklogs go
	check("updated", begin, "30001")
	check("deleted", begin, "30002 30003")
	v := wire.List(c.ok("/rest/api/3/worklog/list", `{"ids":[30001,30002,30003,5]}`))
	if len(v) != 1 || wire.Text(wire.At(v[0], "timeSpentSeconds")) != "10800" ||
		wire.Text(wire.At(v[0], "issueId")) != "10001" ||
		wire.Text(wire.At(v[0], "created")) != "2026-01-02T10:00:00.000+0000" ||
		wire.Text(wire.At(v[0], "updated")) != "2026-01-04T10:00:00.000+0000" {
		t.Errorf("list: %s", as(v))
	}
}

func TestWorklogPages(t *testing.T) {
	var b strings.Builder
	b.WriteString("-- site --\nclock 2026-02-01 10:00\n-- P-1 Task \"Busy\" --\n2026-01-01 00:00 created\n")
	for i := range 1500 {
		fmt.Fprintf(&b, "2026-01-%02d %02d:%02d log 1m\n", 2+i/1440, i/60%24, i%60)
	}
	c := newClient(t, story0(t, b.String()), Options{})
	v := c.ok("/rest/api/3/worklog/updated?since=0")
	until := wire.Text(wire.At(v, "until"))
	if n := len(wire.List(wire.At(v, "values"))); n != 1000 || wire.At(v, "lastPage") != false ||
		wire.Text(wire.At(v, "nextPage")) != "https://jira.example/rest/api/3/worklog/updated?since="+until {
		t.Fatalf("first page: %d, %v", n, wire.At(v, "nextPage"))
	}
	v = c.ok("/rest/api/3/worklog/updated?since=" + until)
	if n := len(wire.List(wire.At(v, "values"))); n != 501 || wire.At(v, "lastPage") != true { // the last one repeats
		t.Errorf("second page: %d", n)
	}
	ids := "[" + strings.TrimSuffix(strings.Repeat("1,", 1001), ",") + "]"
	c.refused(400, "1000", "/rest/api/3/worklog/list", `{"ids":`+ids+`}`)
	c.refused(400, "Invalid request payload", "/rest/api/3/worklog/list", `{"ids":["a"]}`)
	v = c.ok("/rest/api/3/issue/P-1/worklog?startAt=1490")
	if n := len(wire.List(wire.At(v, "worklogs"))); n != 10 || wire.Text(wire.At(v, "total")) != "1500" {
		t.Errorf("of one issue: %d of %v", n, wire.At(v, "total"))
	}
	from := at0("UTC", "2026-01-03 00:00").UnixMilli()
	if v = c.ok(fmt.Sprintf("/rest/api/3/issue/P-1/worklog?startedAfter=%d", from)); wire.Text(wire.At(v,
		"total")) != "60" {
		t.Errorf("started after: %v", wire.At(v, "total"))
	}
	if v = c.ok("/rest/api/3/issue/P-1?fields=worklog"); len(wire.List(wire.At(v, "fields", "worklog",
		"worklogs"))) != 20 ||
		wire.Text(wire.At(v, "fields", "worklog", "total")) != "1500" {
		t.Errorf("inline worklogs: %v", wire.At(v, "fields", "worklog", "total"))
	}
}
