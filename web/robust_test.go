package web

import (
	"encoding/csv"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"jerem/testrun"
)

const (
	databases = "/teams/%3Cb%3EDatabases%3C%2Fb%3E%20&%20%22co%22"
	network   = "/teams/R%C3%A9seau%20%2F%2050%25"
)

// TestHostileTexts: titles, names, goals and labels are shown as they are written, and do nothing.
func TestHostileTexts(t *testing.T) {
	h := serve(t, story(t), company()...)
	all := ""
	for _, address := range []string{"/", databases, databases + "/roadmap", databases + "/sprints/41",
		databases + "/issues/DB-11", databases + "/issues/DB-1", network + "/roadmap",
		"/teams/%3Cscript%3Ealert(1)%3C%2Fscript%3E", databases + "/issues/%3Cscript%3E", "/?quarter=%3Cscript%3E",
		"/?at=%22%3E%3Cscript%3E", databases + "/roadmap?at=2026-11-20&quarter=%22%3E%3Cscript%3E"} {
		_, body, _ := get(t, h, address)
		if !strings.Contains(body, "</html>") {
			t.Errorf("%s: is no page: %.200s", address, body)
		}
		for _, bad := range []string{"<script>", "<img", "<b>Databases", "<i>first", "<b>Bold", "javascript:"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s: holds %s", address, bad)
			}
		}
		all += body
	}
	for _, shown := range []string{"&lt;script&gt;alert(&#39;epic&#39;)&lt;/script&gt; &#34;quoted&#34; &amp; " +
		"&#39;single&#39;", "سلسلة من اليمين إلى اليسار 🚀", "&lt;img src=x onerror=alert(1)&gt;",
		"&lt;/p&gt;&lt;script&gt;alert(&#39;goal&#39;)&lt;/script&gt;", "&lt;b&gt;Bold&lt;/b&gt;", "Réseau / 50%"} {
		if !strings.Contains(all, shown) {
			t.Errorf("%s is shown nowhere", shown)
		}
	}
	_, body, _ := get(t, h, databases+"/quarters/Q4-26/epics.csv")
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil || len(rows) != 3 || !strings.HasPrefix(rows[2][1], "'=HYPERLINK(1)") ||
		rows[1][1] != `<script>alert('epic')</script> "quoted" & 'single'` {
		t.Errorf("%v: %q", err, rows)
	}
}

// TestAnyMoment: a moment that cannot be read is refused with a hint, and any other has its pages:
// before the first day of the data, in the future, and at the ends of the calendar.
func TestAnyMoment(t *testing.T) {
	if testing.Short() {
		t.Skip("asks many addresses")
	}
	h := serve(t, story(t), company()...)
	addresses := []string{"/", "/teams/Kubernetes", "/teams/Kubernetes/roadmap", network + "/roadmap",
		"/teams/Observability", "/teams/Observability/roadmap",
		"/api/v1/teams", "/api/v1/teams/Kubernetes/sprints", "/api/v1/teams/Kubernetes/quarters", "/teams.csv",
		"/initiatives.csv", "/oncall.csv"}
	for _, at := range []string{"noon", "2026-13-40", "2026-11-23T99:00:00Z", "1", "%00", "2026-11-23%27--",
		"99999-01-01", "9999-12-31", "2200-01-01"} {
		for _, address := range append(addresses, "/api/v1/teams/Kubernetes/sprints/23", "/teams/Kubernetes/sprints/23",
			"/teams/Kubernetes/quarters/Q4-26/burnup.svg", "/teams/Kubernetes/quarters/Q4-26/epics.csv") {
			code, body, _ := get(t, h, address+"?at="+at)
			if code != 400 || !strings.Contains(body, "Write a time like") {
				t.Errorf("%s?at=%s: %d %.200s", address, at, code, body)
			}
		}
	}
	for _, at := range []string{"0001-01-01", "1969-12-31", "2020-02-29", "2026-09-30T22:00:00Z", "2026-11-23T14:00",
		"2026-12-31T23:00:00Z", "2027-01-01", "2099-06-30", "2199-12-31", "2026-11-23T14:00:00%2B14:00"} {
		for _, address := range addresses {
			code, body, _ := get(t, h, address+"?at="+at)
			if strings.Contains(body, `"nothing_known"`) && code == 404 && at < "2026-09-21" &&
				strings.HasPrefix(address, "/api/v1/teams/") {
				continue // before anything is known: said instead of an empty list
			}
			if code != 200 || strings.Contains(body, "NaN") || strings.Contains(body, "%!") {
				t.Errorf("%s?at=%s: %d %.300s", address, at, code, body)
			}
		}
	}
}

