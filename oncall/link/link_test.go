package link

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"
)

var (
	key = []byte(strings.Repeat("k", KeySize))
	now = time.Date(2026, 1, 6, 3, 0, 0, 0, time.UTC)
	ada = Link{Callout: 7, Person: "ada", Expires: now.Add(Lifetime)}
)

func personOf(callout int64) string { return map[int64]string{7: "ada", 8: "ben"}[callout] }

// TestRead: a token opens what it was made for until it expires, and names nobody.
func TestRead(t *testing.T) {
	token := Sign(key, ada)
	if l, err := Read(key, token, personOf, now); err != nil || l != ada {
		t.Errorf("%+v, %v", l, err)
	}
	for at, want := range map[time.Time]error{ada.Expires.Add(-time.Second): nil, ada.Expires: ErrExpired} {
		if _, err := Read(key, token, personOf, at); !errors.Is(err, want) {
			t.Errorf("at %s: %v, want %v", at, err, want)
		}
	}
	raw, _ := base64.RawURLEncoding.DecodeString(token)
	if strings.Contains(string(raw), "ada") {
		t.Error("the token names the person")
	}
}

// TestForged: no other key, no changed letter, no other call-out, person or expiry is taken.
func TestForged(t *testing.T) {
	token := Sign(key, ada)
	refused := func(key []byte, token string, personOf func(int64) string) {
		t.Helper()
		if l, err := Read(key, token, personOf, now); !errors.Is(err, ErrInvalid) {
			t.Errorf("%q is taken: %+v, %v", token, l, err)
		}
	}
	refused([]byte("another key"), token, personOf)
	refused(nil, token, personOf)
	refused(key, token, func(int64) string { return "ben" })
	refused(key, token, func(int64) string { return "" })
	for i := range token {
		changed := "A"
		if token[i] == 'A' {
			changed = "B"
		}
		refused(key, token[:i]+changed+token[i+1:], personOf)
	}
	for _, other := range []string{"", "x", token + "AAAA", token[:len(token)-2], Sign(key, Link{Callout: 9})} {
		refused(key, other, personOf)
	}
}

// TestDigits: two digits, of the link and the key, which the token does not tell; all of them occur.
func TestDigits(t *testing.T) {
	seen := map[string]bool{}
	for i := range int64(2000) {
		l := Link{Callout: i, Person: "ada", Expires: now}
		d := Digits(key, l)
		if len(d) != 2 || strings.Trim(d, "0123456789") != "" || d != Digits(key, l) {
			t.Fatalf("%q", d)
		}
		seen[d] = true
	}
	if len(seen) != 100 {
		t.Errorf("%d pairs of digits occur", len(seen))
	}
	differs := false
	for i := range byte(20) {
		differs = differs || Digits(key, ada) != Digits([]byte{i}, ada)
	}
	if !differs {
		t.Error("the digits do not depend on the key")
	}
}
