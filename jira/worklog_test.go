package jira

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
)

// TestWorklogForms: a worklog is read where its ids, its start and its seconds can be; else the error says which it is,
// and what of it cannot be read.
func TestWorklogForms(t *testing.T) {
	f := func(text string, issue int64, want, why string) {
		t.Helper()
		var w wireWorklog
		if err := json.Unmarshal([]byte(text), &w); err != nil {
			t.Fatal(err)
		}
		l, err := parseWorklog(w, issue)
		var unreadable *UnreadableWorklog
		if why == "" != (err == nil) || err != nil && (!errors.As(err, &unreadable) || unreadable.Why != why) {
			t.Errorf("%s: %v, want %q", text, err, why)
		}
		if got := fmt.Sprintf("%d of %d, %ds", l.ID, l.Issue, l.Seconds); err == nil && got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	entry := func(id, issue, started, seconds string) string {
		return `{"id":` + id + `,"issueId":` + issue + `,"started":` + started + `,"timeSpentSeconds":` + seconds + `}`
	}
	const day, hundredYears = `"2026-01-01T10:00:00.000+0100"`, "3162240000"
	f(entry(`"7"`, `"9"`, day, "60"), 0, "7 of 9, 60s", "")
	f(entry(`1`, `1`, day, "0"), 0, "1 of 1, 0s", "")
	f(entry(`"7"`, `null`, day, hundredYears), 5, "7 of 5, 3162240000s", "")
	f(entry(`"0"`, `"9"`, day, "60"), 0, "", "its id is no number")
	f(entry(`"-1"`, `"9"`, day, "60"), 0, "", "its id is no number")
	f(entry(`"7"`, `"0"`, day, "60"), 0, "", "the id of its issue is no number")
	f(entry(`"7"`, `"9"`, `null`, "60"), 0, "", "it does not tell when it was started")
	f(entry(`"7"`, `"9"`, day, `"60"`), 0, "", "its time spent is no whole number of seconds")
	f(entry(`"7"`, `"9"`, day, `null`), 0, "", "its time spent is no whole number of seconds")
	f(entry(`"7"`, `"9"`, day, "1.5"), 0, "", "its time spent is no whole number of seconds")
	f(entry(`"7"`, `"9"`, day, "-1"), 0, "", "its time spent is out of all bounds")
	f(entry(`"7"`, `"9"`, day, "3162240001"), 0, "", "its time spent is out of all bounds")
	f(`7`, 0, "", "it has another shape")
}

// TestWorklogsThere: of the worklogs that are asked for those are told that Jira still has, and none whose id cannot be
// read.
func TestWorklogsThere(t *testing.T) {
	c := answering(t, Cloud, `[{"id":"7"},{"id":9},{"id":"x"},5]`)
	got, err := c.Worklogs().Existing(t.Context(), []int64{7, 8, 9})
	if err != nil || fmt.Sprint(got) != "map[7:true 9:true]" {
		t.Errorf("%v, %v", got, err)
	}
}
