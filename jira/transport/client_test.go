package transport

import (
	"cmp"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"jerem/problem"
)

// ask makes a client of a handler, with no pauses.
func ask(t *testing.T, conf Config, h http.HandlerFunc) *Client {
	if conf.Dialect == "" {
		conf.Dialect = Cloud
	}
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	conf.URL = server.URL + conf.URL
	conf.Rate, conf.Pause = 1e6, time.Nanosecond
	c, err := New(conf)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// getAccount asks for the account that reads, as a question with a small answer.
func getAccount(t *testing.T, c *Client) (zone string, err error) {
	t.Helper()
	var answer struct {
		Zone string `json:"timeZone"`
	}
	err = c.Get(t.Context(), API+"/myself", nil, &answer)
	return answer.Zone, err
}

// getNames asks for a list of things with names.
func getNames(t *testing.T, c *Client) (names []string, err error) {
	t.Helper()
	var answer []struct{ Name string }
	err = c.Get(t.Context(), API+"/status", nil, &answer)
	for _, a := range answer {
		names = append(names, a.Name)
	}
	return names, err
}

// TestPitfallRefusals: each refusal has its kind, its remedy, and the number of tries that make sense.
func TestPitfallRefusals(t *testing.T) {
	f := func(name string, status int, header, body string, code problem.Code, tries int, hint string) {
		t.Helper()
		t.Run(name, func(t *testing.T) {
			asked := 0
			c := ask(t, Config{Username: "me@example.org", Password: "very-secret"},
				func(w http.ResponseWriter, r *http.Request) {
					asked++
					if k, v, ok := strings.Cut(header, ": "); ok {
						w.Header().Set(k, v)
					}
					w.WriteHeader(status)
					fmt.Fprint(w, body)
				})
			_, err := getAccount(t, c)
			var e *problem.Problem
			if !errors.As(err, &e) || e.Code != code || !strings.Contains(e.Hint, hint) || asked != tries {
				t.Errorf("%v (%d tries), want %s with a hint on %q after %d", err, asked, code, hint, tries)
			}
			if err != nil && (strings.Contains(err.Error(), "very-secret") ||
				strings.Contains(err.Error(), "me@example.org")) {
				t.Errorf("credentials are told: %v", err)
			}
		})
	}
	f("wrong credentials", 401, "", `{"message":"Client must be authenticated: me@example.org very-secret"}`,
		Unauthorized, 1, "jira.password")
	f("captcha", 403, "X-Seraph-LoginReason: AUTHENTICATION_DENIED", `{}`, Unauthorized, 1, "CAPTCHA")
	f("scope", 401, "", `{"message":"Unauthorized; scope does not match"}`, Unauthorized, 1, "scope")
	f("forbidden", 403, "", `{"errorMessages":["no"]}`, Forbidden, 1, "permission")
	f("no context path", 404, "Content-Type: text/html", `<html>`, NotJira, 1, "context path")
	f("gone or hidden", 404, "", `{"errorMessages":["no"]}`, NotFound, 1, "must not see it")
	f("not understood", 400, "", `{"errorMessages":["no"]}`, BadRequest, 1, "")
	f("not understood by something else", 400, "Content-Type: text/html", `<html>`, BadRequest, 1, "")
	f("removed", 410, "", `{"errorMessages":["The requested API has been removed."]}`, Gone, 1, "newer version")
	f("limited", 429, "Retry-After: 0", `{}`, Limited, 5, "next cycle")
	f("longer than patience", 429, "Retry-After: 86400", `{}`, Limited, 1, "next cycle")
	f("failing", 503, "", `{}`, Failing, 5, "next cycle")
	f("a login page", 200, "Content-Type: text/html", `<html>Log in</html>`, NotJira, 1, "login page")
	f("cut", 200, "", `{"timeZone":"Eur`, Failing, 5, "proxy")
	f("another shape", 200, "", `[1]`, InvalidResponse, 1, "jira.url")
}

// TestPitfallCutSecret: credentials are taken out of a long message before it is cut, else their beginning would be
// told; and it is cut between characters.
func TestPitfallCutSecret(t *testing.T) {
	c := ask(t, Config{Username: "me@example.org", Password: "very-secret"},
		func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(401)
			fmt.Fprintf(w, `{"message":"%svery-secret"}`, strings.Repeat("é", 247)+"a")
		})
	_, err := getAccount(t, c)
	if err == nil || strings.Contains(err.Error(), "very") || !utf8.ValidString(err.Error()) {
		t.Errorf("%v", err)
	}
	c = ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(401)
		fmt.Fprintf(w, `{"message":"a%s"}`, strings.Repeat("é", 400))
	})
	if _, err := getAccount(t, c); err == nil || !utf8.ValidString(err.Error()) || len(err.Error()) > 900 {
		t.Errorf("%v", err)
	}
}

