package verify

import (
	"strings"
	"time"

	"jerem/calendar"
	"jerem/oncall/civil"
)

// dayPart is a part of a day of the week, as texts.
type dayPart struct {
	day   time.Weekday
	times string // "09:00-18:00"; "" for the whole day
}

// weekText writes spans of the week that begins on a Monday in UTC: Mon-Fri 09:00-18:00, Sat.
func weekText(spans []civil.Span) string {
	var parts []dayPart
	for _, s := range spans {
		for start := s.Start; start.Before(s.End); {
			midnight := start.UTC().Truncate(24 * time.Hour).Add(24 * time.Hour)
			end := calendar.EarlierOf(midnight, s.End)
			parts = append(parts, dayPart{start.UTC().Weekday(), timesOf(start, end, midnight)})
			start = end
		}
	}
	var out []string
	for len(parts) > 0 {
		first := parts[0]
		run, rest := takeRun(parts)
		text := first.day.String()[:3]
		if run > 1 {
			text += "-" + time.Weekday((int(first.day) + run - 1) % 7).String()[:3]
		}
		if first.times != "" {
			text += " " + first.times
		}
		out, parts = append(out, text), rest
	}
	return strings.Join(out, ", ")
}

func timesOf(start, end, midnight time.Time) string {
	const clock = "15:04"
	isWhole := end.Equal(midnight) && end.Sub(start) == 24*time.Hour
	switch {
	case isWhole:
		return ""
	case end.Equal(midnight):
		return start.UTC().Format(clock) + "-24:00"
	}
	return start.UTC().Format(clock) + "-" + end.UTC().Format(clock)
}

// takeRun counts the days that follow the first part with the same times, and returns the parts without them.
func takeRun(parts []dayPart) (days int, rest []dayPart) {
	next := parts[0]
	for _, p := range parts {
		if p == next {
			days++
			next.day = (next.day + 1) % 7
			continue
		}
		rest = append(rest, p)
	}
	return days, rest
}
