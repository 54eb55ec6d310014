package web

import (
	"compress/gzip"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

	"jerem/agile"
	"jerem/testrun"
	"jerem/web/guard"
)

// serverOf is a server of a story with its insides, and its routes.
func serverOf(t testing.TB, change func(*Options), teams ...agile.Team) (*Server, http.Handler) {
	t.Helper()
	_, b := serveBot(t, story(t), teams...)
	o := Options{Store: b.Store, Teams: teams, Jira: "https://jira.example", Log: slog.New(slog.DiscardHandler),
		AnyHost: true}
	if change != nil {
		change(&o)
	}
	s := newServer(o)
	return s, s.guardedRoutes(nil)
}

// TestOneComputation: however many ask the same at once, in whatever order of parameters, it is computed once.
func TestOneComputation(t *testing.T) {
	testrun.SkipInShort(t)
	for _, address := range []string{"/api/v1/series?class=storypoint&team=Kubernetes", "/teams/Kubernetes?",
		"/teams.csv?quarter=Q4-26&at=2026-11-20", "/api/v1/teams/Kubernetes/sprints/23?at=2026-11-20"} {
		s, h := serverOf(t, nil, team("Kubernetes", "K8S"))
		bodies := make([]string, 60)
		var all sync.WaitGroup
		for i := range bodies {
			all.Go(func() {
				path, query, _ := strings.Cut(address, "?")
				parts := strings.Split(query, "&")
				if i%2 == 1 && len(parts) == 2 {
					query = parts[1] + "&" + parts[0]
				}
				rec := httptest.NewRecorder()
				h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path+"?"+query, nil))
				bodies[i] = rec.Body.String()
			})
		}
		all.Wait()
		if s.answers.Computed() != 1 {
			t.Errorf("%s: computed %d times", address, s.answers.Computed())
		}
		for i, body := range bodies {
			if body != bodies[0] || body == "" {
				t.Fatalf("%s: answer %d is another one", address, i)
			}
		}
	}
}

// TestBusy: beyond the bound on requests at once the answer is 503 with a time to come again; health goes on.
func TestBusy(t *testing.T) {
	s, h := serverOf(t, nil, team("Kubernetes", "K8S"))
	var entered, ended sync.WaitGroup
	leave := make(chan struct{})
	held := s.guard.Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		entered.Done()
		<-leave
	}))
	entered.Add(guard.RequestsAtOnce)
	for range guard.RequestsAtOnce {
		ended.Go(func() { held.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil)) })
	}
	entered.Wait()
	for _, address := range []string{"/", "/api/v1/teams", "/metrics", "/readyz"} {
		code, body, header := get(t, h, address)
		if code != http.StatusServiceUnavailable || header.Get("Retry-After") == "" ||
			header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d, Retry-After %q: %.100s", address, code, header.Get("Retry-After"), body)
		}
	}
	if code, body, _ := get(t, h, "/healthz"); code != 200 || body != "ok\n" {
		t.Errorf("%d %q", code, body)
	}
	close(leave)
	ended.Wait()
}

// TestStreams: a long answer does not stand in memory as text, with and without compression.
func TestStreams(t *testing.T) {
	_, h := serverOf(t, nil, team("Kubernetes", "K8S"))
	for _, address := range []string{"/api/v1/series", "/teams.csv", "/teams/Kubernetes/sprints/23/ledger.csv"} {
		_, want, _ := get(t, h, address)
		rec := &counting{header: http.Header{}}
		h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, address, nil))
		if rec.header.Get("Content-Length") != "" || rec.all.String() != want {
			t.Errorf("%s: is made in one piece", address)
		}
		if strings.HasPrefix(address, "/api") && (rec.largest > 32<<10 || rec.writes < 20) {
			t.Errorf("%s: %d writes, the largest of %d bytes", address, rec.writes, rec.largest)
		}
		r := httptest.NewRequest(http.MethodGet, address, nil)
		r.Header.Set("Accept-Encoding", "gzip")
		packed := httptest.NewRecorder()
		h.ServeHTTP(packed, r)
		if plain := unpacked(t, packed); plain != want || packed.Header().Get("Content-Encoding") != "gzip" {
			t.Errorf("%s: compressed it is another one", address)
		}
	}
}