// TestPitfallRedirect: credentials never go to another host.
func TestPitfallRedirect(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("asked elsewhere with %q", r.Header.Get("Authorization"))
	}))
	defer elsewhere.Close()
	c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, elsewhere.URL,
			http.StatusFound)
	})
	if _, err := getAccount(t, c); !problem.Is(err, NotJira) || !strings.Contains(err.Error(), "another host") {
		t.Errorf("%v", err)
	}
}

// TestPitfallLogin: each way to log in has its header, behind a gateway's path too.
func TestPitfallLogin(t *testing.T) {
	f := func(conf Config, want string) {
		t.Helper()
		got := ""
		c := ask(t, conf, func(w http.ResponseWriter, r *http.Request) {
			got = r.Header.Get("Authorization") + " " + r.RequestURI
			fmt.Fprint(w, `{"timeZone":"Europe/Paris"}`)
		})
		if _, err := getAccount(t, c); err != nil || got != want {
			t.Errorf("%q, want %q; %v", got, want, err)
		}
	}
	f(Config{Username: "a", Password: "b"}, "Basic YTpi /rest/api/3/myself")
	f(Config{Token: "x"}, "Bearer x /rest/api/3/myself")
	f(Config{Token: "x", URL: "/ex/jira/1/"}, "Bearer x /ex/jira/1/rest/api/3/myself")
	f(Config{Token: "x", URL: "/jira", Dialect: DataCenter}, "Bearer x /jira/rest/api/2/myself")
	f(Config{Username: "a", Password: "b", URL: "/jira/", Dialect: DataCenter}, "Basic YTpi /jira/rest/api/2/myself")
}

// TestNew: an address that is none, credentials within one, and a name that a basic login would cut are refused.
func TestNew(t *testing.T) {
	f := func(conf Config, want string) {
		t.Helper()
		_, err := New(conf)
		if want == "" != (err == nil) || err != nil && (!problem.Is(err, BadRequest) ||
			!strings.Contains(err.Error(), want)) {
			t.Errorf("%+v: %v, want %q", conf, err, want)
		}
	}
	f(Config{URL: "jira.example"}, "is no address")
	f(Config{URL: "ftp://jira.example"}, "is no address")
	f(Config{URL: "https://"}, "is no address")
	f(Config{URL: "https://jira.example:port"}, "is no address")
	f(Config{URL: "https://me:secret@jira.example"}, "holds credentials")
	f(Config{URL: "https://jira.example", Username: "me:secret"}, "jira.username holds a colon")
	f(Config{URL: "https://jira.example", Username: "me", Password: "a:b"}, "")
}

// TestPageAsAddress: where a page of Jira, or a path of something else, is given as its address, the address of the
// site is named as the remedy.
func TestPageAsAddress(t *testing.T) {
	c := ask(t, Config{Token: "t", URL: "/some/page"}, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, "<html>")
	})
	if _, err := getAccount(t, c); !problem.Is(err, NotJira) || !strings.Contains(err.Error(), "/some/page") ||
		!strings.Contains(err.Error(), "may be http://127.0.0.1") {
		t.Error(err)
	}
}

// failing is a way to a server that fails.
type failing struct{ err error }

func (f failing) RoundTrip(*http.Request) (*http.Response, error) { return nil, f.err }

