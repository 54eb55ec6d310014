package jirasim

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jerem/sim/jira/sitedata"
	"jerem/sim/jira/wire"
)

const (
	testEmail = "reader@example.com"
	testToken = "secret"
)

// client asks a server as a client over the network would, without a network.
type client struct {
	t      *testing.T
	server *Server
	header http.Header
}

func newClient(t *testing.T, site *sitedata.Site, opts Options) *client {
	t.Helper()
	opts.Email, opts.Token = testEmail, testToken
	c := &client{t: t, server: NewServer(site, opts), header: http.Header{"Content-Type": {"application/json"}}}
	r := &http.Request{Header: http.Header{}}
	r.SetBasicAuth(testEmail, testToken)
	c.header.Set("Authorization", r.Header.Get("Authorization"))
	return c
}

// ask returns the status and the answer's JSON. A body makes it a POST.
func (c *client) ask(path string, body ...string) (int, any) {
	c.t.Helper()
	method := http.MethodGet
	if len(body) > 0 {
		method = http.MethodPost
	}
	return c.do(method, path, strings.Join(body, ""))
}

func (c *client) do(method, path, body string) (int, any) {
	c.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header = c.header.Clone()
	w := httptest.NewRecorder()
	c.server.ServeHTTP(w, r)
	var v any
	dec := json.NewDecoder(bytes.NewReader(w.Body.Bytes()))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		c.t.Fatalf("%s %s: answer is not JSON: %v: %s", method, path, err, w.Body)
	}
	return w.Code, v
}

// ok asks and wants 200.
func (c *client) ok(path string, body ...string) any {
	c.t.Helper()
	status, v := c.ask(path, body...)
	if status != http.StatusOK {
		c.t.Fatalf("%s %s: %d %v", path, strings.Join(body, ""), status, v)
	}
	return v
}

// refused asks and wants an error of Jira's shape with these words in it.
func (c *client) refused(status int, words, path string, body ...string) {
	c.t.Helper()
	got, v := c.ask(path, body...)
	wantError(c.t, path+" "+strings.Join(body, ""), got, v, status, words)
}

func wantError(t *testing.T, what string, got int, v any, status int, words string) {
	t.Helper()
	messages := wire.List(wire.At(v, "errorMessages"))
	if got != status || len(messages) != 1 || wire.At(v, "errors") == nil ||
		!strings.Contains(wire.Text(messages[0]), words) {
		t.Errorf("%s: got %d %v, want %d with %q", what, got, v, status, words)
	}
}

func story0(t *testing.T, src string) *sitedata.Site {
	t.Helper()
	s, err := sitedata.LoadScenario("test.txtar", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func first(t *testing.T) *sitedata.Site {
	t.Helper()
	b, err := os.ReadFile("testdata/first.txtar")
	if err != nil {
		t.Fatal(err)
	}
	return story0(t, string(b))
}

// recorded returns the folder of recorded data, or skips.
func recorded(t *testing.T, name string) string {
	t.Helper()
	root := os.Getenv("JEREM_RECORDED")
	if root == "" {
		root = filepath.Join("..", "..", "shared", "jira")
	}
	dir := filepath.Join(root, name)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("SKIPPED: no recorded data at %s; set JEREM_RECORDED to the folder that holds them", dir)
	}
	return dir
}

func at0(zone, s string) time.Time {
	z, err := time.LoadLocation(zone)
	if err != nil {
		panic(err)
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", s, z)
	if err != nil {
		panic(err)
	}
	return t
}

// as returns a JSON value as indented text, for messages.
func as(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}
