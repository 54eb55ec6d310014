package warp10test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// exchange is a request to a real platform, and its answer.
type exchange struct {
	Name    string
	Request struct {
		Method, Path string
		Headers      map[string]any
		Body         *string
		Body64       *string `json:"body_base64"`
	}
	Response struct {
		Status  *int
		Headers map[string]string
		Body    *string
	}
	Note string
}

// skipped are the recordings that the stand-in does not answer, and why.
var skipped = map[string]string{
	"exec":            "scripts are not played",
	"/api/v0/meta":    "attributes are not kept",
	"OPTIONS":         "no browser asks it",
	"89":              "quotas are not played",
	"96":              "a setting of the platform",
	"81":              "the connection was cut: tried with the sink",
	"82b":             "the connection was cut: tried with the sink",
	"82d":             "a request without a length cannot be made with this library",
	"85":              "the connection stood still",
	"83":              "the body was shortened",
	"29":              "limits of a token are not played",
	"26h":             "the body was shortened",
	"26f":             "the body was shortened",
	"26g":             "what it looks at was shortened",
	"31b":             "the body was shortened",
	"30c":             "the body was shortened",
	"70b-find-json":   "only the text form of find is played",
	"70b-find-raw":    "only the text form of find is played",
	"70j":             "only the text form of find is played",
	"70d":             "attributes are not kept",
	"70e":             "gcount is not played",
	"70-":             "only the text form of find is played",
	"71":              "attributes are not kept",
	"40-fetch-format": "only text, fulltext and json are played",
	"40c":             "only text, fulltext and json are played",
	"41":              "windows by now, timespan and count are not played",
	"43f":             "the message of a missing selector is not played",
	"44":              "attributes, sorting and deduplication are not played",
	"45c":             "only text, fulltext and json are played",
	"45f":             "only text, fulltext and json are played",
	"45g":             "Infinity is no JSON",
	"45h":             "answers are not compressed",
	"45j":             "sfetch is not played",
	"58":              "only that check answers is played",
	"65j":             "metaonly is not played",
	"42m":             "the class * is not played",
	"80-value-size-1": "the body was shortened",
	"80-value-size-6": "the body was shortened",
	"30d":             "the body was shortened",
	"73":              "scripts are not played",
	"95":              "throughput",
}

func whySkipped(e exchange) string {
	if strings.Contains(e.Request.Path, "/exec") {
		return skipped["exec"]
	}
	for prefix, why := range skipped {
		if strings.HasPrefix(e.Name, prefix) || strings.HasPrefix(e.Request.Path, prefix) || e.Request.Method == prefix {
			return why
		}
	}
	if e.Response.Status == nil {
		return "no answer was recorded"
	}
	return ""
}

// TestRecorded: each recorded request gets the recorded status, error and effect. The effect of a
// write is what the recorded reads after it find.
func TestRecorded(t *testing.T) {
	dir := os.Getenv("JEREM_WARP10_RECORDED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "warp10", "recorded")
	}
	index, err := os.ReadFile(filepath.Join(dir, "INDEX.txt"))
	if err != nil {
		t.Skipf("no recorded exchanges at %s: set JEREM_WARP10_RECORDED to try them", dir)
	}
	s := New()
	played, left := 0, 0
	for line := range strings.Lines(string(index)) {
		name, _, _ := strings.Cut(line, "\t")
		raw, err := os.ReadFile(filepath.Join(dir, strings.TrimSpace(name)+".json"))
		if err != nil {
			continue // a line without an exchange
		}
		var e exchange
		if err := json.Unmarshal(raw, &e); err != nil {
			t.Fatal(name, err)
		}
		if why := whySkipped(e); why != "" {
			left++
			continue
		}
		played++
		t.Run(e.Name, func(t *testing.T) { play(t, s, e) })
	}
	t.Logf("%d exchanges played, %d left out", played, left)
	if played < 150 {
		t.Errorf("only %d exchanges were played", played)
	}
}

