package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"testing"

	"jerem/cmd/jerem/serving"
	jirasim "jerem/sim/jira"
	"jerem/testrun"
)

// message is a message to /hooks/jira, as somebody sends it.
type message struct {
	method, body  string
	secret        string // by which it is signed; "" for not
	from          string // as the proxy in front tells it
	authorization string
}

// send sends it and returns the status of the answer.
func (m message) send(t *testing.T, address string) (status int, header http.Header) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), m.method, address+"/hooks/jira", strings.NewReader(m.body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Forwarded-For", m.from)
	if m.authorization != "" {
		req.Header.Set("Authorization", m.authorization)
	}
	if m.secret != "" {
		mac := hmac.New(sha256.New, []byte(m.secret))
		_, _ = io.WriteString(mac, m.body)
		req.Header.Set("X-Hub-Signature", "sha256="+hex.EncodeToString(mac.Sum(nil)))
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	return answer.StatusCode, answer.Header
}

// TestMessagesBehindALogin: in each mode of access a message of Jira is let in by its signature alone, without a
// session or a token, and neither of these takes the place of the signature. A message that is too large is refused, an
// address that sends many which are not signed has to wait, and others do not.
func TestMessagesBehindALogin(t *testing.T) {
	testrun.SkipInShort(t)
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	const named = `{"webhookEvent":"jira:issue_updated","issue":{"id":"1","key":"K8S-2"}}`
	for mode, lines := range map[string]string{
		"off":   "access: {mode: off, open: true, trusted: [127.0.0.1]}\n",
		"proxy": "access: {mode: proxy, trusted: [127.0.0.1]}\n",
		"oidc": "access: {mode: oidc, trusted: [127.0.0.1], " +
			"oidc: {issuer: 'https://127.0.0.1:1', client_id: jerem, client_secret: s}}\n",
	} {
		t.Run(mode, func(t *testing.T) {
			file := writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+
				serving.SimToken+
				", webhook_secret: shared}\nprojects: [{name: K8S, label: Kubernetes}]\nstore: {path: STORE}\n"+
				"server: {listen: '127.0.0.1:0', url: 'http://localhost:8080'}\n"+lines)
			address, stop := served(t, file)
			token, errs, code := call(t, nil, "-c", file, "token", "create", "--name", "board")
			if code != 0 {
				t.Fatal(errs)
			}
			bearer := "Bearer " + strings.TrimSpace(token)
			for what, c := range map[string]struct {
				message
				want int
			}{
				"signed":        {message{"POST", named, "shared", "192.0.2.1", ""}, 204},
				"guessed":       {message{"POST", named, "guessed", "192.0.2.2", ""}, 401},
				"unsigned":      {message{"POST", named, "", "192.0.2.2", ""}, 401},
				"with a token":  {message{"POST", named, "", "192.0.2.2", bearer}, 401},
				"too large":     {message{"POST", strings.Repeat("x", 5<<20), "shared", "192.0.2.3", ""}, 413},
				"no message":    {message{"POST", "{", "shared", "192.0.2.3", ""}, 400},
				"of two tokens": {message{"POST", named, "shared", "192.0.2.1", "Bearer jerem_none"}, 204},
			} {
				if status, _ := c.send(t, address); status != c.want {
					t.Errorf("%s: answered %d, want %d", what, status, c.want)
				}
			}
			if status, _ := (message{method: "GET", from: "192.0.2.4"}).send(t, address); status < 400 {
				t.Errorf("a GET is answered %d", status)
			}
			for range 10 {
				message{"POST", named, "guessed", "192.0.2.9", ""}.send(t, address)
			}
			status, header := message{"POST", named, "guessed", "192.0.2.9", ""}.send(t, address)
			if status != http.StatusTooManyRequests || header.Get("Retry-After") == "" {
				t.Errorf("after ten messages that were not signed: %d", status)
			}
			if status, _ := (message{"POST", named, "shared", "192.0.2.10", ""}).send(t, address); status != 204 {
				t.Errorf("a message from another address: %d", status)
			}
			if log := stop(); strings.Count(log, "is not signed by jira.webhook_secret") != 13 {
				t.Errorf("of fourteen messages that are not signed the log tells:\n%s", log)
			}
		})
	}
}
