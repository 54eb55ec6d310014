package jira

import (
	"context"
	"errors"
	"fmt"
	"jerem/agile"
	"net/http"
	"testing"
)

// TestGapOf: a refused or unreadable source is a gap, told by its status; a Jira that does not answer is none.
func TestGapOf(t *testing.T) {
	f := func(status int, body string, code agile.GapCode, subject string) {
		t.Helper()
		c := ask(t, Config{Token: "t", Tries: 1}, func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(status)
			fmt.Fprint(w, body)
		})
		_, err := c.Statuses(t.Context())
		got, what, ok := GapOf(fmt.Errorf("team K: %w", err))
		if !ok || got != code || what != subject {
			t.Errorf("%d %s: %s %q %v", status, body, got, what, ok)
		}
	}
	for _, status := range []int{400, 401, 403, 404, 405, 410, 422, 429, 500, 503} {
		f(status, `{"errorMessages":["nein"]}`, agile.GapRefused, fmt.Sprintf("status %d", status))
	}
	f(200, `<html>`, agile.GapUnreadable, "an answer that cannot be read")
	f(200, `{"a":1}`, agile.GapUnreadable, "an answer that cannot be read")
	c, err := New(Config{URL: "http://127.0.0.1:1", Token: "t", Tries: 1, Dialect: Cloud})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Statuses(t.Context())
	for _, err := range []error{err, context.Canceled, errors.New("x"), nil} {
		if code, _, ok := GapOf(err); ok {
			t.Errorf("%v is a gap: %s", err, code)
		}
	}
}
