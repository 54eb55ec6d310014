package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"jerem/publish"
	"jerem/series"
)

// This file keeps account of what stands at a sink, so that points that are no more can be taken away.

// standing is what is known of what stands at a sink of a team.
type standing struct {
	posted                 // what was taken whole
	Tried  *posted         // what is being posted, or was and failed: any of it may stand there
	Stray  []series.Series // points of earlier tries that are no more
}

// posted is what a push holds, in a form that tells its points later.
type posted struct {
	Until  time.Time
	Step   time.Duration // of the grid
	Pieces []series.Series
}

func (p *posted) points(from time.Time) []series.Series {
	return points(p.Pieces, p.Step, from, p.Until)
}

// standing reads the account of a sink.
func (b *Bot) standing(ctx context.Context, sink publish.Sink, team string) (s standing, err error) {
	noted, err := b.Store.Posted(ctx, sink.Name(), team)
	if err != nil || noted == nil {
		return s, err
	}
	if err := json.Unmarshal(noted, &s); err != nil {
		return s, fmt.Errorf("sink %s: what was noted of it cannot be read: %w", sink.Name(), err)
	}
	return s, nil
}

// intend notes what is about to be posted: should it be taken in part, or the process end before it is known, the next push
// that succeeds takes away what is no more by then. What a former try held beyond this one is kept apart.
func (b *Bot) intend(ctx context.Context, sink publish.Sink, team string, pieces []series.Series, from, until time.Time) error {
	s, err := b.standing(ctx, sink, team)
	if err != nil {
		return err
	}
	next := &posted{until, b.interval(), pieces}
	if s.Tried != nil {
		s.Stray = series.Join(append(s.Stray, series.Missing(s.Tried.points(from), next.points(from))...))
	}
	s.Tried = next
	noted, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return b.Store.NotePosted(ctx, sink.Name(), team, noted)
}

// settle deletes at a sink what was posted once and is no more (a deleted worklog's day, the start of
// a sprint that was moved), and notes what stands there now.
func (b *Bot) settle(ctx context.Context, sink publish.Sink, team string, pieces []series.Series, from, until time.Time) error {
	old, err := b.standing(ctx, sink, team)
	if err != nil {
		return err
	}
	now := posted{until, b.interval(), pieces}
	gone := series.Vanished(old.points(from), now.points(from))
	if len(old.Stray) > 0 {
		gone = append(gone, series.Vanished(old.Stray, now.points(time.Time{}))...)
	}
	if err := sink.Delete(ctx, gone); err != nil {
		return err
	}
	if len(gone) > 0 {
		b.Log.Info("points that are no more were deleted", "sink", sink.Name(), "team", team, "stretches", len(gone))
	}
	noted, err := json.Marshal(standing{posted: now})
	if err != nil {
		return err
	}
	return b.Store.SetPosted(ctx, sink.Name(), team, noted, until)
}
