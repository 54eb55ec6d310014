package wire

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Obj is a JSON object as Jira writes it.
type Obj = map[string]any

// timeLayout is how Jira Cloud writes moments outside the Agile API.
const timeLayout = "2006-01-02T15:04:05.000-0700"

// Text returns a JSON value as the text that Jira's query language compares: strings as they are,
// numbers in digits, everything else empty.
func Text(v any) string {
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

// Number returns an id written as a number or as text; what is neither is 0.
func Number(v any) int64 {
	n, _ := strconv.ParseInt(Text(v), 10, 64)
	return n
}

// FormatID writes an id as the text that it is in most answers.
func FormatID(id int64) string { return strconv.FormatInt(id, 10) }

// List returns a JSON array, nil for anything else.
func List(v any) []any {
	switch v := v.(type) {
	case []any:
		return v
	case []Obj:
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

// At walks into nested objects.
func At(v any, path ...string) any {
	for _, p := range path {
		o, ok := v.(Obj)
		if !ok {
			return nil
		}
		v = o[p]
	}
	return v
}

// ParseTime reads a moment in any form that Jira writes; what it cannot read is the zero time.
func ParseTime(v any) time.Time {
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

// FormatTime writes a moment as the platform API does, in the time zone of who reads.
func FormatTime(t time.Time, zone *time.Location) string { return t.In(zone).Format(timeLayout) }

// AgileTime is how the Agile API writes moments.
func AgileTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// FormatDuration writes seconds as Jira does: weeks of five days of eight hours.
func FormatDuration(seconds int64) string {
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
