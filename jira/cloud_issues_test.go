package jira

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"jerem/jira/jiratest"
	"jerem/problem"
)

// bulkQuestion is a bulk read as a test's server reads it.
type bulkQuestion struct {
	IDs  []string `json:"issueIdsOrKeys"`
	Next string   `json:"nextPageToken"`
}

// askBulk makes a client of a Cloud that answers bulk reads so, of issues and of their histories.
func askBulk(t *testing.T, conf Config, issues, histories func(w http.ResponseWriter, q bulkQuestion)) *Client {
	t.Helper()
	conf.Token = "t"
	return ask(t, conf, func(w http.ResponseWriter, r *http.Request) {
		var q bulkQuestion
		if err := json.NewDecoder(r.Body).Decode(&q); err != nil {
			t.Error(err)
		}
		if strings.HasSuffix(r.URL.Path, "/changelog/bulkfetch") {
			histories(w, q)
			return
		}
		issues(w, q)
	})
}

// noHistories answers that issues have no histories.
func noHistories(w http.ResponseWriter, _ bulkQuestion) { fmt.Fprint(w, `{"issueChangeLogs":[]}`) }

// TestExcusedIssues: what an answer excuses is asked for four times in all; then it is refused, and told as such. What
// it excuses that nobody asked for is nothing.
func TestExcusedIssues(t *testing.T) {
	for times, want := range map[int]string{0: "1 read, 0 broken, 1 asked", 3: "1 read, 0 broken, 4 asked",
		4: "0 read, 1 broken, 4 asked"} {
		asked := 0
		c := askBulk(t, Config{}, func(w http.ResponseWriter, q bulkQuestion) {
			asked++
			if asked <= times {
				fmt.Fprint(w, `{"issues":[],"issueErrors":[{"id":"1"},{"id":"x"},{"id":"9"}]}`)
				return
			}
			fmt.Fprint(w, `{"issues":[{"id":"1","fields":{"created":1767344400000}}],"issueErrors":[{"id":"9"}]}`)
		}, noHistories)
		docs, out, err := c.Documents(t.Context(), []int64{1}, jiratest.Fieldset(t))
		got := fmt.Sprintf("%d read, %d broken, %d asked", len(docs), len(out.Broken), asked)
		if got != want || err != nil || len(out.Missing) != 0 {
			t.Errorf("excused %d times: %s, missing %v, %v; want %s", times, got, out.Missing, err, want)
		}
		for _, b := range out.Broken {
			if b.ID != 1 || !b.Refused || !problem.Is(b.Err, Failing) ||
				!strings.Contains(b.Err.Error(), "refused again and again: 1, the first is 1") {
				t.Errorf("%+v", b)
			}
		}
	}
}

// TestHistoriesOfNobody: histories of an issue that is not named are refused, and an issue without a list of them is
// told to have changes that cannot be read: neither passes for an issue that never changed.
func TestHistoriesOfNobody(t *testing.T) {
	for histories, want := range map[string]string{
		`{"changeHistories":[]}`:                       "invalid",
		`{"issueId":{},"changeHistories":[]}`:          "invalid",
		`{"issueId":null,"changeHistories":[]}`:        "invalid",
		`{"issueId":"1"}`:                              "1 gap",
		`{"issueId":"1","changeHistories":null}`:       "1 gap",
		`{"issueId":"1","changeHistories":[]}`:         "0 gap",
		`{"issueId":1,"changeHistories":[{"id":"7"}]}`: "1 gap",
	} {
		c := askBulk(t, Config{}, func(w http.ResponseWriter, _ bulkQuestion) {
			fmt.Fprint(w, `{"issues":[{"id":"1","fields":{"created":1767344400000}}]}`)
		}, func(w http.ResponseWriter, _ bulkQuestion) { fmt.Fprintf(w, `{"issueChangeLogs":[%s]}`, histories) })
		docs, _, err := c.Documents(t.Context(), []int64{1}, jiratest.Fieldset(t))
		got := "invalid"
		if !problem.Is(err, InvalidResponse) {
			got = fmt.Sprintf("%d gap", len(docs[0].Gaps))
		}
		if got != want {
			t.Errorf("%s: %s, %v; want %s", histories, got, err, want)
		}
	}
}

