package wire

import (
	"encoding/json"
	"math"
	"strconv"
	"time"
)

// timeLayouts are the forms in which Jira writes times.
var timeLayouts = []string{
	"2006-01-02T15:04:05.999999999Z0700", time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05.999999999",
	time.DateOnly,
}

// ParseTime reads a time in any form that Jira uses: text with an offset, or a number of
// milliseconds or seconds. Times before 1971 or after 2200 are not believed.
func ParseTime(x any) (time.Time, bool) {
	var at time.Time
	switch x := x.(type) {
	case string:
		if !isDated(x) {
			if n, err := strconv.ParseFloat(x, 64); err == nil {
				return ParseTime(n)
			}
		}
		at = parseTimeText(x)
	case float64:
		switch {
		case math.Abs(x) < 1e11:
			at = time.Unix(int64(x), 0)
		case math.Abs(x) < 1e14:
			at = time.UnixMilli(int64(x))
		}
	}
	if y := at.Year(); y < 1971 || y > 2200 {
		return time.Time{}, false
	}
	return at.UTC(), true
}

// isDated tells whether a text has the hyphens of a date, and so is no number.
func isDated(text string) bool {
	return len(text) >= len(time.DateOnly) && text[4] == '-' && text[7] == '-'
}

// parseTimeText reads a time in the first of the forms that it has, zero where it has none.
func parseTimeText(text string) time.Time {
	if at, ok := parseUsual(text); ok {
		return at
	}
	for _, layout := range timeLayouts {
		if at, err := time.Parse(layout, text); err == nil {
			return at
		}
	}
	return time.Time{}
}

// usualTime is a time as a Jira mostly writes it, with 9 for any digit and + for either sign.
const usualTime = "9999-99-99T99:99:99.999+9999"

// parseUsual reads a time in the form that most have; false for one of another form, or that no calendar has.
func parseUsual(text string) (at time.Time, ok bool) {
	if len(text) != len(usualTime) {
		return at, false
	}
	for n := range len(text) {
		switch c := text[n]; usualTime[n] {
		case '9':
			ok = isDigit(c)
		case '+':
			ok = c == '+' || c == '-'
		default:
			ok = c == usualTime[n]
		}
		if !ok {
			return at, false
		}
	}
	number := func(from, to int) (n int) {
		for _, c := range []byte(text[from:to]) {
			n = 10*n + int(c-'0')
		}
		return n
	}
	year, month, day := number(0, 4), time.Month(number(5, 7)), number(8, 10)
	hour, minute, second := number(11, 13), number(14, 16), number(17, 19)
	hours, minutes := number(24, 26), number(26, 28)
	at = time.Date(year, month, day, hour, minute, second, number(20, 23)*1e6, time.UTC)
	if at.Day() != day || at.Month() != month || hour > 23 || minute > 59 || second > 59 || hours > 23 || minutes > 59 {
		return at, false
	}
	offset := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	if text[23] == '+' {
		offset = -offset
	}
	return at.Add(offset), true
}

// ParseTimeValue reads a time that stands in an answer as a text or a number.
func ParseTimeValue(raw json.RawMessage) (time.Time, bool) {
	var text string
	if readText(raw, &text) {
		return ParseTime(text)
	}
	var x any
	if Decode(raw, &x) != nil {
		return time.Time{}, false
	}
	return ParseTime(x)
}
