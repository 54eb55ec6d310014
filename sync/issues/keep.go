package issues

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"time"

	"jerem/agile"
	"jerem/jira/document"
	"jerem/jira/translate"
	"jerem/store"
	"jerem/store/metadata"
	"jerem/sync/scope"
)

// Keeper joins documents with what is known of their issues and keeps them.
type Keeper struct {
	Store  *store.Store
	Fields document.Fieldset
	Log    *slog.Logger
	At     time.Time // Jira's clock when the reading began: what is read is known as of then

	Updates *UpdateCache
}

// Kept are the issues of some documents.
type Kept struct {
	IDs        []int64 // kept
	Incomplete []int64 // of which something is lacking: they are to be read again
}

// OlderThanKept returns an issue that was sent as it was before what is kept: Jira was restored from a backup. It is
// false where there is none.
func (k Keeper) OlderThanKept(ctx context.Context, docs []document.Document) (id int64, older bool, err error) {
	known, err := k.Updates.Of(ctx, k.Store, documentIDs(docs))
	if err != nil {
		return 0, false, err
	}
	for _, d := range docs {
		if d.Updated.Before(known[d.ID]) {
			return d.ID, true, nil
		}
	}
	return 0, false, nil
}

func documentIDs(docs []document.Document) []int64 {
	ids := make([]int64, 0, len(docs))
	for _, d := range docs {
		ids = append(ids, d.ID)
	}
	return ids
}

// Keep translates documents and puts them into the store, one transaction for all; each is shown before, with the
// number of changes in its history.
func (k Keeper) Keep(
	ctx context.Context,
	docs []document.Document,
	show func(issue *agile.Issue, changes int),
) (Kept, error) {
	var out Kept
	docs, err := k.joinKnown(ctx, docs)
	if err != nil {
		return out, err
	}
	types, err := k.Store.Metadata.Types(ctx)
	if err != nil {
		return out, err
	}
	var kept []store.Doc
	var names []metadata.StatusName
	versions := map[string]string{}
	for n, d := range docs {
		docs[n].Content = document.Content{} // it is translated here, and may go
		if len(d.Gaps) > 0 {
			out.Incomplete = append(out.Incomplete, d.ID)
		}
		t := translate.Content(d.Content, types)
		out.IDs = append(out.IDs, d.ID)
		kept = append(
			kept,
			store.Doc{Issue: t.Issue, Raw: d.Raw, RawVersion: document.RawVersion, Read: k.At, Gaps: d.Gaps},
		)
		for _, n := range t.StatusNames {
			names = append(names, metadata.StatusName{ID: n.ID, Name: n.Name})
		}
		maps.Copy(versions, t.VersionNames)
		show(t.Issue, d.Changes)
	}
	if err := k.Store.Metadata.PutStatusNames(ctx, names); err != nil {
		return out, err
	}
	if err := k.Store.Metadata.PutVersionNames(ctx, versions); err != nil {
		return out, err
	}
	k.Updates.Forget(out.IDs)
	_, err = k.Store.Issues.Put(ctx, kept)
	return out, err
}

// joinKnown joins what was read of issues with what is known of them: histories do not shrink, and a field that did
// not come is not empty. What is lacking is told with the issue.
func (k Keeper) joinKnown(ctx context.Context, docs []document.Document) ([]document.Document, error) {
	kept, err := k.Store.Issues.DocumentsOf(ctx, documentIDs(docs))
	if err != nil {
		return nil, err
	}
	known := map[int64][]byte{}
	for _, one := range kept {
		known[one.ID] = one.Raw
	}
	out := slices.Clone(docs)
	for n, d := range docs {
		out[n] = k.joinOne(known[d.ID], d)
	}
	return out, nil
}

func (k Keeper) joinOne(known []byte, d document.Document) document.Document {
	whole, lacks, err := document.Merge(known, d, k.Fields)
	if err != nil {
		k.Log.Warn("what is kept of an issue is replaced by what was read", "issue", d.ID, "error", err)
	}
	if lacks.Entries > 0 {
		k.Log.Warn(
			"a change history has become shorter: what is known of it stays",
			"issue",
			d.ID,
			"changes",
			lacks.Entries,
		)
	}
	for _, id := range lacks.Fields {
		if slices.Contains(d.Absent, id) {
			gap := agile.Gap{
				Source:  agile.SourceValues,
				Code:    agile.GapMissing,
				Subject: agile.NamedSubject(scope.FieldName(k.Fields, id)),
			}
			whole.Gaps = append(slices.Clone(whole.Gaps), gap)
		}
	}
	if slices.ContainsFunc(whole.Gaps, isIncompleteHistory) {
		k.Log.Warn("an issue is read, and its change history comes incomplete", "issue", d.ID)
	}
	return whole
}

func isIncompleteHistory(g agile.Gap) bool {
	return g.Source == agile.SourceHistories && g.Code == agile.GapMissing
}
