package store

import (
	"bytes"
	"compress/zlib"
	"context"
	"database/sql"
	"io"
	"iter"
	"jerem/store/db"
	"sync"
)

// compressors are writers of zlib that are not in use: making one costs more than most documents.
var compressors = sync.Pool{New: func() any {
	w, _ := zlib.NewWriterLevel(nil, zlib.BestSpeed) // the level is one that there is
	return w
}}

// compress packs a document; nil stays nil.
func compress(raw []byte) ([]byte, error) {
	if raw == nil {
		return nil, nil
	}
	var b bytes.Buffer
	w := compressors.Get().(*zlib.Writer)
	defer compressors.Put(w)
	w.Reset(&b)
	if _, err := w.Write(raw); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}

// decompressors are readers of zlib that are not in use.
var decompressors sync.Pool

// decompress unpacks a document.
func decompress(packed []byte) ([]byte, error) {
	r, err := decompressor(packed)
	if err != nil {
		return nil, db.Unfit(err)
	}
	defer decompressors.Put(r)
	raw, err := io.ReadAll(r)
	return raw, db.Unfit(err)
}

func decompressor(packed []byte) (io.Reader, error) {
	r, ok := decompressors.Get().(io.Reader)
	if !ok {
		return zlib.NewReader(bytes.NewReader(packed))
	}
	return r, r.(zlib.Resetter).Reset(bytes.NewReader(packed), nil)
}

// RawDoc is what was read of an issue.
type RawDoc struct {
	ID      int64
	Version int
	Raw     []byte
}

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
				return tx.Each(
					ctx,
					`SELECT issue, version, raw FROM document WHERE issue > ?1 ORDER BY issue LIMIT ?2`,
					[]any{last, rawChunk},
					func(scan db.Scan) error {
						var d RawDoc
						var packed []byte
						if err := scan(&d.ID, &d.Version, &packed); err != nil {
							return err
						}
						raw, err := decompress(packed)
						d.Raw = raw
						docs = append(docs, d)
						return err
					},
				)
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
		for _, id := range ids {
			d, packed := RawDoc{ID: id}, []byte(nil)
			err := tx.QueryRow(ctx, `SELECT version, raw FROM document WHERE issue = ?1`, id).Scan(&d.Version, &packed)
			if err == sql.ErrNoRows {
				continue
			}
			if err != nil {
				return err
			}
			if d.Raw, err = decompress(packed); err != nil {
				return err
			}
			docs = append(docs, d)
		}
		return nil
	})
	return docs, err
}

// putDocument keeps what an issue was derived from, where it is given and another than what is kept.
func putDocument(ctx context.Context, tx *db.Tx, d Doc) error {
	if d.Raw == nil {
		return nil
	}
	raw, err := compress(d.Raw)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO document VALUES (?1, ?2, ?3)
		ON CONFLICT (issue) DO UPDATE SET version = ?2, raw = ?3 WHERE version <> ?2 OR raw <> ?3`, d.Issue.ID,
		d.RawVersion,
		raw)
	return err
}
