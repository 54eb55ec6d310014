package wire

import (
	"testing"
	"time"

	"pgregory.net/rapid"
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

// TestUsualTimes: a time in the form that most have is the one that the library reads in it, and what is none is none.
func TestUsualTimes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(
			rapid.StringMatching(`(19[67][0-9]|2[0-2][0-9][0-9])-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9]`+
				`\.[0-9]{3}[+\-][0-2][0-9][0-6][0-9]`),
			rapid.StringMatching(`2024-02-(28|29|30)T10:00:00[.,]000[+\- ](00|23|24|25)(00|59|60)`)).Draw(t, "text")
		want, err := time.Parse(timeLayouts[0], text)
		if at, ok := parseUsual(text); ok && (err != nil || !at.Equal(want)) {
			t.Fatalf("%s: %v, want %v, %v", text, at, want, err)
		}
		if at := parseTimeText(text); err == nil && !at.Equal(want) || err != nil && !at.IsZero() {
			t.Fatalf("%s: %v, want %v, %v", text, at, want, err)
		}
	})
	at, ok := parseUsual("2026-01-02T03:04:05.678+0130")
	if !ok || at.Format(time.RFC3339Nano) != "2026-01-02T01:34:05.678Z" {
		t.Errorf("%v, %v", at, ok)
	}
}
