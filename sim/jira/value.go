package jirasim

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// textOf returns a JSON value as the text that Jira's query language compares: strings as they are,
// numbers in digits, everything else empty.
func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

// numberOf returns an id written as a number or as text; what is neither is 0.
func numberOf(v any) int64 {
	n, _ := strconv.ParseInt(textOf(v), 10, 64)
	return n
}

func formatID(id int64) string { return strconv.FormatInt(id, 10) }

// listOf returns a JSON array, nil for anything else.
func listOf(v any) []any {
	switch v := v.(type) {
	case []any:
		return v
	case []obj:
		out := make([]any, len(v))
		for i := range v {
			out[i] = v[i]
		}
		return out
	case []string:
		out := make([]any, len(v))
		for i := range v {
			out[i] = v[i]
		}
		return out
	}
	return nil
}

// lookUp walks into nested objects.
func lookUp(v any, path ...string) any {
	for _, p := range path {
		o, ok := v.(obj)
		if !ok {
			return nil
		}
		v = o[p]
	}
	return v
}

// parseTime reads a moment in any form that Jira writes; what it cannot read is the zero time.
func parseTime(v any) time.Time {
	s, ok := v.(string)
	if !ok {
		return time.Time{}
	}
	for _, layout := range []string{timeLayout, time.RFC3339Nano, "2006-01-02T15:04:05.000-07:00"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

func formatTime(t time.Time, zone *time.Location) string { return t.In(zone).Format(timeLayout) }

// agileTime is how the Agile API writes moments.
func agileTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// formatDuration writes seconds as Jira does: weeks of five days of eight hours.
func formatDuration(seconds int64) string {
	if seconds <= 0 {
		return "0m"
	}
	var out []string
	for _, u := range []struct {
		n    int64
		unit string
	}{{5 * 8 * 3600, "w"}, {8 * 3600, "d"}, {3600, "h"}, {60, "m"}} {
		if n := seconds / u.n; n > 0 {
			out = append(out, fmt.Sprintf("%d%s", n, u.unit))
			seconds -= n * u.n
		}
	}
	return strings.Join(out, " ")
}
