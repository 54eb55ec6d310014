package ledger

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"jerem/store/db"
	"jerem/store/encoding"
)

// This file keeps the content of pieces. That of a long series is kept in parts, so that a series that goes on writes
// its last part alone: the others are rows of sink_part, which the claims of the series share.

// Content is the content of pieces, in parts.
type Content struct {
	Former []Part // in order; those that a claim of the series had before are not written again
	Last   []byte // what follows them, of any form
}

// Part is a part of the content of pieces, known by a digest, which holds no space. Pack makes its content, of any
// form.
type Part struct {
	Digest string
	Pack   func() []byte
}

// PiecesKey names pieces of a series in the ledger.
type PiecesKey struct{ Series, Digest string }

// storedPieces is a row of sink_pieces.
type storedPieces struct {
	key    PiecesKey
	series int64
	parts  []string // digests of the former parts
	last   []byte
}

// partKey names a part of a series.
type partKey struct {
	series int64
	digest string
}

func (k partKey) seriesAndDigest() string { return strconv.FormatInt(k.series, 10) + " " + k.digest }

// Pieces returns the content of the pieces that the claims of some series name, part by part, as it was given to Put.
// What was lost, or any part of it, is not among them. However many series they are, it is no more than two questions.
func (s Ledger) Pieces(ctx context.Context, sink, team string, series []string) (map[PiecesKey][][]byte, error) {
	all := map[PiecesKey][][]byte{}
	err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		rows, err := readPieces(ctx, tx, sink, team, series)
		if err != nil {
			return err
		}
		parts, err := readParts(ctx, tx, rows)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if content, whole := row.joinParts(parts); whole {
				all[row.key] = content
			}
		}
		return nil
	})
	return all, err
}

// readPieces reads the rows of pieces that the claims of some series name.
func readPieces(ctx context.Context, tx *db.Tx, sink, team string, series []string) (rows []storedPieces, err error) {
	query := `SELECT s.key, p.digest, p.series, p.parts, p.pieces FROM sink_series s JOIN sink_pieces p
		ON p.series = s.id AND p.digest IN (s.taken, s.tried)
		WHERE s.key IN ` + db.ListedTexts + ` AND s.sink = $2 AND s.team = $3`
	err = tx.Each(ctx, query, []any{db.Texts(series), sink, team}, func(scan db.Scan) error {
		var row storedPieces
		var parts string
		var packed []byte
		err := scan(&row.key.Series, &row.key.Digest, &row.series, &parts, &packed)
		if err != nil {
			return err
		}
		row.parts = strings.Fields(parts)
		row.last, err = unpackPieces(packed)
		rows = append(rows, row)
		return err
	})
	return rows, err
}

