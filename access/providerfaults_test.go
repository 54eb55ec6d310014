package access_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"jerem/access"
)

// TestFaultsOfProvider: what the provider does wrong is told as its fault and counts as no attempt of a visitor; what
// it sends with it, which may hold a code or a secret again, stands in no answer and in no log.
func TestFaultsOfProvider(t *testing.T) {
	const echo = "code=1&client_secret=a+secret"
	for name, f := range map[string]fault{
		"the token fails":       {"/oauth/token", 500, echo},
		"the token is a page":   {"/oauth/token", 200, echo},
		"too many ask":          {"/oauth/token", 429, echo},
		"another client secret": {"/oauth/token", 401, `{"error":"invalid_client","error_description":"` + echo + `"}`},
		"the keys fail":         {"/keys", 503, echo},
		"the keys are no more":  {"/keys", 404, echo},
		"who it is fails":       {"/userinfo", 403, echo},
		"who it is, is a page":  {"/userinfo", 200, echo},
		"it tells nothing":      {"/.well-known/openid-configuration", 404, echo},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			s := newSite(t, func(o *access.Options) {
				o.Log = slog.New(slog.NewTextHandler(&log, nil))
				o.OIDC.Login = "email"
			})
			s.fault.Store(&f)
			for range 12 {
				var status int
				var text string
				if f.path == "/.well-known/openid-configuration" {
					status, text = get(t, browser(t), s.address+"/login")
				} else {
					status, text = s.logIn(t, browser(t), s.address+"/login", firstUser)
				}
				if status != http.StatusBadGateway || !strings.HasPrefix(text, "access.no_provider") ||
					strings.Contains(text, "secret=") {
					t.Fatalf("%d %s", status, text)
				}
			}
			if strings.Contains(log.String(), "secret=") {
				t.Errorf("the log holds it: %s", &log)
			}
			if f.status == 401 && !strings.Contains(log.String(), "correct access.oidc.client_secret") {
				t.Errorf("the log names no remedy: %s", &log)
			}
			s.fault.Store(nil)
			if status, text := s.logIn(t, browser(t), s.address+"/login", firstUser); status != 200 {
				t.Errorf("once it is well again: %d %s", status, text)
			}
		})
	}
}

// TestAnswerOfAnotherProvider: an answer that names another provider lets nobody in (RFC 9207).
func TestAnswerOfAnotherProvider(t *testing.T) {
	s := newSite(t, nil)
	for issuer, want := range map[string]int{"https://evil.example": 403, "": 403, s.provider.URL: 200} {
		c := browser(t)
		c.CheckRedirect = func(r *http.Request, _ []*http.Request) error {
			if r.URL.Path == "/login/callback" {
				query := r.URL.Query()
				query.Set("iss", issuer)
				r.URL.RawQuery = query.Encode()
			}
			return nil
		}
		if status, text := s.logIn(t, c, s.address+"/login", firstUser); status != want {
			t.Errorf("iss=%s: %d %s", issuer, status, text)
		}
	}
}
