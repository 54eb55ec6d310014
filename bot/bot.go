package bot

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"jerem/agile"
	"jerem/posting"
	"jerem/publish"
	"jerem/sqlviews"
	"jerem/store"
	reading "jerem/sync"
	"jerem/teams"
)

// Bot reads for a set of teams into one store, and posts what follows.
type Bot struct {
	Reader   *reading.Reader
	Store    *store.Store
	Teams    []agile.Team
	Sinks    []publish.Sink
	Interval time.Duration            // step of the grid points, 20 min by default
	Steps    map[string]time.Duration // of sinks that have another step, by name
	Log      *slog.Logger
	Now      func() time.Time       // our clock; nil for that of this machine
	Metrics  *Metrics               // of the loop; may be nil
	Computed *teams.Cache           // shared with whoever shows figures; its own where it is nil
	Build    func() string          // what tells this program from every other, see sqlviews.Sources; may be nil
	Posted   func(posting.Progress) // called while series are posted, for several sinks side by side; may be nil

	Live Live // what the loop tells of itself

	named      namedChanges
	epoch      int64 // of the lease under which was read last; 0 while another instance reads
	unended    unendedList
	viewsOnce  sync.Once
	views      *sqlviews.Keeper
	posterOnce sync.Once
	poster     *posting.Poster
}

// Cycle reads, then posts. It returns the troubles of both.
func (b *Bot) Cycle(ctx context.Context) error {
	err := b.readOnce(ctx)
	_, failed := b.Publish(ctx)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return errors.Join(err, failed)
}

// readOnce is a cycle of reading.
func (b *Bot) readOnce(ctx context.Context) error {
	began := time.Now()
	before := b.Reader.Jira.Transport().Requests()
	summaries, err := b.Reader.CollectNamed(ctx, b.named.takeNamed())
	issues := 0
	for _, s := range summaries {
		issues += s.Issues
		b.Metrics.countReading(s.Team, s.Err == nil && !s.Doubted)
	}
	if summaries == nil && err != nil {
		for _, conf := range b.Teams { // a trouble that all share
			b.Metrics.countReading(conf.Name, false)
		}
	}
	noteReadings(ctx, b, summaries, err)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	b.Metrics.countCycle(time.Since(began), err == nil)
	b.Log.Info("cycle", "teams", len(summaries), "issues", issues, "requests",
		b.Reader.Jira.Transport().Requests()-before, "took", time.Since(began).Round(time.Millisecond))
	return err
}

// Run reads until the context ends: a cycle of reading, then a pause of period. What was read is posted beside it, to
// each sink at its own pace: none waits for another, and no reading for a sink.
func (b *Bot) Run(ctx context.Context, period time.Duration) error {
	wake, ended := postBeside(ctx, b)
	defer ended()
	if b.Store.Sharing.IsShared() {
		b.runShared(ctx, period, wake)
		return nil
	}
	for {
		began := time.Now()
		if err := b.readOnce(ctx); err != nil && ctx.Err() == nil {
			b.Log.Error("cycle failed, the next one tries again", "in", period, "error", err)
		}
		warnOfGaps(b, period, time.Since(began))
		wake()
		if !b.waitForCycle(ctx, period) {
			return nil
		}
	}
}

// waitForCycle waits for the next cycle, or until a change is named that concerns a team. Meanwhile the metadata is
// read that would be due then. False where the context ended.
func (b *Bot) waitForCycle(ctx context.Context, period time.Duration) bool {
	next := time.Now().Add(period)
	paused, ended := context.WithDeadline(ctx, next)
	defer ended()
	var watching sync.WaitGroup
	watching.Go(func() { endPauseAtNamed(paused, b, ended) })
	if err := b.Reader.PrepareMetadata(paused, next); err != nil {
		b.Live.noteOutcome("", "", err) // until the next reading tells how it went
		b.Log.Error("Jira does not answer between two readings, the next one tries again", "error", err)
	}
	watching.Wait()
	return ctx.Err() == nil
}
