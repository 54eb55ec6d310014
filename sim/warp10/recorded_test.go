package warp10sim

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"maps"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
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

// skipped are the recordings that the stand-in does not answer, by name, and why; besides them the
// scripts posted to exec.
var skipped = skips("no answer was recorded", "81b-cut-body-close").and("the client stalls for half a minute",
	"85-client-stalls").and("its body was shortened", "31b-err-gzip-truncated",
	"83-err-first-line-of-8MB").and("a format that is not played", "40-fetch-format-tsv", "40-fetch-format-fulltsv",
	"40-fetch-format-raw", "40-fetch-format-pack", "45c-fetch-enc-labels-tsv",
	"45f-fetch-str-tsv").and("a search that was bounded by gcount picks any series", "70e-find-gcount")

// configured sets the platform up as it was for some exchanges.
func (s *Server) configured(name string) {
	s.Rate, s.Streams = 0, 0
	if strings.HasPrefix(name, "89") {
		s.Rate = 0.5
	}
	if strings.Contains(name, "-mads") {
		s.Streams = 2
	}
	s.UpdatesOff, s.DeletesOff = name == "96-update-disabled", name == "96b-delete-disabled"
}

type table map[string]string

func skips(why string, names ...string) table { return table{}.and(why, names...) }

func (t table) and(why string, names ...string) table {
	for _, n := range names {
		t[n] = why
	}
	return t
}

// now is when the recordings of limited tokens were made.
var now = time.UnixMicro(1795422968896670)

// TestRecorded: each recorded request gets the recorded status, headers, message and answer. The effect
// of a write is what the recorded reads after it find.
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
	s.Now = func() time.Time { return now }
	played, scripts, left := 0, 0, maps.Clone(skipped)
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
		_, skip := left[e.Name]
		delete(left, e.Name)
		switch {
		case skip:
		case strings.HasSuffix(e.Request.Path, "/exec"):
			scripts++
		default:
			played++
			t.Run(e.Name, func(t *testing.T) { play(t, s, e) })
		}
	}
	t.Logf("%d exchanges played, %d scripts and %d others left out", played, scripts, len(skipped)-len(left))
	if played < 303 || len(left) > 0 {
		t.Errorf("only %d exchanges were played; without a recording: %v", played, left)
	}
}

// prepared is what was written before an exchange without being recorded.
var prepared = map[string]string{
	"60-delete-range": fives("t6.r", "a", "b") + fives("t6.s", "a", "b") + fives("t6.e", "a", "b") +
		fives("t6.re", "a", "b") + fives("t6.enc", "Z%20Z%2C%C3%A9", "a%2Bb"),
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
	s.configured(e.Name)
	if lines, ok := prepared[e.Name]; ok {
		if _, wrong := s.storeLines(strings.NewReader(lines), Write); wrong != "" {
			t.Fatal(wrong)
		}
	}
	req := httptest.NewRequest(e.Request.Method, e.Request.Path, e.body(t))
	for k, v := range e.Request.Headers {
		if !strings.HasPrefix(k, "(") {
			req.Header.Set(k, fmt.Sprint(v))
		}
	}
	rec := httptest.NewRecorder()
	s.ServeHTTP(rec, req)
	if rec.Code != *e.Response.Status {
		t.Fatalf("status %d, recorded %d: %.300s\nrequest %s", rec.Code, *e.Response.Status, message(rec.Body.String()),
			e.Request.Path)
	}
	for _, name := range []string{"Content-Type", "X-Warp10-Timeunit", "Content-Encoding", "Cache-Control",
		"Access-Control-Allow-Origin", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers"} {
		if got := rec.Header().Get(name); got != e.Response.Headers[name] {
			t.Errorf("header %s: %q, recorded %q", name, got, e.Response.Headers[name])
		}
	}
	for _, want := range stored(t, e.Note) {
		if !slices.ContainsFunc(s.Points(), func(p string) bool { return strings.HasSuffix(p, "// "+want) }) {
			t.Errorf("%q is not stored", want)
		}
	}
	if e.Response.Body == nil || e.Response.Headers["Content-Encoding"] != "" {
		return
	}
	if rec.Code != 200 {
		if got, want := message(rec.Body.String()), message(*e.Response.Body); got != want {
			t.Errorf("message\n got %q\nwant %q", got, want)
		}
		return
	}
	if got, want := answer(rec.Body.String()), answer(*e.Response.Body); !slices.Equal(got, want) {
		t.Errorf("answer\n got %q\nwant %q", got, want)
	}
}

