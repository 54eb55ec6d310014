package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"jerem/cmd/jerem/serving"
	jirasim "jerem/sim/jira"
	warp10sim "jerem/sim/warp10"
	"jerem/testrun"
)

// hostileNames are groups of what a name may hold, as JSON writes it: the names of a story take the texts of a group in
// turn. What is in never must not stand in any markup as it is.
var hostileNames = map[string]struct {
	texts []string
	never []string
}{
	"terminal": {texts: []string{
		`\u001b[31m\u001b]0;title\u0007\u009b2J`, `\u202e\u2066\u200f\u061cabc\u2069`, `\u0000a\u0000\u007f`,
		`first\nsecond\r\nthird\u2028fourth\u2029fifth\u0085`, `\u200b\ufeff\u2060`, "a\xffb\xc0\xaf\xed\xa0\x80c",
		`a\ud800b\udc00c`,
	}},
	"formula": {texts: []string{`=cmd|' /C calc'!A0`, `+1`, `@x`, `-2+3`, `\ta\t=1`, `\u200b=1`, `\"=1`}},
	"markup": {
		texts: []string{
			`</script><script>alert(1)</script>`, `\"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`,
			`]]></text></svg><svg onload=alert(1)>`, `{{.Secret}}${JEREM_JIRA_PASSWORD}%s%n`,
		},
		never: []string{`<script>alert(1)`, `<img src=x`, `' onmouseover='`, `<svg onload`},
	},
	"format": {texts: []string{`a\"} 1\n# TYPE x counter\nx{a=\"\\`, `a{b=c} 'd'\n1// x{} 2,%0A`, `,\",;\r\n`}},
	"long": {texts: []string{strings.Repeat("0123456789", 1000), strings.Repeat("word ", 2000),
		"e" + strings.Repeat("\u0301", 5000)}},
}

// hostilePart is the beginning of a name of the demo's story that is made hostile.
var hostilePart = regexp.MustCompile(`"(Sprint 2|Private clusters|Upgrade|Project_|Kubernetes|In Progress"|In ` +
	`Review"|To Do"|Done"|` +
	`Support"|Incident"|Story"|Console|Nature of)`)

// serveHostile plays the demo's story with a hostile text in front of each name, always the same one.
func serveHostile(t *testing.T, texts []string) string {
	t.Helper()
	site, err := jirasim.LoadScenario("story", jirasim.DemoScenario())
	if err != nil {
		t.Fatal(err)
	}
	played := jirasim.NewServer(site, jirasim.Options{Email: serving.SimEmail, Token: serving.SimToken})
	kinds := strings.Split(hostilePart.String(), "|")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		played.ServeHTTP(answer, r)
		body := hostilePart.ReplaceAllStringFunc(answer.Body.String(), func(found string) string {
			name := strings.TrimPrefix(found, `"`)
			n := slices.IndexFunc(kinds, func(kind string) bool { return strings.Contains(kind, name) })
			text := texts[(n+len(texts))%len(texts)]
			if name == "Project_" {
				return found + text
			}
			return `"` + text + name
		})
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(answer.Code)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// TestHostileNames: whatever the names in Jira hold, each output of each command stays valid in its format, steers no
// terminal, is no formula and no markup, and is bounded.
func TestHostileNames(t *testing.T) {
	skipSlow(t)
	for name, hostile := range hostileNames {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			platform := warp10sim.New()
			posted := httptest.NewServer(platform)
			t.Cleanup(posted.Close)
			config := writeConfig(t, "jira: {url: '"+serveHostile(t, hostile.texts)+"', username: "+serving.SimEmail+
				", password: "+serving.SimToken+"}\n"+
				"metrics: {url: '"+posted.URL+"', token: "+warp10sim.Write+
				"}\nprojects: [{name: K8S, label: Kubernetes}]\n"+
				"impediment: {nature: customfield_11028}\nlog: {level: debug, format: FORMAT}\nstore: {path: STORE}\n")
			h := &hostileRun{config: config, never: hostile.never}
			h.commands(t)
			h.serve(t)
			for _, point := range platform.Points() {
				if !gtsLine.MatchString(point) {
					t.Errorf("posted: %.300q", point)
				}
			}
		})
	}
}

