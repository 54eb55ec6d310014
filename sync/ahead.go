package sync

import (
	"context"
	"iter"
	"slices"
	"sync"

	"jerem/jira"
	"jerem/jira/document"
)

// fetchedChunk is a chunk of issues as Jira answered.
type fetchedChunk struct {
	ids     []int64
	docs    []document.Document
	outcome jira.Outcome
	err     error // the reading cannot go on
}

// fetchAhead asks for issues chunk by chunk, for the next one while what came is kept: one chunk is ahead at most, so
// that a stop has one asked for again. The last one tells an error, where there was one.
func (r *reading) fetchAhead(ctx context.Context, ids []int64) iter.Seq[fetchedChunk] {
	return func(yield func(fetchedChunk) bool) {
		asking, stop := context.WithCancel(ctx)
		came := make(chan fetchedChunk)
		var fetching sync.WaitGroup
		fetching.Go(func() {
			defer close(came)
			r.fetchChunks(asking, ids, came)
		})
		defer fetching.Wait()
		defer stop()
		for chunk := range came {
			if !yield(chunk) {
				return
			}
		}
	}
}

// fetchChunks asks for issues until one chunk fails or the context ends.
func (r *reading) fetchChunks(ctx context.Context, ids []int64, came chan<- fetchedChunk) {
	for chunk := range slices.Chunk(ids, r.chunkSize) {
		docs, outcome, err := r.fetcher.Fetch(ctx, chunk, r.found.listed)
		select {
		case came <- fetchedChunk{chunk, docs, outcome, err}:
		case <-ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}
