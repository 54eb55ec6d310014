package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"jerem/agile"
	"jerem/calendar"
)

// quoteValue shows a value of a key that is no secret.
func quoteValue(v value) string { return quoteText(v.shown) }

// quoteText shows a text, or its beginning where it is long.
func quoteText(text string) string {
	const longest = 60
	if letters := []rune(text); len(letters) > longest {
		return strconv.Quote(string(letters[:longest]) + "…")
	}
	return strconv.Quote(text)
}

func textKey(name string, at func(*target) *string) key {
	return key{name: name, what: "text", set: func(t *target, v value, _ say) { *at(t) = v.text }}
}

// filledKey is text of which an empty one is as good as none.
func filledKey(name string, at func(*target) *string) key {
	k := textKey(name, at)
	k.filled = true
	return k
}

func secretKey(name string, at func(*target) *Secret) key {
	return key{name: name, what: "text", filled: true, set: func(t *target, v value, bad say) {
		if strings.ContainsFunc(v.text, unicode.IsControl) {
			bad(
				v,
				"the secret holds a line break or another control character",
				"remove it; often it stands at the end",
			)
			return
		}
		if v.variable == "" && v.text == v.shown && t.config != nil {
			t.config.SecretInFile = true
		}
		*at(t) = NewSecret(v.text)
	}}
}

// textsKey is a list of names in Jira: none of them holds a line break or a sign that nobody sees.
func textsKey(name string, at func(*target) *[]string) key {
	return key{name: name, what: "a list of texts", list: true, set: func(t *target, v value, bad say) {
		list := []string{}
		for _, i := range v.items {
			if strings.ContainsFunc(i.text, isInvisible) {
				bad(
					i,
					quoteValue(i)+" holds a line break or another sign that nobody sees",
					"remove it; often it stands at the end",
				)
				continue
			}
			list = append(list, i.text)
		}
		*at(t) = list
	}}
}

func oneOfKey(name string, allowed []string, at func(*target) *string) key {
	return key{name: name, what: "text", set: func(t *target, v value, bad say) {
		if !slices.Contains(allowed, v.text) {
			bad(v, quoteValue(v)+" is not one of "+strings.Join(allowed, ", "), "")
			return
		}
		*at(t) = v.text
	}}
}

// wholeKey is a whole number from low on, to high where high is not 0.
func wholeKey[T ~int | ~int64](name string, low, high T, at func(*target) *T) key {
	limits := fmt.Sprintf("from %d on", low)
	if high != 0 {
		limits = fmt.Sprintf("from %d to %d", int64(low), int64(high))
	}
	return key{name: name, what: "a number", set: func(t *target, v value, bad say) {
		n, err := strconv.ParseInt(v.text, 10, 64)
		if err != nil || n < int64(low) || high != 0 && n > int64(high) || int64(T(n)) != n {
			bad(v, quoteValue(v)+" is not a whole number "+limits, "")
			return
		}
		*at(t) = T(n)
	}}
}

// durationForms is how a duration is written.
const durationForms = "write it like 90s, 10m, 11h, 15d, 2w or 5y"

// durationKey is a length of time of people's work, with its unit: 30 could be meant as seconds or as hours.
func durationKey(name string, low time.Duration, at func(*target) *time.Duration) key {
	k := timeKey(name, low, durationForms, at)
	set := k.set
	k.set = func(t *target, v value, bad say) {
		text := strings.TrimSpace(v.text)
		if d, ok := parseDuration(text); ok && d != 0 && bareNumber.MatchString(text) {
			bad(
				v,
				quoteValue(v)+" has no unit",
				"write "+strings.TrimPrefix(text, "+")+"s, "+text+"m or "+text+"h, as it is meant",
			)
			return
		}
		set(t, v, bad)
	}
	return k
}

// secondsKey is a length of time of the program, of which a bare number is seconds as in the files of the older bot.
func secondsKey(name string, low time.Duration, at func(*target) *time.Duration) key {
	return timeKey(name, low, durationForms+"; a bare number is seconds", at)
}

// timeKey is a length of time, at least low; forms is how it is written.
func timeKey(name string, low time.Duration, forms string, at func(*target) *time.Duration) key {
	return key{name: name, what: "a duration", set: func(t *target, v value, bad say) {
		d, ok := parseDuration(v.text)
		switch {
		case !ok:
			bad(v, quoteValue(v)+" is not a duration", forms)
		case d < 0:
			bad(v, quoteValue(v)+" is negative", "a duration is 0 or more")
		case d < low:
			bad(v, quoteValue(v)+" is too short", "at least "+low.String())
		default:
			*at(t) = d
		}
	}}
}

var bareNumber = regexp.MustCompile(`^[+-]?\d+(\.\d+)?$`)

// parseDuration reads what [calendar.ParseDuration] reads, and a bare number as seconds.
func parseDuration(text string) (time.Duration, bool) {
	text = strings.TrimSpace(text)
	if bareNumber.MatchString(text) {
		text += "s"
	}
	d, err := calendar.ParseDuration(text)
	return d, err == nil
}

