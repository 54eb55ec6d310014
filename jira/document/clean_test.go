package document_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"jerem/agile"
	"jerem/jira/document"
	"jerem/jira/jiratest"
	"jerem/jira/translate"
	"jerem/jira/wire"
)

// TestEntriesOnce: an entry that comes twice counts once, entries without an id each; entries that can be read lack
// nothing.
func TestEntriesOnce(t *testing.T) {
	entry := func(id, from, to string, at int) string {
		return fmt.Sprintf(`{"id":"%s","created":%d,"items":[{"field":"status","fieldId":"status","from":"%s",`+
			`"fromString":"S%[3]s","to":"%s","toString":"S%[4]s"}]}`, id, at, from, to)
	}
	d := jiratest.Document(t, jiratest.Fieldset(t), `"summary":"x"`, entry("7", "3", "2", 1767344400000)+","+entry("7",
		"3", "2", 1767344400000)+","+entry("", "2", "3", 1767344500000)+","+entry("", "3", "1", 1767344600000))
	if i := translated(t, d); d.Changes != 3 || jiratest.Gaps(d) != "" ||
		jiratest.Steps(i.Status) != "01-01 09:00 3; 01-02 09:00 2; 01-02 09:01 3; 01-02 09:03 1" {
		t.Errorf("%d changes, lacking %q: %s", d.Changes, jiratest.Gaps(d), jiratest.Steps(i.Status))
	}
}

// TestHistoryOrder: entries of one moment go by their ids as numbers, where these are none as texts.
func TestHistoryOrder(t *testing.T) {
	f := func(a, b document.History, want int) {
		t.Helper()
		if got := document.ByTimeAndID(a, b); got != want || document.ByTimeAndID(b, a) != -want {
			t.Errorf("%v %v: %d, want %d", a, b, got, want)
		}
	}
	f(document.History{ID: "9", At: 1}, document.History{ID: "8", At: 4}, -1)
	f(document.History{ID: "9", At: 1}, document.History{ID: "20", At: 1}, -1)
	f(document.History{ID: "x9", At: 1}, document.History{ID: "x20", At: 1}, 1)
	f(document.History{ID: "9", At: 1}, document.History{ID: "9", At: 1}, 0)
	f(document.History{ID: "9", At: 1}, document.History{ID: "x2", At: 1}, -1)
	f(document.History{ID: "10", At: 1}, document.History{ID: "9x", At: 1}, -1)
}

// TestPitfallPeople: people and free text stand in every place that can hold them; none leaves.
func TestPitfallPeople(t *testing.T) {
	raw := jiratest.Document(t, jiratest.Fieldset(t), `"summary":"The title","assignee":{"displayName":"MARK"},
		"description":"MARK","comment":{"comments":[{"body":"MARK","author":{"displayName":"MARK"}}]},
		"customfield_6":{"displayName":"MARK","accountId":"MARK"},"customfield_7":[{"displayName":"MARK"}],
			"customfield_8":"MARK","customfield_9":"MARK","unlisted":"MARK",
		"status":{"id":"1","name":"A","description":"MARK"},"parent":{"id":"3","fields":{"summary":"MARK",
			"assignee":"MARK"}}`,
		`{"id":"1","author":{"displayName":"MARK"},"created":1767344400000,"historyMetadata":{"actor":"MARK"},"items":[
		 {"field":"assignee","fieldId":"assignee","from":"MARK","fromString":"MARK","to":"MARK","toString":"MARK",
		 	"tmpFromAccountId":"MARK"},
		 {"field":"Reviewer","fieldId":"customfield_6","to":"MARK"},{"field":"Reviewers","fieldId":"customfield_7",
		 	"toString":"MARK"},{"field":"description","fieldId":"description","toString":"MARK"},
		 {"field":"Comment","toString":"MARK"},{"field":"Gone","fieldId":"customfield_99","toString":"MARK"},
		 	{"field":"status","fieldId":"status","from":"2","fromString":"B","to":"1","toString":"A",
		 	"tmpToAccountId":"MARK"}]}`).Raw
	if strings.Contains(string(raw), "MARK") {
		t.Errorf("somebody is kept: %s", raw)
	}
	if !strings.Contains(string(raw), "The title") || !strings.Contains(string(raw), `"toString":"A"`) {
		t.Errorf("the work itself is not kept: %s", raw)
	}
	for _, id := range jiratest.Fieldset(t).Asked() {
		for _, never := range []string{"assignee", "description", "comment", "worklog", "customfield_6",
			"customfield_7", "customfield_8", "customfield_9"} {
			if id == never {
				t.Errorf("%s is asked for", id)
			}
		}
	}
}