// body returns what was sent. A body that is shorter than was announced ends with an error, as it does
// where the connection is cut.
func (e exchange) body(t *testing.T) io.Reader {
	if b := e.Request.Body64; b != nil {
		raw, err := base64.StdEncoding.DecodeString(*b)
		if err != nil {
			t.Fatal(err)
		}
		return strings.NewReader(string(raw))
	}
	if e.Request.Body == nil {
		return strings.NewReader("")
	}
	text := *e.Request.Body
	if size, ok := shortenedTo(text); ok {
		text = rebuilt[e.Name]
		if len(text) != size {
			t.Fatalf("the body has %d bytes, recorded were %d", len(text), size)
		}
	}
	announced := len(text)
	for name, v := range e.Request.Headers {
		m := length.FindStringSubmatch(name + ": " + fmt.Sprint(v))
		if m == nil {
			continue
		}
		announced, _ = strconv.Atoi(m[1])
	}
	switch raw := fmt.Sprint(e.Request.Headers["(raw)"]); {
	case announced > len(text), strings.Contains(raw, "no last chunk"):
		return io.MultiReader(strings.NewReader(text), broken{})
	default:
		return strings.NewReader(text[:announced])
	}
}

var (
	length = regexp.MustCompile(`Content-Length: (\d+)`)
	cut    = regexp.MustCompile(`^\((\d+) bytes, start:\)|\((\d+) bytes\)$`)
)

// shortenedTo tells whether a recorded body was shortened, and how long it was.
func shortenedTo(text string) (size int, ok bool) {
	m := cut.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	size, _ = strconv.Atoi(m[1] + m[2])
	return size, true
}

// rebuilt are the large bodies whose recordings hold the beginning only.
var rebuilt = map[string]string{
	"26f-err-malformed-after-5000-same-series": many(5000, "t2.mo", func(n int) int { return n }) +
		"garbage line here\n",
	"26h-err-malformed-after-200000-same-series": many(200000, "t2.mo2", func(n int) int { return n * 7919023757 }) +
		"garbage line here\n",
	"89e-throttle-rate":    flooding(2000),
	"80-value-size-65536":  sized(65536),
	"80-value-size-65537":  sized(65537),
	"80-value-size-100000": sized(100000),
}

func many(lines int, class string, value func(int) int) string {
	var b strings.Builder
	for n := range lines {
		fmt.Fprintf(&b, "%d// %s{s=1} %d\n", 1700000000000000+n, class, value(n))
	}
	return b.String()
}

func flooding(lines int) string {
	var b strings.Builder
	for n := range lines {
		fmt.Fprintf(&b, "%d// t10.thr{s=0} %d\n", 1700000000000000+n, n)
	}
	return b.String()
}

func sized(n int) string {
	return fmt.Sprintf("1700000000000000// t8.val{n=%d} '%s'\n", n, strings.Repeat("v", n))
}

// stored returns the points that a note tells to stand in the store afterwards.
func stored(t *testing.T, note string) []string {
	_, list, ok := strings.Cut(note, "stored afterwards: ")
	if !ok {
		return nil
	}
	var out []string
	if err := json.Unmarshal([]byte(list), &out); err != nil {
		t.Fatal(err)
	}
	for i := range out {
		out[i] = strings.Replace(out[i], ",.app=jerem", "", 1)
	}
	return out
}

var row = regexp.MustCompile(`(?s)<th>MESSAGE:</th><td>(.*?)</td>`)

func message(page string) string {
	if m := row.FindStringSubmatch(page); m != nil {
		return middle(html.UnescapeString(m[1]))
	}
	return ""
}

// middle leaves out what stands around the cut of a message that was shortened: its exact place is
// not played, its length is.
func middle(text string) string {
	if len(text) < longest {
		return text
	}
	return fmt.Sprintf("%s [%d] %s", text[:500], len(text), text[len(text)-500:])
}

var id = regexp.MustCompile(`"i":"\d+",`)

// answer brings an answer to a form that compares: series come in any order, and so do their labels.
func answer(body string) []string {
	body = id.ReplaceAllString(body, "") // drawn by the platform
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
