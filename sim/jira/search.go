package jirasim

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"hash/fnv"
	"net/http"
	"slices"
	"strings"
	"time"

	"jerem/sim/jira/query"
	"jerem/sim/jira/sitedata"
	"jerem/sim/jira/wire"
)

// Limits of the token-paged search.
const (
	searchDefault = 50
	searchIDs     = 5000 // a page of ids or keys alone
	searchFields  = 100  // a page with any other field
	tokenLife     = 7 * 24 * time.Hour
	inlineHistory = 40 // entries of a changelog inside a search
	maxReconcile  = 50
	maxProperties = 5
)

// refuseRemovedSearch is what is left of the old search.
func refuseRemovedSearch(s *Server, _ *call) (any, error) {
	return nil, &apiError{status: http.StatusGone, messages: []string{
		"The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. " +
			"A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046"}}
}

// searchRequest is the body of a search; the query of a GET is read into the same.
type searchRequest struct {
	JQL             string   `json:"jql"`
	NextPageToken   string   `json:"nextPageToken"`
	MaxResults      *int64   `json:"maxResults"`
	Fields          []string `json:"fields"`
	Expand          string   `json:"expand"` // text, not a list
	Properties      []string `json:"properties"`
	FieldsByKeys    bool     `json:"fieldsByKeys"`
	ReconcileIssues []int64  `json:"reconcileIssues"`
	StartAt         any      `json:"startAt"` // ignored, without a word
}

func (c *call) searchRequest() (searchRequest, error) {
	var q searchRequest
	if c.Method == http.MethodPost {
		err := c.decodeBody(&q)
		q.Fields = splitWords(q.Fields)
		return q, err
	}
	v := c.URL.Query()
	size, err := c.intParam("maxResults", searchDefault)
	if err != nil {
		return q, badRequestError("Failed to convert value of the parameter 'maxResults' to a number.")
	}
	return searchRequest{JQL: v.Get("jql"), NextPageToken: v.Get("nextPageToken"), MaxResults: &size,
		Fields: c.queryWords("fields"),
		Expand: v.Get("expand"), Properties: c.queryWords("properties")}, nil
}

func searchIssues(s *Server, c *call) (any, error) {
	q, err := c.searchRequest()
	if err != nil {
		return nil, err
	}
	if len(q.ReconcileIssues) > maxReconcile || len(q.Properties) > maxProperties {
		return nil, badPayload()
	}
	want := selectFields(q.Fields, []string{"id"})
	size := int64(searchDefault)
	if q.MaxResults != nil {
		size = *q.MaxResults
	}
	if size < 0 {
		return nil, badRequestError("The parameter 'maxResults' must not be negative.")
	}
	limit := int64(searchFields)
	if want.bare && !strings.Contains(q.Expand, "changelog") {
		limit = searchIDs
	}
	if size == 0 || size > limit {
		size = limit
	}
	token, err := readCursor(s, c, q)
	if err != nil {
		return nil, err
	}
	found, err := runQuery(s, c, token.When, q.JQL)
	if err != nil {
		return nil, err
	}
	from := min(token.Offset, len(found))
	to := min(from+c.fault.LimitPage(int(size)), len(found))
	out := wire.Obj{"issues": renderIssues(s, c, found[from:to], want, splitWords([]string{q.Expand})),
		"isLast": to == len(found)}
	if to < len(found) {
		token.Offset = to
		out["nextPageToken"] = c.fault.NextToken(q.NextPageToken, token.encodeToken())
	} else if t := c.fault.NextToken(q.NextPageToken, ""); t != "" {
		out["nextPageToken"] = t
	}
	if containsFold(splitWords([]string{q.Expand}), "names") {
		out["names"] = fieldNames(s)
	}
	return out, nil
}

// runQuery runs a query over what the site held at a moment in milliseconds: pages of one walk agree, while the issues
// themselves are shown as they are now.
func runQuery(s *Server, c *call, when int64, text string) ([]*sitedata.IssueView, error) {
	zone, err := time.LoadLocation(wire.Text(s.site.Reader["timeZone"]))
	if err != nil {
		zone = time.UTC
	}
	now := time.UnixMilli(when)
	view := c.view
	if !c.anonymous {
		view = s.site.ViewAt(now)
	}
	searcher := &query.Searcher{Site: s.site, View: view, Now: now, Zone: zone,
		Level: func(i *sitedata.IssueView) int64 { return s.site.TypeLevel(i) }, DataCenter: s.dataCenter()}
	found, err := searcher.Run(text)
	if refused := query.Refused(""); errors.As(err, &refused) {
		return nil, badRequestError(string(refused))
	}
	return found, err
}

