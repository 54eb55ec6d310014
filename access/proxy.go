package access

import (
	"fmt"
	"net/http"
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"

	"jerem/access/rules"
	"jerem/problem"
)

// Codes of what keeps a visitor out.
const (
	NotLoggedIn  problem.Code = "access.not_logged_in"
	BadToken     problem.Code = "access.bad_token"
	NotAllowed   problem.Code = "access.not_allowed"
	TooOften     problem.Code = "access.too_often"
	LoginFailed  problem.Code = "access.login_failed"
	NoProvider   problem.Code = "access.no_provider"
	OtherOrigin  problem.Code = "access.other_origin"
	longestLogin              = 256
)

// Proxy believes a header that says who is logged in, where the request comes from an address that is trusted. From
// everywhere else the header is what anybody may write, and says nothing.
type Proxy struct {
	Header  string // such as X-Forwarded-User
	Trusted []netip.Prefix
}

// Identify returns the login that the proxy tells.
func (p Proxy) Identify(r *http.Request) (rules.Identity, *problem.Problem) {
	if !p.trustsAddress(r.RemoteAddr) {
		return rules.Identity{}, &problem.Problem{
			Code: NotLoggedIn, Status: http.StatusUnauthorized, Message: "you are not logged in",
			Hint: "Come by the address of the proxy that logs you in. If you did, the address that it asks from is " +
				"missing in access.trusted.",
		}
	}
	values := r.Header.Values(p.Header)
	if len(values) != 1 || !plainLogin(values[0]) {
		return rules.Identity{}, &problem.Problem{
			Code: NotLoggedIn, Status: http.StatusUnauthorized, Message: "you are not logged in",
			Hint: fmt.Sprintf("The proxy sends one header %s with your login; this request has %s.", p.Header,
				headerFound(values)),
		}
	}
	return rules.Identity{Login: strings.TrimSpace(values[0])}, nil
}

func headerFound(values []string) string {
	switch len(values) {
	case 0:
		return "none"
	case 1:
		return "one that is no login"
	}
	return fmt.Sprintf("%d of them", len(values))
}

// trustsAddress tells whether a request comes from the proxy. An IPv4 address that is written as an IPv6 one is the
// same.
func (p Proxy) trustsAddress(remote string) bool {
	from, err := netip.ParseAddrPort(remote)
	if err != nil {
		return false
	}
	address := from.Addr().Unmap().WithZone("")
	for _, prefix := range p.Trusted {
		if prefix.Contains(address) {
			return true
		}
	}
	return false
}

// plainLogin tells whether a text can be a login: something on one line, of bounded length.
func plainLogin(text string) bool {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > longestLogin {
		return false
	}
	return !strings.ContainsFunc(text, func(c rune) bool {
		return !unicode.IsPrint(c) || c == utf8.RuneError || c == ',' // a comma joins two headers to one
	})
}

// ClientAddress is where a request comes from, as host and port: what a trusted proxy tells, else who is connected.
func (p Proxy) ClientAddress(r *http.Request) string {
	if !p.trustsAddress(r.RemoteAddr) {
		return r.RemoteAddr
	}
	told := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(told) - 1; i >= 0; i-- {
		address, err := netip.ParseAddr(strings.TrimSpace(told[i]))
		if err != nil {
			break // whatever stands before it was told by nobody that is trusted
		}
		from := netip.AddrPortFrom(address, 0).String()
		if !p.trustsAddress(from) {
			return from
		}
	}
	return r.RemoteAddr
}