func FuzzPitfallClean(f *testing.F) {
	f.Add([]byte(`{"id":"1","fields":{"created":1767344400000,"customfield_2":["[id=5,name=x]"],"customfield_3":{`+
		`"value":"a","child":{"value":"b"}}}}`), []byte(`[{"id":1,"created":"2026-01-01","items":[{"field":"Sprint",`+
		`"from":7}]}]`))
	f.Fuzz(func(t *testing.T, issue, histories []byte) {
		var w wire.Issue
		var hs []wire.History
		if json.Unmarshal(issue, &w) != nil || json.Unmarshal(histories, &hs) != nil {
			return
		}
		d, err := document.New(w, hs, jiratest.Fieldset(t))
		if err != nil {
			return
		}
		raw := d.Raw
		if _, err := translate.Document(raw, nil); err != nil {
			t.Fatalf("%v: %s", err, raw)
		}
	})
}

// TestUndatedEntries: an entry without a time is told where a change in it may be of a field that is read, by its id,
// its name or a name of Jira's own for such changes; else nothing is lacking.
func TestUndatedEntries(t *testing.T) {
	for item, told := range map[string]bool{
		`{"field":"Points","fieldId":"customfield_1"}`:       true,
		`{"field":"points"}`:                                 true,
		`{"field":"customfield_1"}`:                          true,
		`{"field":"Fix Version"}`:                            true,
		`{"field":"IssueParentAssociation"}`:                 true,
		`{"field":"Notes"}`:                                  false,
		`{"field":"description"}`:                            false,
		`{"field":"Points","fieldId":"customfield_77"}`:      false,
		`{"field":"Notes"},{"field":"status","to":"1"}`:      true,
		`{"field":"Notes"},{"field":"x","fieldId":"labels"}`: true,
	} {
		d := jiratest.Document(t, jiratest.Fieldset(t), `"summary":"x"`, `{"id":"7","created":null,"items":[`+item+`]}`)
		if got := jiratest.Gaps(d); (got == "histories unreadable ") != told || !told && got != "" {
			t.Errorf("%s: lacking %q", item, got)
		}
	}
}

