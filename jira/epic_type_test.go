package jira

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// TestEpicTypeByWeight: where issues of several types carry an epic's name, it is the type that epic links point at,
// else that of most of them, in whatever order Jira tells them; a sub-task is none. Its rivals are the others that epic
// links point at too, all of them where there are no links.
func TestEpicTypeByWeight(t *testing.T) {
	const types = `[{"id":"1","name":"Story"},{"id":"2","name":"Thema"},{"id":"3","name":"Part","subtask":true}]`
	issues := func(of ...string) string {
		var list []string
		for n, typ := range of {
			list = append(list, fmt.Sprintf(`{"id":"%d","fields":{"issuetype":{"id":"%s"}}}`, n+1, typ))
		}
		return strings.Join(list, ",")
	}
	const links = `{"id":"9","fields":{"customfield_8":"AA-1"}},{"id":"8","fields":{"customfield_8":"AA-1) or (x"}}`
	for _, c := range []struct{ name, named, links, linked, want, known, rivals string }{
		{"newest first, by weight", issues("1", "2", "2"), ``, ``, "[{1 Story 0} {2 Thema 1} {3 Part -1}]", "",
			"[Story]"},
		{"known, of fewer and without links", issues("1", "1", "2"), links, issues("1"),
			"[{1 Story 0} {2 Thema 1} {3 Part -1}]", "2", "[Story]"},
		{"known, and no more", issues("1", "1"), ``, ``, "[{1 Story 1} {2 Thema 0} {3 Part -1}]", "2", "[]"},
		{"a sub-task known", issues("3", "1"), ``, ``, "[{1 Story 1} {2 Thema 0} {3 Part -1}]", "3", "[]"},
		{"known, and once another", issues("1", "1", "2"), links, issues("2"), "[{1 Story 0} {2 Thema 1} {3 Part -1}]",
			"2", "[]"},
		{"one each, by links", issues("1", "2"), links, issues("2"), "[{1 Story 0} {2 Thema 1} {3 Part -1}]", "", "[]"},
		{"fewer, by links", issues("1", "1", "2"), links, issues("2"), "[{1 Story 0} {2 Thema 1} {3 Part -1}]", "",
			"[]"},
		{"links at both", issues("1", "1", "2"), links, issues("2", "2", "1"), "[{1 Story 0} {2 Thema 1} {3 Part -1}]",
			"", "[Story]"},
		{"sub-tasks", issues("3", "3", "2"), ``, ``, "[{1 Story 0} {2 Thema 1} {3 Part -1}]", "", "[]"},
	} {
		client := ask(t, Config{Token: "t", Dialect: DataCenter}, func(w http.ResponseWriter, r *http.Request) {
			var q searchQuestion
			_ = json.NewDecoder(r.Body).Decode(&q)
			found := ""
			switch {
			case strings.HasSuffix(r.URL.Path, "/issuetype"):
				fmt.Fprint(w, types)
				return
			case strings.HasSuffix(r.URL.Path, "/field"):
				fmt.Fprint(w, `[{"id":"customfield_7","schema":{"custom":"com.pyxis.greenhopper.jira:gh-epic-label"}},
					{"id":"customfield_8","schema":{"custom":"com.pyxis.greenhopper.jira:gh-epic-link"}}]`)
				return
			case strings.HasPrefix(q.JQL, "cf[7]"):
				found = c.named
			case strings.HasPrefix(q.JQL, "cf[8]"):
				found = c.links
			case q.JQL == "key in (AA-1) ORDER BY created ASC":
				found = c.linked
			}
			fmt.Fprintf(w, `{"startAt":0,"total":9,"issues":[%s]}`, found)
		})
		got, rivals, err := client.Types(t.Context(), c.known)
		if fmt.Sprint(got) != c.want || fmt.Sprint(rivals) != c.rivals || err != nil {
			t.Errorf("%s: %v beside %v, %v; want %s beside %s", c.name, got, rivals, err, c.want, c.rivals)
		}
	}
}
