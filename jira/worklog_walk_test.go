package jira

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"jerem/agile"
)

// told writes what a walk through worklogs tells: the id of each, one that cannot be read in brackets, and an error
// that ends the walk as "!".
func told(walk func(func(agile.Worklog, error) bool)) (text string) {
	for l, err := range walk {
		var unreadable *UnreadableWorklog
		switch {
		case errors.As(err, &unreadable):
			text += fmt.Sprintf("(%d) ", unreadable.ID)
		case err != nil:
			text += "! "
		default:
			text += fmt.Sprintf("%d ", l.ID)
		}
	}
	return strings.TrimSpace(text)
}

const someDay = `"started":"2026-01-01T10:00:00.000+0100","timeSpentSeconds":60`

// TestIssueWorklogs: the worklogs of an issue are told once each; those that cannot be read are told each time; no page
// is asked for beyond what is announced.
func TestIssueWorklogs(t *testing.T) {
	f := func(want string, requests int, pages ...string) {
		t.Helper()
		asked := 0
		c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, pages[min(asked, len(pages)-1)])
			asked++
		})
		if got := told(c.Worklogs().OfIssue(t.Context(), 1)); got != want || asked != requests {
			t.Errorf("%s: %s after %d requests, want %s after %d", pages, got, asked, want, requests)
		}
	}
	f("1 2", 1, `{"startAt":0,"total":2,"worklogs":[{"id":"1",`+someDay+`},{"id":"2",`+someDay+`}]}`)
	f("1 2", 2, `{"startAt":0,"total":3,"worklogs":[{"id":"1",`+someDay+`}]}`,
		`{"startAt":1,"total":3,"worklogs":[{"id":"1",`+someDay+`},{"id":"2",`+someDay+`}]}`)
	f("(1) (1) 2", 1, `{"startAt":0,"total":3,"worklogs":[{"id":"1"},{"id":"1"},{"id":"2",`+someDay+`}]}`)
	f("(0) (0)", 1, `{"startAt":0,"total":2,"worklogs":[7,{"id":"x"}]}`)
	f("", 1, `{"startAt":0,"total":0,"worklogs":[]}`)
	f("1", 2, `{"startAt":0,"total":9,"worklogs":[{"id":"1",`+someDay+`}]}`, `{"startAt":1,"total":9,"worklogs":[]}`)
	f("!", 1, `{"startAt":1,"total":2,"worklogs":[{"id":"1",`+someDay+`}]}`)
}

// TestWorklogsOfOthers: of the worklogs of a site those are told that are on issues that are wanted, and those of which
// no issue can be read. A page that does not tell whether it is the last one is.
func TestWorklogsOfOthers(t *testing.T) {
	c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/list") {
			fmt.Fprint(w, `{"values":[{"worklogId":1},{"worklogId":2},{"worklogId":3}],"until":5}`)
			return
		}
		fmt.Fprint(w, `[{"id":"1","issueId":"10",`+someDay+`},{"id":"2","issueId":"99",`+someDay+`},{"id":"3",`+someDay+
			`}]`)
	})
	if got := told(c.Worklogs().ChangedSince(t.Context(), time.Time{},
		func(issue int64) bool { return issue == 10 }, nil)); got != "1 (3)" {
		t.Error(got)
	}
	for range c.Worklogs().ChangedSince(t.Context(), time.Time{}, func(int64) bool { return true }, nil) {
		break // who wants no more is told no more
	}
}

// TestCrowdedWorklogs: pages that begin where the page before began are refused at once, as a moment with too many
// worklogs; a page that begins one millisecond later is read.
func TestCrowdedWorklogs(t *testing.T) {
	for step, want := range map[int]string{0: "crowded after 2", 1: "whole after 3"} {
		asked, since := 0, ""
		c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
			since += r.URL.Query().Get("since") + " "
			fmt.Fprintf(w, `{"values":[{"worklogId":%d}],"until":%d,"lastPage":%v}`, asked, 7+asked*step, asked == 2)
			asked++
		})
		got := "whole"
		for _, err := range c.Worklogs().DeletedSince(t.Context(), time.UnixMilli(6)) {
			if Crowded(err) {
				got = "crowded"
			}
		}
		if got = fmt.Sprintf("%s after %d", got, asked); got != want || !strings.HasPrefix(since, "6 7 ") {
			t.Errorf("pages %d ms apart: %s, since %s; want %s", step, got, since, want)
		}
	}
}
