package access_test

import (
	"bytes"
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"log/slog"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jerem/access"
)

// forger stands before a real provider: it writes the token of each login anew, and has a key of its own.
type forger struct {
	key     *rsa.PrivateKey
	told    bool // the key is among those that the provider tells
	method  string
	changes map[string]any // claims; nil takes one away
}

// before puts the forger before a provider.
func (f *forger) before(t *testing.T, provider http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/oauth/token" && r.URL.Path != "/keys" {
			provider.ServeHTTP(w, r)
			return
		}
		rec := httptest.NewRecorder()
		provider.ServeHTTP(rec, r)
		var answer map[string]any
		if err := json.Unmarshal(rec.Body.Bytes(), &answer); err != nil {
			t.Error(err)
		}
		if keys, _ := answer["keys"].([]any); f.told && keys != nil {
			answer["keys"] = append(keys, map[string]any{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "ours",
				"n": part(f.key.N.Bytes()), "e": part(big.NewInt(int64(f.key.E)).Bytes())})
		}
		if token, _ := answer["id_token"].(string); token != "" {
			answer["id_token"] = f.forge(t, token)
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(answer)
	})
}

var part = base64.RawURLEncoding.EncodeToString

// forge changes the claims of a token and signs it.
func (f *forger) forge(t *testing.T, token string) string {
	body, err := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1])
	var claims map[string]any
	if err = errors.Join(err, json.Unmarshal(body, &claims)); err != nil {
		t.Error(err, string(body))
	}
	for name, value := range f.changes {
		claims[name] = value
		if value == nil {
			delete(claims, name)
		}
	}
	body, _ = json.Marshal(claims)
	head, _ := json.Marshal(map[string]string{"alg": f.method, "kid": "ours", "typ": "JWT"})
	text := part(head) + "." + part(body)
	sum, signature := sha256.Sum256([]byte(text)), []byte(nil)
	switch f.method {
	case "RS256":
		if signature, err = rsa.SignPKCS1v15(rand.Reader, f.key, crypto.SHA256, sum[:]); err != nil {
			t.Error(err)
		}
	case "HS256": // by what both know, the client's secret
		mac := hmac.New(sha256.New, []byte("a secret"))
		mac.Write([]byte(text))
		signature = mac.Sum(nil)
	}
	return text + "." + part(signature)
}

// TestForgedTokens: a token that a real provider's answer is changed to lets nobody in, unless all of it is right; who
// comes is told no more than that it is not valid. A key that the provider has since another login is asked for.
func TestForgedTokens(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	right := map[string]any{}
	past := time.Now().Add(-time.Minute).Unix()
	for name, c := range map[string]struct {
		forger
		why string // as the log tells it; "" where people get in
	}{
		"nothing wrong":            {forger{key, true, "RS256", right}, ""},
		"another nonce":            {forger{key, true, "RS256", map[string]any{"nonce": "other"}}, "another login"},
		"no nonce":                 {forger{key, true, "RS256", map[string]any{"nonce": nil}}, "another login"},
		"another audience":         {forger{key, true, "RS256", map[string]any{"aud": []string{"other"}}}, "audience"},
		"another issuer":           {forger{key, true, "RS256", map[string]any{"iss": "https://a.example"}}, "issue"},
		"expired":                  {forger{key, true, "RS256", map[string]any{"exp": past}}, "expired"},
		"without an end":           {forger{key, true, "RS256", map[string]any{"exp": nil}}, "expired"},
		"not signed":               {forger{key, true, "none", right}, "alg"},
		"signed by the secret":     {forger{key, true, "HS256", right}, "alg"},
		"signed by an unknown key": {forger{key, false, "RS256", right}, "signature"},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			s := newSite(t, func(o *access.Options) { o.Log = slog.New(slog.NewTextHandler(&log, nil)) })
			if status, text := s.logIn(t, browser(t), s.address+"/login", firstUser); status != http.StatusOK {
				t.Fatalf("before: %d %s", status, text) // the provider's keys are known now
			}
			s.forged.Store(&c.forger)
			status, text := s.logIn(t, browser(t), s.address+"/login", firstUser)
			switch {
			case c.why == "" && status != http.StatusOK:
				t.Errorf("%d %s: %s", status, text, &log)
			case c.why != "" && (status != http.StatusForbidden || !strings.HasPrefix(text, "access.login_failed")):
				t.Errorf("%d %s", status, text)
			case c.why != "" && !strings.Contains(log.String(), c.why):
				t.Errorf("the log does not say %q: %s", c.why, &log)
			}
		})
	}
}