// TestEveryAnswer: what each answer carries, whatever it is; HEAD is GET without its body.
func TestEveryAnswer(t *testing.T) {
	h := serve(t, story(t), append(company(), team("Lost", "NOPE"))...)
	for _, address := range []string{"/", "/teams/Kubernetes", "/teams/Lost", "/nowhere", "/teams/", "/teams/a/b/c/d",
		"/api/v1/teams", "/api/v1/nothing", "/metrics", "/readyz", "/healthz", "/favicon.ico", "/assets/none.css",
		"/teams/Kubernetes/quarters/Q4-26/epics.csv", "/teams/Kubernetes/quarters/Q4-26/burnup.svg", network,
		network + "/roadmap"} {
		code, body, header := get(t, h, address)
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
			"Content-Security-Policy": "default-src 'none'"} {
			if !strings.HasPrefix(header.Get(name), want) {
				t.Errorf("%s: %s is %q", address, name, header.Get(name))
			}
		}
		if strings.Contains(header.Get("Content-Security-Policy"), "script-src 'unsafe") {
			t.Errorf("%s: scripts of its own may run", address)
		}
		if code >= 500 && !strings.Contains(body, "Lost") ||
			code == 404 && !strings.HasPrefix(address, "/assets") &&
				!strings.Contains(strings.ToLower(body), "there is no") {
			t.Errorf("%s: %d %.200s", address, code, body)
		}
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest(http.MethodHead, address, nil))
		if rec.Code != code {
			t.Errorf("%s: HEAD answers %d, GET %d", address, rec.Code, code)
		}
		post := httptest.NewRecorder()
		h.ServeHTTP(post, httptest.NewRequest(http.MethodPost, address, strings.NewReader("x")))
		if post.Code < 400 || post.Code >= 500 {
			t.Errorf("%s: POST answers %d", address, post.Code)
		}
	}
}

// TestAskedAgain: who has an answer is told so until something is written; nothing old is given then.
func TestAskedAgain(t *testing.T) {
	testrun.SkipInShort(t)
	h, b := serveBot(t, story(t), company()...)
	again := func(address, tag string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, address, nil)
		r.Header.Set("If-None-Match", tag)
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		return rec
	}
	for _, address := range []string{"/", "/teams/Kubernetes/roadmap", "/api/v1/teams/Kubernetes/quarters/Q4-26",
		"/teams/Kubernetes/quarters/Q4-26/burnup.svg", "/teams/Kubernetes/sprints/23/ledger.csv"} {
		_, first, header := get(t, h, address)
		tag := header.Get("ETag")
		if tag == "" || header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: tag %q, cache %q", address, tag, header.Get("Cache-Control"))
		}
		if rec := again(address, tag); rec.Code != http.StatusNotModified || rec.Body.Len() > 0 {
			t.Errorf("%s: asked again it answers %d with %d bytes", address, rec.Code, rec.Body.Len())
		}
		_, second, kept := get(t, h, address)
		if second != first || kept.Get("Content-Type") != header.Get("Content-Type") ||
			kept.Get("Content-Security-Policy") != header.Get("Content-Security-Policy") {
			t.Errorf("%s: from memory it is another answer", address)
		}
		if err := b.Store.Teams.SetBehind(t.Context(), "Kubernetes", time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC),
			"Jira is away"); err != nil {
			t.Fatal(err)
		}
		if rec := again(address, tag); rec.Code != http.StatusOK || rec.Header().Get("ETag") == tag {
			t.Errorf("%s: after a write it answers %d with tag %s", address, rec.Code, rec.Header().Get("ETag"))
		}
	}
	if _, body, _ := get(t, h, "/teams/Kubernetes"); !strings.Contains(body, "Jira is away") ||
		!strings.Contains(body, "Behind since") {
		t.Error("the page does not say since when it is behind, and why")
	}
	if err := b.Store.Teams.SetBehind(t.Context(), "Observability", time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC),
		"Jira is away"); err != nil {
		t.Fatal(err)
	}
	if _, body, _ := get(t, h, "/"); !strings.Contains(body, `Kubernetes, Observability are behind, the first since `+
		`<span class="nobr">Mon 23 Nov</span>, 10:00, each as its row tells: Jira is away.`) ||
		!strings.Contains(body, `behind since <span class="nobr">Mon 23 Nov</span>, 10:30`) ||
		strings.Contains(body, `class="notice wrap behind"`) {
		t.Error("the portfolio does not say which teams are behind, since when, and once why")
	}
	if code, body, _ := get(t, h, "/teams/Nobody"); code != 404 || body == "" {
		t.Error("an error is remembered as if it were an answer")
	}
}

// TestPagesWhileReading: pages answer while a cycle writes, each of one state of the store.
func TestPagesWhileReading(t *testing.T) {
	if testing.Short() {
		t.Skip("reads and asks at once")
	}
	h, b := serveBot(t, story(t), company()...)
	var readers sync.WaitGroup
	stop := make(chan struct{})
	for _, address := range []string{"/", "/teams/Kubernetes", "/teams/Kubernetes/roadmap", "/metrics",
		"/api/v1/teams/Kubernetes/quarters/Q4-26", "/readyz"} {
		readers.Go(func() {
			for n := 0; ; n++ {
				code, body, _ := get(t, h, address)
				if code != 200 || address == "/teams/Kubernetes/roadmap" &&
					!strings.Contains(body, "72 of 117 points") {
					t.Errorf("%s: %d %.200s", address, code, body)
					return
				}
				select {
				case <-stop:
					return
				default:
				}
			}
		})
	}
	if _, err := b.Collect(t.Context(), true); err != nil {
		t.Error(err)
	}
	close(stop)
	readers.Wait()
}
