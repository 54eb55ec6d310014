package worklogs

import (
	"context"
	"slices"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/sync/scope"
)

// forgetDeleted forgets worklogs that were deleted since a moment. One that is told deleted and is still there stays.
func (p *pass) forgetDeleted(ctx context.Context, since time.Time) error {
	var told []int64
	for id, err := range p.Jira.DeletedSince(ctx, since) {
		if jira.Crowded(err) {
			// More were deleted at one moment than a page holds: each one that is known is asked for.
			err = p.forgetMissing(ctx, nil)
			p.answer.Deleted = err == nil
			return err
		}
		if err != nil {
			return err
		}
		told = append(told, id)
	}
	deleted, err := p.Store.Worklogs.Known(ctx, told)
	if err != nil {
		return err
	}
	if deleted, err = p.askAbsent(ctx, deleted); err != nil {
		return err
	}
	p.answer.Deleted = true
	return p.forgetWorklogs(ctx, deleted)
}

// forgetMissing forgets the worklogs that are known, were not given and that Jira does not have when it is asked for
// them by their ids. Those are doubted and stay whose issue says otherwise, that Jira lists as changed and hides, and,
// until a later reading finds the same, that it does not list as deleted.
func (p *pass) forgetMissing(ctx context.Context, given map[int64]bool) error {
	known, err := p.Store.Worklogs.All(ctx)
	if err != nil {
		return err
	}
	lost := slices.DeleteFunc(slices.Clone(known), func(l agile.Worklog) bool { return given[l.ID] })
	if lost, err = p.askAbsent(ctx, lost); err != nil {
		return err
	}
	gone, doubted, err := p.divideDoubted(ctx, known, lost)
	if err != nil {
		return err
	}
	if err := p.Store.Gaps.ClearOfIssues(ctx, agile.SourceWorklogs, agile.GapShrunk, doubted); err != nil {
		return err
	}
	p.answer.Doubted = doubted
	return p.forgetWorklogs(ctx, gone)
}

// askAbsent asks for worklogs by their ids and returns those that Jira does not have.
func (p *pass) askAbsent(ctx context.Context, logs []agile.Worklog) ([]agile.Worklog, error) {
	if len(logs) == 0 {
		return nil, nil
	}
	there, err := p.Jira.Existing(ctx, worklogIDs(logs))
	return slices.DeleteFunc(logs, func(l agile.Worklog) bool { return there[l.ID] }), err
}

// divideDoubted divides worklogs that are told no more into those that are gone and the issues of those that are
// doubted: see forgetMissing.
func (p *pass) divideDoubted(
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
	spent, err := p.Store.Issues.TimeSpent(ctx, issues)
	if err != nil {
		return nil, nil, err
	}
	unconfirmed, err := p.findUnconfirmed(ctx, lost)
	if err != nil {
		return nil, nil, err
	}
	doubted = slices.DeleteFunc(issues, func(id int64) bool { return spent[id] <= left[id] && !unconfirmed[id] })
	gone = slices.DeleteFunc(
		slices.Clone(lost),
		func(l agile.Worklog) bool { return slices.Contains(doubted, l.Issue) },
	)
	return gone, doubted, nil
}

// findUnconfirmed returns the issues of worklogs that are told no more although nothing says that they were deleted.
func (p *pass) findUnconfirmed(ctx context.Context, lost []agile.Worklog) (issues map[int64]bool, err error) {
	issues = map[int64]bool{}
	if len(lost) == 0 {
		return issues, nil
	}
	deleted, listed := map[int64]bool{}, true
	for id, err := range p.Jira.DeletedSince(ctx, time.Time{}) {
		if jira.Crowded(err) { // the list ends there: that they are not found by their ids has to be enough
			listed = false
			break
		}
		if err != nil {
			return nil, err
		}
		deleted[id] = true
	}
	missedBefore, err := p.Store.Gaps.IssuesWith(ctx, agile.SourceWorklogs, agile.GapShrunk)
	if err != nil {
		return nil, err
	}
	for _, l := range lost {
		if p.sent.unsent[l.ID] || listed && !deleted[l.ID] && !missedBefore[l.Issue] {
			issues[l.Issue] = true
		}
	}
	return issues, nil
}

func (p *pass) forgetWorklogs(ctx context.Context, logs []agile.Worklog) error {
	if len(logs) > 0 {
		p.Log.Info("time logged that Jira no longer has is forgotten", "worklogs", len(logs))
	}
	return p.Store.Worklogs.Delete(ctx, worklogIDs(logs), p.At)
}

func worklogIDs(logs []agile.Worklog) []int64 {
	var ids []int64
	for _, l := range logs {
		ids = append(ids, l.ID)
	}
	return ids
}
