package access

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"jerem/access/attempts"
	"jerem/access/rules"
	"jerem/problem"
)

// Mode is how visitors are told apart.
type Mode string

// The modes.
const (
	Off     Mode = "off"   // they are not: whoever reaches the address may look
	ByProxy Mode = "proxy" // a proxy in front logs people in, and names them in a header
	ByLogin Mode = "oidc"  // people log in here, at an identity provider
)

// Options is what a gate is made of.
type Options struct {
	Mode     Mode
	Rules    rules.Rules
	Proxy    Proxy // its Trusted addresses count in each mode: who stands in front tells where a request comes from
	OIDC     OIDC
	Teams    []string     // all that are configured, in their order
	Base     string       // the path below which this server's addresses stand, "/" for the whole host
	Sessions SessionStore // nil keeps them for the life of the process
	Tokens   Tokens       // nil for none
	Journal  Journal      // nil for none
	Log      *slog.Logger
	Now      func() time.Time
	Client   *http.Client // to ask the identity provider; nil for the usual one
}

// Gate stands before what visitors ask: it tells who asks, and lets people log in and out.
type Gate struct {
	Options
	sessions sessions
	provider *provider
	attempts attempts.Limit
	endings  endings
	origins  *http.CrossOriginProtection
}

// New makes a gate. It asks nobody: an identity provider that is down keeps no server from starting.
func New(o Options) *Gate {
	if o.Sessions == nil {
		o.Sessions = newMemorySessions()
	}
	if o.Base == "" {
		o.Base = "/"
	}
	if o.Journal == nil {
		o.Journal = noJournal{}
	}
	g := &Gate{Options: o, sessions: newSessions(o.Sessions, o.Base, strings.HasPrefix(o.OIDC.URL, "https:")),
		origins: http.NewCrossOriginProtection()}
	if o.Mode == ByLogin {
		client := o.Client
		if client == nil {
			client = newProviderClient()
		}
		g.provider = newProvider(o.OIDC, client, o.Rules.Claims())
	}
	return g
}

// Identify tells who asks, or why nobody is let in. Where people log in here, who is not logged in gets a problem of
// the code NotLoggedIn, and a page leads them to LoginAddress.
func (g *Gate) Identify(r *http.Request) (rules.Visitor, *problem.Problem) {
	if token, carried := bearerToken(r); carried && g.Tokens != nil {
		return g.byToken(r, token)
	}
	switch g.Mode {
	case ByProxy:
		who, p := g.Proxy.Identify(r)
		if p != nil {
			return rules.Visitor{}, p
		}
		return g.Rules.VisitorOf(who, g.Teams), nil
	case ByLogin:
		return g.bySession(r)
	}
	return rules.Visitor{Roles: []rules.Role{rules.Viewer}, Teams: g.Teams}, nil
}

// IdentifyKey tells who asks by a key in the address of a badge or a card: a token of the role badge, and no other
// one, for addresses are kept where tokens must not be.
func (g *Gate) IdentifyKey(r *http.Request, key string) (rules.Visitor, *problem.Problem) {
	visitor, refused := g.byToken(r, key)
	if refused == nil && !visitor.May(rules.Badge) {
		return rules.Visitor{}, &problem.Problem{Code: NotAllowed, Status: http.StatusForbidden,
			Message: "this token is none for addresses",
			Hint:    "`jerem token create --role badge --team NAME` makes a key for the badge and the card of a team."}
	}
	return visitor, refused
}

func (g *Gate) byToken(r *http.Request, text string) (rules.Visitor, *problem.Problem) {
	token, found, err := g.Tokens.TokenByHash(r.Context(), hashOf(text))
	if err != nil {
		return rules.Visitor{}, accessUnreadable(err)
	}
	now, address := g.Now(), attempts.AddressOf(g.ClientAddress(r))
	switch isRight := found && !token.Expired(now); {
	case isRight: // whatever others tried from its address: behind a proxy that may be everybody's
	case g.attempts.IsUsedUp(address, now):
		return rules.Visitor{}, tooOften()
	default:
		g.attempts.CountFailure(address, now)
		return rules.Visitor{}, badToken()
	}
	return token.visitorOf(g.Teams), nil
}

func (g *Gate) bySession(r *http.Request) (rules.Visitor, *problem.Problem) {
	who, found, err := g.sessions.identityOf(r)
	switch {
	case err != nil:
		return rules.Visitor{}, accessUnreadable(err)
	case !found:
		return rules.Visitor{}, &problem.Problem{Code: NotLoggedIn, Status: http.StatusUnauthorized,
			Message: "you are not logged in",
			Hint: "Programs send a token: `Authorization: Bearer` and what `jerem token create` made. People " +
				"begin at " +
				g.pathBelowBase(loginPath) + "."}
	}
	return g.Rules.VisitorOf(who, g.Teams), nil
}

// AsksBy lists the headers by which visitors are told apart, as Vary has them.
func (g *Gate) AsksBy() string {
	if g.Mode == ByProxy {
		return "Authorization, " + g.Proxy.Header
	}
	return "Authorization, Cookie"
}

// LoginAddress is where somebody who is not logged in begins, to come back to what they asked for; "" where there is
// no login here.
func (g *Gate) LoginAddress(r *http.Request) string {
	if g.Mode != ByLogin {
		return ""
	}
	return g.pathBelowBase(loginPath) + "?to=" + url.QueryEscape(g.pathBelowBase(r.URL.RequestURI()))
}

// LogoutAddress is where a form is sent to log out; "" where there is no login here.
func (g *Gate) LogoutAddress() string {
	if g.Mode != ByLogin {
		return ""
	}
	return g.pathBelowBase(logoutPath)
}

func (g *Gate) pathBelowBase(path string) string { return strings.TrimSuffix(g.Base, "/") + path }

// ClientAddress is where a request comes from: see [Proxy.ClientAddress].
func (g *Gate) ClientAddress(r *http.Request) string { return g.Proxy.ClientAddress(r) }

func tooOften() *problem.Problem {
	return &problem.Problem{Code: TooOften, Status: http.StatusTooManyRequests,
		Message: "too many attempts failed from your address", Hint: "Wait a minute, then try again."}
}

// accessUnreadable tells that who asks cannot be told now. What the store said is for the log.
func accessUnreadable(err error) *problem.Problem {
	if errors.Is(err, context.Canceled) {
		return &problem.Problem{Code: NoProvider, Status: 499, Message: "the client went away", Cause: err}
	}
	return &problem.Problem{Code: NoProvider, Status: http.StatusServiceUnavailable,
		Message: "who you are cannot be looked up now", Hint: "Try again in a moment.", Cause: err}
}
