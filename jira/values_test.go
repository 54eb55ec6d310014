package jira

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"jerem/agile"
)

// readOne reads an issue of fields and histories given as Jira writes them.
func readOne(t *testing.T, fs Fieldset, fields, histories string) (Document, Outcome) {
	t.Helper()
	c := ask(t, Config{Token: "very-secret-token"}, func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "changelog") {
			fmt.Fprintf(w, `{"issueChangeLogs":[{"issueId":"1","changeHistories":[%s]}]}`, histories)
			return
		}
		fmt.Fprintf(w, `{"issues":[{"id":"1","key":"K-1","fields":{"created":"2026-01-01T10:00:00.000+0100","updated":"2026-02-01T10:00:00.000+0100",
			"status":{"id":"1","name":"A"},%s}}]}`, fields)
	})
	docs, out, err := c.Documents(t.Context(), []int64{1}, fs)
	if err != nil || len(docs) != 1 {
		t.Fatalf("%s %s: %d documents, %+v, %v", fields, histories, len(docs), out, err)
	}
	return docs[0], out
}

// gapsOf writes what a document lacks.
func gapsOf(d Document) string {
	var out []string
	for _, g := range d.Gaps {
		out = append(out, fmt.Sprintf("%s %s %s", g.Source, g.Code, g.Subject))
	}
	return strings.Join(out, "; ")
}

func translated(t *testing.T, d Document) *agile.Issue {
	t.Helper()
	tr, err := Translate(d.Raw)
	if err != nil {
		t.Fatal(err)
	}
	return tr.Issue
}

// TestUnreadableValues: a value out of all bounds or of another shape costs itself alone, and is told by its issue and field.
func TestUnreadableValues(t *testing.T) {
	f := func(fields, histories string, source agile.Source, field string) {
		t.Helper()
		d, out := readOne(t, pitfallSet(t), fields, histories)
		want := ""
		if source != "" {
			want = fmt.Sprintf("%s %s %s", source, agile.GapUnreadable, field)
		}
		if gapsOf(d) != want || len(out.Broken) > 0 {
			t.Errorf("%s %s: told %q, broken %+v", fields, histories, gapsOf(d), out.Broken)
		}
		if i := translated(t, d); i.Status.Last() != "1" {
			t.Errorf("%s: the rest is not read: %v", fields, i.Status)
		}
	}
	for _, number := range []string{`1e308`, `-1e308`, `1e16`, `"NaN"`, `"Infinity"`, `"0x10"`, `"1_000"`, `"eight"`, `{"value":5}`, `true`, `[1]`, `1e999`} {
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
		return fmt.Sprintf(`{"id":"7","created":%s,"items":[{"field":"%s","fieldId":"%s","from":"%s","fromString":"%[4]s","to":"%[5]s","toString":"%[5]s"}]}`, created, field, id, from, to)
	}
	f(`"customfield_1":5`, entry(`1767344400000`, "Points", "customfield_1", "1e308", "5"), agile.SourceValues, "Points")
	f(`"customfield_1":5`, entry(`1767344400000`, "Points", "customfield_1", "3", "1e308"), agile.SourceValues, "Points")
	f(`"timeoriginalestimate":5`, entry(`1767344400000`, "x", "timeoriginalestimate", "-7", "5"), agile.SourceValues, "Original estimate")
	f(`"customfield_1":5`, entry(`"1000000-01-01T00:00:00.000+0000"`, "Points", "customfield_1", "3", "5"), agile.SourceHistories, "")
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
	const change = `{"id":"7","created":1767344400000,"items":[{"field":"Points","fieldId":"customfield_1","fromString":"3","toString":"5"}]}`
	for fields, want := range map[string]string{
		`"customfield_1":1e308`: "01-01 09:00 {3 true}; 01-02 09:00 {5 true}",
		`"summary":"x"`:         "01-01 09:00 {3 true}; 01-02 09:00 {5 true}",
		`"customfield_1":null`:  "01-01 09:00 {3 true}; 01-02 09:00 {5 true}; 02-01 09:00 {0 false}",
	} {
		d, _ := readOne(t, pitfallSet(t), fields, change)
		i := translated(t, d)
		if got := steps(i.Numbers["customfield_1"]); got != want || (i.Broken.Total() == 1) != strings.Contains(want, "false") {
			t.Errorf("%s: %s, broken %v; want %s", fields, got, i.Broken, want)
		}
		if absent := slices.Contains(d.Absent, "customfield_1"); absent != strings.Contains(fields, "summary") {
			t.Errorf("%s: absent %v", fields, d.Absent)
		}
	}
}

