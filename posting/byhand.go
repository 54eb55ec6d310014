package posting

import (
	"context"
	"errors"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/timeseries"
	"jerem/publish"
	"jerem/series"
	"jerem/teams"
)

// This file posts what is asked for by hand, whatever a sink is known to have.

// Past is the history of a team as of its last complete reading, with what another process of the same program told of
// the very history at the noons of the past: that is not told again.
type Past struct {
	History *agile.History
	Told    []timeseries.ToldFigures
}

// linesAt makes the series as known at a moment.
func (p Past) linesAt(ctx context.Context, at time.Time) ([]teams.Line, error) {
	pieces, err := timeseries.PiecesTold(ctx, measure.Of(p.History), at, p.Told)
	if err != nil {
		return nil, err
	}
	return teams.LinesOf(pieces), nil
}

// Repost posts all of a team's series anew as of its last complete reading. It returns how many series and points were
// posted; a [Refusal] where the sink took the rest only.
func (p *Poster) Repost(ctx context.Context, sink publish.Sink, of Past) (lines, points int, err error) {
	x, err := p.postByHand(ctx, sink, of, everything, series.First, of.History.Until)
	if x == nil {
		return 0, 0, err
	}
	return x.lines, x.done.Points, errors.Join(err, p.WriteCursors(ctx, sink))
}

// PostRange posts a team's series from one moment to another, both included, as known at the latter; a zero from is the
// first day. It returns how many series and points were posted.
func (p *Poster) PostRange(
	ctx context.Context, sink publish.Sink, of Past, from, to time.Time,
) (lines, points int, err error) {
	first := series.First
	if !from.IsZero() {
		first = series.Tick(from)
	}
	x, err := p.postByHand(ctx, sink, of, span, first, to)
	if x == nil {
		return 0, 0, err
	}
	return x.lines, x.done.Points, err
}

// postByHand posts series from a tick on, as known at a moment. The push is nil where there was none.
func (p *Poster) postByHand(
	ctx context.Context, sink publish.Sink, of Past, what extent, from int64, until time.Time,
) (*push, error) {
	if !sink.Capabilities().OldPoints {
		return nil, needsPast(sink)
	}
	x := p.newPush(p.stateOf(sink), of.History.Team.Name, what)
	x.from, x.until, x.gaps = from, until, of.History.Gaps
	lines, err := of.linesAt(ctx, until)
	if err != nil {
		return nil, err
	}
	if err := x.runPush(ctx, lines, nil); err != nil {
		return x, err
	}
	return x, x.firstRefusal()
}
