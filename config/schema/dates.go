package schema

import (
	"fmt"
	"time"

	"jerem/calendar"
)

// firstYear is the first one of which days are looked up; the last one is calendar.LastYear.
const firstYear = 1970

// DateKey is a day: 2026-12-24. One that lies far ahead may stand for a time without end.
func DateKey[T any](name string, at func(*T) *calendar.Date) Key[T] {
	return Key[T]{Name: name, What: "a date", Filled: true, Set: func(t *T, v Value, bad Report) {
		if day, ok := parseDate(v, 9999, bad); ok {
			*at(t) = day
		}
	}}
}

// DaysOffKey is a list of days on which nobody works.
func DaysOffKey[T any](name string, at func(*T) *calendar.Config) Key[T] {
	return Key[T]{Name: name, What: "a list of dates", List: true,
		Set: func(t *T, v Value, bad Report) {
			var days []calendar.Date
			for _, i := range v.Items {
				if day, ok := parseDate(i, calendar.LastYear, bad); ok {
					days = append(days, day)
				}
			}
			at(t).DaysOff = days
		}}
}

// parseDate reads a day from 1970 to a last year: another year is mistyped.
func parseDate(v Value, lastYear int, bad Report) (calendar.Date, bool) {
	day, err := time.Parse(time.DateOnly, v.Text)
	if err != nil {
		bad(v, QuoteValue(v)+" is not a date", "write year-month-day: 2026-12-24")
		return calendar.Date{}, false
	}
	if day.Year() < firstYear || day.Year() > lastYear {
		bad(v, QuoteValue(v)+" is a day of another age",
			fmt.Sprintf("give a year from %d to %d", firstYear, lastYear))
		return calendar.Date{}, false
	}
	return calendar.DateOf(day, time.UTC), true
}
