package fakejira

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// ask asks a site and reads its answer.
func ask(t *testing.T, site http.Handler, place, question string, into any) {
	t.Helper()
	answer := httptest.NewRecorder()
	site.ServeHTTP(answer, httptest.NewRequest(http.MethodPost, place, strings.NewReader(question)))
	if err := json.Unmarshal(answer.Body.Bytes(), into); err != nil || answer.Code != http.StatusOK {
		t.Fatalf("%s: status %d, %v", place, answer.Code, err)
	}
}

// TestPages: each issue is listed once, and each entry of a history comes once, however small the pages are; what is
// changed is found by its moment.
func TestPages(t *testing.T) {
	now := time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)
	site := New(Options{Issues: 60, Projects: 2, Address: "http://x", Now: func() time.Time { return now }}).Handler()
	search := func(jql string) (ids []string) {
		for token := ""; ; {
			var page struct {
				Issues []struct{ ID string }
				Next   string `json:"nextPageToken"`
			}
			ask(t, site, "/rest/api/3/search/jql", fmt.Sprintf(
				`{"jql":%q,"fields":["id"],"maxResults":7,"nextPageToken":%q}`, jql, token), &page)
			for _, i := range page.Issues {
				ids = append(ids, i.ID)
			}
			if token = page.Next; token == "" {
				return ids
			}
		}
	}
	ids := search(`project in ("TAA", "TAB") ORDER BY created ASC`)
	if len(ids) != 60 || len(search(`project = "TAA"`)) != 30 {
		t.Fatalf("%d issues are listed, want 60", len(ids))
	}
	entries := func(size int) map[string]int {
		seen := map[string]int{}
		for token := ""; ; {
			var page struct {
				Logs []struct {
					Histories []struct{ ID string } `json:"changeHistories"`
				} `json:"issueChangeLogs"`
				Next string `json:"nextPageToken"`
			}
			ask(t, site, "/rest/api/3/changelog/bulkfetch", fmt.Sprintf(
				`{"issueIdsOrKeys":["%s"],"maxResults":%d,"nextPageToken":%q}`, strings.Join(ids, `","`), size, token),
				&page)
			for _, l := range page.Logs {
				for _, h := range l.Histories {
					seen[h.ID]++
				}
			}
			if token = page.Next; token == "" {
				return seen
			}
		}
	}
	all := entries(10_000)
	for _, size := range []int{1, 7, 10, len(all)} {
		got := entries(size)
		if len(got) != len(all) {
			t.Errorf("%d entries in pages of %d, %d in one", len(got), size, len(all))
		}
		for id, n := range got {
			if n != 1 {
				t.Errorf("entry %s comes %d times in pages of %d", id, n, size)
			}
		}
	}
	var done struct{ Changed int }
	ask(t, site, "/bench/change?issues=5", "", &done)
	if found := search(fmt.Sprintf(`(project in ("TAA", "TAB")) AND updated >= %d`, now.UnixMilli())); len(found) !=
		done.Changed || done.Changed == 0 {
		t.Errorf("%d issues changed, and %v are found", done.Changed, found)
	}
}

// TestChangedWork: what is worked on is open, most of it planned for the present sprint or for none yet, and other
// issues change each time.
func TestChangedWork(t *testing.T) {
	now := time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)
	s := New(Options{Issues: 6000, Address: "http://x", Now: func() time.Time { return now }})
	former := map[*issue]bool{}
	for round := range 3 {
		s.rounds = round
		chosen, left, again := chooseWork(s, 20), 0, 0
		for _, i := range chosen {
			if i.isEpic || i.resolved != 0 {
				t.Errorf("%s is done, or an epic", i.issueKey())
			}
			if i.isLeftOver() {
				left++
			}
			if former[i] {
				again++
			}
		}
		if len(chosen) != 20 || left != 4 || again > 10 {
			t.Errorf("round %d: %d issues, %d of former sprints, %d of the round before: want 20, 4, few", round,
				len(chosen), left, again)
		}
		former = map[*issue]bool{}
		for _, i := range chosen {
			former[i] = true
		}
	}
}
