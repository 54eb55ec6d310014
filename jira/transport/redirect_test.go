package transport

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"jerem/problem"
)

// thing is anything of a list.
type thing struct{ ID int64 }

func (w thing) Identity() string { return strconv.FormatInt(w.ID, 10) }

// TestRedirectRefused: a redirect that would carry credentials elsewhere or lose the question is refused, at once, with
// where to set jira.url if that can be told.
func TestRedirectRefused(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("asked elsewhere: %s %s with %q", r.Method, r.URL, r.Header.Get("Authorization"))
	}))
	defer elsewhere.Close()
	f := func(name, location, said, hint string) {
		t.Helper()
		asked := 0
		c := ask(t, Config{Token: "very-secret-token"}, func(w http.ResponseWriter, r *http.Request) {
			asked++
			w.Header().Set("Location", strings.ReplaceAll(location, "HERE", r.URL.Path))
			w.WriteHeader(http.StatusFound)
		})
		_, err := List[thing](t.Context(), c, "/rest/agile/1.0/board/7/sprint", url.Values{})
		if !problem.Is(err, NotJira) || !strings.Contains(err.Error(), said) || !strings.Contains(err.Error(), hint) ||
			asked != 1 {
			t.Errorf("%s: %v after %d requests; want %q and %q", name, err, asked, said, hint)
		}
	}
	f("another host", elsewhere.URL+"/jiraHERE?maxResults=50&startAt=0", "another host",
		"set jira.url to "+elsewhere.URL+"/jira;")
	f("another host's login", elsewhere.URL+"/login", "another host", "Set jira.url")
	f("a login page", "/login.jsp?os_destination=HERE", "redirects to /login.jsp", "credentials")
	f("without the question", "/jiraHERE", "without its question", "/jira;")
	f("a part of the question", "/jiraHERE?maxResults=50", "without its question", "jira.url")
	f("nowhere", "", "without saying where", "jira.url")
}

// TestRedirectEndless: redirects without end are refused.
func TestRedirectEndless(t *testing.T) {
	asked := 0
	c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
		asked++
		http.Redirect(w, r, r.URL.RequestURI(), http.StatusTemporaryRedirect)
	})
	if _, err := getAccount(t, c); !problem.Is(err, NotJira) || asked != maxRedirects+1 || c.Requests() != asked {
		t.Errorf("%v after %d requests, %d counted", err, asked, c.Requests())
	}
}

// TestRedirectLoginPage: a GET that ends on a login page, by a redirect or without, is a clear error.
func TestRedirectLoginPage(t *testing.T) {
	c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/sso/") {
			http.Redirect(w, r, "/sso"+r.URL.Path, http.StatusFound)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "\n<!doctype html><title>Log in</title>")
	})
	if _, err := getAccount(t, c); !problem.Is(err, NotJira) || !strings.Contains(err.Error(), "login page") {
		t.Error(err)
	}
}

// TestSameSite: credentials go to one name and port, or from http to https of one name on their usual ports.
func TestSameSite(t *testing.T) {
	f := func(a, b string, want bool) {
		t.Helper()
		x, _ := url.Parse(a)
		y, _ := url.Parse(b)
		if isSameSite(x, y) != want {
			t.Errorf("%s and %s: %v", a, b, !want)
		}
	}
	f("http://jira.example.org", "https://JIRA.example.org/jira", true)
	f("http://jira.example.org:80", "https://jira.example.org:443", true)
	f("http://jira.example.org:8080", "https://jira.example.org:8443", false)
	f("http://jira.example.org:8080", "http://jira.example.org:8080", true)
	f("http://jira.example.org", "http://jira.example.org:8080", false)
	f("https://jira.example.org", "https://jira.example.org:443", true)
	f("https://jira.example.org", "https://jira.example.org:8443", false)
	f("http://jira.example.org:80", "https://jira.example.org:8443", false)
	f("https://jira.example.org", "https://jira.example.org.evil.example", false)
	f("https://jira.example.org", "https://evil.example", false)

	c, err := New(Config{URL: "https://jira.example.org"})
	if err != nil {
		t.Fatal(err)
	}
	from, _ := url.Parse("https://jira.example.org/rest/api/3/myself")
	down := &http.Response{StatusCode: 302, Header: http.Header{
		"Location": {"http://jira.example.org/rest/api/3/myself"},
	}}
	if to, err := c.sender.redirectTarget(c.sender.base, "/rest/api/3/myself", from, down); err == nil {
		t.Errorf("from https to %s", to)
	}
	up := &http.Response{StatusCode: 302, Header: http.Header{"Location": {"https://u:p@jira.example.org/rest/api/3/" +
		"myself/"}}}
	if to, err := c.sender.redirectTarget(c.sender.base, "/rest/api/3/myself", from, up); err != nil || to.User != nil {
		t.Errorf("%v, %v", to, err)
	}
}

// TestRedirectsAtMost: five redirects in a row are followed, six are not.
func TestRedirectsAtMost(t *testing.T) {
	for hops, ok := range map[int]bool{1: true, maxRedirects: true, maxRedirects + 1: false} {
		asked := 0
		c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
			asked++
			if asked <= hops {
				http.Redirect(w, r, r.URL.RequestURI(), http.StatusTemporaryRedirect)
				return
			}
			fmt.Fprint(w, `{"timeZone":"UTC"}`)
		})
		if _, err := getAccount(t, c); (err == nil) != ok || c.Requests() != asked {
			t.Errorf("%d redirects: %v after %d requests, %d counted", hops, err, asked, c.Requests())
		}
	}
}
