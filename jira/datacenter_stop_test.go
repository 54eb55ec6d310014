package jira

import (
	"fmt"
	"net/http"
	"testing"

	"jerem/jira/jiratest"
)

// TestDataCenterReaderStops: whoever wants no more results of a search causes no more requests, though there are more pages.
func TestDataCenterReaderStops(t *testing.T) {
	asked := 0
	c := askDC(t, func(w http.ResponseWriter, q dcQuestion) {
		asked++
		fmt.Fprint(w, `{"startAt":0,"total":9000,"issues":[{"id":"1","fields":{"created":1767344400000}},
			{"id":"2","fields":{"created":1767344500000}}]}`)
	})
	read := 0
	for _, err := range c.IDs(t.Context(), "project = K") {
		if err != nil {
			t.Fatal(err)
		}
		read++
		break
	}
	if read != 1 || asked != 1 {
		t.Errorf("%d results after %d requests", read, asked)
	}
}

// TestDataCenterAllCame: a search by ids that tells all of them asks no more, though it counts others.
func TestDataCenterAllCame(t *testing.T) {
	asked := 0
	c := askDC(t, func(w http.ResponseWriter, q dcQuestion) {
		if asked++; asked > 3 {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		fmt.Fprint(w, `{"startAt":0,"total":2,"issues":[{"id":"1","key":"K-1","fields":{"created":1767344400000},
			"changelog":{"total":0,"histories":[]}}]}`)
	})
	docs, out, err := c.Documents(t.Context(), []int64{1}, jiratest.Fieldset(t))
	if err != nil || len(docs) != 1 || len(out.Missing) != 0 || asked != 1 {
		t.Errorf("%d documents, %+v, %v after %d requests", len(docs), out, err, asked)
	}
}