// TestTwins: an issue that comes twice is taken once where both are the same; in two states it is unreadable, and costs
// no other one.
func TestTwins(t *testing.T) {
	const one, other = `{"id":"1","key":"K-1","fields":{"created":1767344400000,"customfield_1":%d}}`,
		`{"id":"2","key":"K-2","fields":{"created":1767344400000}}`
	for _, cloud := range []bool{true, false} {
		for twin, want := range map[int]string{3: "2 read, 0 broken", 99: "1 read, 1 broken"} {
			issues := fmt.Sprintf(one+","+other+","+one, 3, twin)
			c := askBulk(t, Config{}, func(w http.ResponseWriter, _ bulkQuestion) {
				fmt.Fprintf(w, `{"issues":[%s]}`, issues)
			}, noHistories)
			if !cloud {
				whole := strings.ReplaceAll(issues, `"fields"`, `"changelog":{"total":0,"histories":[]},"fields"`)
				c = answering(t, DataCenter, `{"startAt":0,"maxResults":100,"total":3,"issues":[`+whole+`]}`)
			}
			docs, out, err := c.Documents(t.Context(), []int64{1, 2}, jiratest.Fieldset(t))
			if got := fmt.Sprintf("%d read, %d broken", len(docs), len(out.Broken)); got != want || err != nil {
				t.Errorf("cloud %v, twin of %d: %s, %v; want %s", cloud, twin, got, err, want)
			}
			for _, b := range out.Broken {
				if b.ID != 1 || b.Key != "K-1" || !strings.Contains(b.Err.Error(), "came twice, in two states") {
					t.Errorf("%+v", b)
				}
			}
		}
	}
}

// TestSmallestBulk: a bulk read of a hundred that is refused is not made smaller, one more is.
func TestSmallestBulk(t *testing.T) {
	for size, requests := range map[int]int{1: 1, smallBulk: 1, smallBulk + 1: 2} {
		var ids []int64
		for n := range size {
			ids = append(ids, int64(n+1))
		}
		asked := 0
		c := askBulk(t, Config{}, func(w http.ResponseWriter, q bulkQuestion) {
			asked++
			w.WriteHeader(http.StatusBadRequest)
		}, noHistories)
		_, _, err := c.Documents(t.Context(), ids, jiratest.Fieldset(t))
		if !problem.Is(err, BadRequest) || asked != requests {
			t.Errorf("%d issues: %v after %d requests, want %d", size, err, asked, requests)
		}
	}
}

// TestHistoriesOfIssues: histories are asked for of the issues that came and whose ids can be read; where there are
// none, they are not asked for.
func TestHistoriesOfIssues(t *testing.T) {
	for issues, want := range map[string]string{
		``: "",
		`{"id":"1","fields":{}},{"id":"x","fields":{}},{"id":"3","fields":{}}`: "1 3 ",
	} {
		asked := ""
		c := askBulk(t, Config{}, func(w http.ResponseWriter, q bulkQuestion) {
			fmt.Fprintf(w, `{"issues":[%s]}`, issues)
		}, func(w http.ResponseWriter, q bulkQuestion) {
			asked += strings.Join(q.IDs, " ") + " "
			noHistories(w, q)
		})
		if _, _, err := c.Documents(t.Context(), []int64{1, 2, 3}, jiratest.Fieldset(t)); err != nil || asked != want {
			t.Errorf("%s: asked for histories of %q, %v; want %q", issues, asked, err, want)
		}
	}
}

// TestLongHistories: the histories of one bulk read may be as large as four answers, and not larger; while each page
// tells entries, they may come on more pages than may be without any.
func TestLongHistories(t *testing.T) {
	const most, entry = 1000, 100 // bytes of an answer, and of an empty entry in memory
	f := func(each, pages int, ok bool) {
		t.Helper()
		asked := 0
		c := askBulk(t, Config{MaxAnswer: most}, nil, func(w http.ResponseWriter, q bulkQuestion) {
			next := ""
			asked++
			if asked <= pages {
				next = fmt.Sprint(asked)
			}
			entries := strings.TrimSuffix(strings.Repeat("{},", min(each, each*pages-each*(asked-1))), ",")
			fmt.Fprintf(w, `{"issueChangeLogs":[{"issueId":"1","changeHistories":[%s]}],"nextPageToken":"%s"}`, entries,
				next)
		})
		histories, err := c.issues.cloud.readHistories(t.Context(), []int64{1}, jiratest.Fieldset(t))
		if ok && (err != nil || len(histories["1"]) != each*pages) || !ok && !problem.Is(err, InvalidResponse) {
			t.Errorf("%d pages of %d entries: %d, %v", pages, each, len(histories["1"]), err)
		}
	}
	const bound = maxHistoryAnswers * most / entry
	f(bound/2, 2, true)
	f(bound/2+1, 2, false)
	f(bound, 1, true)
	f(bound+1, 1, false)
}

// TestManyPagesOfHistories: a walk through histories goes on while pages tell entries.
func TestManyPagesOfHistories(t *testing.T) {
	const pages = 60
	asked := 0
	c := askBulk(t, Config{}, nil, func(w http.ResponseWriter, q bulkQuestion) {
		next := ""
		asked++
		if asked < pages {
			next = fmt.Sprint(asked)
		}
		fmt.Fprintf(w, `{"issueChangeLogs":[{"issueId":"1","changeHistories":[{}]}],"nextPageToken":"%s"}`, next)
	})
	histories, err := c.issues.cloud.readHistories(t.Context(), []int64{1}, jiratest.Fieldset(t))
	if err != nil || len(histories["1"]) != pages || asked != pages {
		t.Errorf("%d entries on %d pages, %v", len(histories["1"]), asked, err)
	}
}
