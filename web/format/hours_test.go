package format_test

import (
	"testing"

	"jerem/web/format"
)

// TestHoursInWords: hours that read as 1 are one hour.
func TestHoursInWords(t *testing.T) {
	for seconds, want := range map[int64]string{0: "0 hours", 3600: "1 hour", 3601: "1 hour", 3960: "1.1 hours",
		36000: "10 hours"} {
		if told := format.HoursInWords(seconds); told != want {
			t.Errorf("%d: %q, want %q", seconds, told, want)
		}
	}
}
