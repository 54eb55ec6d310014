package jira

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"jerem/problem"
)

// TestSavedFilter: what a saved filter asks for is told by the filter that was asked for, and by its query alone.
func TestSavedFilter(t *testing.T) {
	for answer, want := range map[string]string{
		`{"id":"7","owner":{"displayName":"Zeb"},"jql":"labels = x"}`: "labels = x",
		`{"id":7,"jql":""}`:             "",
		`{"id":"8","jql":"labels = x"}`: "refused",
		`{"id":"7"}`:                    "refused",
		`{"id":"7","jql":null}`:         "refused",
		`{}`:                            "refused",
	} {
		for _, dialect := range []Dialect{Cloud, DataCenter} {
			c := ask(t, Config{Token: "t", Dialect: dialect}, func(w http.ResponseWriter, r *http.Request) {
				if !strings.HasSuffix(r.URL.Path, "/filter/7") {
					t.Errorf("%s is asked", r.URL.Path)
				}
				fmt.Fprint(w, answer)
			})
			got, err := c.SavedFilter(t.Context(), "7")
			if problem.Is(err, InvalidResponse) {
				got = "refused"
			}
			if got != want {
				t.Errorf("%s: %q, want %q: %v", answer, got, want, err)
			}
		}
	}
}
