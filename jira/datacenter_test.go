package jira

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jerem/jira/document"
	"jerem/jira/jiratest"
	"jerem/jira/translate"
	"jerem/problem"
)

// dcQuestion is a search as a test's server reads it.
type dcQuestion struct {
	JQL   string `json:"jql"`
	Start int    `json:"startAt"`
	Size  int    `json:"maxResults"`
}

// askDC makes a client of a Data Center that answers searches so; of the issues asked for alone it knows those given.
func askDC(t *testing.T, search func(w http.ResponseWriter, q dcQuestion), alone ...string) *Client {
	t.Helper()
	return ask(t, Config{Token: "t", Dialect: DataCenter}, func(w http.ResponseWriter, r *http.Request) {
		if id, ok := strings.CutPrefix(r.URL.Path, "/rest/api/2/issue/"); ok {
			for _, text := range alone {
				if r.URL.Query().Get("expand") == "changelog" && strings.Contains(r.URL.Query().Get("fields"),
					"customfield_1,") && strings.HasPrefix(text, `{"id":"`+id+`"`) {
					fmt.Fprint(w, text)
					return
				}
			}
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprint(w, `{"errorMessages":["Issue Does Not Exist"],"errors":{}}`)
			return
		}
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
		issues = append(issues, fmt.Sprintf(`{"id":"%d","key":"K-%d","fields":{`+
			`"created":"2026-01-02T10:00:%02d.000+0100"},"changelog":{"total":0,"histories":[]}}`, id, id, id))
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
			if slices.Contains(strings.FieldsFunc(q.JQL, func(r rune) bool { return strings.ContainsRune(" ,()", r) }),
				fmt.Sprint(id)) {
				found = append(found, id)
			}
		}
		asked++
		from := min(q.Start, len(found))
		dcAnswer(w, q.Start, len(found), found[from:min(from+2, len(found))]...)
	})
	docs, out, err := c.Documents(t.Context(), []int64{1, 2, 3, 4, 5, 6}, jiratest.Fieldset(t))
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

// TestDataCenterUnknown: of what a search does not tell, only that is gone which Jira does not have where it is asked
// for alone: a search may be refused for another reason, and its index may lack issues.
func TestDataCenterUnknown(t *testing.T) {
	whole := func(id int) string {
		return fmt.Sprintf(`{"id":"%d","key":"K-%d","fields":{"created":"2026-01-02T10:00:00.000+0100"},`+
			`"changelog":{"total":0,"histories":[]}}`, id, id)
	}
	var ids []int64
	for id := range int64(100) {
		ids = append(ids, id+1)
	}
	f := func(name string, gone, searches int, search func(w http.ResponseWriter, ids []int), alone ...string) {
		t.Helper()
		t.Run(name, func(t *testing.T) {
			asked := 0
			c := askDC(t, func(w http.ResponseWriter, q dcQuestion) {
				asked++
				var list []int
				for _, one := range strings.FieldsFunc(q.JQL, func(r rune) bool { return r < '0' || r > '9' }) {
					id, _ := strconv.Atoi(one)
					list = append(list, id)
				}
				search(w, list)
			}, alone...)
			docs, out, err := c.Documents(t.Context(), ids, jiratest.Fieldset(t))
			if err != nil || len(out.Missing) != gone || len(docs) != 100-gone || len(out.Broken) > 0 ||
				asked != searches {
				t.Errorf("%d read, %d missing, %d broken, %v in %d searches; want %d missing in %d", len(docs),
					len(out.Missing), len(out.Broken), err, asked, gone, searches)
			}
		})
	}
	refuse := func(w http.ResponseWriter) {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprint(w, `{"errorMessages":["A value with ID '1' does not exist for the field 'id'."],"errors":{}}`)
	}
	var all []string
	for id := range 100 {
		all = append(all, whole(id+1))
	}
	f("one unknown", 1, 9, func(w http.ResponseWriter, ids []int) {
		if slices.Contains(ids, 37) {
			refuse(w)
			return
		}
		var told []string
		for _, id := range ids {
			told = append(told, whole(id))
		}
		fmt.Fprintf(w, `{"startAt":0,"total":%d,"issues":[%s]}`, len(ids), strings.Join(told, ","))
	}, all[:36]...)
	f("all unknown", 100, 35, func(w http.ResponseWriter, ids []int) { refuse(w) })
	f("refused for another reason", 0, 35, func(w http.ResponseWriter, ids []int) { refuse(w) }, all...)
	f("an index without issues", 0, 1, func(w http.ResponseWriter, _ []int) { dcAnswer(w, 0, 1, 1) }, all...)
	f("gone between two requests", 99, 1, func(w http.ResponseWriter, ids []int) {
		fmt.Fprint(w, `{"startAt":0,"total":1,"issues":[{"id":"1","key":"K-1","fields":{},"changelog":{"total":3,`+
			`"histories":[]}}]}`)
	}, all[1])
}

