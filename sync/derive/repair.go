package derive

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"

	"jerem/jira/translate"
	"jerem/store"
	"jerem/store/metadata"
	"jerem/store/repair"
)

// RepairDamage takes out what does not match its checksum in the store, and derives again what can be; what cannot is
// among the damage, to be asked of Jira. It costs nothing while nobody else writes the file and no read finds a
// mismatch.
func RepairDamage(ctx context.Context, kept *store.Store, log *slog.Logger) (repair.Damage, error) {
	doubtful, err := kept.Repair.Doubtful(ctx)
	if err != nil || !doubtful {
		return repair.Damage{}, err
	}
	damage, err := kept.Repair.TakeOut(ctx)
	if err != nil || len(damage.Rows) == 0 {
		return damage, err
	}
	underivable, err := deriveDocuments(ctx, kept, damage.Documents)
	if err != nil {
		return damage, err
	}
	damage.Unread = append(damage.Unread, underivable...)
	log.Warn(
		"rows of the store did not match their checksum: the file was changed by something else, or its disk fails",
		"rows",
		damage.String(),
		"derived_again",
		len(damage.Documents)-len(underivable),
		"issues_to_read",
		len(damage.Unread),
	)
	if damage.Rows["status"]+damage.Rows["status_name"]+damage.Rows["version"] > 0 {
		if err := deriveNames(ctx, kept); err != nil {
			return damage, err
		}
	}
	if damage.Derivable() {
		return damage, kept.Repair.Clear(ctx)
	}
	return damage, nil
}

// deriveDocuments derives issues from documents. It returns those of which that is not possible.
func deriveDocuments(ctx context.Context, kept *store.Store, docs []store.RawDoc) (failed []int64, err error) {
	types, err := kept.Metadata.Types(ctx)
	if err != nil {
		return nil, err
	}
	var chunk []store.Doc
	for _, doc := range docs {
		t, err := translate.Document(doc.Raw, types)
		if err != nil {
			failed = append(failed, doc.ID)
			continue
		}
		chunk = append(chunk, store.Doc{Issue: t.Issue, Raw: doc.Raw, RawVersion: doc.Version})
	}
	if _, err := kept.Issues.Put(ctx, chunk); err != nil {
		return nil, fmt.Errorf("derive again what was damaged: %w", err)
	}
	return failed, nil
}

// deriveNames derives the former names of statuses, and the names of versions, from all documents: no list of Jira
// tells those that are gone.
func deriveNames(ctx context.Context, kept *store.Store) error {
	var names []metadata.StatusName
	versions := map[string]string{}
	for doc, err := range kept.Issues.Documents(ctx) {
		if err != nil {
			return err
		}
		t, err := translate.Document(doc.Raw, nil)
		if err != nil {
			continue // derived again, or told, with the issue itself
		}
		for _, n := range t.StatusNames {
			if name := (metadata.StatusName{ID: n.ID, Name: n.Name}); !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		maps.Copy(versions, t.VersionNames)
	}
	if err := kept.Metadata.PutVersionNames(ctx, versions); err != nil {
		return err
	}
	return kept.Metadata.PutStatusNames(ctx, names)
}
