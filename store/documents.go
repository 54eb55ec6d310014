package store

import (
	"context"
	"database/sql"
	"iter"

	"jerem/store/db"
	"jerem/store/encoding"
)

// RawDoc is what was read of an issue.
type RawDoc = encoding.RawDoc

// rawChunk is how many issues are read at a time.
const rawChunk = 200

// Documents walks through what was read of every issue, in ascending order of id. The store may be
// written meanwhile.
func (s Issues) Documents(ctx context.Context) iter.Seq2[RawDoc, error] {
	return func(yield func(RawDoc, error) bool) {
		last := int64(-1 << 62)
		for {
			var docs []RawDoc
			err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
				query := `SELECT issue, version, raw FROM document WHERE issue > $1 ORDER BY issue LIMIT $2`
				return tx.Each(ctx, query, []any{last, rawChunk}, appendDocuments(&docs))
			})
			if err != nil {
				yield(RawDoc{}, err)
				return
			}
			for _, d := range docs {
				if !yield(d, nil) {
					return
				}
				last = d.ID
			}
			if len(docs) < rawChunk {
				return
			}
		}
	}
}

// DocumentsOf returns what was read of some issues, as far as they are kept.
func (s Issues) DocumentsOf(ctx context.Context, ids []int64) ([]RawDoc, error) {
	var docs []RawDoc
	err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		docs = nil
		query := `SELECT issue, version, raw FROM document WHERE issue IN ` + db.Listed + ` ORDER BY issue`
		return tx.Each(ctx, query, []any{db.Numbers(ids)}, appendDocuments(&docs))
	})
	return docs, err
}

// appendDocuments adds documents to a list, unpacked.
func appendDocuments(docs *[]RawDoc) func(scan db.Scan) error {
	var packed sql.RawBytes
	return func(scan db.Scan) error {
		var d RawDoc
		err := scan(&d.ID, &d.Version, &packed)
		if err != nil {
			return err
		}
		d.Raw, err = unpackDocument(packed)
		*docs = append(*docs, d)
		return err
	}
}

// unpackDocument is encoding.Decompress for what is kept.
func unpackDocument(packed []byte) ([]byte, error) {
	raw, err := encoding.Decompress(packed)
	return raw, db.Unfit(err)
}
