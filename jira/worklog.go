package jira

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strconv"
	"time"

	"jerem/agile"
	"jerem/jira/document"
	"jerem/jira/transport"
	"jerem/jira/wire"
	"jerem/problem"
)

// worklogsPerPage is how many worklogs one request takes.
const worklogsPerPage = 1000

// Worklogs reads time logged. It is safe for concurrent use.
type Worklogs struct{ transport *transport.Client }

// errCrowded says that more worklogs changed at one moment than a page holds.
var errCrowded = errors.New("more than a page at one moment")

// Crowded says whether a list of worklogs broke off because more of them changed at one moment than a page holds, as
// after a migration: Jira does not tell the rest of that moment. Worklogs.OfIssue tells them, issue by issue.
func Crowded(err error) bool { return errors.Is(err, errCrowded) }

// UnreadableWorklog is the error of a worklog that was sent and cannot be read as one. It costs nothing but itself: the
// walk that tells it goes on.
type UnreadableWorklog struct {
	ID, Issue int64 // 0 where that cannot be read either
	Why       string
}

// Error says which worklog it is and what is wrong with it.
func (e *UnreadableWorklog) Error() string {
	return fmt.Sprintf("worklog %d of issue %d: %s", e.ID, e.Issue, e.Why)
}

// ChangedSince walks through the worklogs changed since a moment, on issues that keep accepts. Jira tells them for the
// whole site; what the account must not see is left out. An error that is an *UnreadableWorklog costs that one alone,
// any other ends the walk. unsent, where it is not nil, is told the worklogs that are listed as changed and not sent:
// the account must not see them, or not any more.
func (r Worklogs) ChangedSince(
	ctx context.Context,
	since time.Time,
	keep func(issue int64) bool,
	unsent func(id int64),
) iter.Seq2[agile.Worklog, error] {
	return func(yield func(agile.Worklog, error) bool) {
		for ids, err := range r.changedIDs(ctx, transport.API+"/worklog/updated", since) {
			if err != nil {
				yield(agile.Worklog{}, err)
				return
			}
			for l, err := range r.ByIDs(ctx, ids, keep, unsent) {
				if !yield(l, err) {
					return
				}
			}
		}
	}
}

// ByIDs walks through worklogs that are named by their ids, as ChangedSince does through those that changed.
func (r Worklogs) ByIDs(
	ctx context.Context,
	ids []int64,
	keep func(issue int64) bool,
	unsent func(id int64),
) iter.Seq2[agile.Worklog, error] {
	return func(yield func(agile.Worklog, error) bool) {
		for part := range slices.Chunk(ids, worklogsPerPage) {
			var list []wireWorklog
			if err := r.transport.Post(ctx, transport.API+"/worklog/list", map[string]any{"ids": part},
				&list); err != nil {
				yield(agile.Worklog{}, err)
				return
			}
			if unsent != nil {
				tellUnsent(part, list, unsent)
			}
			for _, w := range onlyAskedLogs(part, list) {
				l, err := parseWorklog(w, 0)
				if (l.Issue == 0 || keep(l.Issue)) && !yield(l, err) {
					return
				}
			}
		}
	}
}

// tellUnsent tells which of the worklogs that were asked for do not stand in the answer.
func tellUnsent(asked []int64, list []wireWorklog, unsent func(id int64)) {
	sent := map[int64]bool{}
	for _, w := range list {
		if id, err := strconv.ParseInt(string(w.ID), 10, 64); err == nil {
			sent[id] = true
		}
	}
	for _, id := range asked {
		if !sent[id] {
			unsent(id)
		}
	}
}

// onlyAskedLogs leaves out the worklogs that were not asked for: no list says that they are there. Those whose id
// cannot be read stay.
func onlyAskedLogs(asked []int64, list []wireWorklog) []wireWorklog {
	return slices.DeleteFunc(list, func(w wireWorklog) bool {
		id, err := strconv.ParseInt(string(w.ID), 10, 64)
		return err == nil && !slices.Contains(asked, id)
	})
}

// Existing asks for worklogs by their ids and tells which of them Jira still has.
func (r Worklogs) Existing(ctx context.Context, ids []int64) (map[int64]bool, error) {
	there := map[int64]bool{}
	for part := range slices.Chunk(ids, worklogsPerPage) {
		var list []wireWorklog
		if err := r.transport.Post(ctx, transport.API+"/worklog/list", map[string]any{"ids": part}, &list); err != nil {
			return nil, err
		}
		for _, w := range list {
			if id, err := strconv.ParseInt(string(w.ID), 10, 64); err == nil {
				there[id] = true
			}
		}
	}
	return there, nil
}

// OfIssue walks through all time logged on one issue, each log once. Errors are as those of ChangedSince.
func (r Worklogs) OfIssue(ctx context.Context, issue int64) iter.Seq2[agile.Worklog, error] {
	return func(yield func(agile.Worklog, error) bool) {
		walk := transport.Walk[wireWorklog]{
			Client: r.transport, Place: transport.API + "/issue/" + strconv.FormatInt(issue, 10) + "/worklog",
			Query:   url.Values{"maxResults": {strconv.Itoa(worklogsPerPage)}},
			NewPage: func() transport.Page[wireWorklog] { return &wireIssueLogs{} },
		}
		list, _, err := walk.Read(ctx)
		for _, one := range list {
			if !yield(parseWorklog(one, issue)) {
				return
			}
		}
		if err != nil {
			yield(agile.Worklog{}, err)
		}
	}
}

