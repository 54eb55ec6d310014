package jira

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestRecordedEpics: real issues stand in their epics from the moment on that their histories tell, as Cloud tells them
// and as Data Center would: without ids of fields, and with no parent but a sub-task's.
func TestRecordedEpics(t *testing.T) {
	root := os.Getenv("JEREM_RECORDED")
	if root == "" {
		root = filepath.Join("..", "..", "shared", "jira")
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
	for _, dialect := range []Dialect{Cloud, DataCenter} {
		var wire []wireField
		var issues []wireIssue
		read("fields.json", &wire)
		read("issues.json", &issues)
		fs, found := NewFieldset(wire, fieldLimit(dialect)), 0
		for _, w := range issues {
			x, ok := want[w.Key]
			if !ok {
				continue
			}
			found++
			if dialect == DataCenter {
				asDataCenter(&w)
			}
			d, _, err := clean(w, w.Changelog.Histories, fs)
			if err != nil {
				t.Fatal(err)
			}
			raw, _ := json.Marshal(d)
			tr, err := Translate(raw)
			if err != nil {
				t.Fatal(err)
			}
			at, err := time.Parse(time.RFC3339, x.at)
			if err != nil {
				t.Fatal(err)
			}
			before, after := tr.Issue.EpicLink.At(at.Add(-time.Second)), tr.Issue.EpicLink.At(at.Add(time.Second))
			if before != "" || after != x.epic {
				t.Errorf("%s, %s: its link goes from %q to %q at %v, want from nothing to %s", dialect, w.Key, before, after, at, x.epic)
			}
			parent := tr.Issue.Parent.At(at.Add(-time.Second))
			if now := tr.Issue.Parent.Last(); parent != 0 || dialect == DataCenter && now != 0 || dialect == Cloud && strings.HasPrefix(w.Key, "K5") && now == 0 {
				t.Errorf("%s, %s: its parent was %d, is %d", dialect, w.Key, parent, now)
			}
		}
		if found != len(want) {
			t.Errorf("%d issues found, want %d", found, len(want))
		}
	}
}

// asDataCenter writes an issue that is no sub-task as Data Center would.
func asDataCenter(w *wireIssue) {
	delete(w.Fields, "parent")
	for n, h := range w.Changelog.Histories {
		var items []wireItem
		for _, i := range h.Items {
			if i.FieldID = ""; i.Field != "IssueParentAssociation" {
				items = append(items, i)
			}
		}
		w.Changelog.Histories[n].Items = items
	}
}
