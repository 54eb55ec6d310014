package jira

import (
	"context"
	"strconv"
)

// Sampled is the beginning of what a query finds, in the query's own order.
type Sampled struct {
	IDs   []int64
	Total int  // how many match; issues that change meanwhile may count twice
	More  bool // there are more than Total
}

// Sample asks for the first n issues of a query, n at most a thousand, and how many match: of more than
// 5000 a Cloud does not tell.
func (c *Client) Sample(ctx context.Context, jql string, n int) (Sampled, error) {
	if _, err := c.discover(ctx); err != nil {
		return Sampled{}, err
	}
	if c.dialect() == DataCenter {
		return c.sampleByPage(ctx, jql, n)
	}
	var s Sampled
	for t, err := range c.search(ctx, jql, "id") {
		switch {
		case err != nil:
			return Sampled{}, err
		case s.Total == idsPerPage:
			s.More = true
			return s, nil
		case len(s.IDs) < n:
			s.IDs = append(s.IDs, t.ID)
		}
		s.Total++
	}
	return s, nil
}

func (c *Client) sampleByPage(ctx context.Context, jql string, n int) (s Sampled, err error) {
	for {
		page, err := c.searchPage(ctx, jql, len(s.IDs), n-len(s.IDs), []string{"created"})
		if err != nil {
			return Sampled{}, err
		}
		for _, w := range page.Issues {
			id, err := strconv.ParseInt(w.ID, 10, 64)
			if err != nil {
				return Sampled{}, c.invalid(api+"/search", "an issue has the id "+strconv.Quote(w.ID))
			}
			s.IDs = append(s.IDs, id)
		}
		s.Total = page.Total
		if len(page.Issues) == 0 || len(s.IDs) >= min(n, s.Total) {
			return s, nil
		}
	}
}