// wireIssueLogs is a page of the worklogs of one issue.
type wireIssueLogs struct {
	Start int           `json:"startAt"`
	Logs  []wireWorklog `json:"worklogs"`
	Total *int          `json:"total"`
}

// Lacking tells that a page holds no list of worklogs, or not how long the list is: it would pass for all of it.
func (w *wireIssueLogs) Lacking() string {
	if w.Total == nil {
		return "total"
	}
	return transport.LackingList("worklogs", w.Logs)
}

// Contents returns what the page tells. It is the last one where the list is as long as it says.
func (w *wireIssueLogs) Contents() (int, []wireWorklog, *int, bool) {
	return w.Start, w.Logs, w.Total, w.Start+len(w.Logs) >= *w.Total
}

// DeletedSince walks through the ids of worklogs deleted since a moment.
func (r Worklogs) DeletedSince(ctx context.Context, since time.Time) iter.Seq2[int64, error] {
	return func(yield func(int64, error) bool) {
		for ids, err := range r.changedIDs(ctx, transport.API+"/worklog/deleted", since) {
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

// wireChangedLogs is a page of the ids of worklogs that changed.
type wireChangedLogs struct {
	Values []struct {
		ID wire.Text `json:"worklogId"`
	} `json:"values"`
	Until int64 `json:"until"`
	Last  *bool `json:"lastPage"`
}

// Lacking tells that a page holds no list of worklogs, or not whether it is the last one: it would pass for that.
func (w *wireChangedLogs) Lacking() string {
	if w.Last == nil {
		return "lastPage"
	}
	return transport.LackingList("values", w.Values)
}

// changedIDs walks through the pages of a list of worklog ids, oldest first. since is inclusive:
// the last one of a page comes again on the next; a page that does not advance is refused, see Crowded.
func (r Worklogs) changedIDs(ctx context.Context, place string, since time.Time) iter.Seq2[[]int64, error] {
	return func(yield func([]int64, error) bool) {
		from, seen := max(0, since.UnixMilli()), map[int64]bool{}
		for w := transport.NewPages(r.transport, place); ; {
			var page wireChangedLogs
			query := url.Values{"since": {strconv.FormatInt(from, 10)}}
			if err := r.transport.Get(ctx, place, query, &page); err != nil {
				yield(nil, err)
				return
			}
			var ids []int64
			for _, v := range page.Values {
				id, err := strconv.ParseInt(string(v.ID), 10, 64)
				if err != nil {
					yield(nil, r.transport.Invalid(place, fmt.Sprintf("a worklog has the id %q", string(v.ID))))
					return
				}
				if !seen[id] {
					seen[id] = true
					ids = append(ids, id)
				}
			}
			if !yield(ids, nil) {
				return
			}
			if *page.Last {
				return
			}
			err := w.Took(len(ids))
			switch {
			case page.Until <= from && len(page.Values) == 0:
				err = r.transport.Invalid(place, "a page tells nothing, and that it is not the last one")
			case page.Until <= from:
				err = r.crowdedError(place)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			from = page.Until
		}
	}
}

// crowdedError says that the pages of a list of worklogs do not advance.
func (r Worklogs) crowdedError(place string) error {
	err := r.transport.Invalid(place, "its pages do not advance: more worklogs changed at one moment than a page holds")
	var e *problem.Problem
	if errors.As(err, &e) {
		e.Cause = errCrowded
	}
	return err
}

// wireWorklog is a worklog as Jira sends it; who logged it is not even read.
type wireWorklog struct {
	ID      wire.Text       `json:"id"`
	Issue   wire.Text       `json:"issueId"`
	Created any             `json:"created"`
	Started any             `json:"started"`
	Seconds json.RawMessage `json:"timeSpentSeconds"`

	wrong bool // it is no object of such a shape
}

// Identity tells a worklog from others, where its id can be read.
func (w wireWorklog) Identity() string { return string(w.ID) }

// UnmarshalJSON takes a worklog of any shape: one that cannot be read must not hide the others of the answer.
func (w *wireWorklog) UnmarshalJSON(b []byte) error {
	type plain wireWorklog
	w.wrong = json.Unmarshal(b, (*plain)(w)) != nil
	return nil
}

// parseWorklog reads a worklog; issue is the one that was asked for, 0 where the worklog itself tells it. The error is
// an *UnreadableWorklog.
func parseWorklog(w wireWorklog, issue int64) (agile.Worklog, error) {
	l := agile.Worklog{Issue: issue}
	l.ID, _ = strconv.ParseInt(string(w.ID), 10, 64)
	if issue == 0 {
		l.Issue, _ = strconv.ParseInt(string(w.Issue), 10, 64)
	}
	bad := func(why string) (agile.Worklog, error) {
		return agile.Worklog{ID: l.ID, Issue: l.Issue}, &UnreadableWorklog{l.ID, l.Issue, why}
	}
	started, dated := wire.ParseTime(w.Started)
	created, known := wire.ParseTime(w.Created)
	if !known {
		created = started
	}
	l.Created, l.Started = created, started
	err := json.Unmarshal(w.Seconds, &l.Seconds)
	switch {
	case w.wrong:
		return bad("it has another shape")
	case l.ID <= 0:
		return bad("its id is no number")
	case l.Issue <= 0:
		return bad("the id of its issue is no number")
	case !dated:
		return bad("it does not tell when it was started")
	case err != nil || string(w.Seconds) == "null":
		return bad("its time spent is no whole number of seconds")
	case !document.KindSeconds.Holds(float64(l.Seconds)):
		return bad("its time spent is out of all bounds")
	}
	return l, nil
}