// counting is a ResponseWriter that counts the writes.
type counting struct {
	header          http.Header
	all             strings.Builder
	writes, largest int
}

func (c *counting) Header() http.Header { return c.header }
func (c *counting) WriteHeader(int)     {}
func (c *counting) Write(p []byte) (int, error) {
	c.writes++
	c.largest = max(c.largest, len(p))
	return c.all.Write(p)
}

func unpacked(t *testing.T, rec *httptest.ResponseRecorder) string {
	t.Helper()
	z, err := gzip.NewReader(rec.Body)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestTags: each form of an answer has its own tag; who has it is told so without a body, who has another gets it.
func TestTags(t *testing.T) {
	testrun.SkipInShort(t)
	_, h := serverOf(t, nil, team("Kubernetes", "K8S"))
	ask := func(address, accept, tag string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, address, nil)
		if accept != "" {
			r.Header.Set("Accept-Encoding", accept)
		}
		if tag != "" {
			r.Header.Set("If-None-Match", tag)
		}
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		return rec
	}
	seen := map[string]string{}
	for _, address := range []string{"/teams/Kubernetes", "/", "/api/v1/series", "/teams.csv"} {
		for _, accept := range []string{"", "gzip"} {
			rec := ask(address, accept, "")
			tag := rec.Header().Get("ETag")
			if other, twice := seen[tag]; twice || tag == "" {
				t.Errorf("%s %s: tag %s is that of %s", address, accept, tag, other)
			}
			seen[tag] = address + accept
			if packed := rec.Header().Get("Content-Encoding") == "gzip"; packed != (accept == "gzip") ||
				!strings.Contains(strings.Join(rec.Header().Values("Vary"), ","), "Accept-Encoding") {
				t.Errorf("%s %q: packed %v, Vary %v", address, accept, packed, rec.Header().Values("Vary"))
			}
			for _, list := range []string{tag, "W/" + tag, `"x", ` + tag, tag + `,"y"`} {
				if again := ask(address, accept, list); again.Code != http.StatusNotModified || again.Body.Len() > 0 ||
					again.Header().Get("ETag") != tag {
					t.Errorf("%s with %s: %d", address, list, again.Code)
				}
			}
			for _, list := range []string{strings.Trim(tag, `"`), `"x"`, tag[:len(tag)-2] + `"`} {
				if again := ask(address, accept, list); again.Code != http.StatusOK {
					t.Errorf("%s with %s: %d, and it is another form", address, list, again.Code)
				}
			}
		}
	}
	for accept, want := range map[string]bool{"gzip;q=0": false, "gzip;q=0.0, *": false, "*": true, "*;q=0": false,
		"deflate, GZIP ;q=0.5": true, "br": false, "identity": false} {
		if got := ask("/teams/Kubernetes", accept, "").Header().Get("Content-Encoding") == "gzip"; got != want {
			t.Errorf("Accept-Encoding %s: packed %v", accept, got)
		}
	}
}

