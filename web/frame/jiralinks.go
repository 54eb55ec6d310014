package frame

import (
	"net/url"
	"strings"
)

// JiraLinks leads to what Jira shows, by the base address of Jira; "" leads nowhere.
type JiraLinks string

// showsPages tells whether Jira shows pages at the address: a gateway shows none.
func (j JiraLinks) showsPages() bool { return j != "" && !strings.Contains(string(j), "/ex/jira/") }

// Issue returns the address of an issue in Jira, "" where none is known.
func (j JiraLinks) Issue(key string) string {
	if !j.showsPages() {
		return ""
	}
	return strings.TrimRight(string(j), "/") + "/browse/" + url.PathEscape(key)
}

// Search returns the address of a list of issues in Jira, "" where none is known and where the list is too long for
// an address.
func (j JiraLinks) Search(keys []string) string {
	if !j.showsPages() || len(keys) == 0 || len(keys) > 200 {
		return ""
	}
	return strings.TrimRight(string(j), "/") + "/issues/?jql=" +
		url.QueryEscape("key in ("+strings.Join(keys, ", ")+")")
}
