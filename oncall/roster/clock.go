package roster

import (
	"context"
	"time"

	"jerem/oncall/civil"
)

// How far the clock of this machine may lie from what was kept last, and how long one that lies further has to be told,
// while the program runs, until it is believed. A program that stood still for a fortnight closes at its start what
// began meanwhile; a machine that wakes with a wrong time is years off, and is set right within a day.
const (
	farFromKept   = 31 * 24 * time.Hour
	believedAfter = 24 * time.Hour
	longestStep   = time.Hour // between two looks at the clock in a running program; after more it stood still
)

// Clock is what is known of a clock that is doubted, as it lies far from what was kept last. The zero value doubts
// nothing.
type Clock struct {
	Last time.Time     // what it told last
	Told time.Duration // for how long it was told, while the program ran
}

// IsDoubted tells whether nothing is to be dropped, expired or closed on the word of the clock.
func (c Clock) IsDoubted() bool { return c != Clock{} }

// ClockAt is what is known of the clock once it tells now.
func (s State) ClockAt(now time.Time) Clock {
	if s.Kept.At.IsZero() || now.Sub(s.Kept.At).Abs() <= farFromKept {
		return Clock{}
	}
	c := Clock{Last: now}
	step := now.Sub(s.Clock.Last)
	if s.Clock.IsDoubted() && step.Abs() <= farFromKept { // it goes on from where it was
		c.Told = s.Clock.Told
		if step > 0 && step <= longestStep {
			c.Told += step
		}
	}
	if c.Told >= believedAfter {
		return Clock{}
	}
	return c
}

// clockAt is State.ClockAt for who need not doubt.
func (r *Roster) clockAt(s State, now time.Time) Clock {
	if r.TrustsClock {
		return Clock{}
	}
	return s.ClockAt(now)
}

// DoubtsClock tells whether the clock is doubted at the moment of a view.
func (r *Roster) DoubtsClock(v *View) bool { return r.clockAt(v.State, v.Now).IsDoubted() }

// OldRecords are kept for some while and dropped then.
type OldRecords interface {
	// DropEvents forgets the raw events that were finished before a moment, and returns how many.
	DropEvents(ctx context.Context, finishedBefore time.Time) (int64, error)
	// DropStatements forgets the frozen statements of the months before one, as a whole, and returns how many. The
	// months stay frozen.
	DropStatements(ctx context.Context, before civil.Month) (int64, error)
}

// Dropped is what was kept long enough and is gone.
type Dropped struct {
	Events, Statements int64
	Before             civil.Month // the statements were of months before it
}

// DropOld drops what has been kept long enough at the moment of a view, by oncall.keep; nothing while the clock is
// doubted.
func (r *Roster) DropOld(ctx context.Context, old OldRecords, v *View) (out Dropped, err error) {
	if r.DoubtsClock(v) {
		return out, nil
	}
	if keep := r.File.Keep.Events; keep > 0 {
		if out.Events, err = old.DropEvents(ctx, v.Now.Add(-keep)); err != nil {
			return out, err
		}
	}
	if keep := r.File.Keep.Statements; keep > 0 {
		out.Before = civil.MonthOf(v.Now.Add(-keep), time.UTC)
		out.Statements, err = old.DropStatements(ctx, out.Before)
	}
	return out, err
}
