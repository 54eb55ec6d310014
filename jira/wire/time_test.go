package wire

import (
	"testing"
	"time"
)

// TestTimes: times in every form, within the years that are believed.
func TestTimes(t *testing.T) {
	f := func(x any, want string) {
		t.Helper()
		at, ok := ParseTime(x)
		if ok != (want != "") || ok && at.Format(time.RFC3339) != want {
			t.Errorf("%v: %v, %v; want %s", x, at, ok, want)
		}
	}
	f("2026-01-02T03:04:05.678+0100", "2026-01-02T02:04:05Z")
	f("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z")
	f("2026-01-02T03:04+01:00", "2026-01-02T02:04:00Z")
	f("2026-01-02", "2026-01-02T00:00:00Z")
	f(float64(1767344400000), "2026-01-02T09:00:00Z")
	f(float64(1767344400), "2026-01-02T09:00:00Z")
	f("1767344400000", "2026-01-02T09:00:00Z")
	f(float64(99_999_999_999), "") // seconds, of the year 5138
	f(float64(1767344400), "2026-01-02T09:00:00Z")
	f(float64(-1767344400), "")
	f(float64(1e11), "1973-03-03T09:46:40Z")
	f("1970-12-31T23:59:59Z", "")
	f("1971-01-01T00:00:00Z", "1971-01-01T00:00:00Z")
	f("2200-12-31T00:00:00Z", "2200-12-31T00:00:00Z")
	f("2201-01-01T00:00:00Z", "")
	f(float64(7e12), "2191-10-27T12:26:40Z")
	f(float64(99e11), "")
	f(1e300, "")
	f("NaN", "")
	f("1000000-01-01T00:00:00Z", "")
	f("", "")
	f(nil, "")
	f(true, "")
}
