package access

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/alexedwards/scs/v2/memstore"

	"jerem/access/attempts"
	"jerem/access/rules"
)

// keptTokens are tokens by their hash. What lasts looks for its own while others revoke some.
type keptTokens struct{ byHash sync.Map }

func (k *keptTokens) TokenByHash(_ context.Context, hash string) (Token, bool, error) {
	kept, found := k.byHash.Load(hash)
	t, _ := kept.(Token)
	return t, found, nil
}

// newLoginGate is a gate at which people log in, with the tokens that are kept. It is made outside of a bubble, where
// what it is made of may go on.
func newLoginGate(kept *keptTokens) *Gate {
	return New(Options{Mode: ByLogin, Tokens: kept, Log: slog.New(slog.DiscardHandler), Now: time.Now,
		Sessions: memorySessions{memstore.NewWithCleanupInterval(0)},
		Rules:    rules.Rules{Roles: map[rules.Role][]rules.Matcher{rules.Viewer: {{Login: "ada"}}}}})
}

// loggedIn is a request by somebody who has logged in.
func loggedIn(t *testing.T, g *Gate) *http.Request {
	t.Helper()
	w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, "/logout", nil)
	if err := g.sessions.beginSession(w, r, rules.Identity{Login: "ada"}); err != nil {
		t.Fatal(err)
	}
	for _, c := range w.Result().Cookies() {
		r.AddCookie(c)
	}
	return r
}

// carrying is a request with a token.
func carrying(text string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/live", nil)
	r.Header.Set("Authorization", "Bearer "+text)
	return r
}

// TestEndsWithSession: what lasts ends at once when its session ends here, not when another one does.
func TestEndsWithSession(t *testing.T) {
	g := newLoginGate(&keptTokens{})
	synctest.Test(t, func(t *testing.T) {
		mine, others := loggedIn(t, g), loggedIn(t, g)
		lasting, stop := g.WhileAdmitted(mine)
		defer stop()
		began := time.Now()
		synctest.Wait()
		g.logOut(httptest.NewRecorder(), others)
		synctest.Wait()
		if lasting.Context().Err() != nil {
			t.Error("it ends with the session of somebody else")
		}
		g.logOut(httptest.NewRecorder(), mine)
		synctest.Wait()
		if lasting.Context().Err() == nil || !time.Now().Equal(began) {
			t.Errorf("%v after the logout it has ended: %v", time.Since(began), lasting.Context().Err() != nil)
		}
	})
}

// TestEndsWhereOthersEndIt: what another process ends, and what its time ends, is found without being told; while the
// request stands it lasts.
func TestEndsWhereOthersEndIt(t *testing.T) {
	for name, c := range map[string]struct {
		expires time.Duration // of the token; 0 for never
		end     func(g *Gate, kept *keptTokens, session *http.Request)
		byLogin bool
	}{
		"a token that is revoked": {end: func(_ *Gate, kept *keptTokens, _ *http.Request) { kept.byHash.Clear() }},
		"a token that expires":    {expires: time.Minute},
		"a session that another process ends": {byLogin: true, end: func(g *Gate, _ *keptTokens, r *http.Request) {
			if err := g.sessions.endSession(httptest.NewRecorder(), r); err != nil {
				t.Error(err)
			}
		}},
		"a session that expires": {byLogin: true, end: func(*Gate, *keptTokens, *http.Request) {
			time.Sleep(sessionLife)
		}},
	} {
		if testing.Short() && name == "a session that expires" {
			continue // it is asked about thousands of times
		}
		kept := &keptTokens{}
		g := newLoginGate(kept)
		synctest.Test(t, func(t *testing.T) {
			var expires time.Time
			if c.expires > 0 {
				expires = time.Now().Add(c.expires)
			}
			text, token := NewToken("board", rules.Viewer, "", time.Now(), expires)
			kept.byHash.Store(token.Hash, token)
			r := carrying(text)
			if c.byLogin {
				r = loggedIn(t, g)
			}
			lasting, stop := g.WhileAdmitted(r)
			defer stop()
			time.Sleep(30 * time.Second)
			if lasting.Context().Err() != nil {
				t.Errorf("%s: it ended before", name)
			}
			if c.end != nil {
				c.end(g, kept, r)
			}
			time.Sleep(c.expires + askAgainEvery)
			synctest.Wait()
			if lasting.Context().Err() == nil {
				t.Errorf("%s: it lasts on", name)
			}
		})
	}
}

// TestEndsWithItsTime: what lasts ends at the moment at which its session or its token ends by itself, and no earlier.
func TestEndsWithItsTime(t *testing.T) {
	for name, life := range map[string]time.Duration{"session": sessionLife, "token": time.Minute + time.Second/2} {
		if testing.Short() && name == "session" {
			continue // it is asked about thousands of times
		}
		kept := &keptTokens{}
		g := newLoginGate(kept)
		synctest.Test(t, func(t *testing.T) {
			text, token := NewToken("board", rules.Viewer, "", time.Now(), time.Now().Add(life))
			kept.byHash.Store(token.Hash, token)
			r := carrying(text)
			if name == "session" {
				r = loggedIn(t, g)
			}
			lasting, stop := g.WhileAdmitted(r)
			defer stop()
			time.Sleep(life - time.Millisecond)
			synctest.Wait()
			if lasting.Context().Err() != nil {
				t.Errorf("%s: it ended before its time", name)
			}
			time.Sleep(2 * time.Millisecond)
			synctest.Wait()
			if lasting.Context().Err() == nil {
				t.Errorf("%s: it lasts beyond its time", name)
			}
		})
	}
}

// TestLastsByProxy: whom a proxy names stays until the request ends.
func TestLastsByProxy(t *testing.T) {
	g := New(Options{Mode: ByProxy, Log: slog.New(slog.DiscardHandler), Now: time.Now})
	synctest.Test(t, func(t *testing.T) {
		lasting, stop := g.WhileAdmitted(httptest.NewRequest(http.MethodGet, "/live", nil))
		time.Sleep(time.Hour)
		if lasting.Context().Err() != nil {
			t.Error("it ended")
		}
		stop() // else the one who watches it would stay, and the test fail
	})
}

// TestAskingAgainIsNoAttempt: a token that was revoked is asked for again without counting as one that is guessed.
func TestAskingAgainIsNoAttempt(t *testing.T) {
	g := newLoginGate(&keptTokens{})
	r := carrying("jerem_gone")
	for range 100 {
		if _, stands := stillAdmits(g, r); stands {
			t.Fatal("a token that is not known admits")
		}
	}
	if g.attempts.IsUsedUp(attempts.AddressOf(g.ClientAddress(r)), g.Now()) {
		t.Error("the address has used up its attempts")
	}
}
