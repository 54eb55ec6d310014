package access

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
)

// TestAddressee: a token serves the client that it was made for, and tells of somebody.
func TestAddressee(t *testing.T) {
	p := newProvider(OIDC{ClientID: "jerem"}, nil, nil)
	verifier := oidc.NewVerifier("https://id.example", nil, &oidc.Config{ClientID: "jerem",
		InsecureSkipSignatureCheck: true, Now: func() time.Time { return time.Unix(0, 0) }})
	for claims, isTaken := range map[string]bool{
		`"aud":"jerem","sub":"u1"`:                         true,
		`"aud":["other","jerem"],"azp":"jerem","sub":"u1"`: true,
		`"aud":["other","jerem"],"azp":"other","sub":"u1"`: false,
		`"aud":"jerem","azp":"other","sub":"u1"`:           false,
		`"aud":"jerem","azp":["jerem"],"sub":"u1"`:         false,
		`"aud":"jerem","azp":"jerem"`:                      false,
		`"aud":"jerem","sub":""`:                           false,
	} {
		part := base64.RawURLEncoding.EncodeToString
		raw := part([]byte(`{"alg":"RS256"}`)) + "." +
			part([]byte(`{"iss":"https://id.example","exp":60,`+claims+`}`)) + "." + part([]byte("x"))
		token, err := verifier.Verify(t.Context(), raw)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.checkAddressee(token); (err == nil) != isTaken {
			t.Errorf("%s: %v", claims, err)
		}
	}
}

// TestInvalidTokenIsForTheLog: a visitor is told that a token is not valid, the log why.
func TestInvalidTokenIsForTheLog(t *testing.T) {
	err := tokenError(errors.New(`oidc: expected audience "jerem"`))
	if p := loginProblem(err); p.Status != 403 || strings.Contains(p.Message, "audience") {
		t.Errorf("a visitor is told %d %s", p.Status, p.Message)
	}
	if isOfProvider(err) || !strings.Contains(plainError(err), "audience") {
		t.Errorf("the log is told %v", err)
	}
}
