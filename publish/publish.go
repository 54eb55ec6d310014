package publish

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"jerem/problem"
	"jerem/series"
)

// Sink takes series. A point that is pushed again with the same value stands once, so after a failure all of them may
// be pushed again.
type Sink interface {
	// Name tells sinks apart; it stays the same from run to run. Errors of the other methods begin with it.
	Name() string
	// Capabilities say what it can; they stay the same.
	Capabilities() Capabilities
	// Push takes series whose points are in ascending order, in one request: a [Delivery] cuts what is to be
	// posted. A [*Rejected] error says that all but the series it names were taken, an [*OutOfRange] that the
	// sink takes no points as old, or as far ahead; any other error says nothing about what was taken.
	Push(ctx context.Context, list []series.Series) error
	// Delete removes the points in stretches of series: what was posted once and is no more. A sink that deletes
	// series as a whole removes all points of those that are named.
	Delete(ctx context.Context, ranges []series.Range) error
}

// The kinds of trouble.
const (
	Unreachable problem.Code = "publish.unreachable" // no answer
	Token       problem.Code = "publish.token"       // the token is missing, wrong, expired or of the wrong type
	Refused     problem.Code = "publish.refused"     // the server takes no points, or not these
	Limited     problem.Code = "publish.limited"     // a quota is used up
	Failing     problem.Code = "publish.failing"     // the server has trouble
	NotASink    problem.Code = "publish.not_a_sink"  // something else answers there
	TooLarge    problem.Code = "publish.too_large"   // the request holds too much
	TooOld      problem.Code = "publish.too_old"     // the server takes no points as old as these
	NoDeletes   problem.Code = "publish.no_deletes"  // the token may not delete, or deletes are switched off
)

// ErrTooMuch is the cause of a problem where a smaller request may be taken, or may end in time.
var ErrTooMuch = errors.New("a smaller request may be taken")

// ErrLater is the cause of a problem where the server asks to be left alone for longer than a posting waits: neither
// the same nor a part of it is sent before the next posting.
var ErrLater = errors.New("the server asks to be left alone for a while")

// OutOfRange says that a sink refuses a point for its time alone.
type OutOfRange struct {
	Future  bool  // it lies too far ahead, else too far in the past
	Tick    int64 // of the point, in microseconds
	Message string
}

// Error returns what the sink said.
func (e *OutOfRange) Error() string { return e.Message }

// Rejection is a series that a sink does not take, and why.
type Rejection struct{ Series, Reason string }

// Rejected says that a sink took everything but some series. Asking again would not help.
type Rejected struct{ Series []Rejection }

// Error lists the series with the reasons.
func (r *Rejected) Error() string {
	var parts []string
	for _, s := range r.Series {
		parts = append(parts, s.Series+": "+s.Reason)
	}
	return fmt.Sprintf("%d series are not taken: %s", len(r.Series), strings.Join(parts, "; "))
}

// Holds tells whether a series is one of them.
func (r *Rejected) Holds(key string) bool {
	return slices.ContainsFunc(r.Series, func(one Rejection) bool { return one.Series == key })
}
