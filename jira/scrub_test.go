package jira

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"jerem/jira/jiratest"
)

// TestScrubEverywhere: credentials that stand in headers, in places of redirects, in data or in what is wrong with data
// are told nowhere.
func TestScrubEverywhere(t *testing.T) {
	const password = "correct horse battery"
	pair := base64.StdEncoding.EncodeToString([]byte("me@example.org:" + password))
	conf := Config{Username: "me@example.org", Password: password}
	f := func(name string, h http.HandlerFunc, read func(c *Client) string) {
		t.Helper()
		c := ask(t, conf, h)
		if told := read(c); strings.Contains(told, pair[4:14]) || strings.Contains(told, password) ||
			!strings.Contains(told, "…") {
			t.Errorf("%s: %s", name, told)
		}
	}
	myself := func(c *Client) string { _, err := c.Myself(t.Context()); return fmt.Sprint(err) }
	statuses := func(c *Client) string { s, err := c.Statuses(t.Context()); return fmt.Sprint(s, err) }
	f("a content type", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/"+pair)
		fmt.Fprint(w, "<html>")
	}, myself)
	f("a redirect", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/login/"+pair,
			http.StatusFound)
	}, myself)
	f("a redirect's host", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://"+strings.TrimRight(pair, "=")+".example/rest", http.StatusFound)
	}, myself)
	f("a name", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintf(w, `[{"id":"1","name":"Basic %s"}]`, pair) },
		statuses)
	f("a name with escapes", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `[{"id":"1","name":"\"Basic\" \u%04x%s","statusCategory":{"key":"new"}},{"id":"2"}]`, pair[0],
			pair[1:])
	}, statuses)
	f("a value of another shape", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"issues":[{"id":"1","key":"K-1","fields":{"created":"%s"}}],"issueChangeLogs":[]}`, pair)
	}, func(c *Client) string {
		_, out, err := c.Documents(t.Context(), []int64{1}, jiratest.Fieldset(t))
		return fmt.Sprint(out.Broken, err)
	})
	f("an id", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintf(w, `{"issues":[{"id":"%s"}]}`, pair) },
		func(c *Client) string {
			for _, err := range c.IDs(t.Context(), "project = K") {
				return err.Error()
			}
			return ""
		})
}