// TestHosts: loopback, the configured names and the address that is listened on are answered; any other is refused,
// with the line to add, and learns nothing.
func TestHosts(t *testing.T) {
	_, h := serverOf(t, func(o *Options) {
		o.AnyHost, o.URL, o.Listen, o.Hosts = false, "https://Jerem.Example:8443/base", "10.1.2.3:8080",
			[]string{"telemetry.example", "alias:9000"}
	}, team("Kubernetes", "K8S"))
	ask := func(host, address string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, address, nil)
		r.Host = host
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		return rec
	}
	for _, host := range []string{"localhost", "LOCALHOST:8080", "localhost.", "a.localhost", "127.0.0.1:8080",
		"127.1.2.3", "[::1]:8080", "[::1]", "[::ffff:127.0.0.1]:80", "jerem.example", "jerem.example:8443",
		"10.1.2.3:8080", "telemetry.example", "alias"} {
		if rec := ask(host, "/api/v1/teams"); rec.Code != http.StatusOK {
			t.Errorf("%s: %d", host, rec.Code)
		}
	}
	for _, host := range []string{"evil.example", "evil.example:8080", "localhost.evil.example",
		"127.0.0.1.evil.example", "10.1.2.4", "0.0.0.0:8080", "", "[::]", "jerem.example.evil", "x@localhost",
		"127.0.0.1:1.evil.example", "localhost:http", "<script>alert(1)</script>", "evil.example\x1b[31m"} {
		for _, address := range []string{"/", "/api/v1/teams", "/metrics", "/teams.csv", "/readyz", "/assets/x"} {
			rec := ask(host, address)
			if strings.Contains(rec.Body.String(), "Kubernetes") || strings.ContainsAny(rec.Body.String(), "\x1b") ||
				strings.Contains(rec.Body.String(), "<script>alert") {
				t.Errorf("%q learns from %s: %.200s", host, address, rec.Body)
			}
			if address != "/readyz" && address != "/assets/x" && rec.Code != http.StatusMisdirectedRequest {
				t.Errorf("%q: %s answers %d", host, address, rec.Code)
			}
		}
	}
	page := ask("evil.example", "/").Body.String()
	for _, m := range regexp.MustCompile(`(?:href|src)="(/assets/[^"]+)"`).FindAllStringSubmatch(page, -1) {
		if rec := ask("evil.example", m[1]); rec.Code != http.StatusOK {
			t.Errorf("the page of a wrong name wants %s, which answers %d", m[1], rec.Code)
		}
	}
	if !strings.Contains(page, "/assets/") {
		t.Error("the page of a wrong name has no style")
	}
	if rec := ask("evil.example:80", "/api/v1/teams"); !strings.Contains(rec.Body.String(),
		"server.hosts: [evil.example]") {
		t.Errorf("does not say what to add: %s", rec.Body)
	}
	if rec := ask("pod.cluster", "/healthz"); rec.Code != http.StatusOK {
		t.Errorf("health is asked by any name: %d", rec.Code)
	}
	if rec := ask("pod.cluster", "/readyz"); rec.Code != http.StatusOK || rec.Body.String() != "0 reasons\n" {
		t.Errorf("%d %q", rec.Code, rec.Body)
	}
}

// TestMethods: only GET and HEAD are answered, and who asks otherwise is told which.
func TestMethods(t *testing.T) {
	_, h := serverOf(t, nil, team("Kubernetes", "K8S"))
	for _, method := range []string{"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get"} {
		for _, address := range []string{"/", "/teams/Kubernetes", "/api/v1/teams", "/nothing", "/healthz", "/readyz",
			"/metrics", "/api/v1/series"} {
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, httptest.NewRequest(method, address, strings.NewReader("x")))
			if rec.Code != http.StatusMethodNotAllowed || rec.Header().Get("Allow") != "GET, HEAD" {
				t.Errorf("%s %s: %d, Allow %q", method, address, rec.Code, rec.Header().Get("Allow"))
			}
		}
	}
	for _, address := range []string{"/", "/api/v1/series", "/teams.csv", "/healthz", "/nothing",
		"/teams/Kubernetes/sprints/23/burndown.svg"} {
		_, body, header := get(t, h, address)
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest(http.MethodHead, address, nil))
		if length := rec.Header().Get("Content-Length"); length != header.Get("Content-Length") ||
			rec.Header().Get("ETag") != header.Get("ETag") ||
			rec.Header().Get("Content-Type") != header.Get("Content-Type") {
			t.Errorf("%s: HEAD tells another answer (%s of %d bytes)", address, length, len(body))
		}
	}
}

// TestBounds: a request that is out of bounds is refused.
func TestBounds(t *testing.T) {
	_, h := serverOf(t, nil, team("Kubernetes", "K8S"))
	for address, want := range map[string]int{"/?x=" + strings.Repeat("a", 8<<10): 414,
		"/api/v1/teams?at=%zz": 400, "/teams/Kubernetes?at=2026-11-20;x": 400, "/?%": 400} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		path, query, _ := strings.Cut(address, "?")
		r.URL.Path, r.URL.RawQuery, r.RequestURI = path, query, address
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		if rec.Code != want {
			t.Errorf("%.60s: %d, want %d", address, rec.Code, want)
		}
	}
	large := httptest.NewRecorder()
	h.ServeHTTP(large, httptest.NewRequest(http.MethodGet, "/", strings.NewReader(strings.Repeat("x", 64<<10+1))))
	if large.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("a body of %d bytes: %d", 64<<10+1, large.Code)
	}
}
