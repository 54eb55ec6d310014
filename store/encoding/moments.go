package encoding

import "time"

// Micros writes a moment; 0 stands for none.
func Micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// FromMicros reads a moment.
func FromMicros(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMicro(n).UTC()
}

// Flag writes whether something is so.
func Flag(is bool) int64 {
	if is {
		return 1
	}
	return 0
}
