package asked_test

import (
	"strings"
	"testing"
	"time"

	"jerem/web/frame/asked"
)

// TestCheckAhead: a span may begin a little after the last complete reading, for who asks for what is new, and no more.
func TestCheckAhead(t *testing.T) {
	reading := time.Date(2026, 11, 23, 13, 0, 0, 0, time.UTC)
	for ahead, refused := range map[time.Duration]bool{-time.Hour: false, 0: false, time.Hour: false,
		24 * time.Hour: false, 25 * time.Hour: true, 9000 * time.Hour: true} {
		err := asked.CheckAhead(reading.Add(ahead), reading)
		if (err != nil) != refused || refused && !strings.Contains(err.Error(), "2026-11-23T13:00:00Z") {
			t.Errorf("%v after the reading: %v", ahead, err)
		}
	}
	if err := asked.CheckAhead(time.Time{}, reading); err != nil {
		t.Errorf("without a beginning: %v", err)
	}
}
