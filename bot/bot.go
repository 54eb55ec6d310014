// Package bot is the loop: it reads a Jira, keeps what it read and posts the series that follow,
// in this order, again and again. One team's trouble stays its own.
package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
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
	Interval time.Duration // step of the grid points, 1 h by default
	Refresh  time.Duration // how old fields, statuses, boards and sprints may become, 0 to read them each time
	Chunk    int           // issues kept in one go, jira.BulkSize by default
	Log      *slog.Logger
	Metrics  *Metrics       // of the loop; may be nil
	Progress func(Progress) // called while issues are read; may be nil

	Live Live // what the loop tells of itself

	sets *smallSets // of the last reading
	seen clocks     // when Jira last told its time
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

// Error returns the first trouble and how many more there are.
func (e TeamErrors) Error() string {
	if len(e) == 1 {
		return e[0].Error()
	}
	return fmt.Sprintf("%v; and %d more teams in trouble", e[0], len(e)-1)
}

// Unwrap returns all of them.
func (e TeamErrors) Unwrap() []error { return e }

// Cycle reads, then posts. It returns the troubles of both.
func (b *Bot) Cycle(ctx context.Context) error {
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
	posted, failed := b.Publish(ctx)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	b.Metrics.cycled(time.Since(began), err == nil && failed == nil)
	b.Log.Info("cycle", "teams", len(summaries), "issues", issues, "requests", b.Jira.Requests()-before,
		"points", posted, "took", time.Since(began).Round(time.Millisecond))
	return errors.Join(err, failed)
}

// Run cycles until the context ends: a cycle, then a pause of period.
func (b *Bot) Run(ctx context.Context, period time.Duration) error {
	for {
		if err := b.Cycle(ctx); err != nil && ctx.Err() == nil {
			b.Log.Error("cycle failed, the next one tries again", "in", period, "error", err)
		}
		timer := time.NewTimer(period)
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil
		case <-timer.C:
		}
	}
}
