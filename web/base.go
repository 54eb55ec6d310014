package web

import (
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"
)

// base is the path below which everything is served, as a proxy before this server leads to it: "/jerem"; "" for the
// root of a host. Pages and answers are made as if they stood at the root, and the addresses in them get the base when
// they leave.
type base string

// Handler takes requests with the base before their path. Those without it are answered too: a proxy may have cut it
// off, and those who look after the process ask it directly.
func (b base) Handler(next http.Handler) http.Handler {
	if b == "" {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked := r.URL.EscapedPath()
		clean := cleanPath(asked) // dotted segments may lead out of the base and back into it
		rest := b.below(clean)
		plain, err := url.PathUnescape(rest)
		if err != nil {
			next.ServeHTTP(w, r) // which refuses it
			return
		}
		if clean != asked && asked != "" {
			// The routes would lead to the clean path too, and know nothing of the base.
			to := string(b) + rest
			if r.URL.RawQuery != "" {
				to += "?" + r.URL.RawQuery
			}
			http.Redirect(w, r, to, http.StatusTemporaryRedirect)
			return
		}
		inner, address := *r, *r.URL
		address.Path, address.RawPath = plain, rest
		inner.URL = &address
		next.ServeHTTP(w, &inner)
	})
}

// below is an escaped path without the base, as it is where it does not lie below it.
func (b base) below(path string) string {
	rest, is := strings.CutPrefix(path, string(b))
	switch {
	case !is || rest != "" && rest[0] != '/':
		return path
	case rest == "":
		return "/"
	}
	return rest
}

// cleanPath is an escaped path without empty and dotted segments; a slash at its end stays.
func cleanPath(escaped string) string {
	clean := path.Clean("/" + escaped)
	if strings.HasSuffix(escaped, "/") && clean != "/" {
		clean += "/"
	}
	return clean
}

// address is that of a path of ours below the base.
func (b base) address(path string) string { return string(b) + path }

// markupLink is an attribute of markup that leads to a path of ours. Texts cannot hold one: their quotes are escaped.
var markupLink = regexp.MustCompile(`( (?:href|src|action|formaction|data-live-address)=")/([^/])`)

// inMarkup puts the base before the addresses in a page or a drawing.
func (b base) inMarkup(text string) string {
	if b == "" {
		return text
	}
	return markupLink.ReplaceAllString(text, `${1}`+string(b)+`/${2}`)
}

// explainObject is what an answer of the API says of explanations: an address, or one for each figure. Texts cannot
// hold one: their quotes are escaped.
var explainObject = regexp.MustCompile(`"explain": ?(?:"/[^"]*"|\{[^{}]*\})`)

// inJSON puts the base before the addresses of explanations in an answer of the API.
func (b base) inJSON(text []byte) []byte {
	if b == "" {
		return text
	}
	return explainObject.ReplaceAllFunc(text, func(found []byte) []byte {
		return []byte(strings.ReplaceAll(string(found), `"/api/`, `"`+string(b)+`/api/`))
	})
}
