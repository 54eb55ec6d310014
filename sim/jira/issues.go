package jirasim

import (
	"fmt"
	"slices"
	"strings"

	"jerem/sim/jira/sitedata"
	"jerem/sim/jira/wire"
)

// Limits of issue/bulkfetch and changelog/bulkfetch.
const (
	bulkPlain       = 100  // issues, unless the request is light
	bulkLight       = 1000 // issues of a light request
	bulkFields      = 100  // fields of a light request
	changelogIssues = 1000
	changelogFields = 10
	changelogPage   = 1000
	changelogMax    = 10000
	changelogOne    = 100 // a page of one issue's changelog
)

func bulkFetchIssues(s *Server, c *call) (any, error) {
	var q struct {
		IDs          idList   `json:"issueIdsOrKeys"`
		Fields       []string `json:"fields"`
		FieldsByKeys bool     `json:"fieldsByKeys"`
		Properties   []string `json:"properties"`
		Expand       []string `json:"expand"` // a list, not text
	}
	if err := c.decodeBody(&q); err != nil {
		return nil, err
	}
	fields := splitWords(q.Fields)
	limit := bulkPlain
	if lightRequest(fields, q.Expand) {
		limit = bulkLight
	}
	switch {
	case len(q.IDs) == 0:
		return nil, badRequestError("issueIdsOrKeys must not be empty.")
	case len(q.IDs) > limit:
		return nil, badRequestError(fmt.Sprintf("The number of issues requested exceeds the limit of %d.", limit))
	case len(q.Properties) > maxProperties:
		return nil, badPayload()
	}
	found := c.findIssues(q.IDs)
	want := selectFields(fields, []string{"*navigable"})
	want.key = true
	failed := []any{}
	found = slices.DeleteFunc(found, func(i *sitedata.IssueView) bool {
		if c.fault.FailsIssue(i.ID) {
			failed = append(failed, wire.Obj{"id": wire.FormatID(i.ID),
				"errorMessage": "The issue could not be retrieved. Please try again."})
			return true
		}
		return false
	})
	return wire.Obj{"expand": "schema,names", "issues": renderIssues(s, c, found, want, q.Expand),
		"issueErrors": failed}, nil
}

// lightRequest says whether up to a thousand issues may be asked for at once.
func lightRequest(fields, expand []string) bool {
	named := 0
	for _, f := range fields {
		switch {
		case strings.HasPrefix(f, "*"), f == "comment", f == "worklog", f == "attachment":
			return false
		case !strings.HasPrefix(f, "-"):
			named++
		}
	}
	heavy := []string{
		"changelog",
		"editmeta",
		"operations",
		"renderedFields",
		"transitions",
		"versionedRepresentations",
	}
	for _, e := range expand {
		if containsFold(heavy, e) {
			return false
		}
	}
	return named > 0 && len(fields) <= bulkFields
}

// findIssues resolves ids and keys, former keys too; what is not there is left out, what is named twice comes once.
// The result ascends by id.
func (c *call) findIssues(ids []string) []*sitedata.IssueView {
	var out []*sitedata.IssueView
	for _, id := range ids {
		if i := c.view.FindIssue(id); i != nil && !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	slices.SortFunc(out, func(a, b *sitedata.IssueView) int { return int(a.ID - b.ID) })
	return out
}

func getIssue(s *Server, c *call) (any, error) {
	i, err := c.oneIssue()
	if err != nil {
		return nil, err
	}
	want := selectFields(c.queryWords("fields"), []string{"*all"})
	want.key = true
	out := renderIssue(s, c, i, want, c.queryWords("expand"))
	if containsFold(c.queryWords("expand"), "names") {
		out["names"] = fieldNames(s)
	}
	return out, nil
}

func (c *call) oneIssue() (*sitedata.IssueView, error) {
	if i := c.view.FindIssue(c.PathValue("idOrKey")); i != nil {
		return i, nil
	}
	return nil, notFoundError("Issue does not exist or you do not have permission to see it.")
}