// TestNoAnswer: why no answer came is told with its remedy, and with no word of the error itself.
func TestNoAnswer(t *testing.T) {
	for said, err := range map[string]error{
		"connection refused":         &net.OpError{Op: "dial", Err: errors.New("secret words")},
		"no answer (":                &net.OpError{Op: "read", Err: errors.New("secret words")},
		"host is not known":          &net.DNSError{Name: "secret words"},
		"certificate is not trusted": x509.UnknownAuthorityError{},
		"certificate is not valid":   x509.CertificateInvalidError{Reason: x509.Expired},
		"no answer in time":          os.ErrDeadlineExceeded,
		"no answer (Check jira.url":  errors.New("secret words"),
	} {
		c, failed := New(Config{URL: "https://jira.example", Tries: 1, Dialect: Cloud,
			HTTP: &http.Client{Transport: failing{err}}})
		if failed != nil {
			t.Fatal(failed)
		}
		_, got := getAccount(t, c)
		if !problem.Is(got, Unreachable) || !strings.Contains(got.Error(), said) ||
			strings.Contains(got.Error(), "secret") {
			t.Errorf("%v: %v, want %q", err, got, said)
		}
	}
}

// TestDefaults: what is left open has a default; what is given stays.
func TestDefaults(t *testing.T) {
	open := Config{}.withDefaults()
	if open.Rate != 0 || open.Tries != 5 || open.Pause != 2*time.Second || open.Patient != 15*time.Minute ||
		open.MaxAnswer != 64<<20 {
		t.Errorf("%+v", open)
	}
	if open.Log == nil || open.HTTP == nil || open.HTTP.Timeout != 2*time.Minute {
		t.Errorf("log %v, client %+v", open.Log, open.HTTP)
	}
	given := Config{
		Rate: 1, Tries: 2, Pause: time.Second, Patient: time.Minute, MaxAnswer: 1000,
		Log: slog.New(slog.DiscardHandler), HTTP: &http.Client{},
	}
	if got := given.withDefaults(); got != given {
		t.Errorf("%+v became %+v", given, got)
	}
}

// TestGateway: a gateway may let only version 3 of the interface through; then it is a Cloud. Where neither answers,
// the first refusal is told. Which Jira it is, is asked once.
func TestGateway(t *testing.T) {
	f := func(answers map[string]string, want Dialect, requests int) {
		t.Helper()
		asked := 0
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked++
			answer, ok := answers[r.URL.Path]
			if !ok {
				w.WriteHeader(http.StatusNotFound)
			}
			fmt.Fprint(w, cmp.Or(answer, "<html>"))
		}))
		defer server.Close()
		c, err := New(Config{URL: server.URL, Token: "t", Tries: 1, Rate: 1e6})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			got, err := c.DiscoverDialect(t.Context())
			if want != "" && (got != want || err != nil) || want == "" && !problem.Is(err, NotJira) {
				t.Errorf("%v: %s, %v; want %q", answers, got, err, want)
			}
		}
		if asked != requests {
			t.Errorf("%v: %d requests, want %d", answers, asked, requests)
		}
	}
	const cloud = `{"deploymentType":"Cloud","serverTime":"2026-11-23T14:00:00.000+0000"}`
	const server = `{"deploymentType":"Server","serverTime":"2026-11-23T14:00:00.000+0000"}`
	f(map[string]string{"/rest/api/2/serverInfo": cloud}, Cloud, 1)
	f(map[string]string{"/rest/api/2/serverInfo": server}, DataCenter, 1)
	f(map[string]string{"/rest/api/3/serverInfo": cloud}, Cloud, 2)
	f(nil, "", 4)
}

// TestAskingAgainIsTold: the log says which try comes next, after what wait and why; and how long was waited is
// counted.
func TestAskingAgainIsTold(t *testing.T) {
	var lines strings.Builder
	asked := 0
	conf := Config{Token: "t", Log: slog.New(slog.NewTextHandler(&lines, nil))}
	c := ask(t, conf, func(w http.ResponseWriter, r *http.Request) {
		asked++
		if asked < 3 {
			w.Header().Set("Retry-After", "0.005")
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		fmt.Fprint(w, `{"timeZone":"UTC"}`)
	})
	if zone, err := getAccount(t, c); zone != "UTC" || err != nil || c.Requests() != 3 ||
		c.Waited() < 10*time.Millisecond {
		t.Errorf("%q, %v after %d requests and %v", zone, err, c.Requests(), c.Waited())
	}
	for _, want := range []string{"try=2 in=5ms", "try=3 in=5ms", "place=/rest/api/3/myself", "503"} {
		if !strings.Contains(lines.String(), want) {
			t.Errorf("the log does not tell %q: %s", want, &lines)
		}
	}
}
