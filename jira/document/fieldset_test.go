package document_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"jerem/jira/document"
	"jerem/jira/jiratest"
	"jerem/jira/wire"
)

// TestKinds: what a field of the site is read as.
func TestKinds(t *testing.T) {
	f := func(field string, want document.Kind) {
		t.Helper()
		var w wire.Field
		if err := json.Unmarshal([]byte(field), &w); err != nil {
			t.Fatal(err)
		}
		if got := document.KindOf(w); got != want {
			t.Errorf("%s: %q, want %q", field, got, want)
		}
	}
	f(`{"id":"x"}`, "")
	f(`{"id":"priority","schema":{"type":"priority"}}`, document.KindOne)
	f(`{"id":"timespent","schema":{"type":"number"}}`, document.KindSeconds)
	f(`{"id":"workratio","schema":{"type":"number"}}`, "")
	f(`{"id":"aggregatetimespent","schema":{"type":"number"}}`, "")
	f(`{"id":"duedate","schema":{"type":"date"}}`, document.KindText)
	f(`{"id":"versions","schema":{"type":"array","items":"version"}}`, document.KindParts)
	f(`{"id":"components","schema":{"type":"array","items":"component"}}`, document.KindParts)
	f(`{"id":"watches","schema":{"type":"watches"}}`, "")
	f(`{"id":"customfield_1","custom":true,"schema":{"type":"array","items":"string",`+
		`"custom":"com.atlassian.jira.plugin.system.customfieldtypes:labels"}}`, document.KindLabels)
	f(`{"id":"customfield_1","custom":true,"schema":{"type":"array","items":"option","custom":"x:y"}}`,
		document.KindOptions)
	f(`{"id":"customfield_1","custom":true,"schema":{"type":"option-with-child","custom":"x:y"}}`, document.KindOptions)
	f(`{"id":"customfield_1","custom":true,"schema":{"type":"version","custom":"x:y"}}`, document.KindParts)
	f(`{"id":"customfield_1","custom":true,"schema":{"type":"array","items":"user","custom":"x:y"}}`, "")
	f(`{"id":"customfield_1","custom":true,"schema":{"type":"number",`+
		`"custom":"com.pyxis.greenhopper.jira:gh-epic-status"}}`, "")
}

// TestFieldsForFigures: which fields a team may be estimated by and which may tell a nature, the labels of Jira
// itself not.
func TestFieldsForFigures(t *testing.T) {
	fs := jiratest.FieldsetOf(t, jiratest.CloudLimit, `[{"id":"timespent","name":"Spent","schema":{"type":"number"}},`+
		jiratest.CustomField(1, "Points", jiratest.NumberSchema)+`,`+jiratest.CustomField(2, "Nature",
		jiratest.SelectSchema)+`,`+
		jiratest.CustomField(3, "Squads", jiratest.LabelsSchema)+`,`+
		jiratest.CustomField(4, "Releases", jiratest.VersionSchema)+`,`+jiratest.CustomField(5, "Day",
		jiratest.DateSchema)+`,`+
		jiratest.CustomField(6, "Sprint", jiratest.SprintSchema)+`]`)
	got := map[string]string{}
	for _, f := range fs.Fields() {
		got[f.ID] = fmt.Sprintf("%s %t %t", f.Name, f.Number, f.Option)
	}
	for id, want := range map[string]string{
		"timespent": "Spent true false", "customfield_1": "Points true false", "customfield_2": "Nature false true",
		"customfield_3": "Squads false true",
		"customfield_4": "Releases false true", "customfield_5": "Day false false",
		"customfield_6": "Sprint false false",
		"labels":        "labels false false",
	} {
		if got[id] != want {
			t.Errorf("%s: %q, want %q", id, got[id], want)
		}
	}
}

// TestCreatedAndUpdatedOnce: a site that lists the two fields which stand first in each request has no fewer places for
// others.
func TestCreatedAndUpdatedOnce(t *testing.T) {
	list := []string{
		`{"id":"created","name":"Created","schema":{"type":"datetime","system":"created"}}`,
		`{"id":"updated","name":"Updated","schema":{"type":"datetime","system":"updated"}}`,
	}
	for i := range jiratest.CloudLimit - 2 - len(document.Essentials) {
		list = append(list, jiratest.CustomField(i+1, "Number", jiratest.NumberSchema))
	}
	fs := jiratest.FieldsetOf(t, jiratest.CloudLimit, "["+strings.Join(list, ",")+"]")
	if fs.LeftOut() != 0 || len(fs.Asked()) != jiratest.CloudLimit {
		t.Errorf("%d left out, %d asked for; want 0 and %d", fs.LeftOut(), len(fs.Asked()), jiratest.CloudLimit)
	}
}

