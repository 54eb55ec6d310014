package calendar

import (
	"testing"
	"time"
)

// TestDurationText: a length is written in the units in which people write it, and reads back the same.
func TestDurationText(t *testing.T) {
	for text, d := range map[string]time.Duration{"5y": 43800 * time.Hour, "1d": 24 * time.Hour, "30d": 720 * time.Hour,
		"11h": 11 * time.Hour, "1h30m": 90 * time.Minute, "1y1d1s": 366*24*time.Hour + time.Second, "0s": 0} {
		if got := DurationText(d); got != text {
			t.Errorf("%v is written %s, want %s", d, got, text)
		}
		if back, err := ParseDuration(text); err != nil || back != d {
			t.Errorf("%s reads back as %v (%v), want %v", text, back, err, d)
		}
	}
}
