package transport

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"jerem/problem"
)

// TestLoginHeaders: a token, or a login of a name or a password, goes into the header; without any there is none.
func TestLoginHeaders(t *testing.T) {
	f := func(conf Config, want string) {
		t.Helper()
		c := ask(t, conf, func(w http.ResponseWriter, r *http.Request) {
			if got := r.Header.Get("Authorization"); got != want {
				t.Errorf("%+v: %q, want %q", conf, got, want)
			}
			fmt.Fprint(w, `{"timeZone":"UTC"}`)
		})
		if _, err := getAccount(t, c); err != nil {
			t.Error(err)
		}
	}
	f(Config{}, "")
	f(Config{Username: "a"}, "Basic YTo=")
	f(Config{Password: "b"}, "Basic OmI=")
	f(Config{Username: "a", Password: "b"}, "Basic YTpi")
	f(Config{Username: "a", Password: "b", Token: "x"}, "Bearer x")
}

// TestContentType: a question with a body says that it is JSON, one without says nothing.
func TestContentType(t *testing.T) {
	types := map[string]string{}
	c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
		types[r.Method] = r.Header.Get("Content-Type")
		fmt.Fprint(w, `{}`)
	})
	var answer struct{}
	if err := c.Post(t.Context(), API+"/search", map[string]int{"n": 1}, &answer); err != nil {
		t.Error(err)
	}
	if err := c.Get(t.Context(), API+"/myself", nil, &answer); err != nil {
		t.Error(err)
	}
	if types["POST"] != "application/json" || types["GET"] != "" {
		t.Error(types)
	}
}

// TestRedirectPlaces: a redirect to what is no address of a host leads nowhere.
func TestRedirectPlaces(t *testing.T) {
	s := writerOf(t, "https://jira.example")
	from, _ := url.Parse("https://jira.example/place?a=1")
	f := func(location, want string) {
		t.Helper()
		c := &sender{base: s.base, errors: s}
		res := &http.Response{StatusCode: http.StatusFound, Header: http.Header{"Location": {location}}}
		to, err := c.redirectTarget(c.base, "/place", from, res)
		if want == "" && err != nil || want != "" && (!problem.Is(err, NotJira) ||
			!strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, %v; want %q", location, to, err, want)
		}
	}
	f("/place?a=1", "")
	f("https://jira.example/jira/place/?a=1", "")
	f("", "302 without saying where")
	f("https://[::1/place", "302 without saying where")
	f("mailto:somebody", "redirects to mailto:, which is no address of a server")
	f("http://jira.example/place?a=1", "from https to http")
}

// TestPortsOfSites: a usual port beside one that is not usual is another site, whichever of them is which.
func TestPortsOfSites(t *testing.T) {
	for _, pair := range [][2]string{
		{"http://jira.example:8080", "https://jira.example:443"}, {"http://jira.example:8080", "https://jira.example"},
		{"http://jira.example:443", "https://jira.example:80"}, {"https://jira.example:80", "https://jira.example:443"},
	} {
		a, _ := url.Parse(pair[0])
		b, _ := url.Parse(pair[1])
		if isSameSite(a, b) || isSameSite(b, a) {
			t.Errorf("%s and %s are taken for one site", a, b)
		}
	}
}

// TestMovedIsToldOnce: that each request is redirected is told once, with the address to set.
func TestMovedIsToldOnce(t *testing.T) {
	conf, log := logged(Config{Token: "t"})
	c := ask(t, conf, func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/jira/") {
			http.Redirect(w, r, "/jira"+r.URL.RequestURI(), http.StatusFound)
			return
		}
		fmt.Fprint(w, `{"timeZone":"UTC"}`)
	})
	for range 2 {
		if _, err := getAccount(t, c); err != nil {
			t.Error(err)
		}
	}
	if told := log.String(); strings.Count(told, "set jira.url") != 1 || !strings.Contains(told, "/jira\n") {
		t.Error(told)
	}
}

// TestRateIsWaitedFor: what is held back to keep the rate counts as waiting.
func TestRateIsWaitedFor(t *testing.T) {
	c, err := New(Config{URL: "https://jira.example", Rate: 50})
	if err != nil {
		t.Fatal(err)
	}
	if !c.sender.pace.limiter.AllowN(time.Now(), 50) || c.Waited() != 0 {
		t.Fatalf("%v waited before anything was asked", c.Waited())
	}
	if err := c.sender.pace.waitToSend(t.Context(), "GET /x"); err != nil || c.Waited() <= 0 {
		t.Errorf("%v waited, %v", c.Waited(), err)
	}
}
