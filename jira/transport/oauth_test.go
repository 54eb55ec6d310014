package transport

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"jerem/problem"
)

// gateway plays a site of Cloud, Atlassian's gateway and the server of tokens, all at one address.
type gateway struct {
	asked    []string
	tenant   string // what the site tells of itself
	status   int    // of the answer to who asks for a token; 0 for a token
	said     string // by that answer
	expires  int    // seconds
	scope    string
	given    int    // tokens
	accepted string // the only token that is taken; "" for the last one
	refuse   string // what a question is answered with, 401
}

// RoundTrip implements http.RoundTripper.
func (g *gateway) RoundTrip(req *http.Request) (*http.Response, error) {
	recorded := httptest.NewRecorder()
	g.ServeHTTP(recorded, req)
	return recorded.Result(), nil
}

func (g *gateway) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	g.asked = append(g.asked, req.Method+" "+req.URL.Host+req.URL.Path)
	last := fmt.Sprintf("token-number-%d", g.given)
	switch {
	case strings.HasSuffix(req.URL.Path, tenantInfo):
		if g.tenant == "" {
			http.NotFound(w, req)
			return
		}
		_, _ = io.WriteString(w, g.tenant)
	case strings.HasSuffix(req.URL.Path, "/token"):
		body, _ := io.ReadAll(req.Body)
		if g.status != 0 {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(g.status)
			_, _ = io.WriteString(w, strings.ReplaceAll(g.said, "ECHO", string(body)))
			return
		}
		g.given++
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"access_token":"token-number-%d","token_type":"Bearer","expires_in":%d,"scope":%q}`, g.given,
			g.expires, g.scope)
	case g.refuse != "":
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, g.refuse)
	case g.accepted != "" && req.Header.Get("Authorization") != "Bearer "+g.accepted,
		g.accepted == "" && req.Header.Get("Authorization") != "Bearer "+last:
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprintf(w, `{"errorMessages":["not by %s"]}`, req.Header.Get("Authorization"))
	default:
		_, _ = io.WriteString(w, `{"timeZone":"UTC"}`)
	}
}

func (g *gateway) client(t *testing.T, site string, log io.Writer) *Client {
	t.Helper()
	c, err := New(Config{URL: site, Dialect: Cloud, Tries: 1, HTTP: &http.Client{Transport: g},
		OAuth: OAuth{ClientID: "service", ClientSecret: "very secret words"},
		Log:   slog.New(slog.NewTextHandler(log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const cloudTenant = `{"cloudId":"a436116f-02ce-4520-8fbb-7301462a1674"}`

// TestOAuth: a service account is given a token once, asks through the gateway by the id that the site tells, and
// renews the token before it ends. On Data Center the site itself gives tokens and is asked.
func TestOAuth(t *testing.T) {
	for site, c := range map[string]struct{ tenant, want string }{
		"https://example.atlassian.net": {cloudTenant, "GET example.atlassian.net/_edge/tenant_info\n" +
			"POST auth.atlassian.com/oauth/token\n" +
			"GET api.atlassian.com/ex/jira/a436116f-02ce-4520-8fbb-7301462a1674/rest/api/3/myself\n" +
			"GET api.atlassian.com/ex/jira/a436116f-02ce-4520-8fbb-7301462a1674/rest/api/3/myself"},
		"https://jira.example/jira": {"", "GET jira.example/jira/_edge/tenant_info\n" +
			"POST jira.example/jira/rest/oauth2/latest/token\n" +
			"GET jira.example/jira/rest/api/3/myself\nGET jira.example/jira/rest/api/3/myself"},
	} {
		synctest.Test(t, func(t *testing.T) {
			g := &gateway{tenant: c.tenant, expires: 3600}
			client := g.client(t, site, io.Discard)
			ask := func(tokens int) {
				t.Helper()
				if _, err := getAccount(t, client); err != nil {
					t.Fatal(err)
				}
				if g.given != tokens {
					t.Errorf("%s: %d tokens were asked for, want %d", site, g.given, tokens)
				}
			}
			ask(1)
			time.Sleep(50 * time.Minute)
			ask(1)
			if got := strings.Join(g.asked, "\n"); got != c.want {
				t.Errorf("it asks\n%s\nwant\n%s", got, c.want)
			}
			time.Sleep(5 * time.Minute) // five before it ends
			ask(2)
			g.accepted = "token-number-7" // as after somebody revoked it
			if _, err := getAccount(t, client); !problem.Is(err, Unauthorized) ||
				strings.Contains(err.Error(), "number-2") {
				t.Errorf("a token that is refused: %v", err)
			}
			g.accepted = ""
			ask(3)
		})
	}
}

// TestOAuthRefused: each refusal has its kind and remedy, and nothing of the secret is told although the answer repeats
// it.
func TestOAuthRefused(t *testing.T) {
	for name, c := range map[string]struct {
		gateway gateway
		code    problem.Code
		says    string
	}{
		"wrong secret": {gateway{tenant: cloudTenant, status: 401,
			said: `{"error":"access_denied","error_description":"Unauthorized ECHO"}`}, Unauthorized, "client_secret"},
		"no JSON": {gateway{tenant: cloudTenant, status: 400, said: `<html>very secret words`},
			Unauthorized, "client_id"},
		"too often":                  {gateway{tenant: cloudTenant, status: 429}, Limited, "next cycle"},
		"failing":                    {gateway{tenant: cloudTenant, status: 503}, Failing, "next cycle"},
		"no tokens here":             {gateway{tenant: cloudTenant, status: 404}, NotJira, "jira.url"},
		"an id that leads elsewhere": {gateway{tenant: `{"cloudId":"../../x/aaaaaaaa"}`}, InvalidResponse, "cloud id"},
		"no id": {gateway{tenant: `{"cloudId":""}`}, InvalidResponse,
			"does not tell its cloud id"},
		"lacks a scope": {gateway{tenant: cloudTenant, expires: 3600, scope: "read:jira-work",
			refuse: `{"message":"Unauthorized; scope does not match"}`}, Unauthorized,
			"this question needs read:jira-user"},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			_, err := getAccount(t, c.gateway.client(t, "https://example.atlassian.net", &log))
			if !problem.Is(err, c.code) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v, want %s with %q", err, c.code, c.says)
			}
			if told := fmt.Sprint(err) + log.String(); strings.Contains(told, "secret words") ||
				strings.Contains(told, "secret+words") {
				t.Errorf("the secret is told: %s", told)
			}
		})
	}
}

// TestScopesThatLack: what the token of a service account lacks is told once, by name.
func TestScopesThatLack(t *testing.T) {
	var log bytes.Buffer
	g := &gateway{tenant: cloudTenant, expires: 3600,
		scope: "read:jira-work read:jira-user read:board-scope:jira-software"}
	client := g.client(t, "https://example.atlassian.net", &log)
	for range 3 {
		if _, err := getAccount(t, client); err != nil {
			t.Fatal(err)
		}
	}
	const want = `lacking="read:board-scope.admin:jira-software read:project:jira read:sprint:jira-software"`
	if strings.Count(log.String(), want) != 1 {
		t.Errorf("%s", log.String())
	}
	for place, want := range map[string]string{
		"/rest/agile/1.0/board":                 "[read:board-scope:jira-software read:project:jira]",
		"/rest/agile/1.0/board/7/configuration": "[read:board-scope.admin:jira-software read:project:jira]",
		"/rest/agile/1.0/board/7/sprint":        "[read:sprint:jira-software]",
		"/rest/agile/1.0/sprint/7":              "[read:sprint:jira-software]",
		"/rest/api/3/search/jql":                "[read:jira-work]",
		"/rest/api/3/myself":                    "[read:jira-user]",
	} {
		if got := fmt.Sprint(scopesOf(place)); got != want {
			t.Errorf("%s needs %s, want %s", place, got, want)
		}
	}
}
