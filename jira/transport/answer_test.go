package transport

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"jerem/problem"
	"jerem/testrun"
)

// readAnswer reads an answer into a buffer of its own.
func readAnswer(r io.Reader, most int64) ([]byte, error) {
	return new(answerBuffer).readAnswer(r, most)
}

// TestAnswersOfOthers: an answer of another kind is told with what it is, one that breaks off is asked for again.
func TestAnswersOfOthers(t *testing.T) {
	f := func(content, answer string, code problem.Code, asked int, said string) {
		t.Helper()
		requests := 0
		c := ask(t, Config{Token: "very-secret-token", Tries: 2}, func(w http.ResponseWriter, r *http.Request) {
			requests++
			w.Header()["Content-Type"] = nil
			if content != "" {
				w.Header().Set("Content-Type", content)
			}
			fmt.Fprint(w, answer)
		})
		_, err := getAccount(t, c)
		if !problem.Is(err, code) || requests != asked || !strings.Contains(err.Error(), said) {
			t.Errorf("%s: %v after %d requests, want %s after %d: %s", answer, err, requests, code, asked, said)
		}
	}
	f("text/html", "<html>", NotJira, 1, "no JSON but text/html")
	f("", "hello", NotJira, 1, "no JSON but something unnamed")
	f("application/json", `{"timeZone":7}`, InvalidResponse, 1, "another shape")
	f("application/json", `{"timeZone":`, Failing, 2, "breaks off")
	f("application/json", `{"timeZone":}`, InvalidResponse, 1, "no valid JSON")
	c := ask(t, Config{Token: "t"}, http.NotFound)
	var bound *boundError
	if err := c.TooLarge("/place", "it is large"); !errors.As(err, &bound) || bound.Error() != "it is large" {
		t.Error("the bound that an answer exceeds is lost")
	}
}

// TestRemedyOfBounds: jira.max_answer is named where it helps alone.
func TestRemedyOfBounds(t *testing.T) {
	f := func(answer, bound string, helps bool) {
		t.Helper()
		c := ask(t, Config{Token: "t", MaxAnswer: 1 << 20}, func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, answer)
		})
		_, err := getAccount(t, c)
		var p *problem.Problem
		if !errors.As(err, &p) || !strings.Contains(p.Message, bound) ||
			strings.Contains(p.Hint, "jira.max_answer") != helps || p.Hint == "" {
			t.Errorf("%.20s…: %v", answer, err)
		}
	}
	f("["+strings.Repeat(" ", 1<<20)+"]", "larger than", true)
	f("[0"+strings.Repeat(",0", maxElements)+"]", "more than 100000 elements", false)
	f(strings.Repeat("[", maxDepth+1), "nested deeper", false)
}

// TestAnswerValues: an answer holds no more than so many values, whatever lists they stand in.
func TestAnswerValues(t *testing.T) {
	testrun.SkipInShort(t)
	const each = 80_000
	list := "[0" + strings.Repeat(",0", each-1) + "]"
	commas := func(lists int) int { return lists*(each-1) + lists - 1 }
	lists := 1
	for commas(lists+1) <= maxValues {
		lists++
	}
	rest := maxValues - commas(lists) - 1 // in one more list, with the comma before it
	f := func(more int, ok bool) {
		t.Helper()
		text := "[" + strings.Repeat(list+",", lists) + "[0" + strings.Repeat(",0", rest+more) + "]]"
		if _, err := readAnswer(strings.NewReader(text), 1<<30); (err == nil) != ok {
			t.Errorf("%d values more than the bound: %v", more, err)
		}
	}
	f(0, true)
	f(1, false)
}

// TestAnswerObjects: an answer holds no more than a million lists and objects, in whatever list they stand.
func TestAnswerObjects(t *testing.T) {
	const each = 90_000
	list := "[[]" + strings.Repeat(",[]", each-1) + "]"
	const lists = maxObjects / (each + 1)
	const rest = maxObjects - lists*(each+1) - 2 // beside the list around all and the last one in it
	for more, ok := range map[int]bool{0: true, 1: false} {
		text := "[" + strings.Repeat(list+",", lists) + "[[]" + strings.Repeat(",[]", rest+more-1) + "]]"
		if _, err := readAnswer(strings.NewReader(text), 1<<30); (err == nil) != ok {
			t.Errorf("%d objects more than the bound: %v", more, err)
		}
	}
}

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
		"an object": func(c *Client) error {
			var answer struct {
				Issues []struct{ ID json.RawMessage } `json:"issues"`
			}
			return c.Post(t.Context(), API+"/search/jql", nil, &answer)
		},
		"a list": func(c *Client) error { _, err := getNames(t, c); return err },
	}
	answers := map[string]struct {
		begin, again string
		times        int
		end, said    string
	}{
		"empty objects": {`{"issues":[{}`, `,{}`, 60_000_000, `]}`, "more than 100000 elements"},
		"a bare list":   {`[{}`, `,{}`, 10_000_000, `]`, "more than 100000 elements"},
		"names":         {`{"a":1`, `,"issues":[]`, 1_000_000, `}`, "more than 100000 elements"},
		"lists in lists": {`{"issues":[[]`, `,[[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[]]`, 90_000,
			`]}`,
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
			c := ask(t, Config{Token: "very-secret-token", MaxAnswer: 8 << 20},
				func(w http.ResponseWriter, r *http.Request) {
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
	var answer struct{ Issues []struct{ ID string } }
	if err := c.Get(t.Context(), API+"/search", nil, &answer); err != nil || len(answer.Issues) != 5000 {
		t.Errorf("%d issues, %v", len(answer.Issues), err)
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
	if _, err := readAnswer(iotest.DataErrReader(strings.NewReader(`{"a":1}`)), 6); err == nil {
		t.Error("an answer one byte larger than the bound is taken")
	}
	for _, text := range []string{"", " \n", "<html>", `"text"`, "null"} {
		if _, err := readAnswer(strings.NewReader(text), 100); !errors.Is(err, errNoJSON) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