// searchToken is where a walk goes on. To a client it is opaque.
type searchToken struct {
	Offset int
	When   int64  // the walk's beginning, milliseconds
	Query  uint64 // the token is good for its own query alone
}

func (t searchToken) encodeToken() string {
	b, _ := json.Marshal(t) // three numbers
	return base64.RawURLEncoding.EncodeToString(b)
}

func readCursor(s *Server, c *call, q searchRequest) (searchToken, error) {
	h := fnv.New64a()
	_, _ = h.Write([]byte(q.JQL))
	fresh := searchToken{When: c.now.UnixMilli(), Query: h.Sum64()}
	if q.NextPageToken == "" {
		return fresh, nil
	}
	var t searchToken
	b, err := base64.RawURLEncoding.DecodeString(q.NextPageToken)
	if err != nil || json.Unmarshal(b, &t) != nil || t.Offset <= 0 || t.Query != fresh.Query {
		return t, badRequestError("The provided nextPageToken is invalid.")
	}
	if fresh.When-t.When > tokenLife.Milliseconds() {
		return t, badRequestError("The provided nextPageToken has expired. Please start a new search.")
	}
	return t, nil
}

func countIssues(s *Server, c *call) (any, error) {
	var q struct {
		JQL string `json:"jql"`
	}
	if err := c.decodeBody(&q); err != nil {
		return nil, err
	}
	found, err := runQuery(s, c, c.now.UnixMilli(), q.JQL)
	return wire.Obj{"count": len(found)}, err
}

func fieldNames(s *Server) wire.Obj {
	out := wire.Obj{}
	for _, f := range s.site.Fields {
		out[wire.Text(f["id"])] = f["name"]
	}
	return out
}

// fieldSelection is what a request wants to see of an issue.
type fieldSelection struct {
	bare      bool // ids and keys alone
	key       bool
	all       bool
	navigable bool
	names     []string
	not       []string
}

// heavyFields are left out of *navigable.
var heavyFields = []string{"comment", "worklog", "attachment", "description", "environment", "timetracking"}

func selectFields(asked, def []string) fieldSelection {
	if len(asked) == 0 {
		asked = def
	}
	f := fieldSelection{bare: true}
	for _, w := range asked {
		switch {
		case w == "*all":
			f.all, f.bare = true, false
		case w == "*navigable":
			f.navigable, f.bare = true, false
		case strings.HasPrefix(w, "-"):
			f.not, f.bare = append(f.not, w[1:]), false
		case w == "id":
		case w == "key":
			f.key = true
		default:
			f.names, f.bare = append(f.names, w), false
		}
	}
	if len(f.not) > 0 && !f.all && !f.navigable && len(f.names) == 0 {
		f.navigable = true
	}
	return f
}

func (f fieldSelection) selectsField(id string) bool {
	if slices.Contains(f.not, id) {
		return false
	}
	return f.all || slices.Contains(f.names, id) || f.navigable && !slices.Contains(heavyFields, id)
}

func renderIssues(s *Server, c *call, issues []*sitedata.IssueView, f fieldSelection, expand []string) []any {
	out := []any{}
	for _, i := range issues {
		if now := c.view.ByID[wire.FormatID(i.ID)]; now != nil {
			out = append(out, renderIssue(s, c, now, f, expand))
		}
	}
	return out
}

// renderIssue shows an issue: with ids alone nothing but the id, as the search does.
func renderIssue(s *Server, c *call, i *sitedata.IssueView, f fieldSelection, expand []string) wire.Obj {
	id := wire.FormatID(i.ID)
	if f.bare && !f.key && !containsFold(expand, "changelog") {
		return wire.Obj{"id": id}
	}
	out := wire.Obj{"expand": "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations",
		"id": id, "key": i.Key, "self": s.site.URL() + "/rest/api/" + c.version + "/issue/" + id}
	if !f.bare {
		fields := wire.Obj{}
		for k, v := range i.Fields {
			if f.selectsField(k) {
				fields[k] = v
			}
		}
		out["fields"] = fields
	}
	if containsFold(expand, "changelog") {
		out["changelog"] = inlineChangelog(s, i)
	}
	return out
}

// inlineChangelog shows the most recent entries, newest first: the oldest are lost without a word but total.
func inlineChangelog(s *Server, i *sitedata.IssueView) wire.Obj {
	entries := []any{}
	for n := len(i.Histories) - 1; n >= 0 && len(entries) < inlineHistory; n-- {
		h := i.Histories[n]
		entries = append(entries, h.JSON(wire.FormatTime(h.At, s.site.Zone), nil))
	}
	return wire.Obj{"startAt": 0, "maxResults": inlineHistory, "total": len(i.Histories), "histories": entries}
}
