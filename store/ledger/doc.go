// Package ledger keeps what stands at each sink of each team, series by series.
//
// Its words: a [Claim] says of which pieces the points of a series stand at a sink, and up to when; the pieces are
// known by their digest, and their content is kept as long as a claim names them. Taken is what the sink has whole,
// tried what is being posted: any of it may stand there. A [PendingDeletion] is a stretch of a series that is to be
// deleted there. A cursor says up to when a sink was served.
//
// An example: a series gets another piece. Before it is posted it is noted as tried, afterwards as taken:
//
//	entry := ledger.SinkEntry{SinkSeries: known, Pieces: map[string][]byte{digest: content}}
//	entry.Tried = ledger.Claim{Digest: digest, Step: time.Hour, Until: until}
//	err := s.Ledger.Put(ctx, "warp10", "K", []ledger.SinkEntry{entry})
//
// Put keeps all entries in sets, in one transaction; a series of which nothing stands and nothing is pending leaves.
package ledger