var sizeForm = regexp.MustCompile(`^(\d{1,9})\s*(B|KiB|MiB|GiB|kB|MB|GB)?$`)

var sizeUnits = map[string]int64{
	"":    1,
	"B":   1,
	"KiB": 1 << 10,
	"MiB": 1 << 20,
	"GiB": 1 << 30,
	"kB":  1e3,
	"MB":  1e6,
	"GB":  1e9,
}

// sizeKey is a number of bytes, at least low; a bare number is bytes.
func sizeKey(name string, low int64, at func(*target) *int64) key {
	return key{name: name, what: "a size", set: func(t *target, v value, bad say) {
		m := sizeForm.FindStringSubmatch(strings.TrimSpace(v.text))
		if m == nil {
			bad(v, quoteValue(v)+" is not a size", "write 64MiB or 1GiB")
			return
		}
		n, err := strconv.ParseInt(m[1], 10, 64)
		if err != nil || n*sizeUnits[m[2]] < low {
			bad(v, quoteValue(v)+" is too small", "at least 1MiB")
			return
		}
		*at(t) = n * sizeUnits[m[2]]
	}}
}

// addressKey is a base URL; a path belongs to it, a slash at its end does not.
func addressKey(name string, at func(*target) *string) key {
	return key{name: name, what: "text", filled: true, set: func(t *target, v value, bad say) {
		u, err := url.Parse(v.text)
		switch {
		case strings.Contains(v.text, "@"):
			bad(v, "holds an @: a user and password do not belong in an address", "set them by keys of their own")
		case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
			bad(v, quoteValue(v)+" is not an address", "begin with https:// or http:// and a host")
		case u.RawQuery != "" || u.Fragment != "" || u.ForceQuery:
			bad(v, "the address goes on after a ? or #", "give the base address alone")
		default:
			*at(t) = strings.TrimRight(v.text, "/")
		}
	}}
}

// IsHostPort tells whether a text is an address to listen on.
func IsHostPort(text string) bool {
	_, port, err := net.SplitHostPort(text)
	_, notNumber := strconv.ParseUint(port, 10, 16)
	return err == nil && notNumber == nil
}

func listenKey(name string) key {
	return key{name: name, what: "text", set: func(t *target, v value, bad say) {
		if !IsHostPort(v.text) {
			bad(v, quoteValue(v)+" is not host:port", "write 127.0.0.1:8080, or :8080 for all interfaces")
			return
		}
		t.config.Server.Listen, t.config.Server.ListenKey = v.text, v.named
	}}
}

// hostsKey is a list of names that a Host header may have, without a port.
func hostsKey(name string) key {
	return key{name: name, what: "a list of texts", list: true, set: func(t *target, v value, bad say) {
		hosts := []string{}
		for _, i := range v.items {
			if i.text == "" || strings.ContainsAny(i.text, "/@*, \t") {
				bad(i, quoteValue(i)+" is not the name of a host", "write a name or an address alone: jerem.example")
				continue
			}
			hosts = append(hosts, i.text)
		}
		t.config.Server.Hosts = hosts
	}}
}

func boolKey(name string, at func(*target) *bool) key {
	return key{name: name, what: "true or false", set: func(t *target, v value, bad say) {
		switch v.text {
		case "true":
			*at(t) = true
		case "false":
			*at(t) = false
		default:
			bad(v, quoteValue(v)+" is neither true nor false", "write true or false")
		}
	}}
}

var logLevels = map[string]slog.Level{
	"trace": slog.LevelDebug - 4, "debug": slog.LevelDebug, "info": slog.LevelInfo,
	"warn": slog.LevelWarn, "warning": slog.LevelWarn, "error": slog.LevelError,
	// the seed's bot: panic, fatal, error, warn, info, debug, trace
	"0": slog.LevelError, "1": slog.LevelError, "2": slog.LevelError, "3": slog.LevelWarn,
	"4": slog.LevelInfo, "5": slog.LevelDebug, "6": slog.LevelDebug - 4,
}

// ParseLevel reads a log level: trace, debug, info, warn, error in any case, or the seed's 0 to 6.
func ParseLevel(s string) (slog.Level, error) {
	level, ok := logLevels[strings.ToLower(strings.TrimSpace(s))]
	if !ok {
		return slog.LevelInfo, errors.New("a log level is trace, debug, info, warn, error, or 0 to 6")
	}
	return level, nil
}

func logLevelKey(name string) key {
	return key{name: name, what: "text", set: func(t *target, v value, bad say) {
		level, err := ParseLevel(v.text)
		if err != nil {
			bad(
				v,
				quoteValue(v)+" is not a log level",
				"write trace, debug, info, warn, error, or 0 (panic) to 6 (trace)",
			)
			return
		}
		t.config.Log.Level = level
	}}
}

