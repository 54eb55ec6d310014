package document_test

import (
	"encoding/json"
	"strings"
	"testing"

	"jerem/jira/document"
	"jerem/jira/jiratest"
	"jerem/jira/wire"
)

// namesakes is a site with fields of one name: what is read stands beside what must not be.
const namesakes = `[
 {"id":"summary","name":"Summary","schema":{"type":"string","system":"summary"}},
 {"id":"status","name":"Status","schema":{"type":"status","system":"status"}},
 {"id":"assignee","name":"Assignee","schema":{"type":"user","system":"assignee"}},
 {"id":"customfield_1","name":"Points","custom":true,"schema":{"type":"number",
 	"custom":"com.atlassian.jira.plugin.system.customfieldtypes:float"}},
 {"id":"customfield_2","name":"points","custom":true,"schema":{"type":"number",
 	"custom":"com.atlassian.jira.plugin.system.customfieldtypes:float"}},
 {"id":"customfield_3","name":"Reviewer","custom":true,"schema":{"type":"option",
 	"custom":"com.atlassian.jira.plugin.system.customfieldtypes:select"}},
 {"id":"customfield_4","name":"Reviewer","custom":true,"schema":{"type":"user",
 	"custom":"com.atlassian.jira.plugin.system.customfieldtypes:userpicker"}},
 {"id":"customfield_5","name":"Assignee","custom":true,"schema":{"type":"option",
 	"custom":"com.atlassian.jira.plugin.system.customfieldtypes:select"}},
 {"id":"customfield_6","name":"Summary","custom":true,"schema":{"type":"string",
 	"custom":"com.atlassian.jira.plugin.system.customfieldtypes:textfield"}},
 {"id":"customfield_7","name":"Size","custom":true,"schema":{"type":"number",
 	"custom":"com.atlassian.jira.plugin.system.customfieldtypes:float"}},
 {"id":"customfield_8","name":"Size","custom":true,"schema":{"type":"string",
 	"custom":"com.atlassian.jira.plugin.system.customfieldtypes:textfield"}},
 {"id":"customfield_9","name":"Status","custom":true,"schema":{"type":"option",
 	"custom":"com.atlassian.jira.plugin.system.customfieldtypes:select"}},
 {"id":"customfield_10","name":"Team","custom":true,"schema":{"type":"option",
 	"custom":"com.atlassian.jira.plugin.system.customfieldtypes:select"}}
]`

// TestNamesakes: where changes name no field id, as on Data Center, each goes to the field that it can only be of; what
// may be a person's or free text is left out.
func TestNamesakes(t *testing.T) {
	f := func(name, fields, items, want string) {
		t.Helper()
		t.Run(name, func(t *testing.T) {
			var site []wire.Field
			var w wire.Issue
			var histories []wire.History
			for text, out := range map[string]any{
				namesakes: &site, `[{"id":"1","created":1767344400000,"items":[` + items + `]}]`: &histories,
				`{"id":"1","key":"K-1","fields":{"created":"2026-01-01T10:00:00.000+0100","status":{"id":"1",` +
					`"name":"A"},` + fields + `}}`: &w,
			} {
				if err := json.Unmarshal([]byte(text), out); err != nil {
					t.Fatal(err)
				}
			}
			fs := document.NewFieldset(site, jiratest.CloudLimit).
				Know(map[string][]string{"customfield_10": {"Reviewer", "Squad"}})
			doc, err := document.New(w, histories, fs)
			if err != nil {
				t.Fatal(err)
			}
			d, err := document.Parse(doc.Raw)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, h := range d.Histories {
				for _, i := range h.Items {
					got += i.Field + ">" + i.ToString + " "
				}
			}
			if strings.TrimSpace(got) != want {
				t.Errorf("kept %q, want %q", got, want)
			}
		})
	}
	f("a person under an option's name", `"customfield_3":{"id":"7","value":"Guild"}`,
		`{"field":"Reviewer","fieldtype":"custom","to":"jdoe","toString":"J. Doe"}`, "")
	f("a person under a number", `"customfield_3":{"id":"7","value":"Guild"}`,
		`{"field":"Reviewer","fieldtype":"custom","to":"4711","toString":"J. Doe"}`, "")
	f("a person under a former name", `"customfield_10":{"id":"7","value":"A"}`,
		`{"field":"Reviewer","fieldtype":"custom","to":"jdoe","toString":"J. Doe"}`, "")
	f("a former name of its own", `"customfield_10":{"id":"7","value":"A"}`,
		`{"field":"Squad","fieldtype":"custom","to":"7","toString":"A"}`, "customfield_10>A")
	f("the assignee beside an option", `"customfield_5":{"id":"7","value":"Red"}`,
		`{"field":"assignee","fieldtype":"jira","to":"jdoe","toString":"J. Doe"},{"field":"Assignee",`+
			`"fieldtype":"custom","to":"7","toString":"Red"}`, "customfield_5>Red")
	f("the assignee where no type is told", `"customfield_5":{"id":"7","value":"Red"}`,
		`{"field":"assignee","to":"jdoe","toString":"J. Doe"}`, "")
	f("a text called like the title", `"summary":"T"`,
		`{"field":"Summary","fieldtype":"custom","toString":"free text"},{"field":"summary","fieldtype":"jira",`+
			`"toString":"T"}`, "summary>T")
	f("an option called like the status", `"customfield_9":{"id":"7","value":"Red"}`,
		`{"field":"Status","fieldtype":"custom","to":"7","toString":"Red"},{"field":"status","fieldtype":"jira",`+
			`"to":"1","toString":"A"}`, "customfield_9>Red status>A")
	f("a number beside a text", `"customfield_7":3`,
		`{"field":"Size","fieldtype":"custom","toString":"3"},{"field":"Size","fieldtype":"custom",`+
			`"toString":"about three"}`, "customfield_7>3")
	f("of two numbers the one with a value", `"customfield_1":null,"customfield_2":5`,
		`{"field":"Points","fieldtype":"custom","toString":"5"}`, "customfield_2>5")
	f("of two with values the one where the changes end", `"customfield_1":8,"customfield_2":5`,
		`{"field":"Points","fieldtype":"custom","toString":"3"},{"field":"Points","fieldtype":"custom",`+
			`"fromString":"3","toString":"5"}`, "customfield_2>3 customfield_2>5")
	f("of two the one with a value, wherever its changes end", `"customfield_1":null,"customfield_2":5`,
		`{"field":"Points","fieldtype":"custom","toString":"4"}`, "customfield_2>4")
	f("of two without values the first", `"customfield_1":null`,
		`{"field":"Points","fieldtype":"custom","toString":"5"}`, "customfield_1>5")
}

