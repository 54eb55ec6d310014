package jirasim

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"

	"jerem/sim/jira/sitedata"
	"jerem/sim/jira/wire"
	"jerem/sorting"
)

// getIssueChangelog is the history of one issue, oldest first, with its moments as text.
func getIssueChangelog(s *Server, c *call) (any, error) {
	i, err := c.oneIssue()
	if err != nil {
		return nil, err
	}
	var all []any
	for _, h := range i.Histories {
		all = append(all, h.JSON(wire.FormatTime(h.At, s.site.Zone), nil))
	}
	return pageOfList(s, c, all, changelogOne, changelogOne)
}

// entry is a history and whose it is.
type entry struct {
	issue   int64
	history sitedata.History
}

// bulkFetchChangelogs is the history of many issues: by moment, then by issue, with moments as numbers. An issue
// may be split over pages, and one without history is absent.
func bulkFetchChangelogs(s *Server, c *call) (any, error) {
	var q struct {
		IDs           idList   `json:"issueIdsOrKeys"`
		FieldIDs      []string `json:"fieldIds"`
		MaxResults    *int     `json:"maxResults"`
		NextPageToken string   `json:"nextPageToken"`
	}
	if err := c.decodeBody(&q); err != nil {
		return nil, err
	}
	size := changelogPage
	if q.MaxResults != nil {
		size = *q.MaxResults
	}
	switch {
	case len(q.IDs) == 0:
		return nil, badRequestError("issueIdsOrKeys must not be empty.")
	case len(q.IDs) > changelogIssues:
		return nil, badRequestError(
			"You may only load changelogs for a maximum of 1,000 issues by ID or key at a time.",
		)
	case len(q.FieldIDs) > changelogFields:
		return nil, badRequestError(
			fmt.Sprintf("You may only filter changelogs by a maximum of %d field IDs at a time.",
				changelogFields),
		)
	case size < 1 || size > changelogMax:
		return nil, badRequestError(fmt.Sprintf("maxResults must be between 1 and %d.", changelogMax))
	}
	all := changelogEntries(c.findIssues(q.IDs), q.FieldIDs)
	from, err := changelogOffset(q.NextPageToken, len(all))
	if err != nil {
		return nil, err
	}
	to := min(from+c.fault.LimitPage(size), len(all))
	out := wire.Obj{"issueChangeLogs": groupByIssue(all[from:to], keepFields(q.FieldIDs)), "nextPageToken": nil}
	next := ""
	if to < len(all) {
		next = base64.RawURLEncoding.EncodeToString([]byte("changelog:" + strconv.Itoa(to)))
	}
	if next = c.fault.NextToken(q.NextPageToken, next); next != "" {
		out["nextPageToken"] = next
	}
	return out, nil
}

// keepFields returns the filter of items; nil keeps all.
func keepFields(ids []string) func(wire.Obj) bool {
	if len(ids) == 0 {
		return nil
	}
	return func(item wire.Obj) bool { return slices.Contains(ids, wire.Text(item["fieldId"])) }
}

func changelogEntries(issues []*sitedata.IssueView, fields []string) []entry {
	keep := keepFields(fields)
	var all []entry
	for _, i := range issues {
		for _, h := range i.Histories {
			if keep == nil || slices.ContainsFunc(wire.List(h.Body["items"]), func(v any) bool {
				o, ok := v.(wire.Obj)
				return ok && keep(o)
			}) {
				all = append(all, entry{i.ID, h})
			}
		}
	}
	sorting.By(all, func(a, b entry) int {
		return cmp.Or(a.history.At.Compare(b.history.At), cmp.Compare(a.issue, b.issue))
	})
	return all
}

func changelogOffset(token string, n int) (int, error) {
	if token == "" {
		return 0, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(token)
	var offset int
	if err == nil {
		_, err = fmt.Sscanf(string(b), "changelog:%d", &offset)
	}
	if err != nil || offset < 1 || offset > n {
		return 0, badRequestError("The provided nextPageToken is invalid.")
	}
	return offset, nil
}

// groupByIssue puts the entries of a page under their issues, in the order in which the issues first appear.
func groupByIssue(page []entry, keep func(wire.Obj) bool) []any {
	out := []any{}
	byIssue := map[int64]wire.Obj{}
	for _, e := range page {
		g := byIssue[e.issue]
		if g == nil {
			g = wire.Obj{"issueId": wire.FormatID(e.issue), "changeHistories": []any{}}
			byIssue[e.issue] = g
			out = append(out, g)
		}
		g["changeHistories"] = append(g["changeHistories"].([]any), e.history.JSON(e.history.At.UnixMilli(), keep))
	}
	return out
}
