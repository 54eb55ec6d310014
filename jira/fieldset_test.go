package jira

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// fieldsOf makes a set of fields given as Jira lists them.
func fieldsOf(t *testing.T, dialect Dialect, list string) Fieldset {
	t.Helper()
	var wire []wireField
	if err := json.Unmarshal([]byte(list), &wire); err != nil {
		t.Fatal(err)
	}
	return NewFieldset(wire, fieldLimit(dialect))
}

// customField writes a field of the site as Jira lists it.
func customField(n int, name, schema string) string {
	return fmt.Sprintf(`{"id":"customfield_%d","name":"%s","custom":true,"schema":{%s}}`, n, name, schema)
}

const (
	numberSchema = `"type":"number","custom":"com.atlassian.jira.plugin.system.customfieldtypes:float"`
	selectSchema = `"type":"option","custom":"com.atlassian.jira.plugin.system.customfieldtypes:select"`
	sprintSchema = `"type":"array","items":"json","custom":"com.pyxis.greenhopper.jira:gh-sprint"`
	epicSchema   = `"type":"any","custom":"com.pyxis.greenhopper.jira:gh-epic-link"`
	boxesSchema  = `"type":"array","items":"option","custom":"` +
		`com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes"`
	labelsSchema  = `"type":"array","items":"string","custom":"com.atlassian.jira.plugin.system.customfieldtypes:labels"`
	dateSchema    = `"type":"date","custom":"com.atlassian.jira.plugin.system.customfieldtypes:datepicker"`
	versionSchema = `"type":"array","items":"version","custom":"` +
		`com.atlassian.jira.plugin.system.customfieldtypes:multiversion"`
)

// TestFieldsForFigures: which fields a team may be estimated by and which may tell a nature, the labels of Jira
// itself not.
func TestFieldsForFigures(t *testing.T) {
	fs := fieldsOf(t, Cloud, `[{"id":"timespent","name":"Spent","schema":{"type":"number"}},`+
		customField(1, "Points", numberSchema)+`,`+customField(2, "Nature", selectSchema)+`,`+
		customField(3, "Squads", labelsSchema)+`,`+
		customField(4, "Releases", versionSchema)+`,`+customField(5, "Day", dateSchema)+`,`+
		customField(6, "Sprint", sprintSchema)+`]`)
	got := map[string]string{}
	for _, f := range fs.Fields() {
		got[f.ID] = fmt.Sprintf("%s %t %t", f.Name, f.Number, f.Option)
	}
	for id, want := range map[string]string{
		"timespent": "Spent true false", "customfield_1": "Points true false", "customfield_2": "Nature false true",
		"customfield_3": "Squads false true",
		"customfield_4": "Releases false true", "customfield_5": "Day false false", "customfield_6": "Sprint false false",
		"labels": "labels false false",
	} {
		if got[id] != want {
			t.Errorf("%s: %q, want %q", id, got[id], want)
		}
	}
}

// TestRoomInRequests: a request of Cloud has room for a hundred fields. Jira's own come first, then sprints, epics
// and the flag, numbers, selects, the rest; a Data Center takes all.
func TestRoomInRequests(t *testing.T) {
	list := []string{
		customField(900, "Day", dateSchema), customField(901, "Nature", selectSchema),
		customField(902, "Points", numberSchema),
		customField(903, "Flagged", boxesSchema), customField(904, "Epic Link", epicSchema),
		customField(905, "Sprint", sprintSchema),
	}
	text := "[" + strings.Join(list, ",") + `,{"id":"priority","name":"Priority","schema":{"type":"priority"}}]`
	asked := strings.Join(fieldsOf(t, Cloud, text).Asked(), " ")
	want := "created updated priority summary status issuetype project parent labels resolution" +
		" customfield_903 customfield_904 customfield_905 customfield_902 customfield_901 customfield_900"
	if asked != want {
		t.Errorf("asked for %s\nwant %s", asked, want)
	}
	many := func(dialect Dialect, n int) Fieldset {
		var list []string
		for i := range n {
			list = append(list, customField(i+1, "Number", numberSchema))
		}
		return fieldsOf(t, dialect, "["+strings.Join(list, ",")+"]")
	}
	room := cloudFieldLimit - 2 - len(essentials)
	for n, left := range map[int]int{0: 0, room - 1: 0, room: 0, room + 1: 1, room + 40: 40} {
		if fs := many(Cloud, n); fs.LeftOut() != left || len(fs.Asked()) != 2+len(essentials)+n-left {
			t.Errorf("%d fields: %d left out, %d asked for; want %d left out", n, fs.LeftOut(), len(fs.Asked()), left)
		}
		if fs := many(DataCenter, n); fs.LeftOut() != 0 || len(fs.Asked()) != 2+len(essentials)+n {
			t.Errorf("%d fields of a Data Center: %d left out, %d asked for", n, fs.LeftOut(), len(fs.Asked()))
		}
	}
	full, within, beyond := many(Cloud, room+1), fmt.Sprintf("customfield_%d", room), fmt.Sprintf("customfield_%d", room+1)
	if full.Reads(beyond) || !full.Reads(within) {
		t.Error("it is not the last field that is left out")
	}
}

// TestSignature: other fields, or one read in another way, are another reading; another order or name is none.
func TestSignature(t *testing.T) {
	a, b := customField(1, "Points", numberSchema), customField(2, "Nature", selectSchema)
	of := func(fields ...string) string {
		return fieldsOf(t, Cloud, "["+strings.Join(fields, ",")+"]").Signature()
	}
	if of(a, b) != of(b, a) || of(a, b) != of(customField(1, "Effort", numberSchema), b) {
		t.Error("another order or name is another reading")
	}
	if of(a, b) == of(a) || of(a) == of(b) || of(a) == of(customField(1, "Points", selectSchema)) {
		t.Error("other fields or kinds are no other reading")
	}
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
		d, _ := readOne(t, pitfallSet(t), `"summary":"x"`, `{"id":"7","created":null,"items":[`+item+`]}`)
		if got := gapsOf(d); (got == "histories unreadable ") != told || !told && got != "" {
			t.Errorf("%s: lacking %q", item, got)
		}
	}
}

// TestNamesakesWithIDs: a change without a field id, under a name that a field has that is never asked for, is kept
// only where it holds nothing but numbers, or ids of sprints and epics beside their names.
func TestNamesakesWithIDs(t *testing.T) {
	const text = `"type":"string","custom":"com.atlassian.jira.plugin.system.customfieldtypes:textfield"`
	fs := fieldsOf(t, DataCenter, `[`+customField(1, "Sprint", sprintSchema)+`,`+customField(2, "Sprint", text)+`,`+
		customField(3, "Points", numberSchema)+`,`+customField(4, "Points", text)+`,`+
		customField(5, "Link", epicSchema)+`,`+customField(6, "Link", text)+`,`+
		customField(7, "Nature", selectSchema)+`,`+customField(8, "Nature", text)+`]`)
	f := func(item string, kept bool) {
		t.Helper()
		var w wireItem
		if err := json.Unmarshal([]byte(item), &w); err != nil {
			t.Fatal(err)
		}
		if _, ok := fs.of(w, nil, ""); ok != kept {
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
