package jira

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"jerem/problem"
)

// packed answers with a beginning, many repetitions and an end, packed as small as gzip makes it.
func packed(w http.ResponseWriter, begin, again string, times int, end string) {
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(w)
	_, _ = io.WriteString(z, begin)
	block := strings.Repeat(again, 1000)
	for range times / 1000 {
		if _, err := io.WriteString(z, block); err != nil {
			return // the reader has seen enough
		}
	}
	_, _ = io.WriteString(z, end)
	_ = z.Close()
}

// TestAnswerBounds: an answer that exceeds a bound is refused, at once and with little memory, whatever list it stands
// in; it is not asked for again.
func TestAnswerBounds(t *testing.T) {
	const limit = 96 << 20 // of both sides, each chunk and copy counted
	reads := map[string]func(c *Client) error{
		"search": func(c *Client) error {
			for _, err := range c.IDs(t.Context(), "project = K") {
				if err != nil {
					return err
				}
			}
			return nil
		},
		"issues":   func(c *Client) error { _, _, err := c.Documents(t.Context(), []int64{1}, pitfallSet(t)); return err },
		"fields":   func(c *Client) error { _, err := c.Fields(t.Context()); return err },
		"statuses": func(c *Client) error { _, err := c.Statuses(t.Context()); return err },
		"boards":   func(c *Client) error { _, err := c.Boards(t.Context(), "K"); return err },
		"worklogs": func(c *Client) error {
			for _, err := range c.Worklogs(t.Context(), time.Time{}, func(int64) bool { return true }) {
				if err != nil {
					return err
				}
			}
			return nil
		},
	}
	answers := map[string]struct {
		begin, again string
		times        int
		end, said    string
	}{
		"empty objects": {`{"issues":[{}`, `,{}`, 60_000_000, `]}`, "more than 100000 elements"},
		"a bare list":   {`[{}`, `,{}`, 10_000_000, `]`, "more than 100000 elements"},
		"names":         {`{"a":1`, `,"issues":[]`, 1_000_000, `}`, "more than 100000 elements"},
		"lists in lists": {`{"issues":[[]`, `,[[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[]]`, 90_000, `]}`,
			"more than 1000000 lists"},
		"depth":         {`{"issues":`, `[`, 100_000, `]}`, "deeper than 64"},
		"a long text":   {`{"issues":[{"id":"`, `0123456789`, 1_000_000, `"}]}`, "longer than 1048576 bytes"},
		"a long number": {`{"issues":[{"id":1`, `0123456789`, 1_000_000, `}]}`, "longer than 1048576 bytes"},
		"escapes":       {`{"issues":[{"id":"`, `\"\\`, 1_000_000, `"}]}`, "longer than 1048576 bytes"},
		"white space":   {`{"issues":[`, "          ", 10_000_000, `]}`, "larger than 8388608 bytes"},
	}
	for what, answer := range answers {
		for name, read := range reads {
			asked := 0
			c := ask(t, Config{Token: "very-secret-token", MaxAnswer: 8 << 20}, func(w http.ResponseWriter, r *http.Request) {
				asked++
				packed(w, answer.begin, answer.again, answer.times, answer.end)
			})
			runtime.GC()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			err := read(c)
			runtime.ReadMemStats(&after)
			if !problem.Is(err, InvalidResponse) || !strings.Contains(err.Error(), answer.said) || asked != 1 {
				t.Errorf("%s in %s: %v after %d requests, want %q", what, name, err, asked, answer.said)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > limit {
				t.Errorf("%s in %s: %d MB for an answer that is refused", what, name, used>>20)
			}
		}
	}
}

// TestAnswerWithinBounds: large answers that a real Jira gives are read.
func TestAnswerWithinBounds(t *testing.T) {
	c := ask(t, Config{Token: "very-secret-token"}, func(w http.ResponseWriter, r *http.Request) {
		var ids []string
		for n := range 5000 {
			ids = append(ids, fmt.Sprintf(`{"id":"%d"}`, n+1))
		}
		fmt.Fprintf(w, `{"issues":[%s],"note":%q}`, strings.Join(ids, ","), strings.Repeat("x", maxText-1))
	})
	n := 0
	for _, err := range c.IDs(t.Context(), "project = K") {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != 5000 {
		t.Error(n)
	}
}

// TestScannerCounts: a bound is a bound: as much is taken, one more is not. What stands in a text does not count.
func TestScannerCounts(t *testing.T) {
	f := func(text string, ok bool) {
		t.Helper()
		_, err := readAnswer(strings.NewReader(text), 1<<30)
		var bound *boundError
		if ok && err != nil || !ok && !errors.As(err, &bound) {
			t.Errorf("%.40s… (%d bytes): %v", text, len(text), err)
		}
	}
	list := func(n int) string { return "[0" + strings.Repeat(",0", n-1) + "]" }
	f(list(maxElements), true)
	f(list(maxElements+1), false)
	f("["+list(maxElements)+","+list(maxElements)+"]", true)
	f(strings.Repeat("[", maxDepth)+strings.Repeat("]", maxDepth), true)
	f(strings.Repeat("[", maxDepth+1)+strings.Repeat("]", maxDepth+1), false)
	f(`["`+strings.Repeat("[", maxDepth+1)+`"]`, true)
	f(`["`+strings.Repeat(",", maxElements+1)+`"]`, true)
	f(`["\"`+strings.Repeat("[", maxDepth+1)+`"]`, true)
	f(`["`+strings.Repeat("x", maxText-1)+`"]`, true)
	f(`["`+strings.Repeat("x", maxText)+`"]`, false)
	f(`["`+strings.Repeat("x", maxText-1)+`","`+strings.Repeat("x", maxText-1)+`"]`, true)
	f("["+strings.Repeat("1", maxText)+"]", true)
	f("["+strings.Repeat("1", maxText+1)+"]", false)
	f("["+strings.Repeat("1", maxText)+","+strings.Repeat("1", maxText)+"]", true)
	if got, err := readAnswer(strings.NewReader("\ufeff {\"a\":1}"), 7); err != nil || string(got) != `{"a":1}` {
		t.Errorf("%q, %v", got, err)
	}
	for _, text := range []string{"", " \n", "<html>", `"text"`, "null"} {
		if _, err := readAnswer(strings.NewReader(text), 100); !errors.Is(err, errNoJSON) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestEndlessLists: a list whose pages never end, that tell the same again or nothing at all, is refused.
func TestEndlessLists(t *testing.T) {
	reads := map[string]func(c *Client) error{
		"search": func(c *Client) error {
			for _, err := range c.IDs(t.Context(), "project = K") {
				if err != nil {
					return err
				}
			}
			return nil
		},
		"histories": func(c *Client) error {
			_, err := c.issues.cloud.histories(t.Context(), []int64{1}, pitfallSet(t))
			return err
		},
		"sprints": func(c *Client) error { _, err := c.Sprints(t.Context(), 1); return err },
		"boards":  func(c *Client) error { _, err := c.Boards(t.Context(), "K"); return err },
		"logs": func(c *Client) error {
			for _, err := range c.IssueWorklogs(t.Context(), 1) {
				var one *UnreadableWorklog
				if err != nil && !errors.As(err, &one) {
					return err
				}
			}
			return nil
		},
		"changed logs": func(c *Client) error {
			for _, err := range c.DeletedWorklogs(t.Context(), time.Time{}) {
				if err != nil {
					return err
				}
			}
			return nil
		},
	}
	same := `{"startAt":%d,"total":1000000000,"isLast":false,"lastPage":false,"until":1%[1]d,"nextPageToken":"t%[1]d","issues":[{"id":"1"}],
		"values":[{"id":1,"worklogId":1}],"worklogs":[{"id":"1","issueId":"1","started":"2026-01-01T10:00:00.000+0100","timeSpentSeconds":60}],"issueChangeLogs":[]}`
	none := `{"startAt":0,"total":1000000000,"isLast":false,"lastPage":false,"until":1%d,"nextPageToken":"t%[1]d","issues":[],"values":[],"worklogs":[],"issueChangeLogs":[]}`
	for name, read := range reads {
		for what, form := range map[string]string{"the same": same, "nothing": none} {
			asked := 0
			c := ask(t, Config{Token: "very-secret-token"}, func(w http.ResponseWriter, r *http.Request) {
				start, _ := strconv.Atoi(r.URL.Query().Get("startAt"))
				if r.URL.Query().Get("startAt") == "" {
					start = asked
				}
				asked++
				fmt.Fprintf(w, form, start)
			})
			err := read(c)
			ends := what == "nothing" && name != "search" && name != "histories" // an empty page ends these lists
			if ends == (err != nil) || err != nil && !problem.Is(err, InvalidResponse) || asked > maxIdle+3 {
				t.Errorf("%s of %s: %v after %d requests", what, name, err, asked)
			}
		}
	}
}

// TestLongWalks: a walk has a last page, and tells how far it is while it takes long.
func TestLongWalks(t *testing.T) {
	var log strings.Builder
	c := ask(t, Config{Token: "t", Log: slog.New(slog.NewTextHandler(&log, nil))}, http.NotFound)
	w := NewPages(c.transport, "/rest/list")
	for range maxPages {
		if err := w.Took(3); err != nil {
			t.Fatal(err)
		}
	}
	if log.Len() > 0 {
		t.Errorf("it tells more often than each ten seconds: %s", &log)
	}
	if err := w.Took(3); !problem.Is(err, InvalidResponse) || !strings.Contains(err.Error(), "no end of its pages") {
		t.Error(err)
	}
	w = NewPages(c.transport, "/rest/list")
	w.told = w.told.Add(-tellEvery)
	if err := w.Took(3); err != nil || !strings.Contains(log.String(), "place=/rest/list pages=1 things=3") {
		t.Errorf("%v: %s", err, &log)
	}
	told := log.Len()
	if err := w.Took(3); err != nil || log.Len() != told {
		t.Errorf("%v: told twice: %s", err, &log)
	}
	for range maxIdle {
		if err := w.Took(0); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Took(0); !problem.Is(err, InvalidResponse) {
		t.Errorf("pages without anything new: %v", err)
	}
}
