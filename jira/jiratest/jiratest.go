// Package jiratest makes issues, fields and documents out of texts as a Jira writes them, for tests of the rooms below
// jira. Its site ([Fields]) has what must be read and what must never be: people and free text.
//
// For example, Document(t, Fieldset(t), `"customfield_1":5`, "") is the document of an issue that was created on 1
// January 2026, updated on 1 February, and has 5 points; Steps writes a timeline of it as "01-01 09:00 {5 true}".
package jiratest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"jerem/agile"
	"jerem/jira/document"
	"jerem/jira/wire"
)

// CloudLimit is how many fields one request of Jira Cloud takes.
const CloudLimit = 100

// Fields is a site's list of fields with what must and what must not be read.
const Fields = `[
 {"id":"summary","name":"Summary","schema":{"type":"string","system":"summary"}},
 {"id":"status","name":"Status","schema":{"type":"status","system":"status"}},
 {"id":"issuetype","name":"Issue Type","schema":{"type":"issuetype","system":"issuetype"}},
 {"id":"project","name":"Project","schema":{"type":"project","system":"project"}},
 {"id":"resolution","name":"Resolution","schema":{"type":"resolution","system":"resolution"}},
 {"id":"resolutiondate","name":"Resolved","schema":{"type":"datetime","system":"resolutiondate"}},
 {"id":"statuscategorychangedate","name":"Status Category Changed","schema":{"type":"datetime",
 	"system":"statuscategorychangedate"}},
 {"id":"labels","name":"Labels","schema":{"type":"array","items":"string","system":"labels"}},
 {"id":"parent","name":"Parent","schema":{"type":"issuelink","system":"parent"}},
 {"id":"components","name":"Components","schema":{"type":"array","items":"component","system":"components"}},
 {"id":"fixVersions","name":"Fix versions","schema":{"type":"array","items":"version","system":"fixVersions"}},
 {"id":"timeoriginalestimate","name":"Original estimate","schema":{"type":"number","system":"timeoriginalestimate"}},
 {"id":"assignee","name":"Assignee","schema":{"type":"user","system":"assignee"}},
 {"id":"description","name":"Description","schema":{"type":"string","system":"description"}},
 {"id":"comment","name":"Comment","schema":{"type":"comments-page","system":"comment"}},
 {"id":"worklog","name":"Log Work","schema":{"type":"array","items":"worklog","system":"worklog"}},
 {"id":"customfield_1","name":"Points","custom":true,"schema":{"type":"number",
 	"custom":"com.atlassian.jira.plugin.system.customfieldtypes:float"}},
 {"id":"customfield_2","name":"Sprint","custom":true,"schema":{"type":"array","items":"json",
 	"custom":"com.pyxis.greenhopper.jira:gh-sprint"}},
 {"id":"customfield_3","name":"Nature","custom":true,"schema":{"type":"array","items":"option",
 	"custom":"com.atlassian.jira.plugin.system.customfieldtypes:multiselect"}},
 {"id":"customfield_4","name":"Flagged","custom":true,"schema":{"type":"array","items":"option",
 	"custom":"com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes"}},
 {"id":"customfield_5","name":"Epic Link","custom":true,"schema":{"type":"any",
 	"custom":"com.pyxis.greenhopper.jira:gh-epic-link"}},
 {"id":"customfield_6","name":"Reviewer","custom":true,"schema":{"type":"user",
 	"custom":"com.atlassian.jira.plugin.system.customfieldtypes:userpicker"}},
 {"id":"customfield_7","name":"Reviewers","custom":true,"schema":{"type":"array","items":"user",
 	"custom":"com.atlassian.jira.plugin.system.customfieldtypes:multiuserpicker"}},
 {"id":"customfield_8","name":"Notes","custom":true,"schema":{"type":"string",
 	"custom":"com.atlassian.jira.plugin.system.customfieldtypes:textarea"}},
 {"id":"customfield_9","name":"Development","custom":true,"schema":{"type":"any",
 	"custom":"com.atlassian.jira.plugins.jira-development-integration-plugin:devsummarycf"}}
]`

// The schemas of custom fields.
const (
	NumberSchema = `"type":"number","custom":"com.atlassian.jira.plugin.system.customfieldtypes:float"`
	SelectSchema = `"type":"option","custom":"com.atlassian.jira.plugin.system.customfieldtypes:select"`
	SprintSchema = `"type":"array","items":"json","custom":"com.pyxis.greenhopper.jira:gh-sprint"`
	EpicSchema   = `"type":"any","custom":"com.pyxis.greenhopper.jira:gh-epic-link"`
	BoxesSchema  = `"type":"array","items":"option","custom":"` +
		`com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes"`
	LabelsSchema = `"type":"array","items":"string",` +
		`"custom":"com.atlassian.jira.plugin.system.customfieldtypes:labels"`
	DateSchema    = `"type":"date","custom":"com.atlassian.jira.plugin.system.customfieldtypes:datepicker"`
	VersionSchema = `"type":"array","items":"version","custom":"` +
		`com.atlassian.jira.plugin.system.customfieldtypes:multiversion"`
)

// CustomField writes a field of the site as Jira lists it.
func CustomField(n int, name, schema string) string {
	return fmt.Sprintf(`{"id":"customfield_%d","name":"%s","custom":true,"schema":{%s}}`, n, name, schema)
}

// Fieldset makes the set of [Fields].
func Fieldset(t testing.TB) document.Fieldset {
	t.Helper()
	return FieldsetOf(t, CloudLimit, Fields)
}

// FieldsetOf makes a set of fields given as Jira lists them.
func FieldsetOf(t testing.TB, limit int, list string) document.Fieldset {
	t.Helper()
	var fields []wire.Field
	Decode(t, list, &fields)
	return document.NewFieldset(fields, limit)
}

// Decode reads JSON that a test wrote.
func Decode(t testing.TB, text string, out any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), out); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

// Document makes a document of an issue whose fields and entries of history are given as Jira writes them, without the
// brackets around them.
func Document(t testing.TB, fs document.Fieldset, fields, entries string) document.Document {
	t.Helper()
	var issue wire.Issue
	var histories []wire.History
	Decode(t, `{"id":"1","key":"K-1","fields":{"created":"2026-01-01T10:00:00.000+0100",
		"updated":"2026-02-01T10:00:00.000+0100","status":{"id":"1","name":"A"},`+fields+`}}`, &issue)
	Decode(t, "["+entries+"]", &histories)
	d, err := document.New(issue, histories, fs)
	if err != nil {
		t.Fatalf("%s %s: %v", fields, entries, err)
	}
	return d
}

// Gaps writes what a document lacks.
func Gaps(d document.Document) string {
	var out []string
	for _, g := range d.Gaps {
		out = append(out, fmt.Sprintf("%s %s %s", g.Source, g.Code, g.Subject.Name()))
	}
	return strings.Join(out, "; ")
}

// Steps writes a timeline as "month-day hour:minute value; …".
func Steps[T any](tl agile.Timeline[T]) string {
	var out []string
	for _, s := range tl {
		out = append(out, fmt.Sprintf("%s %v", s.From.Time().Format("01-02 15:04"), s.Value))
	}
	return strings.Join(out, "; ")
}