// TestUnreadableValues: a value out of all bounds or of another shape costs itself alone, and is told by its issue and
// field.
func TestUnreadableValues(t *testing.T) {
	f := func(fields, histories string, source agile.Source, field string) {
		t.Helper()
		d := jiratest.Document(t, jiratest.Fieldset(t), fields, histories)
		want := ""
		if source != "" {
			want = fmt.Sprintf("%s %s %s", source, agile.GapUnreadable, field)
		}
		if jiratest.Gaps(d) != want {
			t.Errorf("%s %s: told %q, want %q", fields, histories, jiratest.Gaps(d), want)
		}
		if i := translated(t, d); i.Status.Last() != "1" {
			t.Errorf("%s: the rest is not read: %v", fields, i.Status)
		}
	}
	for _, number := range []string{`1e308`, `-1e308`, `1e16`, `"NaN"`, `"Infinity"`, `"0x10"`, `"1_000"`, `"eight"`,
		`{"value":5}`, `true`, `[1]`, `1e999`} {
		f(`"customfield_1":`+number, ``, agile.SourceValues, "Points")
	}
	for _, number := range []string{`1e15`, `-1e15`, `0`, `-3`, `0.5`, `"8"`, `null`} {
		f(`"customfield_1":`+number, ``, "", "")
	}
	for _, seconds := range []string{`9223372036854775808`, `-1`, `-0.5`, `3162240001`, `"NaN"`} {
		f(`"timeoriginalestimate":`+seconds, ``, agile.SourceValues, "Original estimate")
	}
	for _, seconds := range []string{`3162240000`, `0`, `null`} {
		f(`"timeoriginalestimate":`+seconds, ``, "", "")
	}
	entry := func(created, field, id, from, to string) string {
		return fmt.Sprintf(`{"id":"7","created":%s,"items":[{"field":"%s","fieldId":"%s","from":"%s",`+
			`"fromString":"%[4]s","to":"%[5]s","toString":"%[5]s"}]}`, created, field, id, from, to)
	}
	f(`"customfield_1":5`, entry(`1767344400000`, "Points", "customfield_1", "1e308", "5"), agile.SourceValues,
		"Points")
	f(`"customfield_1":5`, entry(`1767344400000`, "Points", "customfield_1", "3", "1e308"), agile.SourceValues,
		"Points")
	f(`"timeoriginalestimate":5`, entry(`1767344400000`, "x", "timeoriginalestimate", "-7", "5"), agile.SourceValues,
		"Original estimate")
	f(`"customfield_1":5`, entry(`"1000000-01-01T00:00:00.000+0000"`, "Points", "customfield_1", "3", "5"),
		agile.SourceHistories, "")
	f(`"customfield_1":5`, entry(`null`, "Points", "customfield_1", "3", "5"), agile.SourceHistories, "")
	f(`"customfield_1":5`, entry(`null`, "Notes", "customfield_8", "3", "5"), "", "") // nothing that is read
	f(`"customfield_1":5`, `{"id":"7","created":1767344400000,"items":"none"}`, agile.SourceHistories, "")
	f(`"customfield_1":5`, `7`, agile.SourceHistories, "")
	f(`"resolutiondate":"1000000-01-01T00:00:00.000+0000"`, ``, agile.SourceValues, "Resolved")
	f(`"labels":[1]`, ``, agile.SourceValues, "Labels")
	f(`"parent":{"id":"x"}`, ``, agile.SourceValues, "Parent")
	f(`"customfield_2":[{"name":"no id"}]`, ``, agile.SourceValues, "Sprint")
	f(`"customfield_3":{"foo":1}`, ``, "", "") // a select of an extension, that nobody named
	f(`"updated":"1000000-01-01T00:00:00.000+0000"`, ``, agile.SourceValues, "updated")
}

// TestUnreadableIsNotEmpty: what cannot be read, or did not come, is not empty: the last change tells it.
func TestUnreadableIsNotEmpty(t *testing.T) {
	const change = `{"id":"7","created":1767344400000,"items":[{"field":"Points","fieldId":"customfield_1",` +
		`"fromString":"3","toString":"5"}]}`
	for fields, want := range map[string]string{
		`"customfield_1":1e308`: "01-01 09:00 {3 true}; 01-02 09:00 {5 true}",
		`"summary":"x"`:         "01-01 09:00 {3 true}; 01-02 09:00 {5 true}",
		`"customfield_1":null`:  "01-01 09:00 {3 true}; 01-02 09:00 {5 true}; 02-01 09:00 {0 false}",
	} {
		d := jiratest.Document(t, jiratest.Fieldset(t), fields, change)
		i := translated(t, d)
		if got := jiratest.Steps(i.Numbers.Of("customfield_1")); got != want ||
			(i.Broken.Total() == 1) != strings.Contains(want, "false") {
			t.Errorf("%s: %s, broken %v; want %s", fields, got, i.Broken, want)
		}
		if absent := slices.Contains(d.Absent, "customfield_1"); absent != strings.Contains(fields, "summary") {
			t.Errorf("%s: absent %v", fields, d.Absent)
		}
	}
}

