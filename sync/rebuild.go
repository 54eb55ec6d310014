package sync

import (
	"context"
	"fmt"

	"jerem/jira/translate"
	"jerem/store"
)

// rebuildChunk is how many issues are derived in one transaction.
const rebuildChunk = 500

// Rebuild derives every issue again from what is kept of it, without Jira: after a correction of the translation. It
// returns how many there are and how many came out differently. The error tells what of the store is damaged and
// cannot be derived, and a team that was never read.
func (r *Reader) Rebuild(ctx context.Context) (issues, changed int, err error) {
	damage, err := r.repairDamage(ctx)
	if err != nil {
		return 0, 0, err
	}
	issues, changed, err = r.deriveAll(ctx)
	if err != nil {
		return issues, changed, err
	}
	noted, err := r.Store.Repair.Noted(ctx)
	if err == nil && (!damage.Derivable() || len(noted) > 0) {
		err = r.Store.Repair.Underivable(damage, noted)
	}
	for _, team := range r.Teams {
		if err == nil {
			_, err = r.Store.Teams.State(ctx, team.Name)
		}
	}
	return issues, changed, err
}

// deriveAll derives every issue, chunk by chunk.
func (r *Reader) deriveAll(ctx context.Context) (issues, changed int, err error) {
	var chunk []store.Doc
	flush := func() error {
		c, err := r.Store.Issues.Put(ctx, chunk)
		changed += c
		chunk = nil
		return err
	}
	for doc, err := range r.Store.Issues.Documents(ctx) {
		if err != nil {
			return issues, changed, err
		}
		t, err := translate.Document(doc.Raw)
		if err != nil {
			return issues, changed, fmt.Errorf("issue %d: %w", doc.ID, err)
		}
		issues++
		if chunk = append(chunk, store.Doc{Issue: t.Issue, Raw: doc.Raw, RawVersion: doc.Version}); len(
			chunk,
		) == rebuildChunk {
			if err := flush(); err != nil {
				return issues, changed, err
			}
		}
	}
	err = flush()
	return issues, changed, err
}

// deriveOutdated derives every issue again where what is kept was derived by an older translation. What fails is
// logged, and tried again with the next reading: Jira can be read all the same.
func (r *Reader) deriveOutdated(ctx context.Context) error {
	version, err := r.Store.Checkpoints.Translation(ctx)
	if err != nil || version == translate.Version {
		return err
	}
	issues, changed, err := r.deriveAll(ctx)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		r.Log.Warn(
			"what is kept cannot be derived again by this version; jerem collect --full reads it anew",
			"error",
			err,
		)
		return nil
	}
	if issues > 0 {
		r.Log.Info("what is kept was derived again by this version", "issues", issues, "changed", changed)
	}
	return r.Store.Checkpoints.SetTranslation(ctx, translate.Version)
}
