package jira

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// dcQuestion is a search as a test's server reads it.
type dcQuestion struct {
	JQL   string `json:"jql"`
	Start int    `json:"startAt"`
	Size  int    `json:"maxResults"`
}

// askDC makes a client of a Data Center that answers searches so.
func askDC(t *testing.T, search func(w http.ResponseWriter, q dcQuestion)) *Client {
	t.Helper()
	return ask(t, Config{Token: "t", Dialect: DataCenter}, func(w http.ResponseWriter, r *http.Request) {
		var q dcQuestion
		if err := json.NewDecoder(r.Body).Decode(&q); err != nil || r.URL.Path != "/rest/api/2/search" {
			t.Errorf("%s: %v", r.URL.Path, err)
		}
		search(w, q)
	})
}

func dcAnswer(w http.ResponseWriter, start, total int, ids ...int) {
	issues := []string{}
	for _, id := range ids {
		issues = append(issues, fmt.Sprintf(`{"id":"%d","key":"K-%d","fields":{"created":"2026-01-02T10:00:%02d.000+0100"},"changelog":{"total":0,"histories":[]}}`, id, id, id))
	}
	fmt.Fprintf(w, `{"startAt":%d,"maxResults":2,"total":%d,"issues":[%s]}`, start, total, strings.Join(issues, ","))
}

// TestDataCenterShuffled: issues that are asked for by id and change places between two pages are all
// read, and none of them is taken for one that is gone.
func TestDataCenterShuffled(t *testing.T) {
	order := [][]int{{3, 1, 2, 4, 5}, {1, 2, 3, 4, 5}, {5, 1, 4, 3, 2}}
	asked := 0
	c := askDC(t, func(w http.ResponseWriter, q dcQuestion) {
		var found []int
		for _, id := range order[min(asked, len(order)-1)] {
			if slices.Contains(strings.FieldsFunc(q.JQL, func(r rune) bool { return strings.ContainsRune(" ,()", r) }), fmt.Sprint(id)) {
				found = append(found, id)
			}
		}
		asked++
		from := min(q.Start, len(found))
		dcAnswer(w, q.Start, len(found), found[from:min(from+2, len(found))]...)
	})
	docs, out, err := c.Documents(t.Context(), []int64{1, 2, 3, 4, 5, 6}, pitfallSet(t))
	if err != nil {
		t.Fatal(err)
	}
	var got []int64
	for _, d := range docs {
		got = append(got, d.ID)
	}
	slices.Sort(got)
	if fmt.Sprint(got, out.Missing) != "[1 2 3 4 5] [6]" || asked != 3 {
		t.Errorf("read %v, missing %v, in %d requests; want 1 to 5 and 6 in 3", got, out.Missing, asked)
	}
}

// TestDataCenterEndless: pages that announce more than ever comes are refused, not asked for ever.
func TestDataCenterEndless(t *testing.T) {
	c := askDC(t, func(w http.ResponseWriter, q dcQuestion) { dcAnswer(w, q.Start, 9) })
	if _, _, err := c.Documents(t.Context(), []int64{1, 2}, pitfallSet(t)); !Is(err, Lying) {
		t.Errorf("by id: %v", err)
	}
	for _, err := range c.IDs(t.Context(), "project = K") {
		if !Is(err, Lying) {
			t.Errorf("a walk: %v", err)
		}
	}
}

// TestDataCenterTooDeep: a search that goes too deep is begun anew at once, in whatever form that is told.
func TestDataCenterTooDeep(t *testing.T) {
	const words = "Search limit exceeded. We couldn't complete your search because it requests 1,000 results which exceeded the search platform limit of 2."
	for form, body := range map[string]string{
		"messages": `{"errorMessages":["` + words + `"],"errors":{}}`, "message": `{"message":"` + words + `","stack-trace":"x"}`,
		"xml": `<?xml version="1.0"?><status><message>` + words + `</message></status>`,
	} {
		asked := 0
		c := askDC(t, func(w http.ResponseWriter, q dcQuestion) {
			if asked++; q.Start+q.Size > 2 {
				w.WriteHeader(http.StatusInternalServerError)
				fmt.Fprint(w, body)
				return
			}
			dcAnswer(w, q.Start, 1, 7)
		})
		n := 0
		for id, err := range c.IDs(t.Context(), "project = K") {
			if n++; id != 7 || err != nil {
				t.Errorf("%s: %d %v", form, id, err)
			}
		}
		if n != 1 || asked > 12 {
			t.Errorf("%s: %d issues in %d requests", form, n, asked)
		}
		asked = 0 // what was found out is kept
		docs, _, err := c.Documents(t.Context(), []int64{7, 8, 9}, pitfallSet(t))
		for range c.IDs(t.Context(), "project = K") {
		}
		if len(docs) != 1 || err != nil || asked != 2 {
			t.Errorf("%s, again: %d issues in %d requests: %v", form, len(docs), asked, err)
		}
	}
}

// TestOldSprints: the id of a sprint's text is found in whatever order its parts stand, and whatever its
// name and goal hold.
func TestOldSprints(t *testing.T) {
	for text, want := range map[string]int64{
		"com.atlassian.greenhopper.service.sprint.Sprint@77c19629[id=266,rapidViewId=174,state=CLOSED,name=A,sequence=266,goal=Define Scope, Complete Link,]": 266,
		"x.Sprint@1[name=Sprint [id=99], the first,startDate=<null>,goal=a,id=20,rapidViewId=1,state=ACTIVE]":                                                 20,
		"x.Sprint@1[name=A,id=5,B,startDate=<null>,goal=<null>,rapidViewId=1,id=21,state=ACTIVE]":                                                             21,
		"x.Sprint@1[rapidViewId=1,state=ACTIVE,name=A,id=5,B,goal=see id=4,id=22]":                                                                            22,
		"x.Sprint@1[goal=[id=1],name=x,id=23,sequence=23]":                                                                                                    23,
		"x.Sprint@1[rapidViewId=1,state=FUTURE,id=24,name=,id=7,goal=,id=8,]":                                                                                 24,
		"x.Sprint@1[name=no id at all,goal=id=3]":                                                                                                             0,
		"x.Sprint@1[]": 0,
		"":             0,
	} {
		if got := oldSprint(text); got != want {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
	}
}
