package jirasim

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func loadRecorded(t *testing.T, name string) *Site {
	t.Helper()
	s, err := LoadData(recorded(t, name))
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
		"project = EE": 30, "project = K5": 3, "sprint = 7": 27, `sprint = "EE Sprint 7"`: 27, "parent = EE-1": 5, "parent = K5-4": 1,
		`"Epic Link" = K5-1`: 1, "created > 0": 33, "issuetype = Sub-task": 12,
	} {
		v := c.ok("/rest/api/3/search/approximate-count", as(obj{"jql": jql}))
		if got := int(number(at(v, "count"))); got != want {
			t.Errorf("%s: %d issues, want %d", jql, got, want)
		}
	}
	ids, _ := c.walk(map[string]any{"jql": "created > 0", "fields": []string{"id"}, "maxResults": 5000})
	v := c.ok("/rest/api/3/changelog/bulkfetch", as(obj{"issueIdsOrKeys": ids, "maxResults": 10000}))
	histories, entries := 0, 0
	for _, g := range list(at(v, "issueChangeLogs")) {
		last := int64(0)
		for _, h := range list(at(g, "changeHistories")) {
			if ms := number(at(h, "created")); ms < last {
				t.Errorf("issue %v: not oldest first", at(g, "issueId"))
			} else {
				last = ms
			}
			histories++
			entries += len(list(at(h, "items")))
		}
	}
	if histories != 522 || entries != 714 {
		t.Errorf("%d histories with %d items, want 522 with 714", histories, entries)
	}
	v = c.ok("/rest/api/3/worklog/updated")
	if n := len(list(at(v, "values"))); n != 30 || at(v, "lastPage") != true {
		t.Errorf("%d worklogs, want 30", n)
	}
	v = c.ok("/rest/agile/1.0/board/8/sprint?state=closed")
	if at(v, "isLast") != true || text(at(list(at(v, "values"))[0], "id")) != "7" {
		t.Errorf("sprints of board 8: %s", as(v))
	}
	v = c.ok("/rest/agile/1.0/board/8/configuration")
	if text(at(v, "estimation", "field", "fieldId")) != "timeoriginalestimate" {
		t.Errorf("configuration of board 8: %s", as(v))
	}
}

func TestRecordedJirametrics(t *testing.T) {
	c := newClient(t, loadRecorded(t, "jirametrics/site"), Options{})
	v := c.ok("/rest/api/3/issue/bulkfetch", `{"issueIdsOrKeys":["SP-13"],"fields":["customfield_10036","customfield_10020","status"]}`)
	f := at(list(at(v, "issues"))[0], "fields")
	if text(at(f, "customfield_10036")) != "13.0" || text(at(list(at(f, "customfield_10020"))[0], "id")) != "3" || len(f.(obj)) != 3 {
		t.Errorf("SP-13: %s", as(f))
	}
	c.refused(400, "The board does not support sprints", "/rest/agile/1.0/board/1/sprint")
	if v = c.ok("/rest/agile/1.0/board/2/sprint"); text(at(v, "total")) != "1" {
		t.Errorf("sprints: %s", as(v))
	}
	if v = c.ok("/rest/api/3/search/approximate-count", `{"jql":"sprint in openSprints()"}`); text(at(v, "count")) != "3" {
		t.Errorf("in the open sprint: %v", v)
	}
}

