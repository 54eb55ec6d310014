package web

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"jerem/testrun"
	"jerem/web/webtest"
)

// leading are the attributes of a page that lead somewhere.
var leading = regexp.MustCompile(` (?:href|src|action|formaction|data-live-address)="([^"]*)"`)

// askPath asks a handler with the method GET.
func askPath(h http.Handler, address string) (int, string, http.Header) {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
	body, _ := io.ReadAll(w.Result().Body) // of memory
	return w.Code, string(body), w.Header()
}

// TestBase: below a path every address in every page, drawing and answer begins with it, and leads to something: all
// links are followed from the first page on. Without the path the same is answered, for a proxy that cuts it off.
func TestBase(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	h := newGatedOff(t, func(o *Options) { o.Base = "/jerem" })
	seen, queue := map[string]bool{}, []string{"/jerem", "/jerem/", "/jerem/teams/Kubernetes/", "/jerem/no/such",
		"/jerem/teams/Kubernetes/card", "/jerem/wall", "/jerem/favicon.ico",
		"/jerem/api/v1/teams/Kubernetes/sprints/23"}
	most := 400
	if testing.Short() {
		most = 40
	}
	for len(queue) > 0 && len(seen) < most {
		address := queue[0]
		queue = queue[1:]
		path, _, _ := strings.Cut(address, "#")
		path = strings.ReplaceAll(path, "&amp;", "&")
		if seen[path] {
			continue
		}
		seen[path] = true
		if !strings.HasPrefix(path, "/jerem/") && path != "/jerem" || strings.HasPrefix(path, "/jerem/jerem") {
			t.Fatalf("a link leads to %s", path)
		}
		if path == "/jerem/live" {
			continue // does not end
		}
		code, body, header := askPath(h, path)
		if code >= 400 && path != "/jerem/no/such" {
			t.Errorf("%s: %d", path, code)
		}
		if to := header.Get("Location"); to != "" {
			queue = append(queue, to)
		}
		if _, to, found := strings.Cut(header.Get("Refresh"), "url="); found {
			queue = append(queue, to)
		}
		switch kind := header.Get("Content-Type"); {
		case strings.HasPrefix(kind, "text/html"), strings.HasPrefix(kind, "image/svg"):
			for _, m := range leading.FindAllStringSubmatch(body, -1) {
				if strings.HasPrefix(m[1], "/") {
					queue = append(queue, m[1])
				}
			}
		case strings.HasPrefix(kind, "application/json"):
			for _, m := range regexp.MustCompile(`"(/[a-z]+/v1/explain[^"]*)"`).FindAllStringSubmatch(body, -1) {
				queue = append(queue, m[1])
			}
		}
	}
	if len(seen) < min(60, most) {
		t.Errorf("only %d addresses were found", len(seen))
	}
	for _, path := range []string{"/teams/Kubernetes", "/healthz", "/readyz", "/metrics"} {
		if code, _, _ := askPath(h, path); code != http.StatusOK {
			t.Errorf("%s: %d", path, code)
		}
	}
	if code, _, _ := askPath(h, "/jeremy/teams/Kubernetes"); code != http.StatusNotFound {
		t.Errorf("another path is answered with %d", code)
	}
}

// TestBaseOfUncleanPaths: a path with empty or dotted segments is led to the clean one below the base.
func TestBaseOfUncleanPaths(t *testing.T) {
	t.Parallel()
	h := newGatedOff(t, func(o *Options) { o.Base = "/jerem" })
	for path, want := range map[string]string{
		"/jerem//teams/Kubernetes":      "/jerem/teams/Kubernetes",
		"/jerem/teams//Kubernetes?at=1": "/jerem/teams/Kubernetes?at=1",
		"/jerem/./wall":                 "/jerem/wall",
		"/jerem//evil.example/..":       "/jerem/",
		"/jerem/..//evil.example":       "/jerem/evil.example",
		"/jerem/../jerem/teams":         "/jerem/teams", // out of the base and back into it
		"/jerem/teams/../../jerem?at=1": "/jerem/?at=1",
		"//teams/Kubernetes":            "/jerem/teams/Kubernetes", // of a proxy that cut the base off
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL.Path, r.URL.RawQuery, _ = strings.Cut(path, "?")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if got := w.Header().Get("Location"); w.Code != http.StatusTemporaryRedirect || got != want {
			t.Errorf("%s: %d %q, want %q", path, w.Code, got, want)
		}
	}
	if code, _, header := askPath(h, "/jerem/teams/a%2F%2Fb"); code != http.StatusNotFound {
		t.Errorf("a name with slashes: %d %s", code, header.Get("Location"))
	}
}

