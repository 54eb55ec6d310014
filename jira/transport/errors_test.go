package transport

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"jerem/problem"
)

// writerOf returns what words the errors of a site.
func writerOf(t *testing.T, address string) *errorWriter {
	t.Helper()
	c, err := New(Config{URL: address, Token: "t"})
	if err != nil {
		t.Fatal(err)
	}
	return c.errors
}

// TestRefusalKinds: the kind of a refusal goes by its status, at both ends of each range; that a search is too deep is
// told by a failure alone.
func TestRefusalKinds(t *testing.T) {
	f := func(status int, body string, want problem.Code) {
		t.Helper()
		err := writerOf(t, "https://jira.example").explainRefusal(question{place: "/place"}, status, http.Header{},
			[]byte(body))
		if !problem.Is(err, want) {
			t.Errorf("%d %s: %v, want %s", status, body, err, want)
		}
	}
	const deep = `{"message":"Search limit exceeded."}`
	f(204, ``, NotJira)
	f(399, `{}`, NotJira)
	f(400, `{}`, BadRequest)
	f(400, deep, BadRequest)
	f(422, `{}`, BadRequest)
	f(499, deep, BadRequest)
	f(500, `{}`, Failing)
	f(500, deep, TooDeep)
	f(503, deep, TooDeep)
	f(599, `{}`, Failing)
}

// TestWrongAddress: what every Jira tells every account is told by none that answers "not found", in whatever form:
// then jira.url is wrong, the address that was asked is named, and what is right instead. Elsewhere such an answer
// speaks of what was asked for.
func TestWrongAddress(t *testing.T) {
	const page, other = `<html>`, `{"code":404,"message":"HTTP 404 Not Found"}`
	for _, c := range []struct {
		address, place, body string
		status               int
		code                 problem.Code
		hint                 string
	}{
		{"https://jira.example", "/rest/api/2/serverInfo", other, 404, NotJira,
			"No Jira answers at https://jira.example/rest/api/2/serverInfo. Check jira.url: a context path such as " +
				"/jira may be missing."},
		{"https://jira.example/browse", "/rest/api/3/serverInfo", other, 404, NotJira,
			"No Jira answers at https://jira.example/browse/rest/api/3/serverInfo. Check jira.url: its path /browse " +
				"may be that of a page; the address of the site may be https://jira.example."},
		{"https://api.atlassian.com/ex/jira/1a", "/rest/api/2/serverInfo", other, 404, NotJira,
			"No Jira answers at https://api.atlassian.com/ex/jira/1a/rest/api/2/serverInfo. Check the id of the " +
				"site in jira.url: https://api.atlassian.com/ex/jira/CLOUD_ID."},
		{"https://jira.example", "/rest/api/2/serverInfo", `{}`, 405, NotJira, "No Jira answers at"},
		{"https://jira.example", "/rest/api/2/serverInfo", `{}`, 400, NotJira, "No Jira answers at"},
		{"https://jira.example", "/rest/api/2/serverInfo", `{}`, 406, NotJira, "No Jira answers at"},
		{"https://jira.example/browse", "/rest/api/2/field", page, 404, NotJira,
			"No Jira answers at https://jira.example/browse/rest/api/2/field. Check jira.url: its path"},
		{"https://jira.example", "/rest/api/2/serverInfo", other, 401, Unauthorized, "jira.token"},
		{"https://jira.example", "/rest/api/2/serverInfo", other, 410, Gone, "newer version"},
		{"https://jira.example", "/rest/api/2/serverInfo", other, 429, Limited, "next cycle"},
		{"https://jira.example", "/rest/api/2/project/K8S", other, 404, NotFound, "It does not exist"},
		{"https://jira.example", "/rest/api/2/search", `{}`, 400, BadRequest, ""},
	} {
		err := writerOf(t, c.address).explainRefusal(question{place: c.place}, c.status, http.Header{}, []byte(c.body))
		var e *problem.Problem
		if !errors.As(err, &e) || e.Code != c.code || !strings.Contains(e.Hint, c.hint) {
			t.Errorf("%s%s %d %s: %s, %q; want %s, %q", c.address, c.place, c.status, c.body, e.Code, e.Hint, c.code,
				c.hint)
		}
	}
}

// TestLoginHints: what to do about a refused login depends on the site and on what Jira says of it.
func TestLoginHints(t *testing.T) {
	f := func(address, reason, body, want string) {
		t.Helper()
		header := http.Header{}
		if reason != "" {
			header.Set("X-Seraph-LoginReason", reason)
		}
		err := writerOf(t, address).explainRefusal(question{place: "/place"}, http.StatusUnauthorized, header,
			[]byte(body))
		var e *problem.Problem
		if !errors.As(err, &e) || !strings.Contains(e.Hint, want) {
			t.Errorf("%s %s %s: %v, want a hint on %q", address, reason, body, err, want)
		}
	}
	f("https://jira.example", "", `{}`, "or jira.token")
	f("https://jira.example", "AUTHENTICATED_FAILED", `{}`, "may be switched off")
	f("https://example.atlassian.net", "AUTHENTICATED_FAILED", `{}`, "has not expired")
	f("https://example.atlassian.net", "", `{"message":"scope does not match"}`, "lacks a scope")
}

// TestRefusalWords: an error tells all that a Jira says: its messages, those of fields by their names, and the single
// message; without any the status, and where to look.
func TestRefusalWords(t *testing.T) {
	const unsaid = "400 Bad Request (It does not say why: `jerem check` tells whether the configuration " +
		"is, else look at what stands between.)"
	for body, want := range map[string]string{
		`{"errorMessages":["No issue.","No board."]}`: "400 Bad Request: No " +
			"issue. No board.",
		`{"errors":{"status":"empty","jql":"too long"}}`: "400 Bad Request: jql: too " +
			"long status: empty",
		`{"message":"not found"}`: "400 Bad Request: not found",
		`{"errorMessages":["one"],"errors":{"jql":"empty"},"message":"not found"}`: "400 Bad Request: jql: " +
			"empty one not found",
		`{"errorMessages":["one"],"errors":["a"]}`: "400 Bad Request: one",
		`{}`:     unsaid,
		`<html>`: unsaid,
	} {
		err := writerOf(t, "https://jira.example/jira").explainRefusal(question{place: "/place"}, 400, http.Header{},
			[]byte(body))
		if got := err.Error(); got != "jira jira.example/jira: /place: "+want {
			t.Errorf("%s: %s, want %s", body, got, want)
		}
	}
}

// TestShortenText: a text of 500 bytes is told as a whole, a longer one up to its last whole character.
func TestShortenText(t *testing.T) {
	for text, want := range map[string]string{
		strings.Repeat("x", 500):       strings.Repeat("x", 500),
		strings.Repeat("x", 501):       strings.Repeat("x", 500) + "…",
		strings.Repeat("x", 499) + "é": strings.Repeat("x", 499) + "…",
	} {
		if got := shortenText(text); got != want {
			t.Errorf("%d bytes become %d: …%s", len(text), len(got), got[max(0, len(got)-5):])
		}
	}
}
