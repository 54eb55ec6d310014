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
		if n, err := strconv.ParseFloat(x, 64); err == nil {
			return ParseTime(n)
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

// parseTimeText reads a time in the first of the forms that it has, zero where it has none.
func parseTimeText(text string) time.Time {
	for _, layout := range timeLayouts {
		if at, err := time.Parse(layout, text); err == nil {
			return at
		}
	}
	return time.Time{}
}

// ParseTimeValue reads a time that stands in an answer as a text or a number.
func ParseTimeValue(raw json.RawMessage) (time.Time, bool) {
	var x any
	if Decode(raw, &x) != nil {
		return time.Time{}, false
	}
	return ParseTime(x)
}
