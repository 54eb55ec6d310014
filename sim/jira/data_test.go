package jirasim

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jerem/sim/jira/sitedata"
	"jerem/sim/jira/wire"
)

func loadRecorded(t *testing.T, name string) *sitedata.Site {
	t.Helper()
	s, err := sitedata.LoadData(recorded(t, name))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestRecordedDevlake(t *testing.T) {
	s := loadRecorded(t, "devlake")
	if want := time.Date(2022, 7, 15, 22, 31, 38, 616e6, time.UTC); !s.Last().Equal(want) || !s.Clock().Equal(want) {
		t.Errorf("last %s, clock %s, want %s", s.Last(), s.Clock(), want)
	}
	c := newClient(t, s, Options{})
	for jql, want := range map[string]int{
		"project = EE": 30, "project = K5": 3, "sprint = 7": 27, `sprint = "EE Sprint 7"`: 27, "parent = EE-1": 5,
		"parent = K5-4":      1,
		`"Epic Link" = K5-1`: 1, "created > 0": 33, "issuetype = Sub-task": 12,
	} {
		v := c.ok("/rest/api/3/search/approximate-count", as(wire.Obj{"jql": jql}))
		if got := int(wire.Number(wire.At(v, "count"))); got != want {
			t.Errorf("%s: %d issues, want %d", jql, got, want)
		}
	}
	ids, _ := c.walk(map[string]any{"jql": "created > 0", "fields": []string{"id"}, "maxResults": 5000})
	v := c.ok("/rest/api/3/changelog/bulkfetch", as(wire.Obj{"issueIdsOrKeys": ids, "maxResults": 10000}))
	histories, entries := 0, 0
	for _, g := range wire.List(wire.At(v, "issueChangeLogs")) {
		last := int64(0)
		for _, h := range wire.List(wire.At(g, "changeHistories")) {
			if ms := wire.Number(wire.At(h, "created")); ms < last {
				t.Errorf("issue %v: not oldest first", wire.At(g, "issueId"))
			} else {
				last = ms
			}
			histories++
			entries += len(wire.List(wire.At(h, "items")))
		}
	}
	if histories != 522 || entries != 714 {
		t.Errorf("%d histories with %d items, want 522 with 714", histories, entries)
	}
	v = c.ok("/rest/api/3/worklog/updated")
	if n := len(wire.List(wire.At(v, "values"))); n != 30 || wire.At(v, "lastPage") != true {
		t.Errorf("%d worklogs, want 30", n)
	}
	v = c.ok("/rest/agile/1.0/board/8/sprint?state=closed")
	if wire.At(v, "isLast") != true || wire.Text(wire.At(wire.List(wire.At(v, "values"))[0], "id")) != "7" {
		t.Errorf("sprints of board 8: %s", as(v))
	}
	v = c.ok("/rest/agile/1.0/board/8/configuration")
	if wire.Text(wire.At(v, "estimation", "field", "fieldId")) != "timeoriginalestimate" {
		t.Errorf("configuration of board 8: %s", as(v))
	}
}

func TestRecordedJirametrics(t *testing.T) {
	c := newClient(t, loadRecorded(t, "jirametrics/site"), Options{})
	v := c.ok("/rest/api/3/issue/bulkfetch",
		`{"issueIdsOrKeys":["SP-13"],"fields":["customfield_10036","customfield_10020","status"]}`)
	f := wire.At(wire.List(wire.At(v, "issues"))[0], "fields")
	if wire.Text(wire.At(f, "customfield_10036")) != "13.0" ||
		wire.Text(wire.At(wire.List(wire.At(f, "customfield_10020"))[0], "id")) != "3" || len(f.(wire.Obj)) != 3 {
		t.Errorf("SP-13: %s", as(f))
	}
	c.refused(400, "The board does not support sprints", "/rest/agile/1.0/board/1/sprint")
	if v = c.ok("/rest/agile/1.0/board/2/sprint"); wire.Text(wire.At(v, "total")) != "1" {
		t.Errorf("sprints: %s", as(v))
	}
	if v = c.ok("/rest/api/3/search/approximate-count",
		`{"jql":"sprint in openSprints()"}`); wire.Text(wire.At(v, "count")) != "3" {
		t.Errorf("in the open sprint: %v", v)
	}
}

func TestLoadDataRefuses(t *testing.T) {
	files := map[string]string{"issues.json": `[{"id":"1","key":"P-1","fields":{"sprint":{"id":1},"summary":"x"}}]`,
		"boards.json": `{"boards":[],"configurations":[]}`, "sprints.json": `[]`, "status.json": `[]`,
		"issue_types.json": `[]`, "fields.json": `[]`, "projects.json": `[]`, "worklogs.json": `[]`}
	write := func(name, content string) string {
		dir := t.TempDir()
		for n, c := range files {
			if n == name {
				c = content
			}
			if c == "" {
				continue
			}
			if err := os.WriteFile(filepath.Join(dir, n), []byte(c), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return dir
	}
	s, err := sitedata.LoadData(write("", ""))
	if err != nil {
		t.Fatal(err)
	}
	if f := s.ViewAt(s.Clock()).FindIssue("P-1").Fields; f["sprint"] != nil || f["summary"] == nil {
		t.Errorf("fields of the Agile API are left: %v", f)
	}
	for _, x := range [][3]string{
		{"issues.json", "", "issues.json: missing: recorded data need it"},
		{"sprints.json", "{", "sprints.json: "},
		{"boards.json", "[]", "boards.json: "},
		{"issues.json", `[{"id":"x","key":"P-1","fields":{}}]`, "issues.json: issue 1 has no id, key or fields"},
		{"issues.json", `[{"id":"1","key":"P-1"}]`, "issues.json: issue 1 has no id, key or fields"},
	} {
		if _, err := sitedata.LoadData(write(x[0], x[1])); err == nil || !strings.Contains(err.Error(), x[2]) {
			t.Errorf("%s = %q: got %v, want %q", x[0], x[1], err, x[2])
		}
	}
}
