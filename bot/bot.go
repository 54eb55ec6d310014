// Package bot is the loop: it reads a Jira, keeps what it read and posts the series that follow,
// in this order, again and again. One team's trouble stays its own.
package bot

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/publish"
	"jerem/store"
)

// Bot reads for a set of teams into one store.
type Bot struct {
	Jira     *jira.Client
	Store    *store.Store
	Teams    []agile.Team
	Sinks    []publish.Sink
	Interval time.Duration // step of the grid points, 20 min by default
	Refresh  time.Duration // how old fields, statuses, boards and sprints may become, 0 to read them each time
	Chunk    int           // issues kept in one go, jira.BulkSize by default
	Log      *slog.Logger
	Metrics  *Metrics           // of the loop; may be nil
	Progress func(Progress)     // called while issues are read; may be nil
	Posted   func(PostProgress) // called while series are posted, for several sinks side by side; may be nil

	Live Live // what the loop tells of itself

	sets *smallSets // of the last reading
	seen clocks     // when Jira last told its time

	between     sync.RWMutex // held by a reading, and while a team is loaded to be posted: parts of a reading are no team
	outletsLock sync.Mutex
	outlets     map[publish.Sink]*outlet
}

// Progress tells how far a reading is.
type Progress struct {
	Done, Total int // issues
}

// Summary says what one reading did for a team.
type Summary struct {
	Team     string        `json:"team"`
	Issues   int           `json:"issues"`
	Changes  int           `json:"changes"`
	Worklogs int           `json:"worklogs"`
	Sprints  int           `json:"sprints"`
	Until    time.Time     `json:"until"`
	Err      error         `json:"-"`
	Took     time.Duration `json:"-"`
}

// TeamErrors are the troubles of single teams; the others went on.
type TeamErrors []error

// Error returns all troubles, each of which names its team.
func (e TeamErrors) Error() string {
	parts := make([]string, 0, len(e))
	for _, one := range e {
		parts = append(parts, one.Error())
	}
	return strings.Join(parts, "; ")
}

// Unwrap returns all of them.
func (e TeamErrors) Unwrap() []error { return e }

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
	before := b.Jira.Requests()
	summaries, err := b.Collect(ctx, false)
	issues := 0
	for _, s := range summaries {
		issues += s.Issues
		b.Metrics.read(s.Team, s.Err == nil)
	}
	if summaries == nil && err != nil {
		for _, conf := range b.Teams { // a trouble that all share
			b.Metrics.read(conf.Name, false)
		}
	}
	b.noteReadings(ctx, summaries, err)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	b.Metrics.cycled(time.Since(began), err == nil)
	b.Log.Info("cycle", "teams", len(summaries), "issues", issues, "requests", b.Jira.Requests()-before, "took", time.Since(began).Round(time.Millisecond))
	return err
}

// Run reads until the context ends: a cycle of reading, then a pause of period. What was read is posted beside it, to
// each sink at its own pace: none waits for another, and no reading for a sink.
func (b *Bot) Run(ctx context.Context, period time.Duration) error {
	wake, ended := b.postBeside(ctx)
	defer ended()
	for {
		began := time.Now()
		if err := b.readOnce(ctx); err != nil && ctx.Err() == nil {
			b.Log.Error("cycle failed, the next one tries again", "in", period, "error", err)
		}
		b.warnOfGaps(period, time.Since(began))
		wake()
		timer := time.NewTimer(period)
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil
		case <-timer.C:
		}
	}
}
