package access

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"jerem/access/attempts"
	"jerem/problem"
)

// Tell writes a problem to whoever asked: the server knows whether as a page or as JSON.
type Tell func(http.ResponseWriter, *http.Request, *problem.Problem)

// Routes adds the addresses of logging in and out to a server; none where there is no login here.
func (g *Gate) Routes(mux *http.ServeMux, tell Tell) {
	if g.Mode != ByLogin {
		return
	}
	mux.HandleFunc("GET "+loginPath, func(w http.ResponseWriter, r *http.Request) {
		if p := g.beginLogin(w, r); p != nil {
			tell(w, r, p)
		}
	})
	mux.HandleFunc("GET "+callbackPath, func(w http.ResponseWriter, r *http.Request) {
		if p := g.endLogin(w, r); p != nil {
			tell(w, r, p)
		}
	})
	mux.HandleFunc("POST "+logoutPath, func(w http.ResponseWriter, r *http.Request) {
		if p := g.logOut(w, r); p != nil {
			tell(w, r, p)
		}
	})
}

// beginLogin sends the browser to the identity provider, with a cookie of what it has to bring back.
func (g *Gate) beginLogin(w http.ResponseWriter, r *http.Request) *problem.Problem {
	if g.attempts.IsUsedUp(attempts.AddressOf(g.ClientAddress(r)), g.Now()) {
		return tooOften()
	}
	to := r.URL.Query().Get("to")
	if !localPath(to, g.Base) {
		to = g.Base
	}
	login := newPendingLogin(to)
	address, err := g.provider.loginAddress(r.Context(), login)
	if err != nil {
		return g.providerProblem(err)
	}
	g.setPending(w, login)
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, address, http.StatusSeeOther)
	return nil
}

// endLogin takes what the browser brings back, begins a session, and leads to what was asked for.
func (g *Gate) endLogin(w http.ResponseWriter, r *http.Request) *problem.Problem {
	w.Header().Set("Cache-Control", "no-store")
	now, from := g.Now(), g.ClientAddress(r)
	if g.attempts.IsUsedUp(attempts.AddressOf(from), now) {
		return tooOften()
	}
	state := r.URL.Query().Get("state")
	login, found := g.takePending(w, r, state)
	if !found {
		g.attempts.CountFailure(attempts.AddressOf(from), now)
		return &problem.Problem{Code: LoginFailed, Status: http.StatusForbidden,
			Message: "the login was not begun in this browser, or more than ten minutes ago",
			Hint:    "Begin again; cookies must be allowed for this address."}
	}
	who, err := g.provider.identifyLogin(r.Context(), r.URL.Query(), login)
	if isOfProvider(err) {
		return g.providerProblem(err)
	}
	if err != nil {
		g.attempts.CountFailure(attempts.AddressOf(from), now)
		g.Log.Warn("login failed", "error", plainError(err))
		g.recordEntry(r, Entry{What: "login failed"})
		return loginProblem(err)
	}
	if err := g.sessions.beginSession(w, r, who); err != nil {
		g.Log.Error("session cannot be kept", "error", plainError(err))
		return accessUnreadable(err)
	}
	g.endings.announceEnding() // the session that the browser had
	g.recordEntry(r, Entry{Who: who.Login, What: "login"})
	http.Redirect(w, r, login.To, http.StatusSeeOther)
	return nil
}

// providerProblem tells a visitor that the identity provider could not be asked, and the log why.
func (g *Gate) providerProblem(err error) *problem.Problem {
	p := &problem.Problem{Code: NoProvider, Status: http.StatusBadGateway, Cause: err,
		Message: "the identity provider does not answer",
		Hint:    "Try again in a moment; whoever runs this server finds the reason in its log."}
	switch {
	case errors.Is(err, context.Canceled):
		p.Status, p.Message = 499, "the client went away"
		return p
	case errors.Is(err, errCrowded):
		p.Status, p.Message = http.StatusServiceUnavailable, "the identity provider is slow, and many log in at once"
	case errors.Is(err, errFailing):
		p.Message = "the identity provider answers with an error"
	case errors.Is(err, errNotItsClient):
		p.Message = "the identity provider does not take the secret of this server"
		p.Hint = "Whoever runs this server corrects access.oidc.client_secret, and starts it again."
	}
	g.Log.Error("identity provider cannot be asked", "issuer", g.OIDC.Issuer, "error", plainError(err))
	return p
}

