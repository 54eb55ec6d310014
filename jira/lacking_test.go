package jira

import (
	"fmt"
	"iter"
	"net/http"
	"testing"
	"time"

	"jerem/jira/jiratest"
	"jerem/problem"
)

// TestAnswerThatLacksAll: an object that holds nothing of what was asked for is refused, whatever was asked. Taken at
// its word it would say that there is no project, no column, no issue, no history, no time logged.
func TestAnswerThatLacksAll(t *testing.T) {
	reads := map[string]func(c *Client) error{
		"project":       func(c *Client) error { _, err := c.Project(t.Context(), "K"); return err },
		"projects":      func(c *Client) error { _, err := c.Projects(t.Context(), []string{"K"}); return err },
		"boards":        func(c *Client) error { _, err := c.Boards().OfProject(t.Context(), "K"); return err },
		"listed boards": func(c *Client) error { _, _, err := c.Boards().Listed(t.Context(), 3); return err },
		"board":         func(c *Client) error { _, err := c.Boards().Board(t.Context(), 1); return err },
		"sprints":       func(c *Client) error { _, err := c.Boards().Sprints(t.Context(), 1); return err },
		"search":        func(c *Client) error { return firstError(c.IDs(t.Context(), "project = K")) },
		"changed":       func(c *Client) error { return firstError(c.Changed(t.Context(), "project = K")) },
		"sample":        func(c *Client) error { _, err := c.Sample(t.Context(), "project = K", 1); return err },
		"fields":        func(c *Client) error { _, err := c.Fields(t.Context()); return err },
		"statuses":      func(c *Client) error { _, err := c.Statuses(t.Context()); return err },
		"types":         func(c *Client) error { _, _, err := c.Types(t.Context()); return err },
		"versions":      func(c *Client) error { _, err := c.Versions(t.Context(), "K"); return err },
		"documents": func(c *Client) error {
			_, _, err := c.Documents(t.Context(), []int64{1}, jiratest.Fieldset(t))
			return err
		},
		"histories": func(c *Client) error {
			_, err := c.issues.cloud.readHistories(t.Context(), []int64{1}, jiratest.Fieldset(t))
			return err
		},
		"logs": func(c *Client) error { return firstError(c.Worklogs().OfIssue(t.Context(), 1)) },
		"changed logs": func(c *Client) error {
			return firstError(c.Worklogs().DeletedSince(t.Context(),
				time.Time{}))
		},
		"listed logs": func(c *Client) error { _, err := c.Worklogs().Existing(t.Context(), []int64{1}); return err },
	}
	for _, dialect := range []Dialect{Cloud, DataCenter} {
		for _, answer := range []string{`{}`, `{"values":null,"issues":null}`, `{"errorMessages":[]}`} {
			for name, read := range reads {
				c := ask(t, Config{Token: "very-secret-token", Dialect: dialect},
					func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, answer) })
				if err := read(c); !problem.Is(err, InvalidResponse) {
					t.Errorf("%s, %s, %s: %v, want it refused", dialect, name, answer, err)
				}
			}
		}
	}
}

// firstError returns the first error of a walk.
func firstError[T any](walk iter.Seq2[T, error]) error {
	for _, err := range walk {
		if err != nil {
			return err
		}
	}
	return nil
}
