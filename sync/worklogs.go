package sync

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/problem"
	"jerem/store"
	"jerem/sync/scope"
)

// timeLogged is what a reading learns of time logged.
type timeLogged struct {
	logs   []agile.Worklog
	broken []*jira.UnreadableWorklog
	given  map[int64]bool // worklogs that were sent, readable or not
}

// take walks through worklogs; those that cannot be read cost themselves alone.
func (l *timeLogged) take(list iter.Seq2[agile.Worklog, error], keep func(issue int64) bool) error {
	for one, err := range list {
		var unreadable *jira.UnreadableWorklog
		switch {
		case errors.As(err, &unreadable):
			l.broken = append(l.broken, unreadable)
			l.given[unreadable.ID] = true
		case err != nil:
			return err
		case keep(one.Issue):
			l.logs = append(l.logs, one)
			l.given[one.ID] = true
		}
	}
	return nil
}

// worklogs brings the time logged up to date: all of it at the first time, else what was logged, corrected and deleted
// since, and all of issues that are new here. Where Jira refuses it, sprints and quarters are read all the same.
func (r *reading) worklogs(ctx context.Context) error {
	kept, first, err := r.Store.IssueIDs(ctx)
	if err != nil {
		return err
	}
	whole, _ := r.split()
	if all := r.marks.Worklogs.IsZero() || len(whole) > 0 || len(r.unknown) > manyUnknown; all {
		err = r.allWorklogs(ctx, first, kept)
	} else if err = r.newWorklogs(ctx, kept); err == nil {
		r.logged = true
	}
	if err == nil {
		return nil
	}
	known, counted := r.Store.WorklogCount(ctx)
	if counted != nil {
		return counted
	}
	return r.lackSource(ctx, nil, agile.SourceWorklogs, "time logged", known > 0, err)
}

// newWorklogs asks for what was logged, corrected and deleted since the last time.
func (r *reading) newWorklogs(ctx context.Context, kept map[int64]bool) error {
	found, err := r.loggedSince(ctx, r.marks.Worklogs.Add(-blindSpot), kept)
	if err != nil {
		return err
	}
	if err := r.loggedOn(ctx, r.unknown, kept, found); err != nil {
		return err
	}
	if err := r.putWorklogs(ctx, found); err != nil || !r.fresh {
		return err
	}
	return r.erased(ctx)
}

// loggedSince asks for what was logged or corrected since a moment, on issues that are kept. Where more of it changed at one
// moment than a page of the list holds, the list never gets beyond that moment: each issue is asked for its own then.
func (r *reading) loggedSince(ctx context.Context, since time.Time, kept map[int64]bool) (*timeLogged, error) {
	found := &timeLogged{given: map[int64]bool{}}
	keep := func(issue int64) bool { return kept[issue] }
	err := found.take(r.Jira.Worklogs(ctx, since, keep), keep)
	if !jira.Crowded(err) {
		return found, err
	}
	r.Log.Info("more time was logged at one moment than a page of the list holds: each issue is asked for its own", "issues", len(kept))
	found = &timeLogged{given: map[int64]bool{}}
	return found, r.loggedOn(ctx, sortedIDs(kept), kept, found)
}

// loggedOn asks issues, one by one, for all that was logged on them. One that Jira does not have any more has nothing.
func (r *reading) loggedOn(ctx context.Context, issues []int64, kept map[int64]bool, found *timeLogged) error {
	keep := func(issue int64) bool { return kept[issue] }
	for _, id := range issues {
		if err := found.take(r.Jira.IssueWorklogs(ctx, id), keep); err != nil && !problem.Is(err, jira.NotFound) {
			return err
		}
	}
	return nil
}

// erased forgets worklogs that were deleted: rare, so they are asked for as often as the small sets. One that is told
// deleted and is still there stays.
func (r *reading) erased(ctx context.Context) error {
	var told []int64
	for id, err := range r.Jira.DeletedWorklogs(ctx, r.marks.Erased.Add(-blindSpot)) {
		if jira.Crowded(err) { // more were deleted at one moment than a page holds: each one that is known is asked for
			r.marks.Erased = r.at
			_, err = r.forgetMissing(ctx, nil)
			return err
		}
		if err != nil {
			return err
		}
		told = append(told, id)
	}
	deleted, err := r.Store.KnownWorklogs(ctx, told)
	if err != nil {
		return err
	}
	if deleted, err = r.absentWorklogs(ctx, deleted); err != nil {
		return err
	}
	r.marks.Erased = r.at
	return r.forgetWorklogs(ctx, deleted)
}

// absentWorklogs asks for worklogs by their ids and returns those that Jira does not have.
func (r *reading) absentWorklogs(ctx context.Context, logs []agile.Worklog) ([]agile.Worklog, error) {
	if len(logs) == 0 {
		return nil, nil
	}
	var ids []int64
	for _, l := range logs {
		ids = append(ids, l.ID)
	}
	there, err := r.Jira.WorklogsThere(ctx, ids)
	return slices.DeleteFunc(logs, func(l agile.Worklog) bool { return there[l.ID] }), err
}

