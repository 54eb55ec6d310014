package calendar

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func paris(t testing.TB) Calendar {
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	off := Date{2026, time.November, 11}
	return Calendar{Zone: zone, Start: 9 * time.Hour, End: 18 * time.Hour, Off: func(d Date) bool { return d == off }}
}

func TestWorkingTime(t *testing.T) {
	c := paris(t)
	f := func(a, b string, want float64) {
		t.Helper()
		from, err1 := time.ParseInLocation("2006-01-02 15:04", a, c.Zone)
		to, err2 := time.ParseInLocation("2006-01-02 15:04", b, c.Zone)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		if got := c.Days(from, to); math.Abs(got-want) > 1e-12 {
			t.Errorf("%s to %s: %v working days, want %v", a, b, got, want)
		}
	}
	f("2026-11-16 09:00", "2026-11-27 18:00", 10)
	f("2026-11-09 00:00", "2026-11-13 23:59", 4) // the 11th is a day off
	f("2026-11-16 13:30", "2026-11-16 18:00", .5)
	f("2026-11-16 07:00", "2026-11-16 08:59", 0)
	f("2026-11-20 18:00", "2026-11-23 09:00", 0) // a weekend
	f("2026-10-23 09:00", "2026-10-26 18:00", 2) // the clock goes back on Sunday
	f("2026-11-16 12:00", "2026-11-16 12:00", 0)
	f("2026-11-17 12:00", "2026-11-16 12:00", 0)
	if n := c.Dates(Date{2026, 11, 9}, Date{2026, 11, 15}); n != 4 {
		t.Errorf("%d working dates, want 4", n)
	}
}

// TestWorkingTimeAdds: time from a to c is that from a to b and from b to c.
func TestWorkingTimeAdds(t *testing.T) {
	c := paris(t)
	rapid.Check(t, func(t *rapid.T) {
		minutes := []int{rapid.IntRange(0, 60000).Draw(t, "a"), rapid.IntRange(0, 60000).Draw(t, "b"),
			rapid.IntRange(0, 60000).Draw(t, "c")}
		slices.Sort(minutes)
		at := func(n int) time.Time {
			return time.Date(2026, 10, 20, 0, 0, 0, 0, time.UTC).Add(time.Duration(minutes[n]) * time.Minute)
		}
		if whole, parts := c.Days(at(0), at(2)), c.Days(at(0), at(1))+c.Days(at(1),
			at(2)); math.Abs(whole-parts) > 1e-9 {
			t.Fatalf("%v, in parts %v", whole, parts)
		}
	})
}
