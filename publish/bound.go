package publish

import (
	"context"
	"errors"
	"slices"
	"time"

	"jerem/problem"
	"jerem/series"
)

// exact is how near the bound of a sink is sought.
const exact = time.Hour

// bound is a moment beyond which a sink takes no points. It moves on with the clock.
type bound struct {
	known bool
	tick  int64     // the nearest that is not taken, when it was found
	found time.Time // when it was
}

// tickAt returns the nearest tick that is not taken at a moment.
func (b bound) tickAt(at time.Time) int64 { return b.tick + at.Sub(b.found).Microseconds() }

// Bounds tells how old, and how far ahead, the nearest points are that the sink does not take; 0 where none
// was refused so far.
func (d *Delivery) Bounds() (past, future time.Duration) {
	if d.past.known {
		past = d.past.found.Sub(series.Time(d.past.tick))
	}
	if d.future.known {
		future = series.Time(d.future.tick).Sub(d.future.found)
	}
	return past, future
}

// TakesAhead tells whether no point was refused so far for lying too far ahead.
func (d *Delivery) TakesAhead() bool { return !d.future.known }

// Ahead returns the first tick that lies too far ahead for the sink now, [series.Last] where none is known to.
// It moves on hour by hour: a point that was refused is not tried again at each push.
func (d *Delivery) Ahead() int64 {
	if !d.future.known {
		return series.Last
	}
	hours := d.Now().Sub(d.future.found).Truncate(exact)
	return d.future.tickAt(d.future.found.Add(hours))
}

// withinBounds leaves out the points that lie beyond the bounds, and counts them.
func (d *Delivery) withinBounds(list []series.Series) (inside []series.Series, out Outcome) {
	first, last := series.First, d.Ahead()
	if d.past.known {
		first = d.past.tickAt(d.Now()) + 1
	}
	inside = make([]series.Series, 0, len(list))
	for _, s := range list {
		old := firstFrom(s.Points, first)
		late := max(old, firstFrom(s.Points, last))
		out.Past, out.Future = out.Past+old, out.Future+len(s.Points)-late
		s.Points = s.Points[old:late]
		if len(s.Points) > 0 {
			inside = append(inside, s)
		}
	}
	return inside, out
}

// firstFrom returns where the points from a tick on begin.
func firstFrom(points []series.Point, tick int64) int {
	i, _ := slices.BinarySearchFunc(points, tick, func(p series.Point, t int64) int {
		switch {
		case p.Tick < t:
			return -1
		case p.Tick > t:
			return 1
		}
		return 0
	})
	return i
}

// learnBound seeks the bound that a point was refused by, by posting single points of the list: to within an hour,
// or between two points that follow each other.
func (d *Delivery) learnBound(ctx context.Context, list []series.Series, far *OutOfRange) error {
	ticks := ticksOf(list)
	if far.Future {
		slices.Reverse(ticks)
	}
	refused := slices.Index(ticks, far.Tick)
	if refused < 0 { // a platform that counts in another unit tells it rounded
		refused = nearestTick(ticks, far)
	}
	if refused < 0 {
		return &problem.Problem{Code: Refused, Message: far.Message,
			Hint: "The platform refuses a point that was not posted."}
	}
	taken := len(ticks)
	for taken-refused > 1 && (taken == len(ticks) || tickDistance(ticks[taken], ticks[refused]) > exact) {
		middle := (refused + taken) / 2
		out, err := d.isRefused(ctx, list, ticks[middle], far.Future)
		switch {
		case err != nil:
			return err
		case out:
			refused = middle
		default:
			taken = middle
		}
	}
	found := bound{known: true, tick: ticks[refused], found: d.Now()}
	if taken < len(ticks) && taken-refused > 1 {
		found.tick = ticks[taken-1]
	}
	if far.Future {
		d.future = found
	} else {
		d.past = found
	}
	return nil
}

// ticksOf lists the ticks of all points, each once, ascending.
func ticksOf(list []series.Series) []int64 {
	var ticks []int64
	for i := range list {
		for _, p := range list[i].Points {
			ticks = append(ticks, p.Tick)
		}
	}
	slices.Sort(ticks)
	return slices.Compact(ticks)
}

// nearestTick finds the tick that a platform of a coarser unit means: the last one that it would tell so.
func nearestTick(ticks []int64, far *OutOfRange) int {
	return slices.IndexFunc(ticks, func(tick int64) bool { return tickDistance(tick, far.Tick) < time.Millisecond })
}

// tickDistance returns how far two ticks are from each other.
func tickDistance(a, b int64) time.Duration {
	return time.Duration(max(a-b, b-a)) * time.Microsecond
}

// isRefused posts the point of a tick alone, and tells whether it is refused for its time.
func (d *Delivery) isRefused(ctx context.Context, list []series.Series, tick int64, future bool) (bool, error) {
	for _, s := range list {
		i := firstFrom(s.Points, tick)
		if i == len(s.Points) || s.Points[i].Tick != tick {
			continue
		}
		s.Points = s.Points[i : i+1]
		err := d.Sink.Push(ctx, []series.Series{s})
		var far *OutOfRange
		var rejected *Rejected
		if errors.As(err, &far) {
			return far.Future == future, nil
		}
		if errors.As(err, &rejected) {
			err = nil // the time is no trouble
		}
		return false, err
	}
	return false, nil
}