// readParts reads the parts of the series of some rows that have any.
func readParts(ctx context.Context, tx *db.Tx, rows []storedPieces) (map[partKey][]byte, error) {
	var ids []int64
	for _, row := range rows {
		if len(row.parts) > 0 {
			ids = append(ids, row.series)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	parts := map[partKey][]byte{}
	query := `SELECT series, digest, content FROM sink_part WHERE series IN ` + db.Listed
	err := tx.Each(ctx, query, []any{db.Numbers(ids)}, func(scan db.Scan) error {
		var key partKey
		var packed []byte
		err := scan(&key.series, &key.digest, &packed)
		if err == nil {
			parts[key], err = unpackPieces(packed)
		}
		return err
	})
	return parts, err
}

// joinParts returns the parts of pieces in order; false where one was lost.
func (p storedPieces) joinParts(parts map[partKey][]byte) (content [][]byte, whole bool) {
	for _, digest := range p.parts {
		part, ok := parts[partKey{p.series, digest}]
		if !ok {
			return nil, false
		}
		content = append(content, part)
	}
	return append(content, p.last), true
}

// unpackPieces is encoding.Decompress for what is kept.
func unpackPieces(packed []byte) ([]byte, error) {
	content, err := encoding.Decompress(packed)
	return content, db.Unfit(err)
}

// keptSeries are the ids of series in the ledger, by key, their pieces, and the parts that these have.
type keptSeries struct {
	ids   map[string]int64
	parts map[int64]map[string][]string // by series and digest of the pieces
}

// readKept reads the ids of series, and of which parts their pieces consist.
func readKept(ctx context.Context, tx *db.Tx, sink, team string, keys []string) (keptSeries, error) {
	kept := keptSeries{ids: map[string]int64{}, parts: map[int64]map[string][]string{}}
	query := `SELECT s.key, s.id, coalesce(p.digest, ''), coalesce(p.parts, '') FROM sink_series s
		LEFT JOIN sink_pieces p ON p.series = s.id WHERE s.key IN ` + db.ListedTexts +
		` AND s.sink = $2 AND s.team = $3`
	err := tx.Each(ctx, query, []any{db.Texts(keys), sink, team}, func(scan db.Scan) error {
		var key, digest, parts string
		var id int64
		err := scan(&key, &id, &digest, &parts)
		kept.ids[key] = id
		if digest != "" {
			kept.addPieces(id, digest, strings.Fields(parts))
		}
		return err
	})
	return kept, err
}

func (k keptSeries) addPieces(series int64, digest string, parts []string) {
	if k.parts[series] == nil {
		k.parts[series] = map[string][]string{}
	}
	k.parts[series][digest] = parts
}

// partsOf is the set of the parts that pieces of a series have.
func (k keptSeries) partsOf(series int64) map[string]bool {
	set := map[string]bool{}
	for _, parts := range k.parts[series] {
		for _, part := range parts {
			set[part] = true
		}
	}
	return set
}

// putPieces keeps the content that is new and forgets what no claim names any more.
func putPieces(ctx context.Context, tx *db.Tx, kept keptSeries, ids string, list []SinkEntry) error {
	if err := putContents(ctx, tx, kept, list); err != nil {
		return err
	}
	err := tx.ExecLater(ctx, `DELETE FROM sink_pieces WHERE series IN `+db.Listed+` AND NOT EXISTS (
		SELECT 1 FROM sink_series s WHERE s.id = sink_pieces.series AND sink_pieces.digest IN (s.taken, s.tried))`, ids)
	if err != nil {
		return err
	}
	unnamed := unnamedParts(kept, list)
	if len(unnamed) == 0 {
		return nil
	}
	return tx.ExecLater(ctx, `DELETE FROM sink_part WHERE series IN `+db.Listed+
		` AND CAST(series AS TEXT) || ' ' || digest IN `+db.ListedTextsSecond, ids, db.Texts(unnamed))
}

// putContents keeps the content of pieces that are not kept yet, and the parts of it that no pieces of the series have.
func putContents(ctx context.Context, tx *db.Tx, kept keptSeries, list []SinkEntry) error {
	var pieces, parts [][]any
	for _, e := range list {
		id := kept.ids[e.Key]
		for digest, content := range e.Pieces {
			if _, isKept := kept.parts[id][digest]; isKept {
				continue
			}
			lacking, names, err := lackingParts(kept, id, content.Former)
			if err != nil {
				return err
			}
			packed, err := encoding.Compress(content.Last)
			if err != nil {
				return err
			}
			parts = append(parts, lacking...)
			pieces = append(pieces, []any{id, digest, strings.Join(names, " "), packed})
			kept.addPieces(id, digest, names)
		}
	}
	err := tx.InsertRowsLater(ctx, `INSERT INTO sink_part (series, digest, content)`, `ON CONFLICT DO NOTHING`, parts)
	if err != nil {
		return err
	}
	return tx.InsertRowsLater(ctx, `INSERT INTO sink_pieces (series, digest, parts, pieces)`, `ON CONFLICT DO NOTHING`,
		pieces)
}

// lackingParts makes rows of the parts that no pieces of a series have, and lists the digests of all of them.
func lackingParts(kept keptSeries, series int64, list []Part) (rows [][]any, names []string, err error) {
	known := kept.partsOf(series)
	for _, part := range list {
		if !known[part.Digest] {
			known[part.Digest] = true
			packed, err := encoding.Compress(part.Pack())
			if err != nil {
				return nil, nil, err
			}
			rows = append(rows, []any{series, part.Digest, packed})
		}
		names = append(names, part.Digest)
	}
	return rows, names, nil
}

// unnamedParts lists the parts of series that no pieces have which a claim names, by their keys as text. Pieces that go
// on from others have most of their parts at the same places.
func unnamedParts(kept keptSeries, list []SinkEntry) (unnamed []string) {
	for _, e := range list {
		id := kept.ids[e.Key]
		var named [][]string
		for digest, parts := range kept.parts[id] {
			if e.names(digest) {
				named = append(named, parts)
			}
		}
		for digest, parts := range kept.parts[id] {
			for n, part := range parts {
				if !e.names(digest) && !isAmong(named, n, part) {
					unnamed = append(unnamed, partKey{id, part}.seriesAndDigest())
				}
			}
		}
	}
	slices.Sort(unnamed)
	return slices.Compact(unnamed)
}

// names tells whether a claim of the series names the pieces of a digest.
func (e *SinkEntry) names(digest string) bool {
	return digest == e.Taken.Digest || digest == e.Tried.Digest
}

// isAmong tells whether a part is among those of any of some pieces; it is looked for at a place first.
func isAmong(pieces [][]string, place int, part string) bool {
	return slices.ContainsFunc(pieces, func(parts []string) bool {
		return place < len(parts) && parts[place] == part || slices.Contains(parts, part)
	})
}