// TestDataCenterCut: an issue whose history came short is taken as it is where it is asked for alone, values and
// history of one moment; of one whose history stays short that is told.
func TestDataCenterCut(t *testing.T) {
	short := func(w http.ResponseWriter, q dcQuestion) {
		fmt.Fprint(w, `{"startAt":0,"total":1,"issues":[{"id":"1","key":"K-1","fields":{`+
			`"created":"2026-01-01T10:00:00.000+0100","customfield_1":3},"changelog":{"total":2,"histories":[]}}]}`)
	}
	const alone = `{"id":"1","key":"K-1","fields":{"created":"2026-01-01T10:00:00.000+0100",
		"updated":"2026-02-01T10:00:00.000+0100","customfield_1":5},
		"changelog":{"total":%s,"histories":[{"id":"1","created":"2026-01-02T10:00:00.000+0100",
			"items":[{"field":"Points","fieldtype":"custom","fromString":"3","toString":"5"}]}]}}`
	docs, _, err := askDC(t, short, strings.Replace(alone, "%s", "1", 1)).Documents(t.Context(), []int64{1},
		jiratest.Fieldset(t))
	if err != nil || len(docs) != 1 {
		t.Fatal(docs, err)
	}
	tr, err := translate.Document(docs[0].Raw, nil)
	if got := jiratest.Steps(tr.Issue.Numbers.Of("customfield_1")); err != nil || tr.Issue.Broken.Total() != 0 ||
		got != "01-01 09:00 {3 true}; 01-02 09:00 {5 true}" {
		t.Errorf("%s, %d broken, %v", got, tr.Issue.Broken.Total(), err)
	}
	docs, out, err := askDC(t, short, strings.Replace(alone, "%s", "2", 1)).Documents(t.Context(), []int64{1},
		jiratest.Fieldset(t))
	if err != nil || len(docs) != 1 || len(out.Broken) != 0 || len(out.Missing) != 0 ||
		jiratest.Gaps(docs[0]) != "histories missing " {
		t.Errorf("%+v, %+v, %v", docs, out, err)
	}
}

// TestDataCenterNoTotal: a page that does not tell how much there is does not pass for all of it.
func TestDataCenterNoTotal(t *testing.T) {
	c := askDC(t, func(w http.ResponseWriter, q dcQuestion) {
		fmt.Fprint(w, `{"startAt":0,"issues":[{"id":"1","key":"K-1","fields":{`+
			`"created":"2026-01-01T10:00:00.000+0100"}}]}`)
	})
	if _, _, err := c.Documents(t.Context(), []int64{1, 2}, jiratest.Fieldset(t)); !problem.Is(err, InvalidResponse) {
		t.Errorf("by id: %v", err)
	}
	var last error
	for _, err := range c.IDs(t.Context(), "project = K") {
		last = err
	}
	if !problem.Is(last, InvalidResponse) {
		t.Errorf("a walk: %v", last)
	}
}