// TestRoomInRequests: a request of Cloud has room for a hundred fields. Jira's own come first, then sprints, epics
// and the flag, numbers, selects, the rest; a Data Center takes all.
func TestRoomInRequests(t *testing.T) {
	list := []string{
		jiratest.CustomField(900, "Day", jiratest.DateSchema), jiratest.CustomField(901, "Nature",
			jiratest.SelectSchema),
		jiratest.CustomField(902, "Points", jiratest.NumberSchema),
		jiratest.CustomField(903, "Flagged", jiratest.BoxesSchema), jiratest.CustomField(904, "Epic Link",
			jiratest.EpicSchema),
		jiratest.CustomField(905, "Sprint", jiratest.SprintSchema),
	}
	text := "[" + strings.Join(list, ",") + `,{"id":"priority","name":"Priority","schema":{"type":"priority"}}]`
	asked := strings.Join(jiratest.FieldsetOf(t, jiratest.CloudLimit, text).Asked(), " ")
	want := "created updated priority summary status issuetype project parent labels resolution" +
		" customfield_903 customfield_904 customfield_905 customfield_902 customfield_901 customfield_900"
	if asked != want {
		t.Errorf("asked for %s\nwant %s", asked, want)
	}
	many := func(limit, n int) document.Fieldset {
		var list []string
		for i := range n {
			list = append(list, jiratest.CustomField(i+1, "Number", jiratest.NumberSchema))
		}
		return jiratest.FieldsetOf(t, limit, "["+strings.Join(list, ",")+"]")
	}
	room := jiratest.CloudLimit - 2 - len(document.Essentials)
	for n, left := range map[int]int{0: 0, room - 1: 0, room: 0, room + 1: 1, room + 40: 40} {
		if fs := many(jiratest.CloudLimit, n); fs.LeftOut() != left ||
			len(fs.Asked()) != 2+len(document.Essentials)+n-left {
			t.Errorf("%d fields: %d left out, %d asked for; want %d left out", n, fs.LeftOut(), len(fs.Asked()), left)
		}
		if fs := many(0, n); fs.LeftOut() != 0 || len(fs.Asked()) != 2+len(document.Essentials)+n {
			t.Errorf("%d fields of a Data Center: %d left out, %d asked for", n, fs.LeftOut(), len(fs.Asked()))
		}
	}
	full, within, beyond := many(jiratest.CloudLimit, room+1), fmt.Sprintf("customfield_%d",
		room), fmt.Sprintf("customfield_%d", room+1)
	if full.Reads(beyond) || !full.Reads(within) {
		t.Error("it is not the last field that is left out")
	}
}

// TestSignature: other fields, or one read in another way, are another reading; another order or name is none.
func TestSignature(t *testing.T) {
	a, b := jiratest.CustomField(1, "Points", jiratest.NumberSchema), jiratest.CustomField(2, "Nature",
		jiratest.SelectSchema)
	of := func(fields ...string) string {
		return jiratest.FieldsetOf(t, jiratest.CloudLimit, "["+strings.Join(fields, ",")+"]").Signature()
	}
	if of(a, b) != of(b, a) || of(a, b) != of(jiratest.CustomField(1, "Effort", jiratest.NumberSchema), b) {
		t.Error("another order or name is another reading")
	}
	if of(a, b) == of(a) || of(a) == of(b) || of(a) == of(jiratest.CustomField(1, "Points", jiratest.SelectSchema)) {
		t.Error("other fields or kinds are no other reading")
	}
}

