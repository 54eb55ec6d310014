package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/publish"
	"jerem/series"
	"jerem/store"
)

// Publish posts to every sink what it does not have yet, the whole past first. A sink's cursor
// moves only after all of it was taken, so a push that fails loses nothing: the next one begins at
// the same place, and points that are sent again overwrite themselves. It returns the points posted.
func (b *Bot) Publish(ctx context.Context) (int, error) {
	points := 0
	var troubles []error
	for _, sink := range b.Sinks {
		for _, conf := range b.Teams {
			n, err := b.publishTeam(ctx, sink, conf)
			points += n
			if err != nil {
				if ctx.Err() != nil {
					return points, ctx.Err()
				}
				troubles = append(troubles, fmt.Errorf("team %s: %w", conf.Name, err))
			}
		}
	}
	return points, errors.Join(troubles...)
}

// publishTeam posts a team's series from a sink's cursor to the team's last complete read.
func (b *Bot) publishTeam(ctx context.Context, sink publish.Sink, conf agile.Team) (int, error) {
	h, err := b.Store.History(ctx, conf)
	var kept *store.Error
	if errors.As(err, &kept) && kept.Code == store.NotRead {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	from, ok, err := b.Store.Cursor(ctx, sink.Name(), conf.Name)
	if err != nil {
		return 0, err
	}
	if !ok {
		from = time.Time{}
	}
	_, n, err := b.PublishRange(ctx, sink, h, from, h.Until)
	if err != nil {
		return n, err
	}
	return n, b.Store.SetCursor(ctx, sink.Name(), conf.Name, h.Until)
}

// PublishRange posts a team's series from one moment to another, both included. It returns how
// many series and points were posted.
func (b *Bot) PublishRange(ctx context.Context, sink publish.Sink, h *agile.History, from, to time.Time) (lines, points int, err error) {
	list := Points(measure.Of(h), b.interval(), from, to)
	for _, s := range list {
		points += len(s.Points)
	}
	if points == 0 {
		return 0, 0, nil
	}
	err = sink.Push(ctx, list)
	var rejected *publish.Rejected
	if errors.As(err, &rejected) { // asking again would not help: the others were taken
		b.Log.Warn("some series are not taken", "sink", sink.Name(), "series", len(rejected.Series), "error", err)
		err = nil
	}
	if err != nil {
		return 0, 0, fmt.Errorf("sink %s: %w", sink.Name(), err)
	}
	return len(list), points, nil
}

func (b *Bot) interval() time.Duration {
	if b.Interval == 0 {
		return time.Hour
	}
	return b.Interval
}

// Points returns a team's series as they are posted: the points of change and those of the grid.
func Points(t *measure.Team, step time.Duration, from, to time.Time) []series.Series {
	var out []series.Series
	for _, s := range t.Pieces(to) {
		out = append(out, window(s.Grid(step, to), from, to))
	}
	return series.Join(out)
}

// window cuts a series to its points from one moment to another. Unlike an export it begins with no
// point of its own: what holds at from was posted before, or stands on the grid.
func window(s series.Series, from, to time.Time) series.Series {
	points := s.Points[:0:0]
	for _, p := range s.Points {
		at := series.Time(p.Tick)
		if (from.IsZero() || !at.Before(from)) && (!at.After(to) || s.Kind == series.Events) {
			points = append(points, p)
		}
	}
	s.Points = points
	return s
}
