package jira

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"jerem/jira/jiratest"
)

// TestDataCenterReaderStops: whoever wants no more results of a search causes no more requests, though there are more
// pages.
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
		asked++
		if asked > 3 {
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

// TestDataCenterPagesOverlap: each page begins with the last result of the page before; while it does, the search goes
// on without beginning anew.
func TestDataCenterPagesOverlap(t *testing.T) {
	var starts []int
	c := askDC(t, func(w http.ResponseWriter, q dcQuestion) {
		starts = append(starts, q.Start)
		var issues []string
		for id := q.Start + 1; id <= min(q.Start+3, 5); id++ {
			issues = append(issues, fmt.Sprintf(`{"id":"%d","fields":{"created":%d}}`, id, 1767344400000+60000*id))
		}
		fmt.Fprintf(w, `{"startAt":%d,"total":5,"issues":[%s]}`, q.Start, strings.Join(issues, ","))
	})
	var ids []int64
	for id, err := range c.IDs(t.Context(), "project = K") {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	if fmt.Sprint(ids, starts) != "[1 2 3 4 5] [0 2]" {
		t.Errorf("results %v on pages from %v on", ids, starts)
	}
}
