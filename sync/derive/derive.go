package derive

import (
	"context"
	"fmt"
	"log/slog"
	"maps"

	"jerem/jira/translate"
	"jerem/store"
)

// chunkSize is how many issues are derived in one transaction.
const chunkSize = 500

// All derives every issue again, chunk by chunk. It returns how many there are and how many came out differently.
func All(ctx context.Context, kept *store.Store) (issues, changed int, err error) {
	var chunk []store.Doc
	types, err := kept.Metadata.Types(ctx)
	if err != nil {
		return 0, 0, err
	}
	versions := map[string]string{}
	flush := func() error {
		if err := kept.Metadata.PutVersionNames(ctx, versions); err != nil {
			return err
		}
		c, err := kept.Issues.Put(ctx, chunk)
		changed += c
		chunk = nil
		return err
	}
	for doc, err := range kept.Issues.Documents(ctx) {
		if err != nil {
			return issues, changed, err
		}
		t, err := translate.Document(doc.Raw, types)
		if err != nil {
			return issues, changed, fmt.Errorf("issue %d: %w", doc.ID, err)
		}
		issues++
		maps.Copy(versions, t.VersionNames)
		chunk = append(chunk, store.Doc{Issue: t.Issue, Raw: doc.Raw, RawVersion: doc.Version})
		if len(chunk) == chunkSize {
			if err := flush(); err != nil {
				return issues, changed, err
			}
		}
	}
	err = flush()
	return issues, changed, err
}

// Outdated derives every issue again where what is kept was derived by an older translation. What fails is
// logged, and tried again with the next reading: Jira can be read all the same.
func Outdated(ctx context.Context, kept *store.Store, log *slog.Logger) error {
	version, err := kept.Checkpoints.Translation(ctx)
	if err != nil || version == translate.Version {
		return err
	}
	issues, changed, err := All(ctx, kept)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		log.Warn(
			"what is kept cannot be derived again by this version; jerem collect --full reads it anew",
			"error",
			err,
		)
		return nil
	}
	if issues > 0 {
		log.Info("what is kept was derived again by this version", "issues", issues, "changed", changed)
	}
	return kept.Checkpoints.SetTranslation(ctx, translate.Version)
}
