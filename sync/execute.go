package sync

import (
	"context"
	"log/slog"
	"time"

	"jerem/sync/plan"
	"jerem/sync/scope"
)

// executePlan does what is planned, step by step. Listing steps bring ids, reading steps read them.
func (r *Reader) executePlan(ctx context.Context, pass *reading, began time.Time) error {
	progress := &progressLog{now: r.Now, log: r.Log, told: began}
	var ids []int64
	for _, s := range pass.plan.Steps {
		more, err := pass.listFor(ctx, s)
		if err != nil {
			return err
		}
		ids = append(ids, more...)
		switch s.Kind {
		case plan.StepBeginBackfill:
			err = beginBackfill(ctx, pass)
		case plan.StepReadIssues:
			ids = scope.Unique(ids)
			err = pass.readIssues(ctx, ids, func(done, total int) {
				progress.tellProgress(done, total)
				tellProgress(r.Progress, Progress{done, total})
			})
			if err == nil && len(pass.found.namedMissing) > 0 {
				err = forgetDeleted(ctx, pass)
			}
			if err == nil {
				err = readAddedEpics(ctx, pass, ids)
			}
		case plan.StepListEpics:
			ids, err = listEpics(ctx, pass, pass.teams.ofNames(s.Teams), ids)
		case plan.StepReadEpics:
			err = pass.readIssues(ctx, ids, progress.tellProgress)
		case plan.StepAskFilters:
			err = askFilters(ctx, pass, pass.teams.ofNames(s.Teams))
		case plan.StepReadWorklogs:
			err = readWorklogs(ctx, pass)
		}
		if err != nil {
			return err
		}
	}
	if len(pass.plan.Steps) == 0 {
		return nil
	}
	return tellMissed(ctx, pass)
}

// tellProgress tells how far the reading is, where somebody asked for it.
func tellProgress(tell func(Progress), p Progress) {
	if tell != nil {
		tell(p)
	}
}

// beginBackfill notes when the reading of everything began, so that it goes on where it is stopped: what is read from
// then on is not asked for again.
func beginBackfill(ctx context.Context, pass *reading) error {
	if err := pass.store.Issues.CountReadBefore(ctx, pass.checkpoint.Backfill); err != nil {
		return err
	}
	return pass.store.Checkpoints.Set(ctx, *pass.checkpoint)
}

// listFor does a step that brings ids; another brings none.
func (r *reading) listFor(ctx context.Context, s plan.Step) ([]int64, error) {
	switch s.Kind {
	case plan.StepListAll:
		return listAll(ctx, r, r.teams.ofNames(s.Teams))
	case plan.StepListChanged, plan.StepCompareAll:
		return listChanged(ctx, r, r.teams.ofNames(s.Teams), s.Kind == plan.StepCompareAll || r.found.returned)
	case plan.StepNamed:
		return r.named.Issues, nil
	case plan.StepRetry:
		return r.checkpoint.Retry, nil
	}
	return nil, nil
}

// progressEvery is how often a long reading says how far it is.
const progressEvery = 10 * time.Second

// progressLog writes a line now and then while issues are read.
type progressLog struct {
	now  func() time.Time
	log  *slog.Logger
	told time.Time // when it last did, or when the reading began
}

// tellProgress says how far the reading is, where the last line is old.
func (p *progressLog) tellProgress(done, total int) {
	now := p.now()
	if now.Sub(p.told) < progressEvery {
		return
	}
	p.told = now
	p.log.Info("reading issues", "done", done, "total", total)
}
