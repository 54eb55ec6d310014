package jira

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"jerem/jira/jiratest"
	"jerem/problem"
)

// beginning is when the first issue of an index was created, in milliseconds.
const beginning = 1767344400000

// index answers searches for so many issues, each created a second after the one before, with at most so many on a
// page.
func index(issues, page int) func(w http.ResponseWriter, q dcQuestion) {
	return func(w http.ResponseWriter, q dcQuestion) {
		first := 0
		if _, text, ok := strings.Cut(q.JQL, "created >= "); ok {
			from, _ := strconv.Atoi(strings.Fields(text)[0])
			first = (from - beginning) / 1000
		}
		var found []string
		for n := first + q.Start; n < min(issues, first+q.Start+min(page, q.Size)); n++ {
			found = append(found, fmt.Sprintf(`{"id":"%d","fields":{"created":%d}}`, n+1, beginning+1000*n))
		}
		fmt.Fprintf(w, `{"startAt":%d,"total":%d,"issues":[%s]}`, q.Start, issues-first, strings.Join(found, ","))
	}
}

// readAll reads the ids of a search; they must come in their order from 1 on.
func readAll(t *testing.T, c *Client) (read int, failed error) {
	t.Helper()
	for id, err := range c.IDs(t.Context(), "project = K") {
		if err != nil {
			return read, err
		}
		read++
		if id != int64(read) {
			t.Fatalf("issue %d comes at place %d", id, read)
		}
	}
	return read, nil
}

// TestSliceDepth: a search is followed to a depth of 9000 results exactly, and no further; then a new slice begins.
func TestSliceDepth(t *testing.T) {
	for issues, slices := range map[int]int{8999: 1, 9000: 1, 9001: 2, 9500: 2} {
		deepest, begun := 0, 0
		answer := index(issues, 700)
		c := askDC(t, func(w http.ResponseWriter, q dcQuestion) {
			deepest = max(deepest, q.Start+q.Size)
			if q.Start == 0 {
				begun++
			}
			answer(w, q)
		})
		if read, err := readAll(t, c); read != issues || err != nil || deepest != maxSliceDepth || begun != slices {
			t.Errorf("%d of %d issues in %d slices as deep as %d: %v", read, issues, begun, deepest, err)
		}
	}
}

// TestWindowInAnyLanguage: beyond the window a search fails with 500, whatever the words, or tells nothing more; then a
// new slice begins. Another failure is none of these.
func TestWindowInAnyLanguage(t *testing.T) {
	f := func(beyond func(w http.ResponseWriter, q dcQuestion), ok bool) {
		t.Helper()
		answer := index(9, 3)
		c := askDC(t, func(w http.ResponseWriter, q dcQuestion) {
			if q.Start >= 4 {
				beyond(w, q)
				return
			}
			answer(w, q)
		})
		if read, err := readAll(t, c); ok && (read != 9 || err != nil) || !ok && err == nil {
			t.Errorf("%d issues, %v", read, err)
		}
	}
	f(func(w http.ResponseWriter, q dcQuestion) {
		w.WriteHeader(http.StatusInternalServerError)
		fmt.Fprint(w, `{"errorMessages":["Suchlimit überschritten"]}`)
	}, true)
	f(func(w http.ResponseWriter, q dcQuestion) {
		fmt.Fprintf(w, `{"startAt":%d,"total":9,"issues":[]}`, q.Start)
	}, true)
	f(func(w http.ResponseWriter, q dcQuestion) { w.WriteHeader(http.StatusServiceUnavailable) }, false)
}

// TestResultsLeftOut: a search that leaves an issue out of a page and counts it all the same is refused; one of which
// an issue was deleted meanwhile is not.
func TestResultsLeftOut(t *testing.T) {
	for _, isDeleted := range []bool{false, true} {
		answer, asked := index(9, 100), 0
		c := askDC(t, func(w http.ResponseWriter, q dcQuestion) {
			answers := httptest.NewRecorder()
			answer(answers, q)
			body := answers.Body.String()
			if at := strings.Index(body, `{"id":"5"`); at >= 0 {
				body = body[:at] + body[at+strings.Index(body[at:], "}},")+3:]
			}
			asked++
			if isDeleted && asked > 2 && !strings.Contains(q.JQL, "created >= ") {
				body = regexp.MustCompile(`"total":\d+`).ReplaceAllString(body, `"total":8`)
			}
			fmt.Fprint(w, body)
		})
		read := 0
		var failed error
		for _, err := range c.IDs(t.Context(), "project = K") {
			failed = err
			if err == nil {
				read++
			}
		}
		if read != 8 || (failed == nil) != isDeleted || failed != nil &&
			(!strings.Contains(failed.Error(), "says that it has 9 results, and tells 8") ||
				!strings.Contains(failed.Error(), "build the project's index anew")) {
			t.Errorf("deleted %v: %d issues, %v", isDeleted, read, failed)
		}
	}
}

