package jira

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"jerem/jira/jiratest"
	"jerem/problem"
)

// TestUnaskedIsNothing: issues and worklogs that come besides those that were asked for are nothing: no list says that
// they are there.
func TestUnaskedIsNothing(t *testing.T) {
	const issues = `"issues":[{"id":"1","fields":{"created":1767344400000}},{"id":"9",` +
		`"fields":{"created":1767344400000}}]`
	for dialect, answer := range map[Dialect]string{Cloud: `{` + issues + `}`,
		DataCenter: `{"startAt":0,"total":2,` + issues + `}`} {
		c := ask(t, Config{Token: "t", Dialect: dialect}, func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/changelog/bulkfetch") {
				fmt.Fprint(w, `{"issueChangeLogs":[]}`)
				return
			}
			fmt.Fprint(w, answer)
		})
		docs, out, err := c.Documents(t.Context(), []int64{1}, jiratest.Fieldset(t))
		if err != nil || len(docs)+len(out.Broken) != 1 || len(out.Missing) != 0 {
			t.Errorf("%s: %d issues and %d broken of one that was asked for, missing %v, %v", dialect, len(docs),
				len(out.Broken), out.Missing, err)
		}
	}
	c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/list") {
			fmt.Fprint(w, `[{"id":"1","issueId":"10",`+someDay+`},{"id":"9","issueId":"10",`+someDay+`},{"id":"x"}]`)
			return
		}
		fmt.Fprint(w, `{"values":[{"worklogId":1}],"until":5,"lastPage":true}`)
	})
	all := func(int64) bool { return true }
	if got := told(c.Worklogs().ChangedSince(t.Context(), time.Time{}, all, nil)); got != "1 (0)" {
		t.Errorf("worklogs: %s", got)
	}
}

// TestIdsOfNothing: boards and sprints whose id is none are refused.
func TestIdsOfNothing(t *testing.T) {
	for id, refused := range map[int]bool{-7: true, 0: true, 7: false} {
		c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `{"startAt":0,"isLast":true,"values":[{"id":%d,"type":"scrum","state":"active"}]}`, id)
		})
		_, err := c.Boards().Sprints(t.Context(), 1)
		if problem.Is(err, InvalidResponse) != refused {
			t.Errorf("a sprint %d: %v", id, err)
		}
		_, err = c.Boards().OfProject(t.Context(), "K")
		if problem.Is(err, InvalidResponse) != refused {
			t.Errorf("a board %d: %v", id, err)
		}
	}
}
