package jira

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"testing"
	"time"

	"jerem/jira/jiratest"
	"jerem/problem"
)

// TestEndlessLists: a list whose pages never end, that tell the same again or nothing at all, is refused.
func TestEndlessLists(t *testing.T) {
	const mostIdle = 50 // pages in a row that may tell nothing new
	reads := map[string]func(c *Client) error{
		"search": func(c *Client) error {
			for _, err := range c.IDs(t.Context(), "project = K") {
				if err != nil {
					return err
				}
			}
			return nil
		},
		"histories": func(c *Client) error {
			_, err := c.issues.cloud.readHistories(t.Context(), []int64{1}, jiratest.Fieldset(t))
			return err
		},
		"sprints": func(c *Client) error { _, err := c.Boards().Sprints(t.Context(), 1); return err },
		"boards":  func(c *Client) error { _, err := c.Boards().OfProject(t.Context(), "K"); return err },
		"logs": func(c *Client) error {
			for _, err := range c.Worklogs().OfIssue(t.Context(), 1) {
				var one *UnreadableWorklog
				if err != nil && !errors.As(err, &one) {
					return err
				}
			}
			return nil
		},
		"changed logs": func(c *Client) error {
			for _, err := range c.Worklogs().DeletedSince(t.Context(), time.Time{}) {
				if err != nil {
					return err
				}
			}
			return nil
		},
	}
	same := `{"startAt":%d,"total":1000000000,"isLast":false,"lastPage":false,"until":1%[1]d,"nextPageToken":"t%[1]d",
		"issues":[{"id":"1"}],
		"values":[{"id":1,"worklogId":1}],"worklogs":[{"id":"1","issueId":"1","started":"2026-01-01T10:00:00.000+0100",
			"timeSpentSeconds":60}],"issueChangeLogs":[]}`
	none := `{"startAt":0,"total":1000000000,"isLast":false,"lastPage":false,"until":1%d,"nextPageToken":"t%[1]d",` +
		`"issues":[],"values":[],"worklogs":[],"issueChangeLogs":[]}`
	for name, read := range reads {
		for what, form := range map[string]string{"the same": same, "nothing": none} {
			asked := 0
			c := ask(t, Config{Token: "very-secret-token"}, func(w http.ResponseWriter, r *http.Request) {
				start, _ := strconv.Atoi(r.URL.Query().Get("startAt"))
				if r.URL.Query().Get("startAt") == "" {
					start = asked
				}
				asked++
				fmt.Fprintf(w, form, start)
			})
			err := read(c)
			if !problem.Is(err, InvalidResponse) || asked > mostIdle+3 {
				t.Errorf("%s of %s: %v after %d requests", what, name, err, asked)
			}
		}
	}
}