// TestUnreadableIssues: what an issue cannot be without costs the issue, and the error names it: by its key, else by
// its id.
func TestUnreadableIssues(t *testing.T) {
	f := func(issue string, said ...string) {
		t.Helper()
		var w wire.Issue
		if err := json.Unmarshal([]byte(issue), &w); err != nil {
			t.Fatal(err)
		}
		_, err := document.New(w, nil, jiratest.Fieldset(t))
		for _, words := range said {
			if err == nil || !strings.Contains(err.Error(), words) {
				t.Errorf("%s: %v, want %q", issue, err, words)
			}
		}
	}
	const created = `"created":"2026-01-01T10:00:00.000+0100"`
	f(`{"id":"x","key":"K-1","fields":{`+created+`}}`, `issue "x"`, "no number")
	f(`{"id":"1","key":"K-1","fields":{}}`, "issue K-1", "created is no time")
	f(`{"id":"1","key":"K-1","fields":7}`, "issue K-1", "another shape")
	f(`{"id":"1","fields":7}`, "issue 1:", "another shape")
	f(`{"id":"1","fields":{`+created+`,"status":true}}`, "issue 1:", "the field status")
	f(`{"id":"1","key":"K-1","fields":{`+created+`,"summary":7}}`, "issue K-1", "the field summary")
	f(`{"id":"1","key":"K-1","fields":{`+created+`,"project":[{}]}}`, "issue K-1", "the field project")
	f(`{"id":"1","key":"K-1","fields":{`+created+`,"issuetype":"Bug"}}`, "issue K-1", "the field issuetype")
	for _, field := range []string{"summary", "status", "issuetype", "project"} {
		for _, nothing := range []string{`null`, `""`, `[]`, `[null]`, `{}`, `{"name":"Epic"}`,
			`[{"id":"1"},{"id":"2"}]`} {
			f(`{"id":"1","key":"K-1","fields":{`+created+`,"`+field+`":`+nothing+`}}`, "issue K-1", "the field "+field)
		}
	}
	if _, err := translate.Document([]byte(`{"id":`), nil); err == nil ||
		!strings.Contains(err.Error(), "cannot be read") {
		t.Errorf("a damaged document: %v", err)
	}
}

// TestExoticValues: a select or a date of an extension that comes in a shape of its own loses that value alone; a field
// that an issue cannot be without makes the issue unreadable, and the error names both.
func TestExoticValues(t *testing.T) {
	fs := jiratest.FieldsetOf(t, jiratest.CloudLimit, "["+
		jiratest.CustomField(1, "Choice", `"type":"option","custom":"com.example:choice"`)+","+
		jiratest.CustomField(2, "Day", `"type":"date","custom":"com.example:day"`)+","+
		jiratest.CustomField(3, "Story Points", jiratest.NumberSchema)+"]")
	for fragment, wrong := range map[string]string{
		`"customfield_1": {"foo": true}, "customfield_2": [1]`: "",
		`"customfield_1": true, "customfield_3": 5`:            "",
		`"customfield_3": {"value": 5}`:                        "",
		`"status": true`:                                       "status",
	} {
		var w wire.Issue
		text := `{"id": "1", "key": "K-1", "fields": {"created": "2026-10-01T10:00:00.000+0000", "updated": ` +
			`"2026-10-01T10:00:00.000+0000", ` + fragment + `}}`
		if err := json.Unmarshal([]byte(text), &w); err != nil {
			t.Fatal(err)
		}
		_, err := document.New(w, nil, fs)
		if (err == nil) != (wrong == "") || err != nil && (!strings.Contains(err.Error(), wrong) ||
			!strings.Contains(err.Error(), "K-1")) {
			t.Errorf("%s: %v", fragment, err)
		}
	}
}
