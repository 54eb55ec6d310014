package translate

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/jira/document"
	"jerem/jira/jiratest"
	"jerem/jira/wire"
)

// TestRelatives: the keys of parents and epics are those that changes of them tell, on both sides, and no others.
func TestRelatives(t *testing.T) {
	i := told(t, `"parent":{"id":"9","key":"K-9"},"customfield_5":"K-9"`, `[
		{"id":"1","created":1767344400000,"items":[
			{"field":"status","fieldId":"status","from":"1","fromString":"A","to":"2","toString":"B"},
			{"field":"IssueParentAssociation","from":"7","fromString":"K-7","to":"8","toString":""}]},
		{"id":"2","created":1767344400000,"items":[{"field":"Epic Link","fieldId":"customfield_5","from":"",
			"fromString":"","to":"6","toString":"K-6"}]}]`)
	if got := fmt.Sprint(i.Relatives); got != "[{6 K-6} {7 K-7} {9 K-9}]" {
		t.Error(got)
	}
}

// TestEpicLinkIDs: the present link tells the key alone; it is the epic whose id a change told for that key.
func TestEpicLinkIDs(t *testing.T) {
	const linked = `[{"id":"1","created":1767344400000,"items":[{"field":"Epic Link","fieldId":"customfield_5",` +
		`"to":"6","toString":"K-6"}]}]`
	if i := told(t, `"customfield_5":"K-6"`, linked); jiratest.Steps(i.EpicLink) != "01-01 09:00 ; 01-02 09:00 6" ||
		i.Broken.Total() != 0 {
		t.Error(jiratest.Steps(i.EpicLink), i.Broken)
	}
	if i := told(t, `"customfield_5":"K-8"`, linked); jiratest.Steps(i.EpicLink) != "01-01 09:00 ; 01-02 09:00 6; "+
		"02-01 09:00 K-8" || i.Broken[agile.FieldEpicLink] != 1 {
		t.Error(jiratest.Steps(i.EpicLink), i.Broken)
	}
	if i := told(t, `"customfield_5":"K-8"`, `[]`); jiratest.Steps(i.EpicLink) != "01-01 09:00 K-8" {
		t.Error(jiratest.Steps(i.EpicLink))
	}
}

// TestRecordedEpics: real issues stand in their epics from the moment on that their histories tell, as Cloud tells them
// and as Data Center would: without ids of fields, and with no parent but a sub-task's.
func TestRecordedEpics(t *testing.T) {
	root := os.Getenv("JEREM_RECORDED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared", "jira")
	}
	read := func(file string, out any) {
		raw, err := os.ReadFile(filepath.Join(root, "devlake", file))
		if err != nil {
			t.Skipf("no recorded Jira data at %s: set JEREM_RECORDED to try them", root)
		}
		if err := json.Unmarshal(raw, out); err != nil {
			t.Fatal(err)
		}
	}
	// From the histories, by hand: when it came into its epic, and which.
	want := map[string]struct{ at, epic string }{
		"EE-1":  {"2020-06-12T08:21:20.929+08:00", "10073"}, // the link was lost later, without a change
		"EE-20": {"2020-06-12T08:30:18.723+08:00", "10083"},
		"K5-2":  {"2022-07-16T06:30:23.343+08:00", "20707"}, // told twice, 22 ms apart
		"K5-3":  {"2022-07-16T06:31:38.616+08:00", "20710"},
	}
	const cloud, dataCenter = "cloud", "datacenter"
	limits := map[string]int{cloud: jiratest.CloudLimit, dataCenter: 0}
	for _, dialect := range []string{cloud, dataCenter} {
		var site []wire.Field
		var issues []wire.Issue
		read("fields.json", &site)
		read("issues.json", &issues)
		fs, found := document.NewFieldset(site, limits[dialect]), 0
		for _, w := range issues {
			x, ok := want[w.Key]
			if !ok {
				continue
			}
			found++
			if dialect == dataCenter {
				asDataCenter(&w)
			}
			d, err := document.New(w, w.Changelog.Histories, fs)
			if err != nil {
				t.Fatal(err)
			}
			tr, err := Document(d.Raw, nil)
			if err != nil {
				t.Fatal(err)
			}
			at, err := time.Parse(time.RFC3339, x.at)
			if err != nil {
				t.Fatal(err)
			}
			before, after := tr.Issue.EpicLink.At(at.Add(-time.Second)), tr.Issue.EpicLink.At(at.Add(time.Second))
			if before != "" || after != x.epic {
				t.Errorf("%s, %s: its link goes from %q to %q at %v, want from nothing to %s", dialect, w.Key, before,
					after, at, x.epic)
			}
			parent := tr.Issue.Parent.At(at.Add(-time.Second))
			if now := tr.Issue.Parent.Last(); parent != 0 || dialect == dataCenter && now != 0 ||
				dialect == cloud && strings.HasPrefix(w.Key, "K5") && now == 0 {
				t.Errorf("%s, %s: its parent was %d, is %d", dialect, w.Key, parent, now)
			}
		}
		if found != len(want) {
			t.Errorf("%d issues found, want %d", found, len(want))
		}
	}
}

