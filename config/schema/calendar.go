package schema

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/calendar"
)

var hoursForm = regexp.MustCompile(`^(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})$`)

// TimeZoneKey is the name of a time zone, as in Europe/Paris.
func TimeZoneKey[T any](name string, at func(*T) *calendar.Config) Key[T] {
	return Key[T]{Name: name, What: "text", Set: func(t *T, v Value, bad Report) {
		_, err := time.LoadLocation(v.Text)
		if err != nil || strings.EqualFold(v.Text, "local") {
			bad(v, QuoteValue(v)+" is not a known time zone", "write a name such as Europe/Paris or UTC")
			return
		}
		at(t).TimeZone = v.Text
	}}
}

// RegionKey is a region whose holidays are known.
func RegionKey[T any](name string, at func(*T) *calendar.Config) Key[T] {
	return Key[T]{Name: name, What: "text", Set: func(t *T, v Value, bad Report) {
		if v.Text != "" && !slices.Contains(calendar.Regions(), calendar.CanonicalRegion(v.Text)) {
			bad(v, QuoteValue(v)+" is not a known region", "known are "+strings.Join(calendar.Regions(), " "))
			return
		}
		at(t).Region = calendar.CanonicalRegion(v.Text)
	}}
}

// HoursKey is the working hours of a day, as in 09:00-18:00.
func HoursKey[T any](name string, at func(*T) *calendar.Config) Key[T] {
	return Key[T]{Name: name, What: "text", Set: func(t *T, v Value, bad Report) {
		start, end, ok := ParseHours(v.Text)
		if !ok {
			bad(v, QuoteValue(v)+" is not a range of hours", "write 09:00-18:00")
			return
		}
		switch {
		case start < 0 || end < 0:
			bad(v, QuoteValue(v)+" holds a time that no day has", "from 00:00 to 24:00")
		case start >= end:
			bad(v, QuoteValue(v)+" ends before it begins", "write the start first: 09:00-18:00")
		default:
			days := at(t)
			days.Start, days.End = start, end
		}
	}}
}

// ParseHours reads a range of times of day as in 09:00-18:00; a time that no day has is negative.
func ParseHours(text string) (start, end time.Duration, ok bool) {
	m := hoursForm.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return 0, 0, false
	}
	return TimeOfDay(m[1], m[2]), TimeOfDay(m[3], m[4]), true
}

// TimeOfDay returns the time since midnight, negative where there is no such time.
func TimeOfDay(hour, minute string) time.Duration {
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	d := time.Duration(h)*time.Hour + time.Duration(m)*time.Minute
	if m > 59 || d > 24*time.Hour {
		return -1
	}
	return d
}
