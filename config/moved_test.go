package config

import (
	"fmt"
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
	want := Moved{From: "https://old.example/jira", Store: Store{Path: "old.db"},
		At:     calendar.Date{Year: 2026, Month: time.May, Day: 4},
		Fields: map[string]string{"customfield_7": "customfield_9"}}
	if diff := cmp.Diff(want, c.Teams[0].Moved); diff != "" {
		t.Error(diff)
	}
}

// TestMovedFaults: what a move lacks is told, all at once.
func TestMovedFaults(t *testing.T) {
	for text, want := range map[string][]string{
		"{from: https://old.example}": {"projects[0].moved.store: is missing",
			"moved.at: is missing"},
		"{fields: {a: b}}": {"moved.from: is missing",
			"moved.store: is missing"},
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

// TestMovedStoreIsSecret: the password of a store that is only read is shown no more than that of the program's own.
func TestMovedStoreIsSecret(t *testing.T) {
	const address = "postgres://jerem:pa55@db.example/old"
	file := strings.Replace(movedFile, "MOVED", "{from: https://o, store: '"+address+"', at: 2026-05-04}", 1)
	c := mustLoad(t, file)
	if c.Teams[0].Moved.Store.Place() != address || !c.SecretInFile || strings.Contains(fmt.Sprintf("%+v", c), "pa55") {
		t.Errorf("%+v, noted as a secret in the file: %v", c.Teams[0].Moved, c.SecretInFile)
	}
	_, err := Load("config.yml", []byte(strings.Replace(file, "/old", "", 1)), variables())
	if err == nil || !strings.Contains(err.Error(), "moved.store") || strings.Contains(err.Error(), "pa55") {
		t.Errorf("without a database: %v", err)
	}
}