// hostileRun is the program at work on one hostile Jira.
type hostileRun struct {
	config string
	never  []string
}

func (h *hostileRun) call(t *testing.T, args ...string) (stdout, stderr string) {
	t.Helper()
	stdout, stderr, _ = call(t, map[string]string{"JEREM_LOG_FORMAT": "json"}, append([]string{"--config",
		h.config}, args...)...)
	plainLines(t, strings.Join(args, " ")+": standard error", stderr)
	return stdout, stderr
}

func (h *hostileRun) commands(t *testing.T) {
	t.Helper()
	out, errs := h.call(t, "collect")
	plainLines(t, "collect", out)
	if !strings.Contains(out, "3 sprints") {
		t.Fatalf("nothing was collected: %s%s", out, errs)
	}
	for line := range strings.Lines(errs) {
		if strings.HasPrefix(line, "{") && !json.Valid([]byte(line)) {
			t.Errorf("the log: %.300q", line)
		}
	}
	for _, command := range [][]string{{"check"}, {"status"},
		{"explain", "commitment", "--team", "Kubernetes", "--sprint", "23"},
		{"explain", "progression", "--team", "Kubernetes", "--quarter", "Q4-26"}, {"rebuild"}, {"publish"},
		{"completion", "bash"}, {"completion", "zsh"}, {"completion", "fish"}} {
		out, _ := h.call(t, command...)
		plainLines(t, strings.Join(command, " "), out)
		if out == "" {
			t.Errorf("%v writes nothing", command)
		}
	}
	for _, command := range [][]string{{"check", "--json"}, {"status", "--json"},
		{"explain", "commitment", "--team", "Kubernetes", "--sprint", "23", "--json"}} {
		out, _ := h.call(t, command...)
		validJSON(t, strings.Join(command, " "), out)
	}
	h.export(t)
}

// gtsLine is a line of Warp 10's input format with what this program may write in it.
var gtsLine = regexp.MustCompile(`^=?\d+// ` +
	`([\w.%-]+\{([\w.%~+*!()-]+=[\w.%~+*!()-]*(,[\w.%~+*!()-]+=[\w.%~+*!()-]*)*)?\} )?('[^'\x00-\x1f]*'|[-\d.E]+|T|F)$`)

func (h *hostileRun) export(t *testing.T) {
	t.Helper()
	out, _ := h.call(t, "export")
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	if len(lines) < 100 {
		t.Errorf("%d lines of series", len(lines))
	}
	for _, line := range lines {
		if !gtsLine.MatchString(line) {
			t.Fatalf("export: %.300q", line)
		}
	}
	out, _ = h.call(t, "export", "--format", "json")
	for line := range strings.Lines(out) {
		validJSON(t, "export --format json", line)
	}
	out, _ = h.call(t, "export", "--format", "csv")
	safeTable(t, "export --format csv", out)
}

// serve runs the server and asks for every address that its pages lead to.
func (h *hostileRun) serve(t *testing.T) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	log := &keptLog{watched: watched{waits: map[string]chan string{"address=": make(chan string, 1)}}}
	var done sync.WaitGroup
	var failed error
	done.Go(func() {
		failed = run(ctx, []string{"--config", h.config, "serve", "--listen", "127.0.0.1:0"},
			func(k string) string { return map[string]string{"JEREM_LOG_FORMAT": "text"}[k] }, nil, io.Discard, log)
	})
	_, address, _ := strings.Cut(log.line(ctx, "address="), "address=")
	address = strings.TrimSuffix(strings.TrimSpace(address), "/")
	await(t, address+"/readyz", "ready")
	h.crawl(t, address)
	stop()
	done.Wait()
	if failed != nil {
		t.Error(failed)
	}
	plainLines(t, "the log of serve", log.text())
}

// keptLog is a log that is kept as a whole.
type keptLog struct {
	watched
	kept bytes.Buffer
}

// Write takes whole lines.
func (l *keptLog) Write(b []byte) (int, error) {
	l.mu.Lock()
	l.kept.Write(b)
	l.mu.Unlock()
	return l.watched.Write(b)
}

