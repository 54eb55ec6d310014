package sync

import (
	"context"
	"slices"

	"jerem/agile"
	"jerem/jira/document"
	"jerem/sync/scope"
)

// joined joins what was read of issues with what is known of them: histories do not shrink, and a field that did not come
// is not empty. What is lacking is told with the issue; an issue that lacks something is asked for again.
func (r *reading) joined(ctx context.Context, docs []document.Document) ([]document.Document, error) {
	ids := make([]int64, 0, len(docs))
	for _, d := range docs {
		ids = append(ids, d.ID)
	}
	kept, err := r.Store.RawOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	known := map[int64][]byte{}
	for _, k := range kept {
		known[k.ID] = k.Raw
	}
	out := slices.Clone(docs)
	for n, d := range docs {
		whole, lacks, err := document.Merge(known[d.ID], d, r.fields)
		if err != nil {
			r.Log.Warn("what is kept of an issue is replaced by what was read", "issue", d.ID, "error", err)
		}
		if lacks.Entries > 0 {
			r.Log.Warn("a change history has become shorter: what is known of it stays", "issue", d.ID, "changes", lacks.Entries)
		}
		for _, id := range lacks.Fields {
			if slices.Contains(d.Absent, id) {
				whole.Gaps = append(slices.Clone(whole.Gaps), agile.Gap{Source: agile.SourceValues, Code: agile.GapMissing, Subject: scope.FieldName(r.fields, id)})
			}
		}
		out[n] = whole
		if slices.ContainsFunc(whole.Gaps, incomplete) {
			r.Log.Warn("an issue is read, and its change history comes incomplete", "issue", d.ID)
		}
		if len(whole.Gaps) > 0 {
			r.again[d.ID] = true
		}
	}
	return out, nil
}

func incomplete(g agile.Gap) bool {
	return g.Source == agile.SourceHistories && g.Code == agile.GapMissing
}
