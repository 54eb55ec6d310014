package main

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"

	"jerem/access"
	"jerem/cmd/jerem/serving"
	jirasim "jerem/sim/jira"
	kept "jerem/store/access"
	"jerem/testrun"
)

// served is a program that serves. stop ends it, and returns what it logged.
func served(t *testing.T, file string) (address string, stop func() string) {
	t.Helper()
	e, log := commandIn(t, file)
	o, err := e.OpenInstance(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := serving.CheckListenAddress(o); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	e.Ctx = ctx
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- serving.ServePages(e, o, func(address string) { ready <- address }) }()
	stop = sync.OnceValue(func() string {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		o.Store.Close()
		return log.String()
	})
	t.Cleanup(func() { stop() })
	select {
	case address = <-ready:
	case err := <-ended:
		ended <- nil
		t.Fatal(err)
	}
	return strings.TrimSuffix(address, "/"), stop
}

// provider is a real identity provider of OpenID Connect in this process, that knows a client.
func provider(t *testing.T, client, secret, callback string) *httptest.Server {
	t.Helper()
	var handler http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler.ServeHTTP(w,
			r)
	}))
	t.Cleanup(server.Close)
	storage.RegisterClients(storage.WebClient(client, secret, callback))
	handler = exampleop.SetupServer(server.URL, storage.NewStorage(storage.NewUserStore(server.URL)),
		slog.New(slog.DiscardHandler), false)
	return server
}

