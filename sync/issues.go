package sync

import (
	"context"
	"slices"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/jira/document"
	"jerem/jira/translate"
	"jerem/sync/issues"
	"jerem/sync/scope"
)

// readIssues reads issues in bulk. Each chunk is kept while the next one is asked for; what came is kept although the
// reading is stopped.
func (r *reading) readIssues(ctx context.Context, ids []int64, tell func(done, total int)) error {
	if err := r.notePending(ctx, ids); err != nil {
		return err
	}
	done := 0
	for chunk := range r.fetcher.Ahead(ctx, ids, r.chunkSize, r.found.listed) {
		if chunk.Err != nil {
			return chunk.Err
		}
		kept, err := r.keepChunk(context.WithoutCancel(ctx), chunk)
		if err != nil {
			return err
		}
		r.noteNotKept(chunk.IDs, kept, chunk.Outcome)
		done += len(chunk.IDs)
		tell(done, len(ids))
	}
	return ctx.Err()
}

// notePending notes the issues that are new here before they are kept: should the reading end before their
// time logged is asked for, the next one would take them for known.
func (r *reading) notePending(ctx context.Context, ids []int64) error {
	known, err := r.keeper.Updates.Of(ctx, r.store, ids)
	if err != nil {
		return err
	}
	unknown := slices.DeleteFunc(slices.Clone(ids), func(id int64) bool { _, ok := known[id]; return ok })
	r.found.pending = scope.Unique(slices.Concat(r.checkpoint.WorklogsPending, r.found.pending, unknown))
	if len(r.teams.completelyRead()) > 0 || len(r.found.pending) == len(r.checkpoint.WorklogsPending) {
		return nil // all time logged is asked for; or there is nothing new to note
	}
	r.checkpoint.WorklogsPending = r.found.pending
	return r.store.Checkpoints.Set(ctx, *r.checkpoint)
}

// fetchAndKeep reads issues and keeps them. It returns which were kept, and what became of the others.
func (r *reading) fetchAndKeep(ctx context.Context, ids []int64) (kept []int64, outcome jira.Outcome, err error) {
	docs, outcome, err := r.fetcher.Fetch(ctx, ids, r.found.listed)
	if err != nil {
		return nil, outcome, err
	}
	kept, err = r.keepChunk(ctx, issues.Chunk{IDs: ids, Documents: docs, Outcome: outcome})
	return kept, outcome, err
}

// keepChunk keeps issues that came. It returns which were kept.
func (r *reading) keepChunk(ctx context.Context, chunk issues.Chunk) (kept []int64, err error) {
	if err := r.noteRestored(ctx, chunk.Documents); err != nil {
		return nil, err
	}
	result, err := r.keeper.Keep(ctx, chunk.Documents, r.countRead)
	for _, id := range result.Incomplete {
		r.found.retry[id] = true
	}
	r.noteBroken(chunk.Outcome)
	return result.IDs, err
}

// noteRestored has all time logged read again where an issue was sent as it was before what is kept: Jira was
// restored from a backup, and time logged since then is gone without a word.
func (r *reading) noteRestored(ctx context.Context, docs []document.Document) error {
	id, older, err := r.keeper.OlderThanKept(ctx, docs)
	if err != nil || !older || r.checkpoint.Worklogs.IsZero() {
		return err
	}
	r.checkpoint.Worklogs = time.Time{}
	r.log.Warn(
		"an issue is older than it was: Jira was restored from a backup; all time logged is read again",
		"issue",
		id,
	)
	return r.store.Checkpoints.Set(ctx, *r.checkpoint)
}

// countRead counts an issue that was read for the teams that it belongs to.
func (r *reading) countRead(i *agile.Issue, changes int) {
	for _, t := range r.teams.withoutTrouble() {
		if t.countIssue(i) {
			t.summary.Issues++
			t.summary.Changes += changes
		}
	}
}

// countKept finds out for which teams issues count that are kept and not read again: a reading that
// kept them may have ended before it could tell, or a team was in trouble then.
func (r *reading) countKept(ctx context.Context, ids []int64) error {
	for part := range slices.Chunk(ids, jira.BulkSize) {
		docs, err := r.store.Issues.DocumentsOf(ctx, part)
		if err != nil {
			return err
		}
		for _, d := range docs {
			translated, err := translate.Document(d.Raw, nil)
			if err != nil {
				continue // it is told where it is read
			}
			for _, t := range r.teams.withoutTrouble() {
				t.countIssue(translated.Issue)
			}
		}
	}
	return nil
}

// noteNotKept notes the issues of a chunk that were asked for and not kept, for the grade of the figures: what was
// known of them stays, and a later reading asks for them again. One that is neither listed nor sent any more is gone.
func (r *reading) noteNotKept(chunk, kept []int64, outcome jira.Outcome) {
	allListed := r.found.listed != nil && r.plan.Reconciled && len(r.teams.withoutTrouble()) == len(r.teams)
	for _, id := range chunk {
		missing := slices.Contains(outcome.Missing, id)
		switch {
		case slices.Contains(kept, id):
		case missing && slices.Contains(r.named.Issues, id):
			r.found.namedMissing = append(r.found.namedMissing, id)
		case missing && allListed && !r.found.listed[id]:
			r.found.gone = append(r.found.gone, id)
		case missing:
			r.found.retry[id] = true
			r.found.addMissed(agile.GapMissing, id, "")
		case slices.ContainsFunc(outcome.Broken, func(b jira.Broken) bool { return b.ID == id }):
			r.found.retry[id] = true
		default: // sent, and which one it is cannot be read
			r.found.retry[id] = true
			r.found.addMissed(agile.GapUnreadable, id, "")
		}
	}
	if n := len(outcome.Missing); n > 0 {
		r.log.Warn(
			"issues are listed and not sent: they are asked for again later",
			"issues",
			n,
			"first",
			outcome.Missing[0],
		)
	}
}

// noteBroken notes the issues that are refused, or sent in a shape that cannot be read.
func (r *reading) noteBroken(outcome jira.Outcome) {
	for _, b := range outcome.Broken {
		r.log.Warn(
			"an issue cannot be read: it is left as it is known, and read again later",
			"issue",
			b.ID,
			"error",
			b.Err,
		)
		switch {
		case b.ID == 0: // which one it is, is not known: it is among those that are missing
		case b.Refused:
			r.found.addMissed(agile.GapMissing, b.ID, b.Key)
		default:
			r.found.addMissed(agile.GapUnreadable, b.ID, b.Key)
		}
	}
}
