package access

import (
	"context"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jerem/access/rules"
	"jerem/problem"
)

// tokenList are tokens in memory.
type tokenList []Token

func (l tokenList) TokenByHash(_ context.Context, hash string) (Token, bool, error) {
	if l == nil {
		return Token{}, false, errors.New("the store is away")
	}
	for _, t := range l {
		if t.Hash == hash {
			return t, true, nil
		}
	}
	return Token{}, false, nil
}

// TestTokens: a token lets a program in, as what it was made for, until its time is over. Its text is kept nowhere.
func TestTokens(t *testing.T) {
	now := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	board, boardToken := NewToken("grafana", rules.Viewer, "", now, time.Time{})
	metal, metalToken := NewToken("metal", rules.Badge, "Metal", now, now.Add(time.Hour))
	kept := tokenList{boardToken, metalToken}
	for _, k := range kept {
		if text := k.ID + k.Hash + k.Name; strings.Contains(text, board) || strings.Contains(text, metal) {
			t.Error("a token is kept as it is")
		}
	}
	for _, mode := range []Mode{Off, ByProxy, ByLogin} {
		g := New(Options{Mode: mode, Rules: rules.DefaultRules(), Teams: []string{"Kubernetes", "Metal"}, Tokens: kept,
			Now: func() time.Time { return now }})
		for _, c := range []struct {
			header string
			at     time.Time
			name   string // "" for kept out
			teams  int
		}{
			{"Bearer " + board, now, "grafana", 2},
			{"bearer " + board, now.AddDate(9, 0, 0), "grafana", 2},
			{"Bearer " + metal, now, "metal", 1},
			{"Bearer " + metal, now.Add(time.Hour), "", 0},
			{"Bearer " + board + "x", now, "", 0},
			{"Bearer ", now, "", 0},
		} {
			g.Now = func() time.Time { return c.at }
			r := httptest.NewRequest("GET", "/", nil)
			r.Header.Set("Authorization", c.header)
			v, p := g.Identify(r)
			if v.Login != c.name || len(v.Teams) != c.teams || (p == nil) != (c.name != "") {
				t.Errorf("%s, %s: %+v, %v", mode, c.header, v, p)
			}
			if p != nil && (p.Code != BadToken || strings.Contains(p.Error(), board)) {
				t.Errorf("%s: kept out by %v", mode, p)
			}
		}
	}
}

// TestTokensThatCannotBeRead: where tokens cannot be looked up nobody is let in, and the reason is not told.
func TestTokensThatCannotBeRead(t *testing.T) {
	g := New(Options{Mode: Off, Tokens: tokenList(nil), Now: time.Now})
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Authorization", "Bearer x")
	if v, p := g.Identify(r); p == nil || p.Status != 503 || strings.Contains(p.Error(), "away") {
		t.Errorf("%+v, %v", v, p)
	}
}

// TestRightTokensAreNeverSlowed: who uses up the attempts of an address keeps out those who are wrong as well, and
// nobody whose token is right: behind a proxy that is not named all come from one address.
func TestRightTokensAreNeverSlowed(t *testing.T) {
	now := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	text, token := NewToken("grafana", rules.Viewer, "", now, time.Time{})
	g := New(Options{Mode: ByLogin, Rules: rules.DefaultRules(), Teams: []string{"Metal"}, Tokens: tokenList{token},
		Now: func() time.Time { return now }})
	ask := func(text string) *problem.Problem {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Authorization", "Bearer "+text)
		_, p := g.Identify(r)
		return p
	}
	for range 10 {
		if p := ask("wrong"); p == nil || p.Code != BadToken {
			t.Fatalf("a wrong one: %v", p)
		}
	}
	if p := ask("wrong"); p == nil || p.Code != TooOften {
		t.Errorf("one more: %v", p)
	}
	if p := ask(text); p != nil {
		t.Errorf("a right one: %v", p)
	}
}
