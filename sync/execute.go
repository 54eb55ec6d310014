package sync

import (
	"context"
	"time"

	"jerem/sync/scope"
)

// executePlan does what is planned, step by step. Listing steps bring ids, reading steps read them.
func (r *Reader) executePlan(ctx context.Context, pass *reading, began time.Time) error {
	progress := &progressLog{now: r.Now, log: r.Log, told: began}
	var ids []int64
	for _, s := range pass.plan.steps {
		more, err := pass.listFor(ctx, s)
		if err != nil {
			return err
		}
		ids = append(ids, more...)
		switch s.kind {
		case stepBeginBackfill:
			err = pass.store.Checkpoints.Set(ctx, *pass.checkpoint)
		case stepReadIssues:
			ids = scope.Unique(ids)
			err = pass.readIssues(ctx, ids, func(done, total int) {
				progress.tellProgress(done, total)
				if r.Progress != nil {
					r.Progress(Progress{done, total})
				}
			})
		case stepListEpics:
			ids, err = listEpics(ctx, pass, pass.teams.named(s.teams), ids)
		case stepReadEpics:
			err = pass.readIssues(ctx, ids, progress.tellProgress)
		case stepAskFilters:
			err = askFilters(ctx, pass, pass.teams.named(s.teams))
		case stepReadWorklogs:
			err = readWorklogs(ctx, pass)
		}
		if err != nil {
			return err
		}
	}
	if len(pass.plan.steps) == 0 {
		return nil
	}
	return tellMissed(ctx, pass)
}

// listFor does a step that brings ids; another brings none.
func (r *reading) listFor(ctx context.Context, s step) ([]int64, error) {
	switch s.kind {
	case stepListAll:
		return listAll(ctx, r, r.teams.named(s.teams))
	case stepListChanged, stepCompareAll:
		return listChanged(ctx, r, r.teams.named(s.teams), s.kind == stepCompareAll)
	case stepRetry:
		return r.checkpoint.Retry, nil
	}
	return nil, nil
}