// logOut ends the session here. A page of another site cannot do it for somebody.
func (g *Gate) logOut(w http.ResponseWriter, r *http.Request) *problem.Problem {
	if err := g.origins.Check(r); err != nil {
		return otherOrigin(err)
	}
	who, found, _ := g.sessions.identityOf(r) // who cannot be told is logged out all the same
	if err := g.sessions.endSession(w, r); err != nil {
		return accessUnreadable(err)
	}
	g.endings.announceEnding()
	if found {
		g.recordEntry(r, Entry{Who: who.Login, What: "logout"})
	}
	http.Redirect(w, r, g.pathBelowBase(loggedOutPath), http.StatusSeeOther)
	return nil
}

// EndAddress is where the identity provider ends its own session, "" where it has no such address. A form cannot lead
// there by itself, as pages may send forms to this server alone. A provider that is slow to say it is not waited for.
func (g *Gate) EndAddress(ctx context.Context) string {
	if g.provider == nil {
		return ""
	}
	ctx, stop := context.WithTimeout(ctx, shortWait)
	defer stop()
	return g.provider.endAddress(ctx)
}

func otherOrigin(err error) *problem.Problem {
	return &problem.Problem{Code: OtherOrigin, Status: http.StatusForbidden, Cause: err,
		Message: "the request comes from a page of another site", Hint: "Do it on this server's own page."}
}

// setPending gives the browser a cookie of a login that began. Each has one of its own, so that two windows may log in
// at once.
func (g *Gate) setPending(w http.ResponseWriter, login pendingLogin) {
	text, _ := json.Marshal(login) // texts
	http.SetCookie(w, g.pendingCookie(login.State, base64.RawURLEncoding.EncodeToString(text),
		int(loginTime.Seconds())))
}

// takePending returns the login that the browser began with a state, and takes it away: it serves once.
func (g *Gate) takePending(w http.ResponseWriter, r *http.Request, state string) (pendingLogin, bool) {
	var login pendingLogin
	name := g.pendingCookie(state, "", -1)
	cookie, err := r.Cookie(name.Name)
	if err != nil {
		return login, false
	}
	http.SetCookie(w, name)
	text, err := base64.RawURLEncoding.DecodeString(cookie.Value)
	if err != nil || json.Unmarshal(text, &login) != nil || login.State != state || !localPath(login.To, g.Base) {
		return pendingLogin{}, false
	}
	return login, login.Nonce != "" && login.Verifier != ""
}

func (g *Gate) pendingCookie(state, value string, age int) *http.Cookie {
	secure := g.sessions.manager.Cookie.Secure
	name := cookieName("jerem_login_"+cookieWord(state), g.Base, secure)
	return &http.Cookie{Name: name, Value: value, Path: g.Base, MaxAge: age, HttpOnly: true, Secure: secure,
		SameSite: http.SameSiteLaxMode}
}

// cookieWord is the part of a state that names its cookie: what cannot be in a name is left out.
func cookieWord(state string) string {
	word := make([]byte, 0, 8)
	for _, c := range []byte(state[:min(len(state), 8)]) {
		if c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' {
			word = append(word, c)
		}
	}
	return string(word)
}

// newProviderClient asks an identity provider: bounded in time, and in what an answer may hold. An answer of an error
// is an error without its text, which may hold what was sent; but for what refuses a code, which says whose fault it
// is.
func newProviderClient() *http.Client {
	return &http.Client{Timeout: providerTime, Transport: boundedTransport{http.DefaultTransport}}
}

const longestProviderAnswer = 1 << 20

type boundedTransport struct{ next http.RoundTripper }

// RoundTrip asks the provider and lets at most longestProviderAnswer bytes of its answer be read.
func (t boundedTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := t.next.RoundTrip(r)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errFailing, err)
	}
	if status := answer.StatusCode; status >= 500 || status == http.StatusTooManyRequests ||
		status >= 400 && r.Method == http.MethodGet {
		_ = answer.Body.Close()
		return nil, fmt.Errorf("%w: it answers %d", errFailing, status)
	}
	answer.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(answer.Body, longestProviderAnswer), answer.Body}
	return answer, nil
}
