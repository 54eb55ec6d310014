package translate

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"jerem/agile"
	"jerem/jira/document"
	"jerem/jira/jiratest"
	"jerem/jira/wire"
	"jerem/testrun"
)

// TestIssueCostsLittle: to make a document of an issue of ten changes, and its timelines, takes few allocations. A
// value that takes a decoder or an expression again shows here.
func TestIssueCostsLittle(t *testing.T) {
	const fields = `{"created":"2026-01-01T10:00:00.000+0100","updated":"2026-02-01T10:00:00.000+0100",` +
		`"summary":"Certificates","status":{"self":"x","id":"3","name":"Done"},"issuetype":{"id":"1","name":"Task"},` +
		`"project":{"id":"10","key":"K","name":"Kernel","avatarUrls":{"48x48":"x"}},"parent":{"id":"7","key":"K-7"},` +
		`"labels":["a","b"],"resolution":{"id":"5","name":"Done"},"resolutiondate":"2026-01-20T10:00:00.000+0100",` +
		`"customfield_1":5.0,"customfield_2":[{"id":21,"name":"Sprint 21"}],"customfield_4":null,"timespent":3600}`
	var entries []string
	for n := range 9 {
		entries = append(entries, fmt.Sprintf(`{"id":"%d","created":%d,"items":[{"field":"status","fieldtype":"jira",`+
			`"fieldId":"status","from":"%d","fromString":"Doing","to":"%d","toString":"Doing"}]}`, 100+n,
			1767344400000+n*1e7, n%3+1, (n+1)%3+1))
	}
	entries = append(entries, `{"id":"200","created":1767544400000,"items":[{"field":"Points","fieldtype":"custom",`+
		`"fieldId":"customfield_1","from":null,"fromString":"3.0","to":null,"toString":"5.0"}]}`)
	var issue wire.Issue
	var histories []wire.History
	for text, out := range map[string]any{
		`{"id":"9","key":"K-9","fields":` + fields + `}`: &issue, "[" + strings.Join(entries, ",") + "]": &histories,
	} {
		if err := json.Unmarshal([]byte(text), out); err != nil {
			t.Fatal(err)
		}
	}
	fs := jiratest.Fieldset(t)
	for _, field := range fs.Fields() {
		if issue.Fields[field.ID] == nil {
			issue.Fields[field.ID] = json.RawMessage("null")
		}
	}
	types := map[string]agile.Type{}
	documents := testing.AllocsPerRun(200, func() {
		if _, err := document.New(issue, histories, fs); err != nil {
			t.Fatal(err)
		}
	})
	d, err := document.New(issue, histories, fs)
	if err != nil {
		t.Fatal(err)
	}
	translated := testing.AllocsPerRun(200, func() { Content(d.Content, types) })
	if !testrun.Raced && (documents > 81 || translated > 82) {
		t.Errorf("%v allocations for a document, %v for its timelines", documents, translated)
	}
}