func timeZoneKey(name string) key {
	return key{name: name, what: "text", set: func(t *target, v value, bad say) {
		_, err := time.LoadLocation(v.text)
		if err != nil || strings.EqualFold(v.text, "local") {
			bad(v, quoteValue(v)+" is not a known time zone", "write a name such as Europe/Paris or UTC")
			return
		}
		t.rules.Calendar.TimeZone = v.text
	}}
}

func regionKey(name string) key {
	return key{name: name, what: "text", set: func(t *target, v value, bad say) {
		if v.text != "" && !slices.Contains(calendar.Regions(), calendar.CanonicalRegion(v.text)) {
			bad(v, quoteValue(v)+" is not a known region", "known are "+strings.Join(calendar.Regions(), " "))
			return
		}
		t.rules.Calendar.Region = calendar.CanonicalRegion(v.text)
	}}
}

func daysOffKey(name string) key {
	return key{name: name, what: "a list of dates", list: true, set: func(t *target, v value, bad say) {
		var days []calendar.Date
		for _, i := range v.items {
			day, err := time.Parse(time.DateOnly, i.text)
			if err != nil {
				bad(i, quoteValue(i)+" is not a date", "write year-month-day: 2026-12-24")
				continue
			}
			days = append(days, calendar.DateOf(day, time.UTC))
		}
		t.rules.Calendar.DaysOff = days
	}}
}

var hoursForm = regexp.MustCompile(`^(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})$`)

func hoursKey(name string) key {
	return key{name: name, what: "text", set: func(t *target, v value, bad say) {
		m := hoursForm.FindStringSubmatch(strings.TrimSpace(v.text))
		if m == nil {
			bad(v, quoteValue(v)+" is not a range of hours", "write 09:00-18:00")
			return
		}
		start, end := timeOfDay(m[1], m[2]), timeOfDay(m[3], m[4])
		switch {
		case start < 0 || end < 0:
			bad(v, quoteValue(v)+" holds a time that no day has", "from 00:00 to 24:00")
		case start >= end:
			bad(v, quoteValue(v)+" ends before it begins", "write the start first: 09:00-18:00")
		default:
			t.rules.Calendar.Start, t.rules.Calendar.End = start, end
		}
	}}
}

// timeOfDay returns the time since midnight, negative where there is no such time.
func timeOfDay(hour, minute string) time.Duration {
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	d := time.Duration(h)*time.Hour + time.Duration(m)*time.Minute
	if m > 59 || d > 24*time.Hour {
		return -1
	}
	return d
}

func natureKey(name string) key {
	return key{name: name, what: "text", set: func(t *target, v value, bad say) {
		if v.text == "label:" {
			bad(v, "the prefix of the labels is missing", "write label:PREFIX")
			return
		}
		t.rules.Impediment.Nature = v.text
	}}
}

func quarterByKey(name string) key {
	return key{name: name, what: "text", set: func(t *target, v value, bad say) {
		switch by := agile.QuarterBy(v.text); by {
		case agile.ByLabel, agile.ByFixVersion, agile.ByDueDate:
			t.rules.Quarter.By = by
		default:
			bad(
				v,
				quoteValue(v)+" is not one of label, fix_version, due_date",
				"label: by labels such as Q4-26; fix_version: by the names of the epics' fix versions, such as Q4-26; "+
					"due_date: by the day on which the epic is due",
			)
		}
	}}
}

func quarterLabelKey(name string) key {
	return key{name: name, what: "text", set: func(t *target, v value, bad say) {
		re, ok := parseExpression(v, bad)
		if !ok {
			return
		}
		if n := re.NumSubexp(); n != 2 {
			bad(
				v,
				fmt.Sprintf("%s must have two groups, has %d", quoteValue(v), n),
				`the quarter and the year in two digits: '^Q([1-4])-(\d{2})$'`,
			)
			return
		}
		t.rules.Quarter.Label = re
	}}
}

// initiativeLabelKey is an expression whose group is the name of an initiative; an empty one means that there are none.
func initiativeLabelKey(name string) key {
	return key{name: name, what: "text", set: func(t *target, v value, bad say) {
		if v.text == "" {
			t.rules.Initiative.Label = nil
			return
		}
		re, ok := parseExpression(v, bad)
		if !ok {
			return
		}
		if n := re.NumSubexp(); n != 1 {
			bad(
				v,
				fmt.Sprintf("%s must have one group, has %d", quoteValue(v), n),
				`the name of the initiative: '^Project_(.+)$'`,
			)
			return
		}
		t.rules.Initiative.Label = re
	}}
}

// parseExpression reads a regular expression; what is wrong with one is told.
func parseExpression(v value, bad say) (re *regexp.Regexp, ok bool) {
	re, err := regexp.Compile(v.text)
	if err == nil {
		return re, true
	}
	// Only the code: the rest may quote a variable's value.
	code := "unknown problem"
	if e := (*syntax.Error)(nil); errors.As(err, &e) {
		code = string(e.Code)
	}
	bad(
		v,
		quoteValue(v)+" is not a regular expression: "+code,
		"see https://pkg.go.dev/regexp/syntax; put it in 'single quotes'",
	)
	return nil, false
}
