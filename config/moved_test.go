package config

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/calendar"
)

const movedFile = "jira: {url: https://jira.example, token: t}\nprojects: [{name: K, moved: MOVED}]\n"

// TestMoved: an entry says from where its team moved, when, and which fields are the same.
func TestMoved(t *testing.T) {
	c := mustLoad(t, strings.Replace(movedFile, "MOVED", "{from: https://old.example/jira/, store: old.db, "+
		"at: 2026-05-04, fields: {customfield_7: customfield_9}}", 1))
	want := Moved{From: "https://old.example/jira", Store: "old.db", At: calendar.Date{Year: 2026, Month: time.May, Day: 4},
		Fields: map[string]string{"customfield_7": "customfield_9"}}
	if diff := cmp.Diff(want, c.Teams[0].Moved); diff != "" {
		t.Error(diff)
	}
}

// TestMovedFaults: what a move lacks is told, all at once.
func TestMovedFaults(t *testing.T) {
	for text, want := range map[string][]string{
		"{from: https://old.example}":                                       {"projects[0].moved.store: is missing", "moved.at: is missing"},
		"{fields: {a: b}}":                                                  {"moved.from: is missing", "moved.store: is missing"},
		"{from: old, store: s, at: soon}":                                   {"is not an address", "is not a date"},
		"{from: https://o, store: s, at: 2026-05-04, fields: [a]}":          {"must hold fields, is a list"},
		"{from: https://o, store: s, at: 2026-05-04, fields: {a: 'b c'}}":   {"fields.a: is not the id of a field"},
		"{from: https://o, store: s, at: 2026-05-04, fields: {a: b, a: c}}": {"fields.a: is set twice"},
	} {
		_, err := Load("config.yml", []byte(strings.Replace(movedFile, "MOVED", text, 1)), variables())
		for _, w := range want {
			if err == nil || !strings.Contains(err.Error(), w) {
				t.Errorf("%s: %v, want that it %s", text, err, w)
			}
		}
	}
}