// TestMerge: a history does not shrink, and a field that did not come, or cannot be read, is what it was, unless its changes
// tell something newer; what an older state tells is taken as it is.
func TestMerge(t *testing.T) {
	fs := pitfallSet(t)
	entry := func(id, created, field, from, to string) string {
		return fmt.Sprintf(`{"id":"%s","created":%s,"items":[{"field":"%s","fieldId":"%[3]s","from":"%s","fromString":"%[4]s","to":"%s","toString":"%[5]s"}]}`, id, created, field, from, to)
	}
	one, two := entry("1", "1767344400000", "customfield_1", "1", "2"), entry("2", "1767430800000", "customfield_1", "2", "5")
	doc := func(fields string, entries ...string) Document {
		d, _ := readOne(t, fs, fields, strings.Join(entries, ","))
		return d
	}
	f := func(name string, known, now Document, entries int, fields string, want string) {
		t.Helper()
		got, lacks, err := Merge(known.Raw, now, fs)
		if err != nil || lacks.Entries != entries || strings.Join(lacks.Fields, " ") != fields {
			t.Errorf("%s: %+v, %v", name, lacks, err)
		}
		if shrunk := gapsOf(got) == "histories shrunk "; shrunk != (entries > 0) {
			t.Errorf("%s: told %q", name, gapsOf(got))
		}
		if text := steps(translated(t, got).Numbers["customfield_1"]); text != want {
			t.Errorf("%s: %s, want %s", name, text, want)
		}
		if again, lacks, err := Merge(got.Raw, now, fs); err != nil || string(again.Raw) != string(got.Raw) || lacks.Entries != entries || got.Changes != 2 {
			t.Errorf("%s: not the same a second time: %+v %v, %d changes", name, lacks, err, got.Changes)
		}
	}
	const both = "01-01 09:00 {1 true}; 01-02 09:00 {2 true}; 01-03 09:00 {5 true}"
	whole := doc(`"customfield_1":5`, one, two)
	f("the same", whole, whole, 0, "", both)
	f("nothing known", Document{}, whole, 0, "", both)
	f("an entry missing", whole, doc(`"customfield_1":5`, two), 1, "", both)
	f("all entries missing", whole, doc(`"customfield_1":5`), 2, "", both)
	f("numbered anew", whole, doc(`"customfield_1":5`, entry("11", "1767344400000", "customfield_1", "1", "2"), entry("12", "1767430800000", "customfield_1", "2", "5")), 0, "", both)
	f("a field missing", whole, doc(`"summary":"x"`, one, two), 0, "customfield_1", both)
	unreadable := doc(`"customfield_1":1e308`, one, two)
	unreadable.Gaps = nil
	f("a field that cannot be read", whole, unreadable, 0, "customfield_1", both)
	f("a field missing that changed", doc(`"customfield_1":2`, one), doc(`"summary":"x"`, one, two), 0, "", both)
	f("a field that became empty", whole, doc(`"customfield_1":null`, one, two), 0, "", both+"; 02-01 09:00 {0 false}")
	f("a field and an entry", whole, doc(`"summary":"x"`, one), 1, "customfield_1", both)

	options, empty := doc(`"customfield_3":{"id":"1","value":"A"}`), doc(`"customfield_3":null`)
	for name, known := range map[string]Document{
		"customfield_3": options, "parent": doc(`"parent":{"id":"7"}`), "resolutiondate": doc(`"resolutiondate":"2026-01-10T10:00:00.000+0100"`),
	} {
		if _, lacks, err := Merge(known.Raw, doc(`"summary":"x"`), fs); err != nil || !slices.Contains(lacks.Fields, name) {
			t.Errorf("the value of %s is missing: told %v, %v", name, lacks.Fields, err)
		}
	}
	if _, lacks, err := Merge(empty.Raw, doc(`"summary":"x"`), fs); err != nil || len(lacks.Fields) > 0 {
		t.Errorf("nothing is missing of a field that was empty: told %v, %v", lacks.Fields, err)
	}

	older := doc(`"updated":"2026-01-15T10:00:00.000+0100","customfield_1":2`, one)
	if got, lacks, err := Merge(whole.Raw, older, fs); err != nil || lacks.Entries != 0 || string(got.Raw) != string(older.Raw) {
		t.Errorf("restored from a backup: %+v, %v", lacks, err)
	}
	if _, _, err := Merge([]byte("{"), whole, fs); err == nil || !strings.Contains(err.Error(), "issue 1") {
		t.Errorf("a damaged one: %v", err)
	}
	unread := fs
	unread.byID = map[string]fieldInfo{}
	if _, lacks, err := Merge(whole.Raw, doc(`"summary":"x"`), unread); err != nil || lacks.Entries != 0 {
		t.Errorf("a field that is read no more: %+v, %v", lacks, err)
	}
}

