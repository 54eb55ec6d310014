package jiratest

import (
	"testing"
	"time"

	"jerem/agile"
)

// TestDocument: a document is made of what stands in the texts, and written as tests compare it.
func TestDocument(t *testing.T) {
	d := Document(t, Fieldset(t), `"customfield_1":"many","labels":[1]`, `{"id":"1","created":1767344400000,"items":[`+
		`{"field":"status","fieldId":"status","from":"2","to":"1"}]}`)
	if d.ID != 1 || d.Changes != 1 || Gaps(d) != "values unreadable Labels; values unreadable Points" {
		t.Errorf("document %d of %d changes, lacking %q", d.ID, d.Changes, Gaps(d))
	}
	begun := time.Date(2026, 1, 1, 9, 5, 0, 0, time.UTC)
	steps := agile.Timeline[int]{{From: agile.MomentOf(begun), Value: 3}, {From: agile.MomentOf(begun.AddDate(0, 0,
		1)), Value: 5}}
	if got := Steps(steps); got != "01-01 09:05 3; 01-02 09:05 5" {
		t.Error(got)
	}
}