// askAs returns the status and the text at an address; a client with cookies asks as a browser does. A form is sent by
// POST.
func askAs(t *testing.T, c *http.Client, address string, form url.Values) (int, string) {
	t.Helper()
	method, body := http.MethodGet, io.Reader(nil)
	if form != nil {
		method, body = http.MethodPost, strings.NewReader(form.Encode())
	}
	r, err := http.NewRequest(method, address, body)
	if err != nil {
		t.Fatal(err)
	}
	if c.Jar != nil {
		r.Header.Set("Accept", "text/html")
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

// TestServeWithLogin: a person who opens a page is led to the identity provider, comes back to the page, and is out
// again after the logout. Programs are told what they lack. No secret is logged.
func TestServeWithLogin(t *testing.T) {
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	file := demoFile(t, jira)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	port, err := testrun.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	address := "http://localhost:" + port
	op := provider(t, "jerem", "client-secret-marker", address+"/login/callback")
	text = append(text, []byte("server: {listen: '"+strings.TrimPrefix(address, "http://")+"', url: '"+address+"'}\n"+
		"access: {mode: oidc, metrics: token, oidc: {issuer: '"+op.URL+
		"', client_id: jerem, client_secret: client-secret-marker}}\n")...)
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	_, stop := served(t, file)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	person := &http.Client{Jar: jar}

	status, form := askAs(t, person, address+"/teams/Kubernetes/flow", nil)
	id := regexp.MustCompile(`name="id" value="([^"]+)"`).FindStringSubmatch(form)
	if id == nil {
		t.Fatalf("no form to log in: %d %s", status, form)
	}
	status, page := askAs(t, person, op.URL+"/login/username",
		url.Values{"username": {"test-user@127.0.0.1"}, "password": {"verysecure"}, "id": {id[1]}})
	if !strings.Contains(page, "Log out") || !strings.Contains(page, "Kubernetes") && status == http.StatusOK {
		t.Errorf("after the login: %d %s", status, page)
	}
	for _, path := range []string{"/api/v1/teams", "/metrics"} {
		if status, told := askAs(t, http.DefaultClient, address+path, nil); status != http.StatusUnauthorized ||
			strings.Contains(told, "Kubernetes") {
			t.Errorf("%s for nobody: %d %s", path, status, told)
		}
		if status, told := askAs(t, person, address+path, nil); status != http.StatusOK {
			t.Errorf("%s for who is logged in: %d %s", path, status, told)
		}
	}
	if status, told := askAs(t, person, address+"/logout", url.Values{}); status != http.StatusOK ||
		!strings.Contains(told, "You are logged out</h1>") || strings.Contains(told, "Log out</button>") ||
		!strings.Contains(told, op.URL+"/end_session") {
		t.Errorf("the logout: %d %s", status, told)
	}
	if status, told := askAs(t, person, address+"/api/v1/teams", nil); status != http.StatusUnauthorized {
		t.Errorf("after the logout: %d %s", status, told)
	}
	if log := stop(); strings.Contains(log, "marker") || strings.Contains(log, "zitadel.ch") {
		t.Errorf("the log holds a secret or a login:\n%s", log)
	}
}

// TestTokens: a token is made while the program serves, lets a program in, and is taken away.
func TestTokens(t *testing.T) {
	file := demoFile(t, serveStory(t, jirasim.DemoScenario(), jirasim.Options{}))
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text = append(text, []byte("server.listen: localhost:0\naccess: {mode: proxy, trusted: [192.0.2.1]}\n")...)
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	address, stop := served(t, file)
	token, told, code := call(t, nil, "-c", file, "token", "create", "--name", "grafana", "--expires", "90d")
	token = strings.TrimSpace(token)
	if code != 0 || !strings.HasPrefix(token, "jerem_") || strings.Contains(told, token) {
		t.Fatalf("create: %d %q, told %q", code, token, told)
	}
	list, _, code := call(t, nil, "-c", file, "token", "list")
	if code != 0 || !strings.Contains(list, "grafana") || strings.Contains(list, token) {
		t.Errorf("list: %d\n%s", code, list)
	}
	status := func(token string) int {
		r, err := http.NewRequest(http.MethodGet, address+"/api/v1/teams", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		return answer.StatusCode
	}
	if got := status(token); got != http.StatusOK {
		t.Errorf("with the token: %d", got)
	}
	if got := status(token + "x"); got != http.StatusUnauthorized {
		t.Errorf("with another one: %d", got)
	}
	var shown []struct{ ID string }
	out, _, _ := call(t, nil, "-c", file, "token", "list", "--json")
	if err := json.Unmarshal([]byte(out), &shown); err != nil || len(shown) != 1 {
		t.Fatalf("list --json: %v\n%s", err, out)
	}
	if _, errs, code := call(t, nil, "-c", file, "token", "revoke", shown[0].ID); code != 0 {
		t.Errorf("revoke: %d %s", code, errs)
	}
	if got := status(token); got != http.StatusUnauthorized {
		t.Errorf("after it was revoked: %d", got)
	}
	if log := stop(); strings.Contains(log, token) {
		t.Errorf("the log holds a token:\n%s", log)
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"create", "--name", "a", "--role", "king"}, "viewer, operator, pay, badge"},
		{[]string{"create", "--name", "a", "--role", "badge"}, "--team"},
		{[]string{"create", "--name", "a", "--team", "None"}, "not a team"},
		{[]string{"create", "--name", "a", "--expires", "soon"}, "90d"},
		{[]string{"create", "--name", "a\nb"}, "one line"},
		{[]string{"create"}, "--name"},
		{[]string{"revoke", "000000000000"}, "token list"},
	} {
		_, errs, code := call(t, nil, append([]string{"-c", file, "token"}, c.args...)...)
		if code != exitUsage || !strings.Contains(errs, c.want) {
			t.Errorf("%v: %d %s", c.args, code, errs)
		}
	}
}

// TestAccessLog: the journal of visitors is shown, the newest first, as text that no name steers and as JSON; without
// one there is a word and no file.
func TestAccessLog(t *testing.T) {
	config := demoFile(t, "http://127.0.0.1:1")
	if _, errs, code := call(t, nil, "-c", config, "access", "log"); code != exitFailed ||
		!strings.Contains(errs, "no journal of visitors yet") {
		t.Errorf("without one: exit %d: %s", code, errs)
	}
	for _, name := range []string{"grafana", "wiki"} {
		if _, errs, code := call(t, nil, "-c", config, "token", "create", "--name", name); code != 0 {
			t.Fatal(errs)
		}
	}
	s, err := kept.Open(t.Context(), kept.PathBeside(filepath.Join(filepath.Dir(config), "jerem.db")),
		kept.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	eve := access.Entry{At: time.Now(), Who: "eve\x1b[2J", What: "login", From: "192.0.2.1"}
	if err := s.Record(t.Context(), eve); err != nil {
		t.Fatal(err)
	}
	out, errs, code := call(t, nil, "-c", config, "access", "log")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if code != 0 || len(lines) != 4 || !strings.Contains(lines[1], "eve\ufffd[2J") ||
		!strings.Contains(lines[1], "192.0.2.1") || !strings.Contains(lines[2], " wiki") ||
		!strings.Contains(lines[3], " grafana") || strings.Contains(out, "\x1b") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
	out, _, code = call(t, nil, "-c", config, "access", "log", "--last", "1", "--who", "eve\x1b[2J", "--json")
	var list []struct{ Who, What, From string }
	if err := json.Unmarshal([]byte(out), &list); err != nil || code != 0 || len(list) != 1 || list[0].Who != eve.Who {
		t.Errorf("exit %d, %v: %s", code, err, out)
	}
	if _, errs, code := call(t, nil, "-c", config, "access", "log", "--last", "0"); code != exitUsage {
		t.Errorf("exit %d: %s", code, errs)
	}
}