func (l *keptLog) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.kept.String()
}

// target is an address in a page.
var target = regexp.MustCompile(`(?:href|src)="(/[^"#]*)`)

// crawl asks for everything that pages lead to, a page of each kind of address at least.
func (h *hostileRun) crawl(t *testing.T, address string) {
	t.Helper()
	asked := map[string]bool{}
	next := []string{"/", "/metrics", "/readyz", "/api/v1/openapi.json", "/api/v1/teams", "/api/v1/portfolio",
		"/api/v1/series", "/api/v1/teams/Kubernetes/sprints",
		"/api/v1/teams/Kubernetes/sprints/23", "/api/v1/teams/Kubernetes/quarters/Q4-26",
		"/api/v1/teams/Kubernetes/flow", "/api/v1/teams/Kubernetes/late",
		"/api/v1/teams/Kubernetes/mix", "/api/v1/teams/Kubernetes/forecast", "/api/v1/teams/Kubernetes/issues/K8S-1381",
		"/teams/Kubernetes/sprints/23/burndown.svg", "/teams/Kubernetes/sprints/23/impediments.svg",
		"/teams/Kubernetes/sprints/23/velocity.svg",
		"/teams/Kubernetes/quarters/Q4-26/burnup.svg", "/teams/Kubernetes/quarters/Q4-26/weekly.svg"}
	kinds := map[string]int{}
	for len(next) > 0 && len(asked) < 100 {
		path := next[0]
		next = next[1:]
		kind := pathKind.ReplaceAllString(path, "N")
		if asked[path] || kinds[kind] >= 1 {
			continue
		}
		asked[path] = true
		kinds[kind]++
		body := h.ask(t, address, path)
		for _, m := range target.FindAllStringSubmatch(body, -1) {
			next = append(next, strings.ReplaceAll(m[1], "&amp;", "&"))
		}
	}
	if len(asked) < 40 {
		t.Errorf("only %d addresses were found", len(asked))
	}
}

// pathKind is what differs between two addresses of one kind.
var pathKind = regexp.MustCompile(`\d+`)

// ask checks an answer by its type.
func (h *hostileRun) ask(t *testing.T, address, path string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address+path, nil)
	if err != nil {
		t.Fatalf("%q: %v", path, err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatalf("%q: %v", path, err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	body := string(raw)
	if response.StatusCode >= http.StatusInternalServerError {
		t.Errorf("%s: status %d: %.300s", path, response.StatusCode, body)
	}
	for name, values := range response.Header {
		if text := strings.Join(values, ""); len(text) > 2000 || strings.ContainsFunc(text, unsafeInTerminal) {
			t.Errorf("%s: header %s: %.300q", path, name, text)
		}
	}
	switch kind, _, _ := strings.Cut(response.Header.Get("Content-Type"), ";"); {
	case path == "/metrics":
		validMetrics(t, body)
	case strings.HasPrefix(path, "/assets/"):
	case kind == "application/json":
		validJSON(t, path, body)
	case kind == "text/csv":
		safeTable(t, path, body)
	case kind == "image/svg+xml":
		h.safeMarkup(t, path, body)
		wellFormed(t, path, body)
	case kind == "text/html":
		h.safeMarkup(t, path, body)
	case kind == "text/plain":
		plainLines(t, path, body)
	}
	return body
}

// unsafeInTerminal tells whether a letter steers a terminal or turns the direction of writing.
func unsafeInTerminal(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}

// longestLine is how long a line of a terminal or a log may be at most, in bytes.
const longestLine = 4000

func plainLines(t *testing.T, what, text string) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Errorf("%s: no valid UTF-8", what)
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if bad := strings.IndexFunc(line, unsafeInTerminal); bad >= 0 {
			t.Errorf("%s: %q in %.300q", what, line[bad:min(len(line), bad+4)], line)
		}
		if len(line) > longestLine {
			t.Errorf("%s: a line of %d bytes: %.200q", what, len(line), line)
		}
	}
}

