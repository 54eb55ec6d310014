package web

import (
	"net/http"
	"net/url"
	"slices"

	"jerem/access"
	"jerem/access/rules"
	"jerem/problem"
)

// keyParameter is the parameter by which a badge or a card is asked for where people log in: a README or a wiki
// that shows it cannot.
const keyParameter = "key"

// isEmbedded tells whether an address is that of a badge or a card, and of which team.
func isEmbedded(r *http.Request) (team string, embedded bool) {
	team, rest := addressedTeam(r)
	return team, team != "" && (rest == "/badge.svg" || rest == "/card")
}

// takeKey returns the request without its key, and the key; "" where it has none or asks for something else. Behind
// this nothing sees the key: no link, no log, no answer that is kept. A key that is named twice is refused.
func takeKey(r *http.Request) (inner *http.Request, key string, refused *problem.Problem) {
	_, embedded := isEmbedded(r)
	query := r.URL.Query()
	if !embedded || !query.Has(keyParameter) {
		return r, "", nil
	}
	keys := url.Values{keyParameter: query[keyParameter]}
	query.Del(keyParameter)
	inner = r.Clone(r.Context())
	inner.URL.RawQuery = query.Encode()
	inner.RequestURI = inner.URL.RequestURI()
	return inner, keys.Get(keyParameter), slices.Concat(readsEmbedded, parameters{keyParameter}).refuseUnknown(keys)
}

// withoutKey answers where nobody logs in: a badge wants no key there, and takes one.
func withoutKey(next http.Handler, tell access.Tell) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r, _, refused := takeKey(r)
		if refused != nil {
			tell(w, r, refused)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// serveByKey answers who asks for a badge or a card by a key: with those of the key's team alone.
func (v *visitors) serveByKey(w http.ResponseWriter, r *http.Request, key string) {
	w.Header().Set("Referrer-Policy", "no-referrer") // the address holds the key
	visitor, refused := v.gate.IdentifyKey(r, key)
	if refused != nil {
		v.outsider.tellProblem(w, r, refused)
		return
	}
	v.viewOf(visitor.Teams).ServeHTTP(w, r)
}

// mayEmbed tells whether a visitor without further rights asks for what a token of the role badge shows.
func mayEmbed(visitor rules.Visitor, r *http.Request) bool {
	team, embedded := isEmbedded(r)
	return embedded && visitor.May(rules.Badge) && slices.Contains(visitor.Teams, team)
}
