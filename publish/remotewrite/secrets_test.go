package remotewrite_test

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"jerem/publish/remotewrite"
)

// TestQuotedSecrets: what a gateway quotes of a request, in whatever form, tells no secret.
func TestQuotedSecrets(t *testing.T) {
	const token, password = `Tok/+ "é<&>x=1`, `Basic p@:/w%d"`
	inJSON := func(text string) string {
		quoted, _ := json.Marshal(text) // texts always marshal
		return strings.Trim(string(quoted), `"`)
	}
	forms := map[string]func(string) string{
		"as it is": func(text string) string { return text }, "in JSON": inJSON, "in HTML": html.EscapeString,
		"in a query": url.QueryEscape, "in a path": url.PathEscape,
		"in Go":     func(text string) string { return strings.Trim(strconv.Quote(text), `"`) },
		"in base64": func(text string) string { return base64.StdEncoding.EncodeToString([]byte("me:" + text)) },
	}
	for name, quote := range forms {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "you sent "+quote(password)+" and "+quote(token), http.StatusUnauthorized)
		}))
		for _, sink := range []*remotewrite.Sink{
			{URL: server.URL, Token: token, Tries: 1},
			{URL: server.URL, User: "me", Password: password, Tries: 1},
			{URL: strings.Replace(server.URL, "//", "//me:"+url.PathEscape(password)+"@", 1), Tries: 1},
		} {
			err := sink.Push(t.Context(), onePoint())
			if err == nil {
				t.Fatalf("%s: no error", name)
			}
			mine := quote(password)
			switch {
			case sink.Token != "" && name == "in base64": // a basic login alone is sent so
				continue
			case sink.Token != "":
				mine = quote(token)
			}
			if strings.Contains(err.Error(), mine) {
				t.Errorf("%s: a secret is told: %v", name, err)
			}
		}
		server.Close()
	}
}
