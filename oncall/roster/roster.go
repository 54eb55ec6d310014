package roster

import (
	"context"
	"errors"
	"time"

	"jerem/oncall"
	"jerem/oncall/plan"
)

// Roster is on-call at work: what the file says, and what is kept.
type Roster struct {
	File    plan.File
	Records Records
	// TrustsClock tells that the clock is played, and may run as it likes.
	TrustsClock bool
}

// View returns on-call as it is at a moment. Nothing is kept by looking.
func (r *Roster) View(ctx context.Context, now time.Time) (*View, error) {
	state, err := r.Records.State(ctx)
	if err != nil {
		return nil, err
	}
	return NewView(state, r.File, now), nil
}

// Decide runs a decision on on-call as it is at a moment and keeps what it returns, together with what time has done
// meanwhile, where the clock is not doubted: versions that began, requests that expired. A refusal is an
// oncall.Refusal.
func (r *Roster) Decide(ctx context.Context, now time.Time, decide func(*View) (Writes, error)) error {
	return r.Records.Update(ctx, func(state State) (Writes, error) {
		v := NewView(state, r.File, now)
		writes, err := decide(v)
		if err != nil {
			return Writes{}, err
		}
		var all Writes
		if !r.DoubtsClock(v) {
			all = v.elapsedWrites()
		}
		all.appendAll(writes)
		return all, nil
	})
}

// KeepPast keeps what time has done: versions that began, requests that expired. It is called when the program starts
// and every minute. It returns the lines of the file that contradict the past, by which on-call does not go. Of a clock
// that is doubted it keeps alone how long that was told.
func (r *Roster) KeepPast(ctx context.Context, now time.Time) ([]oncall.Contradiction, error) {
	var contradictions []oncall.Contradiction
	err := r.Records.Update(ctx, func(state State) (Writes, error) {
		v := NewView(state, r.File, now)
		contradictions = v.Contradictions
		clock := r.clockAt(state, now)
		if clock.IsDoubted() {
			return Writes{Clock: &clock}, nil
		}
		out := v.elapsedWrites()
		if state.Clock.IsDoubted() {
			out.Clock = &clock
		}
		kept := v.kept
		out.Kept = &kept
		return out, nil
	})
	return contradictions, err
}

// RefusalOf returns why something was refused; nil where an error is none.
func RefusalOf(err error) *oncall.Refusal {
	var refusal *oncall.Refusal
	if errors.As(err, &refusal) {
		return refusal
	}
	return nil
}
