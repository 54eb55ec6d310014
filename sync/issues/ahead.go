package issues

import (
	"context"
	"iter"
	"slices"
	"sync"

	"jerem/jira"
	"jerem/jira/document"
)

// Chunk is a chunk of issues as Jira answered.
type Chunk struct {
	IDs       []int64 // asked for
	Documents []document.Document
	Outcome   jira.Outcome
	Err       error // the reading cannot go on
}

// Ahead asks for issues in chunks of a size, for the next one while the caller keeps what came: one chunk is ahead at
// most, so that a stop has one asked for again. The last chunk tells an error, where there was one. Listed are as for
// [Fetcher.Fetch].
func (f *Fetcher) Ahead(ctx context.Context, ids []int64, size int, listed map[int64]bool) iter.Seq[Chunk] {
	return func(yield func(Chunk) bool) {
		asking, stop := context.WithCancel(ctx)
		came := make(chan Chunk)
		var fetching sync.WaitGroup
		fetching.Go(func() {
			defer close(came)
			f.fetchChunks(asking, slices.Chunk(ids, size), listed, came)
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
func (f *Fetcher) fetchChunks(
	ctx context.Context,
	chunks iter.Seq[[]int64],
	listed map[int64]bool,
	came chan<- Chunk,
) {
	for ids := range chunks {
		docs, outcome, err := f.Fetch(ctx, ids, listed)
		select {
		case came <- Chunk{ids, docs, outcome, err}:
		case <-ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}
