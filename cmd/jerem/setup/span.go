package setup

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/problem"
)

// ParseMoment reads a moment of the command line; nil for "". A text that is none is a mistake of usage.
func ParseMoment(flag, text string) (*calendar.Moment, error) {
	if text == "" {
		return nil, nil
	}
	m, err := calendar.ParseMoment(text)
	if wrong := problem.Of(err, "calendar"); wrong != nil {
		return nil, UsageError{Err: fmt.Errorf("%s %s (%s)", flag, wrong.Message, strings.TrimSuffix(wrong.Hint, "."))}
	}
	return &m, err
}

// MomentSpan is --from and --to as they are written; each team reads them in its own time zone.
type MomentSpan struct {
	fromText, toText string
	from, to         *calendar.Moment // nil where the flag is not given
}

// ParseSpan reads --from and --to. One that ends before it begins in every time zone is refused: what it would hold is
// nothing, and who asks means something else.
func ParseSpan(from, to string) (MomentSpan, error) {
	s := MomentSpan{fromText: from, toText: to}
	var errFrom, errTo error
	s.from, errFrom = ParseMoment("--from", from)
	s.to, errTo = ParseMoment("--to", to)
	if err := errors.Join(errFrom, errTo); err != nil {
		return s, err
	}
	first, last := time.FixedZone("first", 14*3600), time.FixedZone("last", -12*3600)
	if s.isReversed(first) && s.isReversed(last) {
		return s, s.reversedError()
	}
	return s, nil
}

func (s MomentSpan) isReversed(zone *time.Location) bool {
	return s.from != nil && s.to != nil && s.to.Last(zone).Before(s.from.First(zone))
}

func (s MomentSpan) reversedError() error {
	return UsageError{Err: fmt.Errorf("--from %s is after --to %s: exchange them", s.fromText, s.toText)}
}

// ErrAfterReading says that a span begins after the last complete reading of a team: nothing is known of it yet.
var ErrAfterReading = errors.New("lies after the last complete reading")

// afterReadingError refuses a span that begins after a team's last complete reading.
func (s MomentSpan) afterReadingError(h *agile.History) error {
	return UsageError{Err: fmt.Errorf("team %s: --from %s %w, %s: nothing is known of it yet; name an earlier one",
		h.Team.Name, s.fromText, ErrAfterReading, h.Until.UTC().Format(time.RFC3339Nano))}
}

// InZoneOf returns the span in a team's time zone: without --from the zero time, without --to, or with a later one, the
// last complete reading. That the span ends earlier than it was asked for is told to say; one that begins after the
// reading is refused by [ErrAfterReading].
func (s MomentSpan) InZoneOf(h *agile.History, say io.Writer) (from, to time.Time, err error) {
	zone := h.Team.Calendar.Zone
	if s.isReversed(zone) {
		return from, to, s.reversedError()
	}
	if s.from != nil {
		from = s.from.First(zone)
	}
	if from.After(h.Until) {
		return from, to, s.afterReadingError(h)
	}
	to = h.Until
	if s.to == nil {
		return from, to, nil
	}
	if last := s.to.Last(zone); !last.After(h.Until) {
		return from, last, nil
	}
	fmt.Fprintf(say, "team %s: --to %s lies after the last complete reading: it ends at %s\n", h.Team.Name, s.toText,
		h.Until.UTC().Format(time.RFC3339Nano))
	return from, to, nil
}
