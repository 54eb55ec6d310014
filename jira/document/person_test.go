package document_test

import (
	"fmt"
	"strings"
	"testing"

	"jerem/jira/document"
	"jerem/jira/jiratest"
)

// personForms are accounts as Jira and add-ons send them.
var personForms = []string{
	`{"accountId":"5b10ac8d82e05b22cc7d4ef5","value":"Ada Lovelace"}`,
	`{"id":"7","name":"Ada Lovelace","emailAddress":"ada@example.org"}`,
	`{"id":"7","value":"Ada Lovelace","avatarUrls":{"16x16":"https://a/b"}}`,
	`{"key":"JIRAUSER10100","name":"ada","displayName":"Ada Lovelace"}`,
	`{"id":"1","value":"A","child":{"value":"Ada Lovelace","accountId":"x"}}`,
}

// TestPersonsAmongOptions: a field that calls itself one of options, of versions or of a team and holds accounts is
// dropped with its history, whatever form they come in and in both kinds of Jira; nothing of it is told as lacking, and
// what stands beside it stays.
func TestPersonsAmongOptions(t *testing.T) {
	for name, schema := range map[string]string{
		"a select": `"type":"option","custom":"com.example:reviewer"`,
		"a list":   `"type":"array","items":"option","custom":"com.example:reviewers"`,
		"versions": `"type":"array","items":"version","custom":"com.example:versions"`,
		"a team":   `"type":"team","custom":"com.atlassian.jira.plugin.system.customfieldtypes:atlassian-team"`,
	} {
		list := "[" + jiratest.CustomField(5, "Reviewer", schema) + "," +
			jiratest.CustomField(6, "Kind", `"type":"option","custom":"com.example:kind"`) + "]"
		for _, limit := range []int{0, jiratest.CloudLimit} { // Data Center is asked for all, and names no field ids
			fs := jiratest.FieldsetOf(t, limit, list)
			id := `"fieldId":"customfield_5",`
			if limit == 0 {
				id = ""
			}
			for _, person := range personForms {
				for _, value := range []string{person, "[" + person + "]", `[{"id":"1","value":"B"},` + person + "]"} {
					d := jiratest.Document(t, fs, `"customfield_5":`+value+`,"customfield_6":{"id":"3","value":"Bug"}`,
						fmt.Sprintf(`{"id":"1","created":"2026-01-02T09:00:00.000+0000","items":[
						{"field":"Reviewer",%s"from":"","fromString":"","to":"","toString":"Ada Lovelace"},
						{"field":"Kind","from":"2","fromString":"Task","to":"3","toString":"Bug"}]}`, id))
					checkNobody(t, fmt.Sprintf("%s, limit %d, %s", name, limit, value), d)
				}
			}
		}
	}
}

// TestPersonsInChanges: where the present value tells nothing, a change of options whose ids are no numbers is dropped,
// for accounts have such ids; one of options stays.
func TestPersonsInChanges(t *testing.T) {
	fs := jiratest.FieldsetOf(t, 0, "["+
		jiratest.CustomField(5, "Reviewer", `"type":"option","custom":"com.example:reviewer"`)+
		","+jiratest.CustomField(6, "Kind", `"type":"option","custom":"com.example:kind"`)+"]")
	for _, account := range []string{"JIRAUSER10100", "ada", "5b10ac8d82e05b22cc7d4ef5", "557058:6b1f", "[ada, bob]"} {
		d := jiratest.Document(t, fs, `"customfield_5":null,"customfield_6":{"id":"3","value":"Bug"}`,
			fmt.Sprintf(`{"id":"1","created":"2026-01-02T09:00:00.000+0000","items":[
			{"field":"Reviewer","from":%q,"fromString":"Ada Lovelace","to":"","toString":""},
			{"field":"Kind","from":"[2, 4]","fromString":"Task, Wish","to":"3","toString":"Bug"}]}`, account))
		checkNobody(t, account, d)
	}
}

// checkNobody holds a document to name nobody, to lack nothing and to have the change of what is no person.
func checkNobody(t *testing.T, name string, d document.Document) {
	t.Helper()
	text := strings.ToLower(string(d.Raw))
	for _, trace := range []string{"ada", "lovelace", "jirauser", "5b10ac", "557058"} {
		if strings.Contains(text, trace) {
			t.Errorf("%s: %q stands in %s", name, trace, text)
		}
	}
	if !strings.Contains(text, "task") {
		t.Errorf("%s: the change of options is gone: %s", name, text)
	}
	if gaps := d.Gaps; len(gaps) > 0 {
		t.Errorf("%s: lacks %v", name, gaps)
	}
}
