package schema

import (
	"testing"
	"time"
)

// TestLongDurations: days, weeks and years are durations of 24 hours, 7 days and 365 days.
func TestLongDurations(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"15d": 360 * time.Hour, "2w": 336 * time.Hour, "5y": 5 * 365 * 24 * time.Hour, "1d12h": 36 * time.Hour,
		"0.5d": 12 * time.Hour,
		"90s":  90 * time.Second, "300": 300 * time.Second, "400d": 400 * 24 * time.Hour, "": 0, "1 d": 0, "d": 0,
		"900y": 0, "1m2": 0,
	} {
		if got, ok := ParseDuration(text); got != want || ok != (want != 0) {
			t.Errorf("%q: %v, %v", text, got, ok)
		}
	}
}