// TestDataCenterStops: where Jira answers no more, the other half of a refused search is not asked for.
func TestDataCenterStops(t *testing.T) {
	asked := 0
	c := askDC(t, func(w http.ResponseWriter, q dcQuestion) {
		asked++
		if asked == 1 {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		w.WriteHeader(http.StatusUnauthorized)
	})
	if _, _, err := c.Documents(t.Context(), []int64{1, 2, 3, 4, 5, 6, 7, 8}, jiratest.Fieldset(t)); !problem.Is(err,
		Unauthorized) || asked != 2 {
		t.Errorf("%v after %d requests", err, asked)
	}
}

// TestDataCenterEndless: pages that announce more than ever comes are refused, not asked for ever.
func TestDataCenterEndless(t *testing.T) {
	c := askDC(t, func(w http.ResponseWriter, q dcQuestion) { dcAnswer(w, q.Start, 9) })
	if _, _, err := c.Documents(t.Context(), []int64{1, 2}, jiratest.Fieldset(t)); !problem.Is(err, InvalidResponse) {
		t.Errorf("by id: %v", err)
	}
	for _, err := range c.IDs(t.Context(), "project = K") {
		if !problem.Is(err, InvalidResponse) {
			t.Errorf("a walk: %v", err)
		}
	}
}

// TestDataCenterTooDeep: a search that goes too deep is begun anew at once, in whatever form that is told.
func TestDataCenterTooDeep(t *testing.T) {
	const words = "Search limit exceeded. We couldn't complete your search because it requests 1,000 results which " +
		"exceeded the search platform limit of 2."
	for form, body := range map[string]string{
		"messages": `{"errorMessages":["` + words + `"],"errors":{}}`, "message": `{"message":"` + words +
			`","stack-trace":"x"}`,
		"xml": `<?xml version="1.0"?><status><message>` + words + `</message></status>`,
	} {
		asked := 0
		c := askDC(t, func(w http.ResponseWriter, q dcQuestion) {
			asked++
			if q.Start+q.Size > 2 {
				w.WriteHeader(http.StatusInternalServerError)
				fmt.Fprint(w, body)
				return
			}
			dcAnswer(w, q.Start, 1, 7)
		})
		n := 0
		for id, err := range c.IDs(t.Context(), "project = K") {
			n++
			if id != 7 || err != nil {
				t.Errorf("%s: %d %v", form, id, err)
			}
		}
		if n != 1 || asked > 12 {
			t.Errorf("%s: %d issues in %d requests", form, n, asked)
		}
		asked = 0 // what was found out is kept
		docs, _, err := c.Documents(t.Context(), []int64{7, 8, 9}, jiratest.Fieldset(t))
		for range c.IDs(t.Context(), "project = K") {
		}
		if len(docs) != 1 || err != nil || asked != 2 {
			t.Errorf("%s, again: %d issues in %d requests: %v", form, len(docs), asked, err)
		}
	}
}

// TestDataCenterSecond: an index that orders issues of one second by their keys loses none where a slice begins within
// it.
func TestDataCenterSecond(t *testing.T) {
	created := []int64{0, 500, 1900, 1100, 2000} // milliseconds, in the order of the index
	const base = 1767344400000
	c := askDC(t, func(w http.ResponseWriter, q dcQuestion) {
		if q.Start+q.Size > 4 {
			w.WriteHeader(http.StatusInternalServerError)
			fmt.Fprint(w, `{"message":"Search limit exceeded."}`)
			return
		}
		from := int64(0)
		if _, text, ok := strings.Cut(q.JQL, "created >= "); ok {
			from, _ = strconv.ParseInt(strings.Fields(text)[0], 10, 64)
		}
		var found []string
		for n, ms := range created {
			if base+ms >= from {
				found = append(found, fmt.Sprintf(`{"id":"%d","key":"K-%d","fields":{"created":%d}}`, n+1, n+1,
					base+ms))
			}
		}
		first := min(q.Start, len(found))
		fmt.Fprintf(w, `{"startAt":%d,"total":%d,"issues":[%s]}`, q.Start, len(found),
			strings.Join(found[first:min(first+q.Size, len(found))], ","))
	})
	var got []int64
	for id, err := range c.IDs(t.Context(), "project = K") {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, id)
	}
	if fmt.Sprint(got) != "[1 2 3 4 5]" {
		t.Errorf("read %v, want 1 to 5", got)
	}
}

// answers answers requests without a network.
type answers func(*http.Request) (status int, body []byte)

// RoundTrip returns the answer.
func (a answers) RoundTrip(r *http.Request) (*http.Response, error) {
	status, body := a(r)
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body)),
		Request: r}, nil
}

// FuzzSearchPage: whatever a Data Center answers, a walk and a read by id end, tell no issue twice, and lose none in
// silence: what was asked for is read, missing, broken, or there is an error.
func FuzzSearchPage(f *testing.F) {
	f.Add([]byte(`{"startAt":0,"total":1,"issues":[{"id":"1","key":"K-1","fields":{` +
		`"created":"2026-01-01T10:00:00.000+0100"},"changelog":{"total":0,"histories":[]}}]}`))
	f.Add([]byte(`{"startAt":0,"total":5,"issues":[{"id":"1","fields":{"created":1}},{"id":"1"}]}`))
	f.Add([]byte(`{"total":-1,"issues":[null,{"id":"x","changelog":null}]}`))
	f.Add([]byte(`{"total":0,"issues":[{}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		asked := 0
		answer := answers(func(r *http.Request) (int, []byte) {
			asked++
			if asked > 200 {
				t.Fatal("asked for ever")
			}
			if strings.Contains(r.URL.Path, "/issue/") {
				return http.StatusNotFound, []byte("{}")
			}
			return http.StatusOK, body
		})
		c, err := New(Config{URL: "http://jira.example", Token: "t", Dialect: DataCenter,
			HTTP: &http.Client{Transport: answer}, Rate: 1e6, Tries: 1})
		if err != nil {
			t.Fatal(err)
		}
		seen := map[int64]bool{}
		for id, err := range c.IDs(t.Context(), "project = K") {
			if err == nil && seen[id] {
				t.Errorf("%d is told twice", id)
			}
			seen[id] = true
		}
		docs, out, err := c.Documents(t.Context(), []int64{1, 2}, jiratest.Fieldset(t))
		for _, id := range []int64{1, 2} {
			read := slices.ContainsFunc(docs, func(d document.Document) bool { return d.ID == id })
			if err == nil && !read && !slices.Contains(out.Missing, id) && !slices.ContainsFunc(out.Broken,
				func(b Broken) bool { return b.ID == id || b.ID == 0 }) { // 0: it may be any of them
				t.Errorf("%d is lost", id)
			}
		}
	})
}
