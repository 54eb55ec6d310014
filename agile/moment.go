package agile

import "time"

// Moment is a moment to the microsecond, in eight bytes and without a pointer: of a large team millions of them are
// held, which the collection of garbage need not read. The zero Moment is the zero time.
type Moment int64

// beforeUnix is how long before 1970 the zero time is, in microseconds.
var beforeUnix = -time.Time{}.UnixMicro()

// MomentOf returns a moment; what it has below a microsecond is left out.
func MomentOf(t time.Time) Moment { return Moment(t.UnixMicro() + beforeUnix) }

// Time returns the moment, in UTC.
func (m Moment) Time() time.Time { return time.UnixMicro(int64(m) - beforeUnix).UTC() }

// String writes the moment as [time.Time.String] does.
func (m Moment) String() string { return m.Time().String() }

// After tells whether the moment is after t.
func (m Moment) After(t time.Time) bool { return m > MomentOf(t) }

// Before tells whether the moment is before t.
func (m Moment) Before(t time.Time) bool { return m.Time().Before(t) }

// Equal tells whether the moment is t.
func (m Moment) Equal(t time.Time) bool { return m.Time().Equal(t) }
