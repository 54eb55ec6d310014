package jira

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestRedirectKeepsQuestion: whatever the status of a redirect, a question comes with its method, its body and the
// credentials to where Jira is, over several redirects too; a GET comes with its query.
func TestRedirectKeepsQuestion(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		var asked []string
		c := ask(t, Config{Token: "very-secret-token", Dialect: DataCenter},
			func(w http.ResponseWriter, r *http.Request) {
				to := "/jira" + r.URL.RequestURI()
				switch {
				case strings.HasPrefix(r.URL.Path, "/jira/new/"):
					body, _ := io.ReadAll(r.Body)
					asked = append(asked, strings.Join([]string{
						r.Method, r.URL.RequestURI(), r.Header.Get("Authorization"), r.Header.Get("Content-Type"),
						string(body),
					}, " "))
					fmt.Fprint(w, `{"startAt":0,"total":0,"issues":[],"values":[],"isLast":true}`)
					return
				case strings.HasPrefix(r.URL.Path, "/jira/"):
					to = "/jira/new" + strings.TrimPrefix(r.URL.RequestURI(), "/jira")
				}
				w.Header().Set("Location", to)
				w.WriteHeader(status)
			})
		for _, err := range c.IDs(t.Context(), "project = K") {
			t.Fatal(status, err)
		}
		if _, err := c.Boards().Sprints(t.Context(), 7); err != nil {
			t.Fatal(status, err)
		}
		want := []string{
			`POST /jira/new/rest/api/2/search Bearer very-secret-token application/json {"fields":["created","id"],` +
				`"jql":"project = K ORDER BY created ASC, key ASC","maxResults":1000,"startAt":0}`,
			`GET /jira/new/rest/agile/1.0/board/7/sprint?maxResults=50&startAt=0 Bearer very-secret-token  `,
		}
		if strings.Join(asked, "\n") != strings.Join(want, "\n") {
			t.Errorf("%d: asked\n%s\nwant\n%s", status, strings.Join(asked, "\n"), strings.Join(want, "\n"))
		}
	}
}