// asDataCenter writes an issue that is no sub-task as Data Center would.
func asDataCenter(w *wire.Issue) {
	delete(w.Fields, "parent")
	for n, h := range w.Changelog.Histories {
		var items []wire.Item
		for _, i := range h.Items {
			i.FieldID = ""
			if i.Field != "IssueParentAssociation" {
				items = append(items, i)
			}
		}
		w.Changelog.Histories[n].Items = items
	}
}

// TestEpicKey: the key of an epic that is not read is told by the parent that an issue was created with.
func TestEpicKey(t *testing.T) {
	d := jiratest.Document(t, jiratest.Fieldset(t), `"parent":{"id":"77","key":"OTHER-7"}`, "")
	if i := translated(t, d); i.Parent.Last() != 77 || fmt.Sprint(i.Relatives) != "[{77 OTHER-7}]" {
		t.Errorf("%v %v", i.Parent, i.Relatives)
	}
}

// TestOldLinksAlone: on a site that keeps epics in the older link only, and tells no parent, the last change of the
// parent tells it; where the parent is told as none, it is none.
func TestOldLinksAlone(t *testing.T) {
	const changes = `[{"id":"1","created":1767344400000,"items":[
		{"field":"IssueParentAssociation","from":"","fromString":"","to":"6","toString":"K-6"},
		{"field":"Epic Link","fieldId":"customfield_5","to":"6","toString":"K-6"}]},
		{"id":"2","created":1767430800000,"items":[
		{"field":"IssueParentAssociation","from":"6","fromString":"K-6","to":"7","toString":"K-7"},
		{"field":"Epic Link","fieldId":"customfield_5","from":"6","fromString":"K-6","to":"7","toString":"K-7"}]}]`
	for fields, want := range map[string]string{
		`"customfield_5":"K-7"`:                  "01-01 09:00 0; 01-02 09:00 6; 01-03 09:00 7",
		`"customfield_5":"K-7","parent":null`:    "01-01 09:00 0; 01-02 09:00 6; 01-03 09:00 7; 02-01 09:00 0",
		`"customfield_5":null`:                   "01-01 09:00 0; 01-02 09:00 6; 01-03 09:00 7; 02-01 09:00 0",
		`"parent":{"id":"7"},"customfield_5":""`: "01-01 09:00 0; 01-02 09:00 6; 01-03 09:00 7",
	} {
		i := told(t, fields, changes)
		if got := jiratest.Steps(i.Parent); got != want || (i.Broken[agile.FieldParent] > 0) != strings.Contains(want,
			"02-01") {
			t.Errorf("%s: %s, broken %v; want %s", fields, got, i.Broken, want)
		}
	}
}

// TestRenamedEpicLink: where the older link has another name on the site, and changes tell no id of their field, they
// are changes of the link all the same, each once, and the present link counts.
func TestRenamedEpicLink(t *testing.T) {
	fs := jiratest.FieldsetOf(t, 0, "["+jiratest.CustomField(5, "Epos", jiratest.EpicSchema)+"]")
	const linked = `{"id":"1","created":1767344400000,"items":[{"field":"Epic Link","to":"6","toString":"K-6"}]}`
	for fields, want := range map[string]string{
		`"customfield_5":"K-6"`: "01-01 09:00 ; 01-02 09:00 6",
		`"customfield_5":"K-8"`: "01-01 09:00 ; 01-02 09:00 6; 02-01 09:00 K-8",
		`"summary":"x"`:         "01-01 09:00 ; 01-02 09:00 6",
	} {
		i := translated(t, jiratest.Document(t, fs, fields, linked))
		if got := jiratest.Steps(i.EpicLink); got != want || i.Broken.Total() > 0 != strings.Contains(want, "K-8") {
			t.Errorf("%s: %s, broken %v; want %s", fields, got, i.Broken, want)
		}
	}
}

// TestParentsWithoutKey: a parent of which no key is told is a parent, and has no key.
func TestParentsWithoutKey(t *testing.T) {
	i := told(t, `"parent":{"id":"9"}`, `[]`)
	if _, hasKey := i.Relatives.Of(9); i.Parent.Last() != 9 || hasKey {
		t.Errorf("parent %d, relatives %v", i.Parent.Last(), i.Relatives)
	}
}