func TestLoadDataRefuses(t *testing.T) {
	files := map[string]string{"issues.json": `[{"id":"1","key":"P-1","fields":{"sprint":{"id":1},"summary":"x"}}]`, "boards.json": `{"boards":[],"configurations":[]}`, "sprints.json": `[]`, "status.json": `[]`,
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
	s, err := LoadData(write("", ""))
	if err != nil {
		t.Fatal(err)
	}
	if f := s.recorded.issue("P-1").fields; f["sprint"] != nil || f["summary"] == nil {
		t.Errorf("fields of the Agile API are left: %v", f)
	}
	for _, x := range [][3]string{
		{"issues.json", "", "issues.json: missing: recorded data need it"},
		{"sprints.json", "{", "sprints.json: "},
		{"boards.json", "[]", "boards.json: "},
		{"issues.json", `[{"id":"x","key":"P-1","fields":{}}]`, "issues.json: issue 1 has no id, key or fields"},
		{"issues.json", `[{"id":"1","key":"P-1"}]`, "issues.json: issue 1 has no id, key or fields"},
	} {
		if _, err := LoadData(write(x[0], x[1])); err == nil || !strings.Contains(err.Error(), x[2]) {
			t.Errorf("%s = %q: got %v, want %q", x[0], x[1], err, x[2])
		}
	}
}

// openAPI reads one of Atlassian's documents.
func openAPI(t *testing.T, name string) obj {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(recorded(t, "openapi"), name))
	if err != nil {
		t.Fatal(err)
	}
	var doc obj
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// Whatever the simulator answers must be named in Atlassian's own documents, of the type that stands there, and
// what these require must be there. The places where the real site differs from its document are in except.
func TestAnswersAsDocumented(t *testing.T) {
	platform := openAPI(t, "jira-cloud-platform-v3.2026-01-30.json")
	c := newClient(t, first(t), Options{})
	except := map[string]bool{
		// A number on the real site, which its document calls text.
		"changelogs/issueChangeLogs/changeHistories/created": true,
		// In the document's own examples, but not in its schemas.
		"serverInfo/defaultLocale": true, "bulkfetch/expand": true,
		// In every recorded answer.
		"/rest/api/3/issuetype/untranslatedName": true,
	}
	for _, x := range []struct{ name, path, body, schema string }{
		{"serverInfo", "/rest/api/3/serverInfo", "", "ServerInformation"},
		{"myself", "/rest/api/3/myself", "", "User"},
		{"search", "/rest/api/3/search/jql", `{"jql":"project = K8S","fields":["*all"],"maxResults":1,"expand":"names,changelog"}`, "SearchAndReconcileResults"},
		{"bulkfetch", "/rest/api/3/issue/bulkfetch", `{"issueIdsOrKeys":["K8S-101"]}`, "BulkIssueResults"},
		{"changelogs", "/rest/api/3/changelog/bulkfetch", `{"issueIdsOrKeys":["K8S-101"]}`, "BulkChangelogResponseBean"},
		{"changelog", "/rest/api/3/issue/K8S-104/changelog", "", "PageBeanChangelog"},
		{"issue", "/rest/api/3/issue/K8S-101", "", "IssueBean"},
		{"worklogs", "/rest/api/3/issue/K8S-104/worklog", "", "PageOfWorklogs"},
		{"updated", "/rest/api/3/worklog/updated", "", "ChangedWorklogs"},
		{"deleted", "/rest/api/3/worklog/deleted", "", "ChangedWorklogs"},
		{"count", "/rest/api/3/search/approximate-count", `{"jql":"project = K8S"}`, "JQLCountResultsBean"},
		{"projects", "/rest/api/3/project/search", "", "PageBeanProject"},
		{"fields", "/rest/api/3/field/search", "", "PageBeanField"},
		{"filter", "/rest/api/3/filter/10001", "", "Filter"},
	} {
		var v any
		if x.body == "" {
			v = c.ok(x.path)
		} else {
			v = c.ok(x.path, x.body)
		}
		p := &conformer{doc: platform, except: except, t: t}
		p.check(x.name, v, obj{"$ref": "#/components/schemas/" + x.schema})
		if p.seen == 0 {
			t.Errorf("%s: nothing was compared", x.name)
		}
	}
	for path, schema := range map[string]string{"/rest/api/3/field": "FieldDetails", "/rest/api/3/status": "StatusDetails",
		"/rest/api/3/issuetype": "IssueTypeDetails", "/rest/api/3/statuscategory": "StatusCategory"} {
		p := &conformer{doc: platform, except: except, t: t}
		p.check(path, c.ok(path), obj{"type": "array", "items": obj{"$ref": "#/components/schemas/" + schema}})
	}
}

// conformer compares an answer with a schema.
type conformer struct {
	doc    obj
	except map[string]bool
	t      *testing.T
	seen   int
}

func (p *conformer) check(path string, v any, schema obj) {
	for schema["$ref"] != nil {
		name := strings.TrimPrefix(text(schema["$ref"]), "#/components/schemas/")
		next, ok := at(p.doc, "components", "schemas", name).(obj)
		if !ok {
			p.t.Fatalf("%s: the document has no %s", path, name)
		}
		schema = next
	}
	if all := list(schema["allOf"]); len(all) == 1 {
		p.check(path, v, all[0].(obj))
		return
	}
	if v == nil {
		return
	}
	if p.except[path] {
		return
	}
	p.seen++
	switch v := v.(type) {
	case obj:
		p.object(path, v, schema)
	case []any:
		if schema["type"] != nil && schema["type"] != "array" {
			p.t.Errorf("%s: a list, documented as %v", path, schema["type"])
		}
		if items, ok := schema["items"].(obj); ok {
			for _, x := range v {
				p.check(path, x, items)
			}
		}
	default:
		p.scalar(path, v, text(schema["type"]))
	}
}

func (p *conformer) object(path string, v, schema obj) {
	if k := text(schema["type"]); k != "" && k != "object" {
		p.t.Errorf("%s: an object, documented as %s", path, k)
	}
	properties, _ := schema["properties"].(obj)
	for _, r := range list(schema["required"]) {
		if v[text(r)] == nil {
			p.t.Errorf("%s: %v is required and missing", path, r)
		}
	}
	for k, x := range v {
		sub, known := properties[k].(obj)
		switch {
		case known:
			p.check(path+"/"+k, x, sub)
		case len(properties) > 0 && (schema["additionalProperties"] == nil || schema["additionalProperties"] == false) && !p.except[path+"/"+k]:
			p.t.Errorf("%s/%s: not in the document", path, k)
		}
	}
}

func (p *conformer) scalar(path string, v any, want string) {
	got := "boolean"
	switch v := v.(type) {
	case string:
		got = "string"
	case json.Number:
		got = "number"
		if want == "integer" && !strings.ContainsAny(v.String(), ".eE") {
			got = "integer"
		}
	}
	if want != "" && got != want {
		p.t.Errorf("%s: %v, documented as %s", path, v, want)
	}
}
