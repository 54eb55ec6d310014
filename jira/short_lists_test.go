package jira

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"jerem/jira/jiratest"
	"jerem/problem"
)

// TestShortSearches: results that are fewer than they say, because one of them stands there twice or the pages end in
// the midst, are refused, and so is a full page of a Cloud that does not tell whether there are more.
func TestShortSearches(t *testing.T) {
	const created = `"fields":{"created":"2026-01-01T10:00:00.000+0100"}`
	full := func(end string) string {
		var issues []string
		for n := range idsPerPage {
			issues = append(issues, fmt.Sprintf(`{"id":"%d"}`, n+1))
		}
		return `{"issues":[` + strings.Join(issues, ",") + `]` + end + `}`
	}
	ids := func(c *Client) (n int, err error) {
		for _, err := range c.IDs(t.Context(), "project = A") {
			if err != nil {
				return n, err
			}
			n++
		}
		return n, nil
	}
	sample := func(c *Client) (int, error) {
		s, err := c.Sample(t.Context(), "project = A", 3)
		return len(s.IDs), err
	}
	for name, x := range map[string]struct {
		dialect Dialect
		read    func(*Client) (int, error)
		want    int // 0 for a refusal
		pages   []string
	}{
		"twice the same": {DataCenter, ids, 0, []string{
			`{"startAt":0,"total":3,"issues":[{"id":"1",` + created + `},{"id":"1",` + created + `},{"id":"2",` +
				created + `}]}`}},
		"as many as it says": {DataCenter, ids, 2, []string{
			`{"startAt":0,"total":2,"issues":[{"id":"1",` + created + `},{"id":"2",` + created + `}]}`}},
		"more than it says": {DataCenter, ids, 2, []string{
			`{"startAt":0,"total":1,"issues":[{"id":"1",` + created + `},{"id":"2",` + created + `}]}`}},
		"a sample of two pages": {DataCenter, sample, 3, []string{
			`{"startAt":0,"total":9,"issues":[{"id":"1"},{"id":"2"}]}`,
			`{"startAt":2,"total":9,"issues":[{"id":"3"}]}`}},
		"a sample with one twice": {DataCenter, sample, 2, []string{
			`{"startAt":0,"total":9,"issues":[{"id":"1"},{"id":"2"},{"id":"1"}]}`}},
		"a sample that ends in the midst": {DataCenter, sample, 0, []string{
			`{"startAt":0,"total":9,"issues":[{"id":"1"}]}`, `{"startAt":1,"total":9,"issues":[]}`}},
		"a full page that says nothing":        {Cloud, ids, 0, []string{full("")}},
		"a full page that names no next one":   {Cloud, ids, idsPerPage, []string{full(`,"nextPageToken":null`)}},
		"a full page that goes on nowhere":     {Cloud, ids, 0, []string{full(`,"nextPageToken":null,"isLast":false`)}},
		"a full page that says it is the last": {Cloud, ids, idsPerPage, []string{full(`,"isLast":true`)}},
		"a page that says nothing":             {Cloud, ids, 1, []string{`{"issues":[{"id":"1"}]}`}},
	} {
		asked := 0
		c := ask(t, Config{Token: "t", Dialect: x.dialect}, func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, x.pages[min(asked, len(x.pages)-1)])
			asked++
		})
		n, err := x.read(c)
		if refused := x.want == 0; refused != problem.Is(err, InvalidResponse) ||
			!refused && (err != nil || n != x.want) || asked != len(x.pages) {
			t.Errorf("%s: %d after %d requests, %v", name, n, asked, err)
		}
	}
}

// TestFullPageOfHistories: a page that holds as many entries as were asked for and has no word of a next one may be
// cut; with null in its place it is the last one, as Jira's contract says, and nothing is asked a second time.
func TestFullPageOfHistories(t *testing.T) {
	for _, x := range []struct {
		entries int
		end     string
		refused bool
	}{
		{entriesPerPage - 1, "", false}, {entriesPerPage, "", true},
		{entriesPerPage - 1, `,"nextPageToken":null`, false}, {entriesPerPage, `,"nextPageToken":null`, false},
	} {
		page := `{"issueChangeLogs":[{"issueId":"1","changeHistories":[` + strings.TrimSuffix(
			strings.Repeat(`{"id":"1","created":1767344400000,"items":[]},`, x.entries), ",") + `]}]` + x.end + `}`
		asked := 0
		c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, _ *http.Request) {
			asked++
			fmt.Fprint(w, page)
		})
		_, err := c.issues.cloud.readHistories(t.Context(), []int64{1}, jiratest.Fieldset(t))
		if x.refused != problem.Is(err, InvalidResponse) || asked != 1 {
			t.Errorf("%d entries%s: %v after %d requests", x.entries, x.end, err, asked)
		}
	}
}
