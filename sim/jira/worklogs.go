package jirasim

import (
	"fmt"
	"slices"
	"time"

	"jerem/sim/jira/wire"
)

// Limits of the worklog endpoints.
const (
	worklogPage  = 1000
	worklogBlind = time.Minute // the newest changes that are not told yet
	worklogOne   = 5000
)

// stamp is a worklog and when it was changed or erased.
type stamp struct{ id, at int64 }

func listUpdatedWorklogs(s *Server, c *call) (any, error) {
	var all []stamp
	for _, w := range c.view.Worklogs {
		all = append(all, stamp{w.ID, w.Updated.UnixMilli()})
	}
	return changedWorklogs(s, c, all)
}

func listDeletedWorklogs(s *Server, c *call) (any, error) {
	var all []stamp
	for _, w := range c.view.Erased {
		all = append(all, stamp{w.ID, w.At.UnixMilli()})
	}
	return changedWorklogs(s, c, all)
}

// changedWorklogs pages from since on, since included, up to a minute ago. As on the real site a page whose
// entries all have the same moment leads to itself again.
func changedWorklogs(s *Server, c *call, all []stamp) (any, error) {
	since, err := c.intParam("since", 0)
	if err != nil {
		return nil, err
	}
	newest := c.now.Add(-worklogBlind).UnixMilli()
	all = slices.DeleteFunc(all, func(x stamp) bool { return x.at < since || x.at > newest })
	size := min(len(all), c.fault.LimitPage(worklogPage))
	link := func(since int64) string {
		return fmt.Sprintf("%s/rest/api/%s/worklog/%s?since=%d", s.site.URL(), c.version,
			c.Pattern[len(c.Pattern)-len("updated"):], since)
	}
	until, values := since, []any{}
	for _, x := range all[:size] {
		until = x.at
		values = append(values, wire.Obj{"worklogId": x.id, "updatedTime": x.at, "properties": []any{}})
	}
	out := wire.Obj{"values": values, "since": since, "until": until, "self": link(since), "lastPage": size == len(all)}
	if size < len(all) {
		out["nextPage"] = link(until)
	}
	return out, nil
}

func listWorklogs(s *Server, c *call) (any, error) {
	var q struct {
		IDs []int64 `json:"ids"`
	}
	if err := c.decodeBody(&q); err != nil {
		return nil, err
	}
	if len(q.IDs) > worklogPage {
		return nil, badRequestError(fmt.Sprintf("The number of worklog ids must not be greater than %d.", worklogPage))
	}
	asked := map[int64]bool{}
	for _, id := range q.IDs {
		asked[id] = true
	}
	out := []any{}
	for _, w := range c.view.Worklogs {
		if asked[w.ID] {
			out = append(out, w.Body)
		}
	}
	return out, nil
}

func getIssueWorklogs(s *Server, c *call) (any, error) {
	i, err := c.oneIssue()
	if err != nil {
		return nil, err
	}
	after, err := c.intParam("startedAfter", 0)
	if err != nil {
		return nil, err
	}
	before, err := c.intParam("startedBefore", 1<<62)
	if err != nil {
		return nil, err
	}
	var all []any
	for _, w := range c.view.Worklogs {
		if ms := w.Started.UnixMilli(); w.Issue == i.ID && ms >= after && ms < before {
			all = append(all, w.Body)
		}
	}
	p, err := pageOfList(s, c, all, worklogOne, worklogOne)
	if err != nil {
		return nil, err
	}
	return wire.Obj{"startAt": p["startAt"], "maxResults": p["maxResults"], "total": p["total"],
		"worklogs": p["values"]}, nil
}