// TestPlacesOfPages: each page begins with the last result of the one before; one that holds nothing else is followed
// by the page after it.
func TestPlacesOfPages(t *testing.T) {
	for page, want := range map[int]string{1: "[0 0 1 1 2 2 3]", 2: "[0 1 2]", 3: "[0 2]", 4: "[0]"} {
		var starts []int
		answer := index(4, page)
		c := askDC(t, func(w http.ResponseWriter, q dcQuestion) {
			starts = append(starts, q.Start)
			answer(w, q)
		})
		if read, err := readAll(t, c); read != 4 || err != nil || fmt.Sprint(starts) != want {
			t.Errorf("pages of %d: %d results from %v on, %v; want %s", page, read, starts, err, want)
		}
	}
}

// TestResultsEndAtWindow: where the results of each search end at the window, though more are counted, a new slice
// begins at the last one; where even the first page tells none, that is refused.
func TestResultsEndAtWindow(t *testing.T) {
	const window = 3
	c := askDC(t, func(w http.ResponseWriter, q dcQuestion) { index(9, max(0, window-q.Start))(w, q) })
	if read, err := readAll(t, c); read != 9 || err != nil {
		t.Errorf("%d issues, %v", read, err)
	}
	c = askDC(t, index(9, 0))
	if read, err := readAll(t, c); read != 0 || !problem.Is(err, InvalidResponse) ||
		!strings.Contains(err.Error(), "end at 0 of 9") {
		t.Errorf("%d issues, %v", read, err)
	}
}

// TestMovingResults: where the results of one moment move while they are read, the slice is begun again, three times
// with the same end; if the results stand still at the fourth, all is well.
func TestMovingResults(t *testing.T) {
	for moves, ok := range map[int]bool{1: true, 4: true, 5: false} {
		begun := 0
		c := askDC(t, func(w http.ResponseWriter, q dcQuestion) {
			if q.Size == pageOfIDs { // a first page
				begun++
			}
			if begun > moves {
				fmt.Fprintf(w, `{"startAt":%d,"total":1,"issues":[{"id":"1","fields":{"created":%d}}]}`, q.Start,
					beginning)
				return
			}
			id := 1 // the first page begins with it, the second one with another
			if q.Size == pageOfIDs+1 {
				id = 7
			}
			fmt.Fprintf(w, `{"startAt":%d,"total":9,"issues":[{"id":"%d","fields":{"created":%d}}]}`, q.Start, id,
				beginning)
		})
		n := 0
		var failed error
		for _, err := range c.IDs(t.Context(), "project = K") {
			n++
			if err != nil {
				n, failed = n-1, err
			}
		}
		if n != 1 || ok && failed != nil || !ok && !problem.Is(failed, InvalidResponse) {
			t.Errorf("moved %d times: %d issues, %v", moves, n, failed)
		}
	}
}

// TestResultsWithoutCreation: a result that tells no time of its creation is found as others are, and none beside it is
// lost, also where a slice ends with it; but where none tells one, a search beyond a slice cannot be walked.
func TestResultsWithoutCreation(t *testing.T) {
	const issues = 9500
	for unreadable, readable := range map[string]bool{`"id":"9000",`: true, `"id":"9001",`: true, `"id":"`: false} {
		answer := index(issues, 700)
		c := askDC(t, func(w http.ResponseWriter, q dcQuestion) {
			told := httptest.NewRecorder()
			answer(told, q)
			parts := strings.Split(told.Body.String(), "},{")
			for n, part := range parts {
				if strings.Contains(part, unreadable) {
					parts[n] = strings.Replace(part, `"created"`, `"created":"0001-01-01T00:00:00.000+0000","of"`, 1)
				}
			}
			fmt.Fprint(w, strings.Join(parts, "},{"))
		})
		read, err := readAll(t, c)
		if isRead := read == issues && err == nil; isRead != readable {
			t.Errorf("%s: %d read, %v", unreadable, read, err)
		}
	}
}

