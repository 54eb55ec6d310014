package jira

import (
	"context"
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strconv"
	"time"

	"jerem/agile"
)

// worklogsPerPage is how many worklogs one request takes.
const worklogsPerPage = 1000

// Worklogs walks through the worklogs changed since a moment, on issues that keep accepts. Jira
// tells them for the whole site; what the account must not see is left out.
func (c *Client) Worklogs(ctx context.Context, since time.Time, keep func(issue int64) bool) iter.Seq2[agile.Worklog, error] {
	return func(yield func(agile.Worklog, error) bool) {
		for ids, err := range c.worklogIDs(ctx, api+"/worklog/updated", since) {
			if err != nil {
				yield(agile.Worklog{}, err)
				return
			}
			logs, err := c.worklogs(ctx, ids)
			if err != nil {
				yield(agile.Worklog{}, err)
				return
			}
			for _, l := range logs {
				if keep(l.Issue) && !yield(l, nil) {
					return
				}
			}
		}
	}
}

// IssueWorklogs walks through all time logged on one issue.
func (c *Client) IssueWorklogs(ctx context.Context, issue int64) iter.Seq2[agile.Worklog, error] {
	return func(yield func(agile.Worklog, error) bool) {
		for start := 0; ; {
			var w struct {
				Start int           `json:"startAt"`
				Logs  []wireWorklog `json:"worklogs"`
				Total int           `json:"total"`
			}
			query := url.Values{"startAt": {strconv.Itoa(start)}, "maxResults": {strconv.Itoa(worklogsPerPage)}}
			place := api + "/issue/" + strconv.FormatInt(issue, 10) + "/worklog"
			err := c.get(ctx, place, query, &w)
			if err == nil && w.Start != start {
				err = c.lying(place, fmt.Sprintf("it was asked for logs from %d on and tells those from %d on", start, w.Start))
			}
			if err != nil {
				yield(agile.Worklog{}, err)
				return
			}
			for _, one := range w.Logs {
				if l, ok := one.worklog(); ok && !yield(l, nil) {
					return
				}
			}
			start += len(w.Logs)
			if len(w.Logs) == 0 || start >= w.Total {
				return
			}
		}
	}
}

// DeletedWorklogs walks through the ids of worklogs deleted since a moment.
func (c *Client) DeletedWorklogs(ctx context.Context, since time.Time) iter.Seq2[int64, error] {
	return func(yield func(int64, error) bool) {
		for ids, err := range c.worklogIDs(ctx, api+"/worklog/deleted", since) {
			if err != nil {
				yield(0, err)
				return
			}
			for _, id := range ids {
				if !yield(id, nil) {
					return
				}
			}
		}
	}
}

// worklogIDs walks through the pages of a list of worklog ids, oldest first. since is inclusive:
// the last one of a page comes again on the next; a page that does not advance is refused.
func (c *Client) worklogIDs(ctx context.Context, place string, since time.Time) iter.Seq2[[]int64, error] {
	return func(yield func([]int64, error) bool) {
		from, seen := max(0, since.UnixMilli()), map[int64]bool{}
		for {
			var w struct {
				Values []struct {
					ID int64 `json:"worklogId"`
				} `json:"values"`
				Until int64 `json:"until"`
				Last  *bool `json:"lastPage"`
			}
			query := url.Values{"since": {strconv.FormatInt(from, 10)}}
			if err := c.get(ctx, place, query, &w); err != nil {
				yield(nil, err)
				return
			}
			var ids []int64
			for _, v := range w.Values {
				if !seen[v.ID] {
					seen[v.ID] = true
					ids = append(ids, v.ID)
				}
			}
			if len(ids) > 0 && !yield(ids, nil) {
				return
			}
			if w.Last == nil || *w.Last || len(w.Values) == 0 {
				return
			}
			if w.Until <= from {
				yield(nil, c.lying(place, "its pages do not advance"))
				return
			}
			from = w.Until
		}
	}
}

// worklogs reads worklogs by their ids.
func (c *Client) worklogs(ctx context.Context, ids []int64) ([]agile.Worklog, error) {
	var out []agile.Worklog
	for part := range slices.Chunk(ids, worklogsPerPage) {
		var w []wireWorklog
		if err := c.post(ctx, api+"/worklog/list", map[string]any{"ids": part}, &w); err != nil {
			return nil, err
		}
		for _, one := range w {
			if l, ok := one.worklog(); ok {
				out = append(out, l)
			}
		}
	}
	return out, nil
}

// wireWorklog is a worklog as Jira sends it; who logged it is not even read.
type wireWorklog struct {
	ID      text  `json:"id"`
	Issue   text  `json:"issueId"`
	Created any   `json:"created"`
	Started any   `json:"started"`
	Seconds int64 `json:"timeSpentSeconds"`
}

// worklog reads a worklog; false for one without ids or a start.
func (w wireWorklog) worklog() (agile.Worklog, bool) {
	id, err1 := strconv.ParseInt(string(w.ID), 10, 64)
	issue, err2 := strconv.ParseInt(string(w.Issue), 10, 64)
	started, ok := parseTime(w.Started)
	created, known := parseTime(w.Created)
	if !known {
		created = started
	}
	return agile.Worklog{ID: id, Issue: issue, Created: created, Started: started, Seconds: w.Seconds}, err1 == nil && err2 == nil && ok
}