// TestPlan: what boards and configuration name is asked for before anything else, by id or name; what has no room or is
// not there is told. Data Center takes any number.
func TestPlan(t *testing.T) {
	var numbers []string
	for n := range 130 {
		numbers = append(numbers, jiratest.CustomField(n+1, fmt.Sprintf("Number %d", n+1), jiratest.NumberSchema))
	}
	text := "[" + strings.Join(numbers, ",") + `,{"id":"customfield_900","name":"Nature",
		"untranslatedName":"Kind of work","custom":true,"schema":{"type":"option",
		"custom":"com.atlassian.jira.plugin.system.customfieldtypes:select"}},
		{"id":"customfield_901","name":"Notes","custom":true,"schema":{"type":"string",
			"custom":"com.atlassian.jira.plugin.system.customfieldtypes:textarea"}}]`
	cloud, dc := jiratest.FieldsetOf(t, jiratest.CloudLimit, text), jiratest.FieldsetOf(t, 0, text)
	if cloud.Reads("customfield_130") || cloud.Reads("customfield_900") || len(cloud.Asked()) != 100 ||
		cloud.LeftOut() == 0 {
		t.Fatalf("without a plan the first hundred are asked for, not %v", cloud.Asked())
	}
	if !dc.Reads("customfield_130") || !dc.Reads("customfield_900") || dc.LeftOut() != 0 || len(dc.Asked()) < 131 {
		t.Errorf("a Data Center is asked for %d fields", len(dc.Asked()))
	}
	for _, name := range []string{"customfield_900", "Nature", "nature ", "KIND OF WORK"} {
		planned := cloud.Plan([]string{"customfield_130", name, "", "component", "label:nature-"})
		if !planned.Reads("customfield_130") || !planned.Reads("customfield_900") || len(planned.Asked()) != 100 ||
			!planned.Reads("status") {
			t.Errorf("%s: planned for %v", name, planned.Asked())
		}
		if got := planned.Lacking(); !slices.Equal(got, []string{"component"}) {
			t.Errorf("%s: lacking %q", name, got)
		}
	}
	if got := cloud.Plan([]string{"Notes", "customfield_777", "Notes"}).Lacking(); !slices.Equal(got,
		[]string{"Notes", "customfield_777"}) {
		t.Errorf("lacking %q", got)
	}
	var all []string
	for n := range 130 {
		all = append(all, fmt.Sprintf("Number %d", n+1))
	}
	if got := cloud.Plan(all).Lacking(); len(got) != 130-100+2+len(document.Essentials) || got[0][:7] != "Number " {
		t.Errorf("%d fields have no room: %q", len(got), got)
	}
	if got := dc.Plan(all).Lacking(); len(got) != 0 {
		t.Errorf("of a Data Center: %q", got)
	}
	if cloud.Plan([]string{"Number 1"}).Signature() != cloud.Plan([]string{"Number 2"}).Signature() {
		t.Error("another order is another reading")
	}
	if cloud.Plan([]string{"Number 1"}).Signature() == cloud.Plan([]string{"Nature"}).Signature() {
		t.Error("other fields are no other reading")
	}
	if cloud.Reads("customfield_900") {
		t.Error("a plan changed the set that it was made of")
	}
}

// TestFlagField: the flag is found by its name in any language and by its kind; without it nothing is known of flags.
func TestFlagField(t *testing.T) {
	f := func(field string, known bool) {
		t.Helper()
		fs := jiratest.FieldsetOf(t, jiratest.CloudLimit, `[`+field+`]`)
		if fs.KnowsFlag() != known {
			t.Errorf("%s: known %v", field, !known)
		}
		d := jiratest.Document(t, fs, `"customfield_4":[{"id":"1","value":"Impediment"}]`, "")
		if i := translated(t, d); i.Flagged.Last() != known || len(i.Flagged) > 0 != known {
			t.Errorf("%s: %v", field, i.Flagged)
		}
	}
	const boxes = `"schema":{"type":"array","items":"option",` +
		`"custom":"com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes"}`
	f(`{"id":"customfield_4","name":"Flagged","custom":true,`+boxes+`}`, true)
	f(`{"id":"customfield_4","name":"flagged","custom":true,`+boxes+`}`, true)
	f(`{"id":"customfield_4","name":"Markiert","untranslatedName":"Flagged","custom":true,`+boxes+`}`, true)
	f(`{"id":"customfield_4","name":"Markiert","custom":true,"schema":{"type":"array","items":"option",`+
		`"custom":"com.pyxis.greenhopper.jira:gh-flagged"}}`, true)
	f(`{"id":"customfield_4","name":"Markiert","custom":true,`+boxes+`}`, false)
	f(`{"id":"customfield_4","name":"Flagged","custom":true,"schema":{"type":"string",`+
		`"custom":"com.atlassian.jira.plugin.system.customfieldtypes:textfield"}}`, false)
	d := jiratest.Document(t, jiratest.Fieldset(t), `"customfield_4":null`, "")
	if i := translated(t, d); len(i.Flagged) != 1 || i.Flagged.Last() {
		t.Errorf("not flagged: %v", i.Flagged)
	}
}