func (r *reading) forgetWorklogs(ctx context.Context, logs []agile.Worklog) error {
	var ids []int64
	for _, l := range logs {
		ids = append(ids, l.ID)
	}
	if len(ids) > 0 {
		r.Log.Info("time logged that Jira no longer has is forgotten", "worklogs", len(ids))
	}
	_, err := r.Store.DeleteWorklogs(ctx, ids)
	return err
}

// allWorklogs asks for all time logged. What is known and not told any more is taken away only where it is confirmed.
func (r *reading) allWorklogs(ctx context.Context, since time.Time, kept map[int64]bool) error {
	found, err := r.loggedSince(ctx, since, kept)
	if err != nil {
		return err
	}
	if err := r.putWorklogs(ctx, found); err != nil {
		return err
	}
	doubted, err := r.forgetMissing(ctx, found.given)
	if err != nil {
		return err
	}
	r.marks.Erased, r.logged = r.at, !doubted
	return nil
}

// forgetMissing forgets the worklogs that are known, were not given and that Jira does not have when it is asked for them by
// their ids. Those whose issue says otherwise are doubted: they stay, and all time logged is asked for again.
func (r *reading) forgetMissing(ctx context.Context, given map[int64]bool) (doubt bool, err error) {
	known, err := r.Store.Worklogs(ctx)
	if err != nil {
		return false, err
	}
	lost := slices.DeleteFunc(slices.Clone(known), func(l agile.Worklog) bool { return given[l.ID] })
	lost, err = r.absentWorklogs(ctx, lost)
	if err != nil {
		return false, err
	}
	gone, doubted, err := r.contradicted(ctx, known, lost)
	if err != nil {
		return false, err
	}
	if err := r.Store.ClearIssueGaps(ctx, agile.SourceWorklogs, agile.GapShrunk, doubted); err != nil {
		return false, err
	}
	for _, issue := range doubted {
		r.lacking = append(r.lacking, store.Gap{Source: agile.SourceWorklogs, Code: agile.GapShrunk, Issue: issue})
	}
	if n := len(doubted); n > 0 {
		r.doubtAll(fmt.Sprintf("time logged on %d issues is not told any more, and the issues say that it is there: it is kept", n))
		r.marks.Worklogs = time.Time{} // all of it is asked for again
	}
	return len(doubted) > 0, r.forgetWorklogs(ctx, gone)
}

// contradicted divides worklogs that are told no more into those that are gone and the issues of those that are doubted:
// their issue says that more time was spent on it than the worklogs that are left tell.
func (r *reading) contradicted(ctx context.Context, known, lost []agile.Worklog) (gone []agile.Worklog, doubted []int64, err error) {
	left, issues := map[int64]int64{}, []int64{}
	for _, l := range known {
		left[l.Issue] += l.Seconds
	}
	for _, l := range lost {
		left[l.Issue] -= l.Seconds
		issues = append(issues, l.Issue)
	}
	issues = scope.Unique(issues)
	spent, err := r.Store.TimeSpent(ctx, issues)
	if err != nil {
		return nil, nil, err
	}
	doubted = slices.DeleteFunc(issues, func(id int64) bool { return spent[id] <= left[id] })
	gone = slices.DeleteFunc(slices.Clone(lost), func(l agile.Worklog) bool { return slices.Contains(doubted, l.Issue) })
	return gone, doubted, nil
}

// putWorklogs keeps what was logged, and notes what of it cannot be read: what was known of that stays.
func (r *reading) putWorklogs(ctx context.Context, found *timeLogged) error {
	if _, err := r.Store.PutWorklogs(ctx, found.logs); err != nil {
		return err
	}
	unknown := 0
	for _, b := range found.broken {
		if b.Issue == 0 {
			unknown++
			continue
		}
		r.lacking = append(r.lacking, store.Gap{Source: agile.SourceWorklogs, Code: agile.GapUnreadable, Subject: fmt.Sprint(b.ID), Issue: b.Issue})
	}
	if n := len(found.broken); n > 0 {
		r.Log.Warn("worklogs cannot be read: they are left as they are known", "worklogs", n, "first", found.broken[0].ID)
	}
	if unknown > 0 {
		for _, t := range r.well() {
			t.gaps = append(t.gaps, store.Gap{Source: agile.SourceWorklogs, Code: agile.GapUnreadable, Subject: fmt.Sprintf("%d worklogs without an issue", unknown)})
		}
	}
	r.countWorklogs(found.logs)
	return nil
}

func (r *reading) countWorklogs(logs []agile.Worklog) {
	for _, t := range r.teams {
		for _, l := range logs {
			if t.own[l.Issue] {
				t.summary.Worklogs++
			}
		}
	}
}
