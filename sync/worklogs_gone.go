package sync

import (
	"context"
	"fmt"
	"slices"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/store"
	"jerem/sync/scope"
)

// forgetDeleted forgets worklogs that were deleted: rare, so they are asked for as often as the metadata. One that is
// told deleted and is still there stays.
func (w worklogReader) forgetDeleted(ctx context.Context) error {
	r := w.reading
	var told []int64
	for id, err := range r.jira.Worklogs().DeletedSince(ctx, r.checkpoint.Erased.Add(-blindSpot)) {
		if jira.Crowded(
			err,
		) { // more were deleted at one moment than a page holds: each one that is known is asked for
			r.checkpoint.Erased = r.at
			_, err = w.forgetMissing(ctx, nil)
			return err
		}
		if err != nil {
			return err
		}
		told = append(told, id)
	}
	deleted, err := r.store.Worklogs.Known(ctx, told)
	if err != nil {
		return err
	}
	if deleted, err = w.askAbsent(ctx, deleted); err != nil {
		return err
	}
	r.checkpoint.Erased = r.at
	return w.forgetWorklogs(ctx, deleted)
}

// forgetMissing forgets the worklogs that are known, were not given and that Jira does not have when it is asked for
// them by their ids. Those whose issue says otherwise are doubted: they stay, and all time logged is asked for again.
func (w worklogReader) forgetMissing(ctx context.Context, given map[int64]bool) (doubt bool, err error) {
	r := w.reading
	known, err := r.store.Worklogs.All(ctx)
	if err != nil {
		return false, err
	}
	lost := slices.DeleteFunc(slices.Clone(known), func(l agile.Worklog) bool { return given[l.ID] })
	lost, err = w.askAbsent(ctx, lost)
	if err != nil {
		return false, err
	}
	gone, doubted, err := w.divideContradicted(ctx, known, lost)
	if err != nil {
		return false, err
	}
	if err := r.store.Gaps.ClearOfIssues(ctx, agile.SourceWorklogs, agile.GapShrunk, doubted); err != nil {
		return false, err
	}
	if len(doubted) > 0 {
		w.noteDoubted(doubted)
	}
	return len(doubted) > 0, w.forgetWorklogs(ctx, gone)
}

func (w worklogReader) noteDoubted(issues []int64) {
	r := w.reading
	for _, issue := range issues {
		r.found.missed = append(
			r.found.missed,
			store.Gap{Source: agile.SourceWorklogs, Code: agile.GapShrunk, Issue: issue},
		)
	}
	doubt := fmt.Sprintf(
		"time logged on %d issues is not told any more, and the issues say that it is there: it is kept",
		len(issues),
	)
	for _, t := range r.teams.withoutTrouble() {
		t.notes.Doubts = append(t.notes.Doubts, doubt)
	}
	r.checkpoint.Worklogs = time.Time{} // all of it is asked for again
}

// askAbsent asks for worklogs by their ids and returns those that Jira does not have.
func (w worklogReader) askAbsent(ctx context.Context, logs []agile.Worklog) ([]agile.Worklog, error) {
	if len(logs) == 0 {
		return nil, nil
	}
	there, err := w.reading.jira.Worklogs().Existing(ctx, worklogIDs(logs))
	return slices.DeleteFunc(logs, func(l agile.Worklog) bool { return there[l.ID] }), err
}

// divideContradicted divides worklogs that are told no more into those that are gone and the issues of those that are
// doubted: their issue says that more time was spent on it than the worklogs that are left tell.
func (w worklogReader) divideContradicted(
	ctx context.Context,
	known, lost []agile.Worklog,
) (gone []agile.Worklog, doubted []int64, err error) {
	left, issues := map[int64]int64{}, []int64{}
	for _, l := range known {
		left[l.Issue] += l.Seconds
	}
	for _, l := range lost {
		left[l.Issue] -= l.Seconds
		issues = append(issues, l.Issue)
	}
	issues = scope.Unique(issues)
	spent, err := w.reading.store.Issues.TimeSpent(ctx, issues)
	if err != nil {
		return nil, nil, err
	}
	doubted = slices.DeleteFunc(issues, func(id int64) bool { return spent[id] <= left[id] })
	gone = slices.DeleteFunc(
		slices.Clone(lost),
		func(l agile.Worklog) bool { return slices.Contains(doubted, l.Issue) },
	)
	return gone, doubted, nil
}

func (w worklogReader) forgetWorklogs(ctx context.Context, logs []agile.Worklog) error {
	if len(logs) > 0 {
		w.reading.log.Info("time logged that Jira no longer has is forgotten", "worklogs", len(logs))
	}
	err := w.reading.store.Worklogs.Delete(ctx, worklogIDs(logs))
	return err
}

func worklogIDs(logs []agile.Worklog) []int64 {
	var ids []int64
	for _, l := range logs {
		ids = append(ids, l.ID)
	}
	return ids
}