// TestBaseLeavesTexts: what people wrote stays as it is, however it begins.
func TestBaseLeavesTexts(t *testing.T) {
	b := base("/jerem")
	for text, want := range map[string]string{
		`<a class="x" href="/teams/A">/teams/A</a>`: `<a class="x" href="/jerem/teams/A">/teams/A</a>`,
		`<a href="/">a href=&#34;/x&#34;</a>`:       `<a href="/jerem/">a href=&#34;/x&#34;</a>`,
		`<a href="//other.example/">`:               `<a href="//other.example/">`,
		`<p title="/etc">`:                          `<p title="/etc">`,
	} {
		if got := b.inMarkup(text); got != want {
			t.Errorf("%s becomes %s", text, got)
		}
	}
	for text, want := range map[string]string{
		`{"summary":"/api/v1/explain","explain":"/api/v1/explain?x"}`: `{"summary":"/api/v1/explain",` +
			`"explain":"/jerem/api/v1/explain?x"}`,
		`{"explain":{"a":"/api/v1/b"},"summary":"\"explain\":\"/api/v1"}`: `{"explain":{"a":"/jerem/api/v1/b"},` +
			`"summary":"\"explain\":\"/api/v1"}`,
	} {
		if got := string(b.inJSON([]byte(text))); got != want {
			t.Errorf("%s becomes %s", text, got)
		}
	}
}

// TestBadgeByKey: where people log in, a badge and a card come by a key in the address: of the key's team alone, with
// a token of that role alone, and the key is in no answer.
func TestBadgeByKey(t *testing.T) {
	t.Parallel()
	g := newGated(t, nil)
	for _, c := range []struct {
		address, token string
		want           int
	}{
		{"/teams/Kubernetes/badge.svg", "badge", 200}, {"/teams/Kubernetes/card", "badge", 200},
		{"/teams/Kubernetes/card?show=done", "badge", 400}, {"/teams/Secret%20team/badge.svg", "badge", 404},
		{"/teams/Kubernetes", "badge", 401}, {"/api/v1/teams", "badge", 401},
		{"/teams/Kubernetes/badge.svg", "board", 403}, {"/teams/Kubernetes/badge.svg", "late", 401},
	} {
		sign := "?"
		if strings.Contains(c.address, "?") {
			sign = "&"
		}
		code, body, header := g.ask(t, "", c.address+sign+"key="+g.tokens[c.token])
		if code != c.want || strings.Contains(body, g.tokens[c.token]) {
			t.Errorf("%s with the token %s: %d, want %d: %.200s", c.address, c.token, code, c.want, body)
		}
		if code == http.StatusOK && header.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: Referrer-Policy %s", c.address, header.Get("Referrer-Policy"))
		}
	}
	off := newGatedOff(t, nil)
	if code, _, _ := askPath(off, "/teams/Kubernetes/badge.svg?key=any"); code != http.StatusOK {
		t.Errorf("where nobody logs in a key is answered with %d", code)
	}
}

// TestFrame: the card may be framed by the origins that are configured, by any where there are none; nothing else may.
func TestFrame(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		origins []string
		want    string
	}{{nil, "frame-ancestors *"}, {[]string{"https://wiki.example", "https://a.example"},
		"frame-ancestors https://wiki.example https://a.example"}} {
		h := newGatedOff(t, func(o *Options) { o.Frame = c.origins })
		_, _, header := askPath(h, "/teams/Kubernetes/card")
		if policy := header.Get("Content-Security-Policy"); !strings.HasSuffix(policy, c.want) {
			t.Errorf("%v: %s", c.origins, policy)
		}
		_, _, header = askPath(h, "/teams/Kubernetes")
		if policy := header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("a page: %s", policy)
		}
	}
}

// newGatedOff is a server without a login over the story.
func newGatedOff(t testing.TB, change func(*Options)) http.Handler {
	t.Helper()
	b := webtest.Read(t, webtest.Story(), webtest.Team("Kubernetes", "K8S"))
	ended := make(chan struct{})
	close(ended)
	o := Options{Store: b.Store, Teams: b.Teams, AnyHost: true, Jira: "https://jira.example", Ended: ended,
		Log: slog.New(slog.DiscardHandler)}
	if change != nil {
		change(&o)
	}
	return New(o)
}
