package frame

import (
	"net/http"
	"net/url"
)

// WithQuery adds to an address what is asked of it; what is "" is left out.
func WithQuery(address string, pairs ...string) string {
	sep := "?"
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			address += sep + pairs[i] + "=" + url.QueryEscape(pairs[i+1])
			sep = "&"
		}
	}
	return address
}

// Replaced is the address of a request in which a parameter is another one.
func Replaced(r *http.Request, name, value string) string {
	query := r.URL.Query()
	query.Set(name, value)
	return r.URL.EscapedPath() + "?" + query.Encode()
}

// TeamAddress is the address of a team's page.
func TeamAddress(name string) string { return "/teams/" + url.PathEscape(name) }

// IssueAddress is the address of an issue's page below that of its team; keep is the query that it keeps, with its ?.
func IssueAddress(base, key, keep string) string {
	return base + "/issues/" + url.PathEscape(key) + keep
}

// AskedAt returns the moment that an address asks for, as it was written, for the addresses that keep it.
func AskedAt(query string) string {
	values, err := url.ParseQuery(query)
	if err != nil {
		return ""
	}
	return values.Get("at")
}