// TestUnreadableResults: a result without an id cannot be walked past.
func TestUnreadableResults(t *testing.T) {
	for _, issue := range []string{`{"id":"x","fields":{"created":1767344400000}}`, `7`} {
		c := askDC(t, func(w http.ResponseWriter, q dcQuestion) {
			fmt.Fprintf(w, `{"startAt":0,"total":1,"issues":[%s]}`, issue)
		})
		if read, err := readAll(t, c); read != 0 || !problem.Is(err, InvalidResponse) {
			t.Errorf("%s: %d read, %v", issue, read, err)
		}
	}
}

// TestSamplePages: of a sample only what is still wanted is asked for.
func TestSamplePages(t *testing.T) {
	var asked []string
	answer := index(9, 2)
	c := askDC(t, func(w http.ResponseWriter, q dcQuestion) {
		asked = append(asked, fmt.Sprintf("%d from %d", q.Size, q.Start))
		answer(w, q)
	})
	s, err := c.Sample(t.Context(), "project = K", 5)
	if err != nil || fmt.Sprint(s.IDs, s.Total, asked) != "[1 2 3 4 5] 9 [5 from 0 3 from 2 1 from 4]" {
		t.Errorf("%+v, asked for %v, %v", s, asked, err)
	}
}

// TestFieldsInAddress: an issue that is asked for alone is asked for with its fields, as long as their list is no
// longer than servers take in an address.
func TestFieldsInAddress(t *testing.T) {
	list := func(length int) string { // of fields whose list has that length
		base := len(strings.Join(jiratest.FieldsetOf(t, 0, "[]").Asked(), ","))
		id := "customfield_" + strings.Repeat("1", length-base-len(",customfield_"))
		return `[{"id":"` + id + `","name":"x","custom":true,"schema":{` + jiratest.NumberSchema + `}}]`
	}
	for length, whole := range map[int]bool{longestFieldList: true, longestFieldList + 1: false} {
		asked := ""
		c := ask(t, Config{Token: "t", Dialect: DataCenter}, func(w http.ResponseWriter, r *http.Request) {
			asked = r.URL.Query().Get("fields")
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprint(w, `{}`)
		})
		_, exists, err := c.issues.dataCenter.issueAlone(t.Context(), "1", jiratest.FieldsetOf(t, 0, list(length)))
		if exists || err != nil || (len(asked) == length) != whole || strings.HasPrefix(asked, "*all") == whole {
			t.Errorf("a list of %d: asked for %.40s…, %v", length, asked, err)
		}
	}
}

// TestIssuesOfOtherShape: an issue of another shape is told as broken, and not asked for alone; one whose history does
// not come even then is taken, and lacks it.
func TestIssuesOfOtherShape(t *testing.T) {
	f := func(issue, alone string, requests int, want string) {
		t.Helper()
		asked := 0
		c := ask(t, Config{Token: "t", Dialect: DataCenter}, func(w http.ResponseWriter, r *http.Request) {
			asked++
			if strings.HasSuffix(r.URL.Path, "/issue/1") {
				fmt.Fprint(w, alone)
				return
			}
			fmt.Fprintf(w, `{"startAt":0,"total":1,"issues":[%s]}`, issue)
		})
		docs, out, err := c.Documents(t.Context(), []int64{1}, jiratest.Fieldset(t))
		got := fmt.Sprintf("%d read, %d broken, %d missing", len(docs), len(out.Broken), len(out.Missing))
		for _, d := range docs {
			got += ", lacking " + jiratest.Gaps(d)
		}
		if got != want || err != nil || asked != requests {
			t.Errorf("%s: %s, %v after %d requests; want %s", issue, got, err, asked, want)
		}
	}
	const short = `{"id":"1","fields":{"created":1767344400000}}`
	f(`{"id":"1","fields":7,"changelog":{"total":0}}`, short, 1, "0 read, 1 broken, 0 missing")
	f(`{"id":"1","fields":7}`, short, 1, "0 read, 1 broken, 0 missing")
	f(short, short, 2, "1 read, 0 broken, 0 missing, lacking histories missing ")
	f(short, `{"id":"1","fields":7}`, 2, "0 read, 1 broken, 0 missing")
}
