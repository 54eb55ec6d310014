package document_test

import (
	"fmt"
	"testing"

	"jerem/jira/document"
	"jerem/jira/jiratest"
)

// TestKeep: a field that was read before and that the site no longer lists is asked for further, under its last name,
// until it is sure that it is gone; what is listed stays as it is.
func TestKeep(t *testing.T) {
	const before = "2 customfield_1:parts customfield_70:number customfield_71:options customfield_72:sprint " +
		"customfield_73:epiclink customfield_74:flag :text nothing"
	former := map[string][]string{"customfield_70": {"Old", "Effort"}, "customfield_71": {"Notes"}}
	site := jiratest.Fieldset(t)
	kept, lost := site.Without([]string{"customfield_72"}).Keep(before, former)
	const want = "[{customfield_70 Effort true} {customfield_71 Notes false} {customfield_73 customfield_73 true} " +
		"{customfield_74 customfield_74 true}]"
	if got := fmt.Sprint(lost); got != want {
		t.Errorf("lost %s, want %s", got, want)
	}
	for id, reads := range map[string]bool{"customfield_70": true, "customfield_71": true, "customfield_72": false,
		"customfield_73": true, "customfield_74": true, "": false, "nothing": false} {
		if kept.Reads(id) != reads {
			t.Errorf("%q: read %v", id, !reads)
		}
		if site.Reads(id) {
			t.Errorf("%q is read of the set that was there before", id)
		}
	}
	for change, owner := range map[string]string{
		`{"field":"effort","toString":"5"}`: "customfield_70",
		`{"field":"Old","toString":"5"}`:    "", // a name that Know adds
		`{"field":"Notes","toString":"5"}`:  "", // free text has that name today
		`{"field":"Points","toString":"5"}`: "customfield_1",
	} {
		if got := kept.BestOwner(item(t, change), nil, ""); got != owner {
			t.Errorf("%s is of %q, want %q", change, got, owner)
		}
	}
	if again, lost := kept.Keep(kept.Signature(), former); len(lost) != 0 || again.Signature() != kept.Signature() {
		t.Errorf("kept a second time: lost %v", lost)
	}
}

// TestFlagWithoutRoom: a flag for which no request has room is not known.
func TestFlagWithoutRoom(t *testing.T) {
	site := "[" + jiratest.CustomField(4, "Flagged", jiratest.BoxesSchema) + "]"
	room := 2 + len(document.Essentials)
	for limit, known := range map[int]bool{0: true, room: false, room + 1: true} {
		if fs := jiratest.FieldsetOf(t, limit, site); fs.KnowsFlag() != known {
			t.Errorf("of %d fields: known %v", limit, !known)
		}
	}
}

// TestMergeOthers: what is kept of another issue, or of a field that was read in another way, says nothing of this one;
// what could not be read before is no value.
func TestMergeOthers(t *testing.T) {
	const change = `{"id":"1","created":1767344400000,"items":[{"field":"Points","fieldId":"customfield_1",` +
		`"fromString":"1","toString":"2"}]}`
	fs := jiratest.Fieldset(t)
	options := jiratest.FieldsetOf(t, 0, "["+jiratest.CustomField(1, "Points", jiratest.SelectSchema)+"]")
	f := func(name string, known, now document.Document, fs document.Fieldset) {
		t.Helper()
		got, lacks, err := document.Merge(known.Raw, now, fs)
		if err != nil || lacks.Entries != 0 || len(lacks.Fields) != 0 || string(got.Raw) != string(now.Raw) ||
			jiratest.Gaps(got) != jiratest.Gaps(now) {
			t.Errorf("%s: %+v, %v: %s", name, lacks, err, got.Raw)
		}
	}
	whole, empty := jiratest.Document(t, fs, `"customfield_1":2`, change), jiratest.Document(t, fs, `"summary":"x"`, "")
	other := empty
	other.Content.ID = 2
	other.Raw = []byte(`{"id":2` + string(empty.Raw[len(`{"id":1`):]))
	f("another issue", whole, other, fs)
	f("read in another way", whole, jiratest.Document(t, options, `"customfield_1":true`, ""), options)
	f("not read before", jiratest.Document(t, fs, `"customfield_1":1e308`, ""), empty, fs)
}

// TestMergeEntries: changes that did not come return into the entry that they were of, or into one of their own; of two
// that are alike and of one moment each counts.
func TestMergeEntries(t *testing.T) {
	fs := jiratest.Fieldset(t)
	const one = `{"field":"Points","fieldId":"customfield_1","fromString":"1","toString":"2"}`
	const two = `{"field":"labels","fieldId":"labels","fromString":"a","toString":"b"}`
	entry := func(id, items string) string {
		return fmt.Sprintf(`{"id":"%s","created":1767344400000,"items":[%s]}`, id, items)
	}
	f := func(known, now string, entries, lacking int) {
		t.Helper()
		before := jiratest.Document(t, fs, `"customfield_1":2`, known)
		got, lacks, err := document.Merge(before.Raw, jiratest.Document(t, fs, `"customfield_1":2`, now), fs)
		histories := contentOf(t, got).Histories
		if err != nil || lacks.Entries != lacking || len(histories) != entries || got.Changes != before.Changes {
			t.Errorf("%s, now %s: %d changes lacking, %v: %v", known, now, lacks.Entries, err, histories)
		}
		for _, h := range histories {
			if len(h.Items) == 0 {
				t.Errorf("%s, now %s: an entry without changes: %v", known, now, histories)
			}
		}
	}
	f(entry("1", one+","+two), entry("1", one), 1, 1)
	f(entry("1", one+","+two), entry("9", one), 2, 1)
	f(entry("1", one)+","+entry("2", two), entry("1", one), 2, 1)
	f(entry("1", one)+","+entry("2", one), entry("1", one), 2, 1)
	f(entry("1", one)+","+entry("2", one)+","+entry("3", one), entry("1", one), 3, 2)
	f(entry("1", one)+","+entry("2", two), entry("8", one), 2, 1)
}
