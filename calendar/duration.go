package calendar

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// durationUnits are the units of [ParseDuration]. A day has 24 hours, a year 365 days.
var durationUnits = map[string]time.Duration{
	"y": 365 * 24 * time.Hour, "w": 7 * 24 * time.Hour, "d": 24 * time.Hour, "h": time.Hour, "m": time.Minute,
	"s": time.Second, "ms": time.Millisecond, "us": time.Microsecond, "µs": time.Microsecond, "ns": time.Nanosecond,
}

// ParseDuration reads 90s, 10m, 11h, 15d, 2w, 5y, parts one after another (1h30m), and 0. A minus in front makes it
// negative. It fails on anything else, and on what is longer than about 292 years.
func ParseDuration(text string) (time.Duration, error) {
	fail := fmt.Errorf("%q is not a duration: write it like 90s, 10m, 11h, 15d, 2w or 5y", shortenText(text))
	rest, negative := strings.CutPrefix(strings.TrimPrefix(strings.TrimSpace(text), "+"), "-")
	if rest == "0" {
		return 0, nil
	}
	if rest == "" {
		return 0, fail
	}
	var sum time.Duration
	for rest != "" {
		part, after, ok := durationPart(rest)
		if !ok || sum > math.MaxInt64-part {
			return 0, fail
		}
		sum, rest = sum+part, after
	}
	if negative {
		sum = -sum
	}
	return sum, nil
}

// durationPart reads one number with its unit from the beginning of a text. Whole numbers are multiplied exactly.
func durationPart(text string) (part time.Duration, rest string, ok bool) {
	number := strings.TrimLeft(text, "0123456789.")
	digits := text[:len(text)-len(number)]
	rest = strings.TrimLeft(number, "ywdhmsuµn")
	unit, known := durationUnits[number[:len(number)-len(rest)]]
	if !known {
		return 0, "", false
	}
	if n, err := strconv.ParseInt(digits, 10, 64); err == nil {
		if n > int64(math.MaxInt64/unit) {
			return 0, "", false
		}
		return time.Duration(n) * unit, rest, true
	}
	x, err := strconv.ParseFloat(digits, 64)
	if err != nil || x*float64(unit) >= math.MaxInt64 {
		return 0, "", false
	}
	return time.Duration(math.Round(x * float64(unit))), rest, true
}

// DurationText writes a length of whole seconds, 0 or more, as [ParseDuration] reads it: 5y, 15d, 1h30m, 0s.
func DurationText(d time.Duration) string {
	text := ""
	for _, unit := range []string{"y", "d", "h", "m", "s"} {
		if n := d / durationUnits[unit]; n > 0 {
			text += strconv.FormatInt(int64(n), 10) + unit
			d -= n * durationUnits[unit]
		}
	}
	if text == "" {
		return "0s"
	}
	return text
}