// prepared is what was written before an exchange without being recorded.
var prepared = map[string]string{
	"60-delete-range":                 fives("t6.r", "a", "b") + fives("t6.s", "a", "b") + fives("t6.e", "a", "b") + fives("t6.re", "a", "b") + fives("t6.enc", "Z%20Z%2C%C3%A9", "a%2Bb"),
	"64c-delete-post-form":            fives("t6.s", "a", "b"),
	"64d-delete-method-delete":        fives("t6.s", "a"),
	"67-delete-regex":                 fives("t6.e", "a", "b"),
	"68b-after-rewrite":               fives("t6.re", "a", "b"),
	"65i-start-end-and-deleteall":     fives("t6.e", "a", "b"),
	"64-delete-deleteall-empty-value": fives("t6.s", "a"),
}

// fives is five points, a minute apart, for each value of the label k.
func fives(class string, values ...string) string {
	var b strings.Builder
	for _, v := range values {
		for n := range 5 {
			fmt.Fprintf(&b, "%d// %s{k=%s} %d\n", 1700000000000000+n*60000000, class, v, n)
		}
	}
	return b.String()
}

func play(t *testing.T, s *Server, e exchange) {
	if lines, ok := prepared[e.Name]; ok {
		if _, wrong := s.store(strings.NewReader(lines)); wrong != "" {
			t.Fatal(wrong)
		}
	}
	body := []byte{}
	if e.Request.Body != nil {
		body = []byte(*e.Request.Body)
	}
	if e.Request.Body64 != nil {
		decoded, err := base64.StdEncoding.DecodeString(*e.Request.Body64)
		if err != nil {
			t.Skip("the body was shortened")
		}
		body = decoded
	}
	req := httptest.NewRequest(e.Request.Method, e.Request.Path, bytes.NewReader(body))
	for k, v := range e.Request.Headers {
		req.Header.Set(k, fmt.Sprint(v))
	}
	rec := httptest.NewRecorder()
	s.ServeHTTP(rec, req)
	if rec.Code != *e.Response.Status {
		t.Fatalf("status %d, recorded %d: %.300s\nrequest %s %.200q", rec.Code, *e.Response.Status, message(rec.Body.String()), e.Request.Path, body)
	}
	if e.Response.Body == nil {
		return
	}
	if rec.Code != 200 {
		compareMessages(t, e, rec.Body.String())
		return
	}
	if e.Request.Method == "GET" && !strings.Contains(e.Request.Path, "/update") && !strings.Contains(*e.Response.Body, "[shortened") {
		got, want := answer(rec.Body.String()), answer(*e.Response.Body)
		if !slices.Equal(got, want) {
			t.Errorf("answer\n got %q\nwant %q", got, want)
		}
	}
}

// compareMessages compares what update says of a refusal; of the others the status is enough.
func compareMessages(t *testing.T, e exchange, body string) {
	got, want := message(body), message(*e.Response.Body)
	if !strings.Contains(e.Request.Path, "/update") || want == "" || strings.Contains(want, "?") || strings.Contains(want, "...") { // what was cut or is not Latin-1
		return
	}
	if got != want {
		t.Errorf("message\n got %s\nwant %s", got, want)
	}
}

var row = regexp.MustCompile(`(?s)<th>MESSAGE:</th><td>(.*?)</td>`)

func message(page string) string {
	if m := row.FindStringSubmatch(page); m != nil {
		return html.UnescapeString(m[1])
	}
	return ""
}

// answer brings an answer to a form that compares: series come in any order, and so do their labels.
func answer(body string) []string {
	var list []struct {
		C string
		L map[string]string
		V []json.RawMessage
	}
	if json.Unmarshal([]byte(body), &list) == nil {
		var out []string
		for _, s := range list {
			text, _ := json.Marshal(s)
			out = append(out, string(text))
		}
		slices.Sort(out)
		return out
	}
	var out []string
	series := ""
	for _, line := range strings.Split(strings.ReplaceAll(body, "\r", ""), "\n") {
		if line == "" {
			continue
		}
		if open, end := strings.IndexByte(line, '{'), strings.IndexByte(line, '}'); open >= 0 && end > open {
			labels := strings.Split(line[open+1:end], ",")
			slices.Sort(labels)
			head := line[:open]
			if i := strings.LastIndexByte(head, ' '); i >= 0 {
				head = head[i+1:]
			}
			series = head + "{" + strings.Join(labels, ",") + "}"
			line = line[:open-len(head)] + series + line[end+1:]
			out = append(out, line)
			continue
		}
		tick, value, _ := strings.Cut(strings.TrimPrefix(line, "="), " ")
		out = append(out, tick+" "+series+" "+value)
	}
	slices.Sort(out)
	return out
}
