package document_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jerem/jira/document"
	"jerem/jira/jiratest"
)

// TestMerge: a history does not shrink, and a field that did not come, or cannot be read, is what it was, unless its
// changes tell something newer; what an older state tells is taken as it is.
func TestMerge(t *testing.T) {
	fs := jiratest.Fieldset(t)
	entry := func(id, created, field, from, to string) string {
		return fmt.Sprintf(`{"id":"%s","created":%s,"items":[{"field":"%s","fieldId":"%[3]s","from":"%s",`+
			`"fromString":"%[4]s","to":"%s","toString":"%[5]s"}]}`, id, created, field, from, to)
	}
	one, two := entry("1", "1767344400000", "customfield_1", "1", "2"), entry("2", "1767430800000", "customfield_1",
		"2", "5")
	doc := func(fields string, entries ...string) document.Document {
		d := jiratest.Document(t, fs, fields, strings.Join(entries, ","))
		return d
	}
	f := func(name string, known, now document.Document, entries int, fields string, want string) {
		t.Helper()
		got, lacks, err := document.Merge(known.Raw, now, fs)
		if err != nil || lacks.Entries != entries || strings.Join(lacks.Fields, " ") != fields {
			t.Errorf("%s: %+v, %v", name, lacks, err)
		}
		if shrunk := jiratest.Gaps(got) == "histories shrunk "; shrunk != (entries > 0) {
			t.Errorf("%s: told %q", name, jiratest.Gaps(got))
		}
		if text := jiratest.Steps(translated(t, got).Numbers.Of("customfield_1")); text != want {
			t.Errorf("%s: %s, want %s", name, text, want)
		}
		if again, lacks, err := document.Merge(got.Raw, now, fs); err != nil || string(again.Raw) != string(got.Raw) ||
			lacks.Entries != entries || got.Changes != 2 {
			t.Errorf("%s: not the same a second time: %+v %v, %d changes", name, lacks, err, got.Changes)
		}
	}
	const both = "01-01 09:00 {1 true}; 01-02 09:00 {2 true}; 01-03 09:00 {5 true}"
	whole := doc(`"customfield_1":5`, one, two)
	f("the same", whole, whole, 0, "", both)
	f("nothing known", document.Document{}, whole, 0, "", both)
	f("an entry missing", whole, doc(`"customfield_1":5`, two), 1, "", both)
	f("all entries missing", whole, doc(`"customfield_1":5`), 2, "", both)
	f("numbered anew", whole, doc(`"customfield_1":5`, entry("11", "1767344400000", "customfield_1", "1", "2"),
		entry("12", "1767430800000", "customfield_1", "2", "5")), 0, "", both)
	f("a field missing", whole, doc(`"summary":"x"`, one, two), 0, "customfield_1", both)
	unreadable := doc(`"customfield_1":1e308`, one, two)
	unreadable.Gaps = nil
	f("a field that cannot be read", whole, unreadable, 0, "customfield_1", both)
	f("a field missing that changed", doc(`"customfield_1":2`, one), doc(`"summary":"x"`, one, two), 0, "", both)
	f("a field that became empty", whole, doc(`"customfield_1":null`, one, two), 0, "", both+"; 02-01 09:00 {0 false}")
	f("a field and an entry", whole, doc(`"summary":"x"`, one), 1, "customfield_1", both)

	options, empty := doc(`"customfield_3":{"id":"1","value":"A"}`), doc(`"customfield_3":null`)
	for name, known := range map[string]document.Document{
		"customfield_3": options, "parent": doc(`"parent":{"id":"7"}`), "resolutiondate": doc(`"resolutiondate":"202` +
			`6-01-10T10:00:00.000+0100"`),
	} {
		if _, lacks, err := document.Merge(known.Raw, doc(`"summary":"x"`), fs); err != nil ||
			!slices.Contains(lacks.Fields, name) {
			t.Errorf("the value of %s is missing: told %v, %v", name, lacks.Fields, err)
		}
	}
	labelled := doc(`"labels":["a"]`)
	for now, want := range map[string]string{`"labels":null`: "labels", `"labels":[]`: ""} {
		if _, lacks, err := document.Merge(labelled.Raw, doc(now), fs); err != nil ||
			strings.Join(lacks.Fields, " ") != want {
			t.Errorf("%s: told %v, %v; want %q", now, lacks.Fields, err, want)
		}
	}
	if _, lacks, err := document.Merge(empty.Raw, doc(`"summary":"x"`), fs); err != nil || len(lacks.Fields) > 0 {
		t.Errorf("nothing is missing of a field that was empty: told %v, %v", lacks.Fields, err)
	}

	older := doc(`"updated":"2026-01-15T10:00:00.000+0100","customfield_1":2`, one)
	if got, lacks, err := document.Merge(whole.Raw, older, fs); err != nil || lacks.Entries != 0 ||
		string(got.Raw) != string(older.Raw) {
		t.Errorf("restored from a backup: %+v, %v", lacks, err)
	}
	if _, _, err := document.Merge([]byte("{"), whole, fs); err == nil || !strings.Contains(err.Error(), "issue 1") {
		t.Errorf("a damaged one: %v", err)
	}
	unread := document.NewFieldset(nil, jiratest.CloudLimit) // points are not among its fields
	if _, lacks, err := document.Merge(whole.Raw, doc(`"summary":"x"`), unread); err != nil || lacks.Entries != 0 {
		t.Errorf("a field that is read no more: %+v, %v", lacks, err)
	}
}

