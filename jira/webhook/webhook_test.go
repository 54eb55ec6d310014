package webhook_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jerem/jira/webhook"
)

const secret = "a secret of both"

func sign(body string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = io.WriteString(mac, body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

// TestMessages: a hint holds ids and projects, and nothing of what a message says of persons and values.
func TestMessages(t *testing.T) {
	for body, want := range map[string]webhook.Hint{
		`{"timestamp":1,"webhookEvent":"jira:issue_updated","user":{"displayName":"A B"},"issue":{"id":"10007",` +
			`"key":"K8S-7","fields":{"summary":"x","project":{"id":"10000","key":"K8S"}}},"changelog":{"items":[]}}`: {
			Issues: []int64{10007}, Projects: []string{"K8S", "K8S", "10000"}},
		`{"webhookEvent":"jira:issue_deleted","issue":{"id":10007,"key":"K8S-7"}}`: {
			Issues: []int64{10007}, Deleted: []int64{10007}, Projects: []string{"K8S"}},
		`{"webhookEvent":"worklog_created","worklog":{"id":"3",` +
			`"issueId":"10008","author":{}}}`: {Logged: []int64{10008}},
		`{"webhookEvent":"sprint_closed","sprint":{"id":21,"state":"closed","originBoardId":7}}`: {
			Boards: []int64{7}},
		`{"webhookEvent":"board_configuration_changed","board":{"id":7}}`:        {Boards: []int64{7}},
		`{"webhookEvent":"user_created","user":{"name":"a.b"}}`:                  {},
		`{"webhookEvent":"jira:issue_updated","issue":{"id":"-1","key":"nope"}}`: {Projects: []string{"nope"}},
	} {
		got, err := webhook.ParseHint([]byte(body))
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", body, err, diff)
		}
	}
	for _, body := range []string{``, `[]`, `{}`, `{"webhookEvent":7}`, `{"webhookEvent":"x","issue":[]}`} {
		if _, err := webhook.ParseHint([]byte(body)); err == nil {
			t.Errorf("%s passes for a message", body)
		}
	}
}

// TestSignedMessages: the signature is checked over the raw body before anything of it is read; who does not know the
// secret starts no reading.
func TestSignedMessages(t *testing.T) {
	const body = `{"webhookEvent":"jira:issue_updated","issue":{"id":"7","key":"K-7"}}`
	for name, c := range map[string]struct {
		secret, body, signature string
		status                  int
		hints                   int
	}{
		"signed":               {secret, body, sign(body), 204, 1},
		"about nothing":        {secret, `{"webhookEvent":"x"}`, sign(`{"webhookEvent":"x"}`), 204, 0},
		"not signed":           {secret, body, "", 401, 0},
		"another body":         {secret, body + " ", sign(body), 401, 0},
		"another secret":       {"another", body, sign(body), 401, 0},
		"no secret here":       {"", body, sign(body), 401, 0},
		"in capitals":          {secret, body, "sha256=" + strings.ToUpper(sign(body)[7:]), 204, 1},
		"another hash":         {secret, body, "sha1=" + sign(body)[7:], 401, 0},
		"part of a hash":       {secret, body, sign(body)[:40], 401, 0},
		"no JSON, not signed":  {secret, `<x>`, "", 401, 0},
		"no JSON, but signed":  {secret, `<x>`, sign(`<x>`), 400, 0},
		"too large, and right": {secret, strings.Repeat(" ", 5<<20), sign(strings.Repeat(" ", 5<<20)), 413, 0},
	} {
		t.Run(name, func(t *testing.T) {
			hints := 0
			handler := webhook.NewHandler(c.secret, func(webhook.Hint) { hints++ }, slog.New(slog.DiscardHandler))
			req := httptest.NewRequest(http.MethodPost, "/hooks/jira", strings.NewReader(c.body))
			req.Header.Set("X-Hub-Signature", c.signature)
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, req)
			if answer.Code != c.status || hints != c.hints {
				t.Errorf("%d and %d hints, want %d and %d", answer.Code, hints, c.status, c.hints)
			}
		})
	}
}

// TestMessagesAtOnce: more messages than are taken at a time are refused in a way that Jira sends them again.
func TestMessagesAtOnce(t *testing.T) {
	reading, release := make(chan struct{}, 100), make(chan struct{})
	handler := webhook.NewHandler(secret, func(webhook.Hint) {}, slog.New(slog.DiscardHandler))
	done := make(chan struct{})
	for range 8 {
		go func() {
			handler.ServeHTTP(httptest.NewRecorder(),
				httptest.NewRequest(http.MethodPost, "/hooks/jira", blocked{reading, release}))
			done <- struct{}{}
		}()
	}
	for range 8 {
		<-reading
	}
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequest(http.MethodPost, "/hooks/jira", strings.NewReader("{}")))
	if answer.Code != http.StatusServiceUnavailable || answer.Header().Get("Retry-After") == "" {
		t.Errorf("the ninth is answered %d", answer.Code)
	}
	close(release)
	for range 8 {
		<-done
	}
}

// blocked is a body that does not come before it is released.
type blocked struct{ reading, release chan struct{} }

// Read implements io.Reader.
func (b blocked) Read([]byte) (int, error) {
	b.reading <- struct{}{}
	<-b.release
	return 0, io.EOF
}

// FuzzParseHint: whatever a signed message holds, ids are positive and nothing else is taken.
func FuzzParseHint(f *testing.F) {
	f.Add([]byte(`{"webhookEvent":"jira:issue_updated","issue":{"id":"10007","key":"K8S-7"}}`))
	f.Add([]byte(`{"webhookEvent":"sprint_closed","sprint":{"originBoardId":7}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		h, err := webhook.ParseHint(body)
		if err != nil && !h.IsEmpty() {
			t.Errorf("%+v beside %v", h, err)
		}
		for _, id := range slices.Concat(h.Issues, h.Logged, h.Boards) {
			if id <= 0 {
				t.Errorf("%+v", h)
			}
		}
	})
}
