package access

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/alexedwards/scs/v2/memstore"

	"jerem/access/rules"
)

// sessionLife is how long a login lasts. After it the identity provider is asked again: who is no longer there, or lost
// a role, is out by then.
const sessionLife = 12 * time.Hour

// SessionStore keeps sessions: the hash of what the cookie holds, an identity, and when it ends.
type SessionStore = scs.CtxStore

// sessions are the logins that last. A session holds the login and those claims that the rules ask for; what it may do
// is told anew at each request.
type sessions struct{ manager *scs.SessionManager }

const identityKey = "identity"

// newSessions makes sessions whose cookie is sent back below base ("/" for the whole host); secure where people come by
// HTTPS.
func newSessions(store SessionStore, base string, secure bool) sessions {
	m := scs.New()
	m.Store, m.Lifetime, m.HashTokenInStore = store, sessionLife, true
	m.Cookie.Name = cookieName("jerem_session", base, secure)
	m.Cookie.Path, m.Cookie.Secure = base, secure
	return sessions{m}
}

// cookieName gives a cookie the prefix that keeps other hosts of the domain from setting it, where browsers allow one.
func cookieName(name, base string, secure bool) string {
	switch {
	case secure && base == "/":
		return "__Host-" + name
	case secure:
		return "__Secure-" + name
	}
	return name
}

// identityOf returns who is logged in by the request's cookie; false for nobody.
func (s sessions) identityOf(r *http.Request) (rules.Identity, bool, error) {
	ctx, err := s.load(r)
	if ctx == nil || err != nil {
		return rules.Identity{}, false, err
	}
	return s.identityIn(ctx)
}

// standUntil returns when the login by the request's cookie ends by itself; false for nobody.
func (s sessions) standUntil(r *http.Request) (time.Time, bool, error) {
	ctx, err := s.load(r)
	if ctx == nil || err != nil {
		return time.Time{}, false, err
	}
	_, found, err := s.identityIn(ctx)
	return s.manager.Deadline(ctx), found, err
}

// load returns a context with the session of the request's cookie, nil for a request without one.
func (s sessions) load(r *http.Request) (context.Context, error) {
	cookie, err := r.Cookie(s.manager.Cookie.Name)
	if err != nil {
		return nil, nil
	}
	return s.manager.Load(r.Context(), cookie.Value)
}

func (s sessions) identityIn(ctx context.Context) (rules.Identity, bool, error) {
	var who rules.Identity
	text := s.manager.GetString(ctx, identityKey)
	if text == "" || json.Unmarshal([]byte(text), &who) != nil {
		return rules.Identity{}, false, nil
	}
	return who, true, nil
}

// beginSession makes a session for an identity, in place of what the browser had, and sets its cookie.
func (s sessions) beginSession(w http.ResponseWriter, r *http.Request, who rules.Identity) error {
	if err := s.endSession(w, r); err != nil {
		return err
	}
	ctx, err := s.manager.Load(r.Context(), "")
	if err != nil {
		return err
	}
	text, err := json.Marshal(who)
	if err != nil {
		return err
	}
	s.manager.Put(ctx, identityKey, string(text))
	token, expiry, err := s.manager.Commit(ctx)
	if err != nil {
		return err
	}
	s.manager.WriteSessionCookie(ctx, w, token, expiry)
	return nil
}

// endSession takes the request's session out of the store, and its cookie out of the browser.
func (s sessions) endSession(w http.ResponseWriter, r *http.Request) error {
	cookie, err := r.Cookie(s.manager.Cookie.Name)
	if err != nil {
		return nil
	}
	ctx, err := s.manager.Load(r.Context(), cookie.Value)
	if err != nil {
		return err
	}
	if err := s.manager.Destroy(ctx); err != nil {
		return err
	}
	s.manager.WriteSessionCookie(ctx, w, "", time.Time{})
	return nil
}

// memorySessions keeps sessions for the life of the process.
type memorySessions struct{ store *memstore.MemStore }

func newMemorySessions() SessionStore { return memorySessions{memstore.New()} }

// Delete forgets the session of a token; an unknown token is no error.
func (m memorySessions) Delete(token string) error { return m.store.Delete(token) }

// Find returns what the session of a token holds, and whether there is one that has not expired.
func (m memorySessions) Find(token string) ([]byte, bool, error) { return m.store.Find(token) }

// Commit keeps the content of a session under its token until its expiry, over what stood there.
func (m memorySessions) Commit(token string, data []byte, expiry time.Time) error {
	return m.store.Commit(token, data, expiry)
}

// DeleteCtx is Delete; memory answers at once, so that the context has nothing to stop.
func (m memorySessions) DeleteCtx(_ context.Context, token string) error { return m.Delete(token) }

// FindCtx is Find; the context has nothing to stop.
func (m memorySessions) FindCtx(_ context.Context, token string) ([]byte, bool, error) {
	return m.Find(token)
}

// CommitCtx is Commit; the context has nothing to stop.
func (m memorySessions) CommitCtx(_ context.Context, token string, data []byte, expiry time.Time) error {
	return m.Commit(token, data, expiry)
}

// localPath tells whether a text is an address of this server, at its base or below, to go to after a login: nobody is
// led elsewhere. Browsers take %2e for a dot, and go up by it.
func localPath(text, base string) bool {
	u, err := url.Parse(text)
	if err != nil || u.IsAbs() || u.Host != "" || strings.HasPrefix(text, "//") || len(text) >= 2048 ||
		strings.ContainsAny(text, "\\\r\n\t") {
		return false
	}
	base = strings.TrimSuffix(base, "/")
	below := path.Clean(u.Path)
	return strings.HasPrefix(u.Path, "/") && (below == base || strings.HasPrefix(below, base+"/"))
}