// TestMergeParents: a parent that did not come stays, unless changes under any name of a parent came since; of
// changes that did not come those of fields that are read stay, under names of Jira's own too.
func TestMergeParents(t *testing.T) {
	fs := jiratest.Fieldset(t)
	const parents = `{"id":"1","created":1767344400000,"items":[` +
		`{"field":"IssueParentAssociation","to":"7","toString":"K-7"}]}`
	const moved = `{"id":"2","created":1767430800000,"items":[` +
		`{"field":"Parent","from":"7","fromString":"K-7","to":"8","toString":"K-8"}]}`
	const version = `{"id":"3","created":1767430900000,"items":[` +
		`{"field":"Fix Version","to":"26","toString":"SaaS"},{"field":"Key","fromString":"A-1","toString":"K-1"}]}`
	doc := func(fields string, entries ...string) document.Document {
		d := jiratest.Document(t, fs, fields, strings.Join(entries, ","))
		return d
	}
	f := func(name string, known, now document.Document, fields string, entries int, parent string) {
		t.Helper()
		got, lacks, err := document.Merge(known.Raw, now, fs)
		if err != nil || lacks.Entries != entries || strings.Join(lacks.Fields, " ") != fields {
			t.Errorf("%s: %+v, %v", name, lacks, err)
		}
		if text := jiratest.Steps(translated(t, got).Parent); text != parent {
			t.Errorf("%s: %s, want %s", name, text, parent)
		}
	}
	of7, of8 := `"parent":{"id":"7","key":"K-7"}`, `"parent":{"id":"8","key":"K-8"}`
	f("the same", doc(of7, parents), doc(of7, parents), "", 0, "01-01 09:00 0; 01-02 09:00 7")
	f("it did not come", doc(of7, parents), doc(`"labels":[]`, parents), "parent", 0, "01-01 09:00 0; 01-02 09:00 7")
	f("it did not come and moved", doc(of7, parents), doc(`"labels":[]`, parents, moved), "", 0,
		"01-01 09:00 0; 01-02 09:00 7; 01-03 09:00 8; 02-01 09:00 0")
	f("changes did not come", doc(of8, parents, moved), doc(of8, moved), "", 1,
		"01-01 09:00 0; 01-02 09:00 7; 01-03 09:00 8")
	f("changes of versions and keys did not come", doc(of7, parents, version), doc(of7, parents), "", 2,
		"01-01 09:00 0; 01-02 09:00 7")
	now := doc(of7)
	if got, _, err := document.Merge([]byte("{"), now, fs); err == nil || string(got.Raw) != string(now.Raw) {
		t.Errorf("with a damaged document it is %s: %v", got.Raw, err)
	}
}
