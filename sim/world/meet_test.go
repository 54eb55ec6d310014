package world

import (
	"testing"
	"time"
)

// TestMeetOn: a company is met on a later day of its story, in its own afternoon, and on no other.
func TestMeetOn(t *testing.T) {
	w := New(DefaultSeed)
	usual := w.Clock
	for _, day := range []time.Time{usual.AddDate(0, 0, -1), w.LastSprint().AddDate(0, 0, 1), {}} {
		if w.MeetOn(day) || !w.Clock.Equal(usual) {
			t.Errorf("met on %s, at %s", day, w.Clock)
		}
	}
	day := time.Date(2027, 6, 1, 0, 0, 0, 0, time.UTC)
	if !w.MeetOn(day) || w.Clock.Format(time.RFC3339) != "2027-06-01T14:00:00+02:00" {
		t.Errorf("met at %s", w.Clock)
	}
}
