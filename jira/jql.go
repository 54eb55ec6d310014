package jira

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"jerem/jira/transport"
	"jerem/jira/wire"
)

// orderBy finds the word by which the order of a query begins, where it stands outside of quotes.
var orderBy = regexp.MustCompile(`(?i)\border\s+by\b`)

// Filter returns a configured query as it can stand in parentheses: without its order, which does not matter, and on
// one line. It is "" for a query that is nothing but an order: that one matches everything. Line breaks and other white
// space within quotes stay as they are.
func Filter(jql string) string {
	blank := []byte(jql) // the query with its quoted parts blanked out, of the same length
	var quote byte
	for i := 0; i < len(blank); i++ {
		ch := blank[i]
		switch {
		case quote == 0 && (ch == '"' || ch == '\''):
			quote = ch
			blank[i] = '.'
		case quote == 0:
			if ch == '\n' || ch == '\r' || ch == '\t' {
				jql = jql[:i] + " " + jql[i+1:]
			}
		case ch == '\\' && i+1 < len(blank):
			blank[i], blank[i+1] = '.', '.'
			i++
		default:
			if ch == quote {
				quote = 0
			}
			blank[i] = '.'
		}
	}
	if at := orderBy.FindIndex(blank); at != nil {
		jql = jql[:at[0]]
	}
	return strings.TrimSpace(jql)
}

// Clause names a field in JQL by its id, for names are renamed, translated and not unique.
func Clause(field string) string {
	if n, ok := strings.CutPrefix(field, "customfield_"); ok {
		return "cf[" + n + "]"
	}
	return field
}

// wireFilter is a saved filter; whose it is, and with whom it is shared, is not read.
type wireFilter struct {
	ID  wire.Text `json:"id"`
	JQL *string   `json:"jql"`
}

// Lacking tells that an answer is about no filter: one without a query would pass for one that asks for everything.
func (w *wireFilter) Lacking() string {
	if w.JQL == nil {
		return "jql"
	}
	return ""
}

// SavedFilter returns what a saved filter asks for.
func (c *Client) SavedFilter(ctx context.Context, id string) (jql string, err error) {
	var w wireFilter
	place := transport.API + "/filter/" + url.PathEscape(id)
	if err := c.transport.Get(ctx, place, nil, &w); err != nil {
		return "", err
	}
	if string(w.ID) != id {
		return "", c.transport.Invalid(place, fmt.Sprintf("filter %s answers", w.ID))
	}
	return *w.JQL, nil
}
