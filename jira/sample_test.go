package jira

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
)

// searched answers searches as a Cloud or a Data Center with so many issues, a page at a time, and
// counts them.
func searched(t *testing.T, kind string, issues, page int) (*Client, *int) {
	t.Helper()
	searches := new(int)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			fmt.Fprintf(w, `{"deploymentType": %q, "version": "9", "serverTime": "2026-11-23T14:00:00.000+0000"}`, kind)
			return
		}
		*searches++
		var q struct {
			StartAt, MaxResults int
			NextPageToken       string
		}
		if err := json.NewDecoder(r.Body).Decode(&q); err != nil {
			t.Error(err)
		}
		fmt.Sscan(q.NextPageToken, &q.StartAt)
		found := []map[string]any{}
		for n := q.StartAt; n < issues && len(found) < min(page, q.MaxResults); n++ {
			found = append(found, map[string]any{"id": fmt.Sprint(n + 1),
				"fields": map[string]any{"created": "2026-11-23T14:00:00.000+0000"}})
		}
		answer := map[string]any{"issues": found, "startAt": q.StartAt, "total": issues}
		if end := q.StartAt + len(found); kind == "Cloud" && end < issues {
			answer["nextPageToken"] = fmt.Sprint(end)
		}
		json.NewEncoder(w).Encode(answer)
	}))
	t.Cleanup(server.Close)
	c, err := New(Config{URL: server.URL, Token: "t", Rate: 1000})
	if err != nil {
		t.Fatal(err)
	}
	return c, searches
}

// TestSample: both kinds of Jira give the first issues and the count, in few searches however many match.
func TestSample(t *testing.T) {
	f := func(kind string, issues, page, n int, want Sampled, most int) {
		t.Helper()
		c, searches := searched(t, kind, issues, page)
		got, err := c.Sample(t.Context(), "project = A ORDER BY updated DESC", n)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got.IDs, want.IDs) || got.Total != want.Total || got.More != want.More {
			t.Errorf("%s with %d: %+v, want %+v", kind, issues, got, want)
		}
		if *searches > most {
			t.Errorf("%s with %d: %d searches, want at most %d", kind, issues, *searches, most)
		}
	}
	f("Cloud", 3, 5000, 2, Sampled{[]int64{1, 2}, 3, false}, 1)
	f("Cloud", 0, 5000, 2, Sampled{}, 1)
	f("Cloud", 50_000, 5000, 2, Sampled{[]int64{1, 2}, 5000, true}, 2)
	f("Server", 3, 1000, 2, Sampled{[]int64{1, 2}, 3, false}, 1)
	f("Server", 50_000, 1000, 2, Sampled{[]int64{1, 2}, 50_000, false}, 1)
	f("Server", 5, 2, 4, Sampled{[]int64{1, 2, 3, 4}, 5, false}, 2) // an administrator allows small pages
	f("Server", 0, 1000, 2, Sampled{}, 1)
}
