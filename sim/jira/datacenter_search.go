package jirasim

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"jerem/sim/jira/datacenter"
	"jerem/sim/jira/sitedata"
	"jerem/sim/jira/wire"
)

// dcSearchRequest is the body of a search of Data Center; the query of a GET is read into the same.
type dcSearchRequest struct {
	JQL           string   `json:"jql"`
	StartAt       int      `json:"startAt"`
	MaxResults    *int     `json:"maxResults"`
	ValidateQuery *bool    `json:"validateQuery"`
	Fields        []string `json:"fields"`
	Expand        []string `json:"expand"` // a list, not text
}

func (c *call) dcSearchRequest() (dcSearchRequest, error) {
	var q dcSearchRequest
	if c.Method == http.MethodPost {
		err := c.decodeBody(&q)
		q.Fields, q.Expand = splitWords(q.Fields), splitWords(q.Expand)
		return q, err
	}
	start, err1 := c.intParam("startAt", 0)
	size, err2 := c.intParam("maxResults", dcDefaultPage)
	if err1 != nil || err2 != nil {
		return q, badRequestError("startAt and maxResults must be numbers.")
	}
	most := int(size)
	return dcSearchRequest{JQL: c.URL.Query().Get("jql"), StartAt: int(start), MaxResults: &most,
		Fields: c.queryWords("fields"), Expand: c.queryWords("expand")}, nil
}

// searchDC pages by startAt through what the site holds now, however it changed since the page before. The answer tells
// the size of page that the administrator allows; beyond the window it fails.
func searchDC(s *Server, c *call) (any, error) {
	q, err := c.dcSearchRequest()
	if err != nil {
		return nil, err
	}
	size := dcDefaultPage
	if q.MaxResults != nil {
		size = *q.MaxResults
	}
	if q.StartAt < 0 || size < -1 {
		return nil, badRequestError("startAt and maxResults must not be negative.")
	}
	if size > s.opts.DataCenter.maxResults() || size == -1 {
		size = s.opts.DataCenter.maxResults()
	}
	window := s.opts.DataCenter.searchWindow()
	if q.StartAt+size > window && !s.opts.DataCenter.Silent {
		return nil, tooDeep(q.StartAt+size, window)
	}
	found, err := runQuery(s, c, c.now.UnixMilli(), q.JQL)
	if err != nil {
		return nil, err
	}
	from := min(q.StartAt, len(found))
	to := max(from, min(from+c.fault.LimitPage(size), len(found), window))
	want := selectFields(q.Fields, []string{"*navigable"})
	issues := []any{}
	for _, i := range found[from:to] {
		issues = append(issues, renderIssueDC(s, c, i, want, q.Expand))
	}
	return wire.Obj{"expand": "names,schema", "startAt": q.StartAt, "maxResults": size, "total": len(found),
		"issues": issues}, nil
}

// tooDeep is what a search beyond the window answers: another shape than Jira's other errors have.
func tooDeep(asked, window int) error {
	words := fmt.Sprintf("Search limit exceeded. We couldn't complete your search because it requests %s results "+
		"which exceeded the search platform limit of %s.",
		formatThousands(asked), formatThousands(window))
	return &apiError{status: http.StatusInternalServerError,
		body: wire.Obj{"message": words, "stack-trace": "Please contact your admin."}}
}

// formatThousands writes a number with commas, as the platform's message does.
func formatThousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func getIssueDC(s *Server, c *call) (any, error) {
	i, err := c.oneIssue()
	if err != nil {
		return nil, err
	}
	return renderIssueDC(s, c, i, selectFields(c.queryWords("fields"), []string{"*all"}), c.queryWords("expand")), nil
}

// renderIssueDC shows an issue as Data Center does: always with its key, and with its whole history where that is asked
// for.
func renderIssueDC(s *Server, c *call, i *sitedata.IssueView, want fieldSelection, expand []string) wire.Obj {
	id := wire.FormatID(i.ID)
	out := wire.Obj{"expand": "operations,versionedRepresentations,editmeta,changelog,renderedFields", "id": id,
		"key":  i.Key,
		"self": s.site.URL() + "/rest/api/2/issue/" + id}
	if !want.bare {
		fields := wire.Obj{}
		for k, v := range datacenter.FieldsOf(s.site, c.view, i) {
			if want.selectsField(k) {
				fields[k] = v
			}
		}
		out["fields"] = fields
	}
	if containsFold(expand, "changelog") {
		out["changelog"] = changelogDC(s, c, i)
	}
	return out
}

// changelogDC is the whole history, whatever its length, unless a fault cuts it.
func changelogDC(s *Server, c *call, i *sitedata.IssueView) wire.Obj {
	entries := []any{}
	for _, h := range historiesDC(s, i) {
		entries = append(entries, h.JSON(wire.FormatTime(h.At, s.site.Zone), nil))
	}
	if s.opts.DataCenter.NewestFirst {
		for a, b := 0, len(entries)-1; a < b; a, b = a+1, b-1 {
			entries[a], entries[b] = entries[b], entries[a]
		}
	}
	told := entries[:c.fault.LimitHistory(len(entries))]
	return wire.Obj{"startAt": 0, "maxResults": len(told), "total": len(entries), "histories": told}
}

// historiesDC are the entries of an issue as Data Center writes them: the link to an epic is a custom field of its own.
// Where a site wrote both that and the parent, the parent's entry is the one too many.
func historiesDC(s *Server, i *sitedata.IssueView) []sitedata.History {
	linked := map[string]bool{} // by the moment, to a second, and what it leads to
	mark := func(h sitedata.History, item any, ahead int64) string {
		return strconv.FormatInt(h.At.Unix()+ahead, 10) + " " + wire.Text(wire.At(item, "from")) + ">" +
			wire.Text(wire.At(item, "to"))
	}
	for _, h := range i.Histories {
		for _, item := range wire.List(h.Body["items"]) {
			if wire.Text(wire.At(item, "field")) == "Epic Link" {
				linked[mark(h, item, 0)] = true
			}
		}
	}
	var out []sitedata.History
	for _, h := range i.Histories {
		var items []any
		for _, item := range wire.List(h.Body["items"]) {
			o, _ := item.(wire.Obj)
			if wire.Text(o["field"]) == "IssueParentAssociation" {
				if linked[mark(h, item, -1)] || linked[mark(h, item, 0)] || linked[mark(h, item, 1)] {
					continue
				}
				o = wire.Obj{
					"field":      "Epic Link",
					"fieldtype":  "custom",
					"from":       o["from"],
					"fromString": o["fromString"],
					"to":         o["to"],
					"toString":   o["toString"],
				}
			}
			items = append(items, dcItem(o))
		}
		if len(items) == 0 {
			continue
		}
		body := wire.Obj{"items": items}
		if author := h.Body["author"]; author != nil {
			body["author"] = author
		}
		out = append(out, sitedata.History{ID: h.ID, At: h.At, Body: body})
	}
	return out
}

// dcItem is a change without the id of its field: there is only its name.
func dcItem(o wire.Obj) wire.Obj {
	out := wire.Obj{}
	for k, v := range o {
		if k != "fieldId" && !strings.HasPrefix(k, "tmp") {
			out[k] = v
		}
	}
	return out
}
