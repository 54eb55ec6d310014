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

// TestIssueWorklogs: the worklogs of an issue are told once each, those that cannot be read too; no page is asked for
// beyond what is announced. A list that is shorter than it says is asked for once more, then refused; so is one that
// does not say how long it is.
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
	const one = `{"startAt":0,"total":3,"worklogs":[{"id":"1",` + someDay + `}]}`
	const oneAndTwo = `{"startAt":1,"total":3,"worklogs":[{"id":"1",` + someDay + `},{"id":"2",` + someDay + `}]}`
	f("!", 4, one, oneAndTwo, one, oneAndTwo)
	f("1 2 3", 4, one, oneAndTwo, one,
		`{"startAt":1,"total":3,"worklogs":[{"id":"2",`+someDay+`},{"id":"3",`+someDay+`}]}`)
	f("(1) 2", 1, `{"startAt":0,"total":2,"worklogs":[{"id":"1"},{"id":"1"},{"id":"2",`+someDay+`}]}`)
	f("!", 1, `{"startAt":0,"worklogs":[{"id":"1",`+someDay+`}]}`)
	f("(0) (0)", 1, `{"startAt":0,"total":2,"worklogs":[7,{"id":"x"}]}`)
	f("", 1, `{"startAt":0,"total":0,"worklogs":[]}`)
	const oneOf9, ends = `{"startAt":0,"total":9,"worklogs":[{"id":"1",` + someDay + `}]}`, `{"startAt":1,"total":9,` +
		`"worklogs":[]}`
	f("!", 4, oneOf9, ends, oneOf9, ends)
	f("1", 3, oneOf9, `{"startAt":1,"total":1,"worklogs":[]}`, `{"startAt":0,"total":1,"worklogs":[{"id":"1",`+someDay+
		`}]}`)
	f("!", 1, `{"startAt":1,"total":2,"worklogs":[{"id":"1",`+someDay+`}]}`)
}

// TestWorklogsOfOthers: of the worklogs of a site those are told that are on issues that are wanted, and those of which
// no issue can be read.
func TestWorklogsOfOthers(t *testing.T) {
	c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/list") {
			fmt.Fprint(w, `{"values":[{"worklogId":1},{"worklogId":2},{"worklogId":3}],"until":5,"lastPage":true}`)
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

// TestChangedWorklogsEnd: a list of changed worklogs ends at the page that says so: not at an empty one, nor at one
// that says nothing of it.
func TestChangedWorklogsEnd(t *testing.T) {
	for want, pages := range map[string][]string{
		"1 2": {`{"values":[{"worklogId":1}],"until":7,"lastPage":false}`, `{"values":[],"until":8,"lastPage":false}`,
			`{"values":[{"worklogId":2}],"until":9,"lastPage":true}`},
		"1 !": {`{"values":[{"worklogId":1}],"until":7,"lastPage":false}`, `{"values":[],"until":7,"lastPage":false}`},
		"!":   {`{"values":[{"worklogId":1}],"until":7}`},
	} {
		asked, got := 0, ""
		c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, pages[min(asked, len(pages)-1)])
			asked++
		})
		for id, err := range c.Worklogs().DeletedSince(t.Context(), time.UnixMilli(6)) {
			if err != nil {
				got += "! "
				if Crowded(err) {
					t.Errorf("an empty page passes for a crowded moment: %v", err)
				}
			} else {
				got += fmt.Sprintf("%d ", id)
			}
		}
		if strings.TrimSpace(got) != want || asked != len(pages) {
			t.Errorf("%q after %d requests, want %q", got, asked, want)
		}
	}
}
