package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
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
			b.Metrics.pushed(sink.Name(), n, err == nil)
			if at, ok, unknown := b.Store.Cursor(ctx, sink.Name(), conf.Name); ok && unknown == nil {
				b.Metrics.reached(sink.Name(), conf.Name, at)
			}
			points += n
			if ctx.Err() == nil {
				b.Live.note(conf.Name, sink.Name(), err)
			}
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
	pieces := measure.Of(h).Pieces(h.Until)
	if err := b.intend(ctx, sink, conf.Name, pieces, from, h.Until); err != nil {
		return 0, err
	}
	_, n, err := b.post(ctx, sink, pieces, from, h.Until)
	if err != nil {
		return n, err
	}
	return n, b.settle(ctx, sink, conf.Name, pieces, from, h.Until)
}

// points returns all points of series in a window, those of the grid too.
func points(pieces []series.Series, step time.Duration, from, to time.Time) []series.Series {
	out := make([]series.Series, 0, len(pieces))
	for _, p := range pieces {
		out = append(out, gridded(p, step, from, to))
	}
	return series.Join(out)
}

// perPush is how many points are computed before they are posted: a long past is never all in memory.
const perPush = 200_000

// PublishRange posts a team's series from one moment to another, both included. It returns how
// many series and points were posted.
func (b *Bot) PublishRange(ctx context.Context, sink publish.Sink, h *agile.History, from, to time.Time) (lines, points int, err error) {
	return b.post(ctx, sink, measure.Of(h).Pieces(to), from, to)
}

func (b *Bot) post(ctx context.Context, sink publish.Sink, pieces []series.Series, from, to time.Time) (lines, points int, err error) {
	seen := map[string]bool{}
	var batch []series.Series
	size := 0
	flush := func() error {
		list := series.Join(batch)
		if len(list) == 0 {
			return nil
		}
		if err := b.push(ctx, sink, list); err != nil {
			return err
		}
		for i := range list {
			seen[list[i].Key()] = true
		}
		points += size
		batch, size = nil, 0
		return nil
	}
	for _, piece := range pieces {
		one := gridded(piece, b.interval(), from, to)
		batch, size = append(batch, one), size+len(one.Points)
		if size >= perPush {
			if err := flush(); err != nil {
				return len(seen), points, err
			}
		}
	}
	err = flush()
	return len(seen), points, err
}

// push posts series. What the sink does not take is told in the log: asking again would not help.
func (b *Bot) push(ctx context.Context, sink publish.Sink, list []series.Series) error {
	err := sink.Push(ctx, list)
	var rejected *publish.Rejected
	if errors.As(err, &rejected) {
		b.Log.Warn("some series are not taken", "sink", sink.Name(), "series", len(rejected.Series), "error", err)
		return nil
	}
	return err
}

func (b *Bot) interval() time.Duration {
	if b.Interval == 0 {
		return time.Hour
	}
	return b.Interval
}

// gridded returns the points of a series in a window, those of change and those of the grid. Unlike
// an export it begins with no point of its own: what holds at from was posted before, or stands on
// the grid.
func gridded(s series.Series, step time.Duration, from, to time.Time) series.Series {
	s = s.Grid(step, from, to)
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

// Replace deletes all series of a team at a sink, whoever posted them, and posts the whole past anew.
// The cursor is forgotten first: where the posting breaks off, the next cycle posts everything.
func (b *Bot) Replace(ctx context.Context, sink publish.Sink, conf agile.Team) (points int, err error) {
	clearer, ok := sink.(publish.Clearer)
	if !ok {
		return 0, fmt.Errorf("sink %s: cannot drop series", sink.Name())
	}
	if err := b.Store.ForgetPosted(ctx, sink.Name(), conf.Name); err != nil {
		return 0, err
	}
	if err := clearer.Clear(ctx, b.Labels(conf)); err != nil {
		return 0, err
	}
	return b.publishTeam(ctx, sink, conf)
}

// Labels are how the label of a team may stand at a sink, as the older bot wrote it too. What is the
// name of another team is that team's.
func (b *Bot) Labels(conf agile.Team) []string {
	return slices.DeleteFunc(publish.Spellings(conf.Name), func(label string) bool {
		return label != conf.Name && slices.ContainsFunc(b.Teams, func(t agile.Team) bool { return t.Name == label })
	})
}