// TestPlan: what boards and configuration name is asked for before anything else, by id or name; what has no room or is not
// there is told. Data Center takes any number.
func TestPlan(t *testing.T) {
	var wire []wireField
	for n := range 130 {
		wire = append(wire, wireField{ID: fmt.Sprintf("customfield_%d", n+1), Name: fmt.Sprintf("Number %d", n+1), Custom: true})
	}
	numbers, _ := json.Marshal(wire)
	text := strings.ReplaceAll(string(numbers), `"schema":null`, `"schema":{"type":"number","custom":"com.atlassian.jira.plugin.system.customfieldtypes:float"}`)
	text = text[:len(text)-1] + `,{"id":"customfield_900","name":"Nature","untranslatedName":"Kind of work","custom":true,"schema":{"type":"option","custom":"com.atlassian.jira.plugin.system.customfieldtypes:select"}},
		{"id":"customfield_901","name":"Notes","custom":true,"schema":{"type":"string","custom":"com.atlassian.jira.plugin.system.customfieldtypes:textarea"}}]`
	wire = nil
	if err := json.Unmarshal([]byte(text), &wire); err != nil {
		t.Fatal(err)
	}
	cloud, dc := NewFieldset(wire, fieldLimit(Cloud)), NewFieldset(wire, fieldLimit(DataCenter))
	if cloud.Reads("customfield_130") || cloud.Reads("customfield_900") || len(cloud.Asked()) != 100 || cloud.LeftOut() == 0 {
		t.Fatalf("without a plan the first hundred are asked for, not %v", cloud.Asked())
	}
	if !dc.Reads("customfield_130") || !dc.Reads("customfield_900") || dc.LeftOut() != 0 || len(dc.Asked()) < 131 {
		t.Errorf("a Data Center is asked for %d fields", len(dc.Asked()))
	}
	for _, name := range []string{"customfield_900", "Nature", "nature ", "KIND OF WORK"} {
		planned := cloud.Plan([]string{"customfield_130", name, "", "component", "label:nature-"})
		if !planned.Reads("customfield_130") || !planned.Reads("customfield_900") || len(planned.Asked()) != 100 || !planned.Reads("status") {
			t.Errorf("%s: planned for %v", name, planned.Asked())
		}
		if got := planned.Lacking(); !slices.Equal(got, []string{"component"}) {
			t.Errorf("%s: lacking %q", name, got)
		}
	}
	if got := cloud.Plan([]string{"Notes", "customfield_777", "Notes"}).Lacking(); !slices.Equal(got, []string{"Notes", "customfield_777"}) {
		t.Errorf("lacking %q", got)
	}
	var all []string
	for n := range 130 {
		all = append(all, fmt.Sprintf("Number %d", n+1))
	}
	if got := cloud.Plan(all).Lacking(); len(got) != 130-100+2+len(essentials) || got[0][:7] != "Number " {
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
		var wire []wireField
		if err := json.Unmarshal([]byte(`[`+field+`]`), &wire); err != nil {
			t.Fatal(err)
		}
		fs := NewFieldset(wire, fieldLimit(Cloud))
		if fs.KnowsFlag() != known {
			t.Errorf("%s: known %v", field, !known)
		}
		d, _ := readOne(t, fs, `"customfield_4":[{"id":"1","value":"Impediment"}]`, "")
		if i := translated(t, d); i.Flagged.Last() != known || len(i.Flagged) > 0 != known {
			t.Errorf("%s: %v", field, i.Flagged)
		}
	}
	const boxes = `"schema":{"type":"array","items":"option","custom":"com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes"}`
	f(`{"id":"customfield_4","name":"Flagged","custom":true,`+boxes+`}`, true)
	f(`{"id":"customfield_4","name":"flagged","custom":true,`+boxes+`}`, true)
	f(`{"id":"customfield_4","name":"Markiert","untranslatedName":"Flagged","custom":true,`+boxes+`}`, true)
	f(`{"id":"customfield_4","name":"Markiert","custom":true,"schema":{"type":"array","items":"option","custom":"com.pyxis.greenhopper.jira:gh-flagged"}}`, true)
	f(`{"id":"customfield_4","name":"Markiert","custom":true,`+boxes+`}`, false)
	f(`{"id":"customfield_4","name":"Flagged","custom":true,"schema":{"type":"string","custom":"com.atlassian.jira.plugin.system.customfieldtypes:textfield"}}`, false)
	d, _ := readOne(t, pitfallSet(t), `"customfield_4":null`, "")
	if i := translated(t, d); len(i.Flagged) != 1 || i.Flagged.Last() {
		t.Errorf("not flagged: %v", i.Flagged)
	}
}

// TestEpicKey: the key of an epic that is not read is told by the parent that an issue was created with.
func TestEpicKey(t *testing.T) {
	d, _ := readOne(t, pitfallSet(t), `"parent":{"id":"77","key":"OTHER-7"}`, "")
	if i := translated(t, d); i.Parent.Last() != 77 || i.Relatives[77] != "OTHER-7" {
		t.Errorf("%v %v", i.Parent, i.Relatives)
	}
}

// TestSprintDates: a date that cannot be believed is left out and told.
func TestSprintDates(t *testing.T) {
	c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"startAt":0,"isLast":true,"values":[{"id":1,"state":"CLOSED","startDate":"1000000-01-01T00:00:00.000Z","endDate":"2026-01-02T00:00:00.000Z","completeDate":"<null>"},{"id":2}]}`)
	})
	got, err := c.Sprints(t.Context(), 1)
	if err != nil || len(got) != 2 || !got[0].Start.IsZero() || got[0].End.IsZero() || fmt.Sprint(got[0].Unreadable, got[1].Unreadable) != "[startDate] []" || got[0].State != agile.Closed {
		t.Errorf("%+v, %v", got, err)
	}
}
