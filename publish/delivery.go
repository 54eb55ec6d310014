package publish

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"jerem/problem"
	"jerem/series"
	"jerem/slowrequest"
)

// Delivery posts series to one sink, whatever their number, in requests of a size that the sink takes. It
// remembers what it learnt of the sink; one goroutine uses it at a time.
type Delivery struct {
	Sink  Sink
	Lines int              // points of one request, 50,000 by default
	Pause time.Duration    // before a part of what a quota refused is tried, 1 s by default
	Now   func() time.Time // by which the bounds of a sink move on
	Log   *slog.Logger     // told of a request that takes long; may be nil

	// Bodies are made once for all deliveries that share them; where it is nil each body is made for this sink alone.
	Bodies *Bodies

	most         int // points of the largest request that was taken after a larger one was not; 0 for no limit
	past, future bound
}

// Outcome says what a delivery did.
type Outcome struct {
	Points         int         // taken
	Rejected       []Rejection // series that the sink does not take
	RejectedPoints int         // of theirs
	Past, Future   int         // points left out because the sink takes none as old, or as far ahead
}

// Taken is told which series, or parts of one, a request brought.
type Taken func([]series.Series) error

// addOutcome sums outcomes up.
func (o *Outcome) addOutcome(more Outcome) {
	o.Points += more.Points
	o.Rejected = append(o.Rejected, more.Rejected...)
	o.RejectedPoints += more.RejectedPoints
	o.Past, o.Future = o.Past+more.Past, o.Future+more.Future
}

// Post posts series, those of the fewest points first: a quota by the second makes a small one wait too long
// after a large one. taken is told, request by request, which were taken, each a series or the next part of
// one; what is set aside or left out is settled like it. After an error what was told stays taken.
func (d *Delivery) Post(ctx context.Context, list []series.Series, taken Taken) (Outcome, error) {
	return d.PostPrepared(ctx, d.Prepare(list), taken)
}

// PostPrepared posts what was prepared, as [Delivery.Post] does.
func (d *Delivery) PostPrepared(ctx context.Context, prepared *Prepared, taken Taken) (Outcome, error) {
	var done Outcome
	for list := prepared.list; len(list) > 0; {
		var batch []series.Series
		batch, list = d.cutBatch(list)
		outcome, err := d.deliverBatch(ctx, batch, prepared, taken)
		done.addOutcome(outcome)
		if err != nil {
			return done, err
		}
	}
	return done, nil
}

// cutBatch takes as much as one request may hold; a long series goes over several.
func (d *Delivery) cutBatch(list []series.Series) (batch, rest []series.Series) {
	room := cmp.Or(d.Lines, 50_000)
	if d.most > 0 {
		room = min(room, d.most)
	}
	for i := range list {
		s := list[i]
		if len(s.Points) <= room {
			batch, room = append(batch, s), room-len(s.Points)
			continue
		}
		if room == 0 {
			return batch, list[i:]
		}
		head, tail := s, s
		head.Points, tail.Points = s.Points[:room], s.Points[room:]
		return append(batch, head), append([]series.Series{tail}, list[i+1:]...)
	}
	return batch, nil
}

// deliverBatch posts what may go in one request, in smaller ones where the sink does not take it.
func (d *Delivery) deliverBatch(ctx context.Context, list []series.Series, prepared *Prepared,
	taken Taken) (Outcome, error) {
	for {
		inside, out := d.withinBounds(list)
		var err error
		if countPoints(inside) > 0 {
			err = d.pushRequest(ctx, inside, prepared)
		}
		var far *OutOfRange
		if !errors.As(err, &far) {
			return d.settleOutcome(ctx, list, inside, out, err, taken)
		}
		if err := d.learnBound(ctx, inside, far); err != nil {
			return Outcome{}, err
		}
	}
}

// settleOutcome tells what was taken, or tries the rest in parts.
func (d *Delivery) settleOutcome(ctx context.Context, list, inside []series.Series, out Outcome, err error,
	taken Taken) (Outcome, error) {
	var rejected *Rejected
	var e *problem.Problem
	switch {
	case err == nil:
	case errors.As(err, &rejected):
		out.Rejected = rejected.Series
		for i := range inside {
			if rejected.Holds(inside[i].Key()) {
				out.RejectedPoints += len(inside[i].Points)
			}
		}
	case errors.As(err, &e) && e.Code == TooLarge && countPoints(list) == 1:
		out.Rejected, out.RejectedPoints = []Rejection{{list[0].Key(), e.Message}}, 1
	case errors.As(err, &e) && errors.Is(e, ErrTooMuch) && countPoints(list) > 1 && d.sinkAnswers(ctx, inside, e):
		return d.deliverHalves(ctx, list, taken, true)
	case errors.As(err, &e) && e.Code == Limited && !errors.Is(e, ErrLater) && len(list) > 1:
		if err := slowrequest.Pause(ctx, cmp.Or(d.Pause, time.Second)); err != nil {
			return Outcome{}, err
		}
		return d.deliverHalves(ctx, list, taken, false)
	default:
		return Outcome{}, err
	}
	out.Points = countPoints(inside) - out.RejectedPoints
	return out, taken(list)
}

// sinkAnswers tells whether a sink to which a large request did not get through takes one point.
func (d *Delivery) sinkAnswers(ctx context.Context, list []series.Series, e *problem.Problem) bool {
	if e.Code == TooLarge {
		return true
	}
	i := slices.IndexFunc(list, func(s series.Series) bool { return len(s.Points) > 0 })
	if i < 0 {
		return false
	}
	one := list[i]
	one.Points = one.Points[:1]
	err := d.Sink.Push(ctx, []series.Series{one})
	var rejected *Rejected
	return err == nil || errors.As(err, &rejected)
}

// deliverHalves posts a batch in two parts: of the series, or of the points of a single one. A size that is taken is
// kept to from then on.
func (d *Delivery) deliverHalves(ctx context.Context, list []series.Series, taken Taken, size bool) (Outcome, error) {
	var done Outcome
	for _, part := range splitHalves(list) {
		outcome, err := d.deliverBatch(ctx, part, nil, taken)
		done.addOutcome(outcome)
		if err != nil {
			return done, err
		}
		if n := countPoints(part); size && (d.most == 0 || n < d.most) {
			d.most = n
		}
	}
	return done, nil
}

func splitHalves(list []series.Series) [2][]series.Series {
	if n := len(list) / 2; n > 0 {
		return [2][]series.Series{list[:n], list[n:]}
	}
	head, tail := list[0], list[0]
	n := len(head.Points) / 2
	head.Points, tail.Points = head.Points[:n], tail.Points[n:]
	return [2][]series.Series{{head}, {tail}}
}

func countPoints(list []series.Series) int {
	n := 0
	for i := range list {
		n += len(list[i].Points)
	}
	return n
}