func validJSON(t *testing.T, what, text string) {
	t.Helper()
	if !json.Valid([]byte(text)) || !utf8.ValidString(text) {
		t.Errorf("%s: no JSON: %.300q", what, text)
	}
	if bad := strings.IndexFunc(text, func(r rune) bool { return unsafeInTerminal(r) && r != '\n' }); bad >= 0 {
		t.Errorf("%s: %q", what, text[max(0, bad-30):min(len(text), bad+30)])
	}
}

func safeTable(t *testing.T, what, text string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) == 0 || !utf8.ValidString(text) {
		t.Errorf("%s: no table: %v: %.300q", what, err, text)
	}
	for _, row := range rows {
		for _, cell := range row {
			bare := strings.TrimLeftFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) })
			if bare != "" && strings.ContainsRune("=+-@|", rune(bare[0])) && !numberCell.MatchString(cell) {
				t.Errorf("%s: a formula: %.100q", what, cell)
			}
			inCell := strings.NewReplacer("\n", "", "\r", "", "\t", "").Replace(cell) // a table may hold these, quoted
			if strings.ContainsFunc(inCell, unsafeInTerminal) {
				t.Errorf("%s: %.100q", what, cell)
			}
		}
	}
}

var numberCell = regexp.MustCompile(`^-?\d+(\.\d+)?$`)

func (h *hostileRun) safeMarkup(t *testing.T, what, text string) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Errorf("%s: no valid UTF-8", what)
	}
	for _, never := range h.never {
		if at := strings.Index(text, never); at >= 0 {
			t.Errorf("%s: markup: %.200q", what, text[max(0, at-50):])
		}
	}
	if bad := strings.IndexFunc(text, func(r rune) bool {
		return unsafeInTerminal(r) && r != '\n' && r != '\t' && r != '\r' && r != '\u2028' && r != '\u2029'
	}); bad >= 0 {
		t.Errorf("%s: %q", what, text[max(0, bad-40):min(len(text), bad+30)])
	}
	const longestPage = 4 << 20
	if len(text) > longestPage {
		t.Errorf("%s: %d bytes", what, len(text))
	}
}

func wellFormed(t *testing.T, what, text string) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(text))
	for {
		_, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Errorf("%s: no drawing: %v", what, err)
			return
		}
	}
}

// longestLabel is how long the value of a label may be in the exposition format.
const longestLabel = 500

func validMetrics(t *testing.T, text string) {
	t.Helper()
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(text))
	if err != nil {
		t.Errorf("/metrics: %v", err)
	}
	if families["jerem_sprint_estimate"] == nil && families["x"] != nil {
		t.Error("/metrics: a name is a metric")
	}
	for name, family := range families {
		for _, m := range family.GetMetric() {
			for _, label := range m.GetLabel() {
				if value := label.GetValue(); len(value) > longestLabel ||
					strings.ContainsFunc(value, unsafeInTerminal) {
					t.Errorf("/metrics: %s %s: %.100q", name, label.GetName(), value)
				}
			}
		}
	}
}

// TestHostileAddresses: what is asked for comes back clean in messages.
func TestHostileAddresses(t *testing.T) {
	testrun.SkipInShort(t)
	config := demoFile(t, serveStory(t, jirasim.DemoScenario(), jirasim.Options{}))
	if _, errs, code := call(t, nil, "-c", config, "collect"); code != 0 {
		t.Fatal(errs)
	}
	const text = "\x1b[31m\u202e\n\x00\xff=1"
	for _, args := range [][]string{{"export", "--team", text}, {"export", "--from", text},
		{"export", "--class", "(" + text},
		{"status", "--team", text}, {"status", "--at", text}, {"explain", text, "--team", "Kubernetes"},
		{"publish", "--sink", text},
		{text}, {"--" + text}, {"serve", "--listen", text}, {"--log-level", text, "collect"}, {"completion", text},
		{"sim", "--world", text}} {
		out, errs, code := call(t, nil, append([]string{"-c", config}, args...)...)
		if code == 0 {
			t.Errorf("%q is taken", args)
		}
		plainLines(t, strings.Join(args, " "), out+errs)
	}
}
