package workdays

import (
	"testing"

	"pgregory.net/rapid"

	"jerem/calendar"
)

// TestPlacesOfDays: places by the number of a day are those that are found among the days, of any days and any day.
func TestPlacesOfDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.IntRange(20_000, 20_030).Draw(t, "first")
		var days List
		for _, gap := range rapid.SliceOfN(rapid.IntRange(1, 9), 0, 12).Draw(t, "gaps") {
			days = append(days, calendar.DateOfNumber(number))
			number += gap
		}
		places := PlacesOf(days)
		for n := 19_990; n < 20_180; n++ {
			date := calendar.DateOfNumber(n)
			want, falls := days.PlaceOf(date)
			if got, ok := places.PlaceOf(n); ok != falls || ok && got != want {
				t.Fatalf("%v among %v: %d, %v, want %d, %v", date, days, got, ok, want, falls)
			}
			want, falls = days.PlaceSince(date)
			if got, ok := places.Since(n); ok != falls || ok && got != want {
				t.Fatalf("%v since %v: %d, %v, want %d, %v", date, days, got, ok, want, falls)
			}
		}
	})
}