// TestNamesakesWithIDs: a change without a field id, under a name that a field has that is never asked for, is kept
// only where it holds nothing but numbers, or ids of sprints and epics beside their names.
func TestNamesakesWithIDs(t *testing.T) {
	const text = `"type":"string","custom":"com.atlassian.jira.plugin.system.customfieldtypes:textfield"`
	fs := jiratest.FieldsetOf(t, 0, `[`+jiratest.CustomField(1, "Sprint",
		jiratest.SprintSchema)+`,`+jiratest.CustomField(2, "Sprint", text)+`,`+
		jiratest.CustomField(3, "Points", jiratest.NumberSchema)+`,`+jiratest.CustomField(4, "Points", text)+`,`+
		jiratest.CustomField(5, "Link", jiratest.EpicSchema)+`,`+jiratest.CustomField(6, "Link", text)+`,`+
		jiratest.CustomField(7, "Nature", jiratest.SelectSchema)+`,`+jiratest.CustomField(8, "Nature", text)+`]`)
	f := func(item string, kept bool) {
		t.Helper()
		var w wire.Item
		if err := json.Unmarshal([]byte(item), &w); err != nil {
			t.Fatal(err)
		}
		if _, ok := fs.Owner(w); ok != kept {
			t.Errorf("%s: kept %v", item, ok)
		}
	}
	f(`{"field":"Sprint","fieldtype":"custom","from":"","fromString":"","to":"7, 9","toString":"A, B"}`, true)
	f(`{"field":"Sprint","fieldtype":"custom","from":"7","fromString":"A","to":"","toString":""}`, true)
	f(`{"field":"Sprint","fieldtype":"custom","toString":"J. Doe"}`, false)
	f(`{"field":"Sprint","fieldtype":"custom","fromString":"J. Doe","to":"7","toString":"A"}`, false)
	f(`{"field":"Sprint","fieldtype":"custom","to":"7","toString":""}`, false)
	f(`{"field":"Sprint","fieldtype":"custom","to":"jdoe","toString":"J. Doe"}`, false)
	f(`{"field":"Link","fieldtype":"custom","to":"6","toString":"K-6"}`, true)
	f(`{"field":"Link","fieldtype":"custom","to":"jdoe7","toString":"J. Doe"}`, false)
	f(`{"field":"Points","fieldtype":"custom","fromString":"","toString":"3"}`, true)
	f(`{"field":"Points","fieldtype":"custom","fromString":"three","toString":"3"}`, false)
	f(`{"field":"Points","fieldtype":"custom","toString":"three"}`, false)
	f(`{"field":"Points","fieldtype":"custom","to":"3","toString":"3"}`, false)
	f(`{"field":"Points","fieldtype":"jira","toString":"3"}`, false) // none of Jira's own is called so
	f(`{"field":"Nature","fieldtype":"custom","to":"7","toString":"Support"}`, false)
}
