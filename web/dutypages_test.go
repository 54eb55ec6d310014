package web

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"jerem/access"
	"jerem/web/dutypages"
)

// TestDutyPagesBehindTheGate: the pages of on-call ask who one is, a calendar wants its secret alone, and the bar leads
// to them.
func TestDutyPagesBehindTheGate(t *testing.T) {
	g := newOnCall(t)
	for address, want := range map[string]map[string]int{
		"/oncall":        {"": 401, "ada": 200, "pat": 200, "token badge": 403},
		"/oncall/secret": {"": 401, "bob": 404, "ada": 200},
		"/oncall/me":     {"": 401, "ada": 200, "eve": 403, "token board": 403},
		dutypages.CalendarPrefix + strings.Repeat("0", 32) + ".ics": {"": 404, "ada": 404},
	} {
		for who, status := range want {
			if got, _, _ := g.ask(t, who, address); got != status {
				t.Errorf("%s by %q: %d, not %d", address, who, got, status)
			}
		}
	}
	if _, page, _ := g.ask(t, "eve", "/oncall/me"); !strings.Contains(page, `<a href="/oncall">Who is on call</a>`) {
		t.Error("who may not do something of on-call is not led back to it")
	}
	_, page, header := g.ask(t, "ada", "/oncall")
	if !strings.Contains(page, `<a href="/oncall" aria-current="page">On call</a>`) ||
		header.Get("Cache-Control") != "no-store" {
		t.Errorf("the page lacks its link, or is kept: %v", header)
	}
	if _, page, _ = g.ask(t, "ada", "/"); !strings.Contains(page, `<a href="/oncall">On call</a>`) {
		t.Error("the portfolio does not lead to on-call")
	}
	if _, page, _ = newGated(t, nil).ask(t, "ada", "/"); strings.Contains(page, "/oncall") {
		t.Error("a server without rotas leads to on-call")
	}
}

// TestCalendarOfMine: an address made on one's page is answered without a login; its headers keep it to who has it.
func TestCalendarOfMine(t *testing.T) {
	g := newOnCall(t)
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/oncall/me/calendar",
		strings.NewReader("act=make"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Forwarded-User", "bob")
	w := httptest.NewRecorder()
	g.ServeHTTP(w, r)
	address := regexp.MustCompile(dutypages.CalendarPrefix + `[0-9a-f]{32}\.ics`).FindString(w.Body.String())
	if w.Code != 200 || address == "" {
		t.Fatalf("%d: %s", w.Code, w.Body.String())
	}
	code, body, header := g.ask(t, "", address)
	if code != 200 || !strings.HasPrefix(body, "BEGIN:VCALENDAR\r\n") || header.Get("Cache-Control") != "private" ||
		header.Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("%d, %v:\n%s", code, header, body)
	}
}

// TestFormAfterTheLoginEnded: a form that is sent after its login ended is not kept, and the answer leads by way of the
// login to the page on which it stood, of this server alone.
func TestFormAfterTheLoginEnded(t *testing.T) {
	g := newOnCall(t, func(a *access.Options) { a.Mode = access.ByLogin })
	for from, want := range map[string]string{"http://example.com/oncall/me?done=set": "%2Foncall%2Fme%3Fdone%3Dset",
		"http://evil.example/oncall": "%2F", "": "%2F"} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/oncall/me/requests",
			strings.NewReader("a=b"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Accept", "text/html,application/xhtml+xml")
		r.Header.Set("Referer", from)
		w := httptest.NewRecorder()
		g.ServeHTTP(w, r)
		page := w.Body.String()
		if w.Code != http.StatusUnauthorized || !strings.Contains(page, "what you sent was not kept") ||
			!strings.Contains(page, `href="/login?to=`+want+`">Log in again`) {
			t.Errorf("sent from %q: %d, without a login that leads to %s:\n%s", from, w.Code, want, mainOf(t, page))
		}
	}
}

// TestLoggedPath: the log holds no secret of a calendar or a link.
func TestLoggedPath(t *testing.T) {
	for path, want := range map[string]string{"/oncall/calendar/abc.ics": "/oncall/calendar/…",
		"/oncall/answer/abc": "/oncall/answer/…", "/oncall/me": "/oncall/me"} {
		if got := loggedPath(httptest.NewRequest(http.MethodGet, path, nil)); got != want {
			t.Errorf("%s is logged as %s", path, got)
		}
	}
}
