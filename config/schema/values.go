package schema

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"jerem/calendar"
	"jerem/problem"
)

// QuoteValue shows a value of a key that is no secret.
func QuoteValue(v Value) string { return QuoteText(v.Shown) }

// QuoteText shows a text, or its beginning where it is long.
func QuoteText(text string) string {
	const longest = 60
	if letters := []rune(text); len(letters) > longest {
		return strconv.Quote(string(letters[:longest]) + "…")
	}
	return strconv.Quote(text)
}

// TextKey is any text.
func TextKey[T any](name string, at func(*T) *string) Key[T] {
	return Key[T]{Name: name, What: "text", Set: func(t *T, v Value, _ Report) { *at(t) = v.Text }}
}

// FilledKey is text of which an empty one is as good as none.
func FilledKey[T any](name string, at func(*T) *string) Key[T] {
	k := TextKey(name, at)
	k.Filled = true
	return k
}

// SecretKey is a password or token. A value that is written out in the file, not put in by a variable, is told to
// noteWrittenOut.
func SecretKey[T any](name string, at func(*T) *Secret, noteWrittenOut func(*T)) Key[T] {
	return Key[T]{Name: name, What: "text", Filled: true, Set: func(t *T, v Value, bad Report) {
		if strings.ContainsFunc(v.Text, unicode.IsControl) {
			bad(
				v,
				"the secret holds a line break or another control character",
				"remove it; often it stands at the end",
			)
			return
		}
		if v.At.Variable == "" && v.Text == v.Shown {
			noteWrittenOut(t)
		}
		*at(t) = NewSecret(v.Text)
	}}
}

// TextsKey is a list of names in Jira: none of them holds a line break or a sign that nobody sees.
func TextsKey[T any](name string, at func(*T) *[]string) Key[T] {
	return Key[T]{Name: name, What: "a list of texts", List: true, Set: func(t *T, v Value, bad Report) {
		list := []string{}
		for _, i := range v.Items {
			if strings.ContainsFunc(i.Text, IsInvisible) {
				bad(
					i,
					QuoteValue(i)+" holds a line break or another sign that nobody sees",
					"remove it; often it stands at the end",
				)
				continue
			}
			list = append(list, i.Text)
		}
		*at(t) = list
	}}
}

// OneOfKey is one of a few texts.
func OneOfKey[T any](name string, allowed []string, at func(*T) *string) Key[T] {
	return Key[T]{Name: name, What: "text", Set: func(t *T, v Value, bad Report) {
		if !slices.Contains(allowed, v.Text) {
			bad(v, QuoteValue(v)+" is not one of "+strings.Join(allowed, ", "), choiceHint(v, allowed))
			return
		}
		*at(t) = v.Text
	}}
}

// choiceHint names the text that was likely meant; what a variable put in is not quoted, nor told by what it is like.
func choiceHint(v Value, allowed []string) string {
	meant := problem.Nearest(strings.ToLower(v.Text), allowed, 3)
	if v.Shown != v.Text || meant == "" {
		return "write one of them"
	}
	return "did you mean " + meant + "?"
}

// WholeKey is a whole number from low on, to high where high is not 0.
func WholeKey[T any, N ~int | ~int64](name string, low, high N, at func(*T) *N) Key[T] {
	limits := fmt.Sprintf("from %d on", low)
	if high != 0 {
		limits = fmt.Sprintf("from %d to %d", int64(low), int64(high))
	}
	return Key[T]{Name: name, What: "a number", Set: func(t *T, v Value, bad Report) {
		n, err := strconv.ParseInt(v.Text, 10, 64)
		if err != nil || n < int64(low) || high != 0 && n > int64(high) || int64(N(n)) != n {
			bad(v, QuoteValue(v)+" is not a whole number "+limits, fmt.Sprintf("write it in digits, as in %d", low))
			return
		}
		*at(t) = N(n)
	}}
}

// durationForms is how a duration is written.
const durationForms = "write it like 90s, 10m, 11h, 15d, 2w or 5y"

// DurationKey is a length of time of people's work, with its unit: 30 could be meant as seconds or as hours.
func DurationKey[T any](name string, low time.Duration, at func(*T) *time.Duration) Key[T] {
	k := timeKey(name, low, durationForms, at)
	set := k.Set
	k.Set = func(t *T, v Value, bad Report) {
		text := strings.TrimSpace(v.Text)
		if d, ok := ParseDuration(text); ok && d != 0 && bareNumber.MatchString(text) {
			bad(
				v,
				QuoteValue(v)+" has no unit",
				"write "+strings.TrimPrefix(text, "+")+"s, "+text+"m or "+text+"h, as it is meant",
			)
			return
		}
		set(t, v, bad)
	}
	return k
}

// SecondsKey is a length of time of the program, of which a bare number is seconds as in the files of the older bot.
func SecondsKey[T any](name string, low time.Duration, at func(*T) *time.Duration) Key[T] {
	return timeKey(name, low, durationForms+"; a bare number is seconds", at)
}

// timeKey is a length of time, at least low; forms is how it is written.
func timeKey[T any](name string, low time.Duration, forms string, at func(*T) *time.Duration) Key[T] {
	return Key[T]{Name: name, What: "a duration", Set: func(t *T, v Value, bad Report) {
		d, ok := ParseDuration(v.Text)
		switch {
		case !ok:
			bad(v, QuoteValue(v)+" is not a duration", forms)
		case d < 0:
			bad(v, QuoteValue(v)+" is negative", "a duration is 0 or more")
		case d < low:
			bad(v, QuoteValue(v)+" is too short", "at least "+calendar.DurationText(low))
		default:
			*at(t) = d
		}
	}}
}

var bareNumber = regexp.MustCompile(`^[+-]?\d+(\.\d+)?$`)

// ParseDuration reads what [calendar.ParseDuration] reads, and a bare number as seconds.
func ParseDuration(text string) (time.Duration, bool) {
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

// SizeKey is a number of bytes, at least low; a bare number is bytes.
func SizeKey[T any](name string, low int64, at func(*T) *int64) Key[T] {
	return Key[T]{Name: name, What: "a size", Set: func(t *T, v Value, bad Report) {
		m := sizeForm.FindStringSubmatch(strings.TrimSpace(v.Text))
		if m == nil {
			bad(v, QuoteValue(v)+" is not a size", "write 64MiB or 1GiB")
			return
		}
		n, err := strconv.ParseInt(m[1], 10, 64)
		if err != nil || n*sizeUnits[m[2]] < low {
			bad(v, QuoteValue(v)+" is too small", "at least 1MiB")
			return
		}
		*at(t) = n * sizeUnits[m[2]]
	}}
}

// AddressKey is a base URL; a path belongs to it, a slash at its end does not.
func AddressKey[T any](name string, at func(*T) *string) Key[T] {
	return Key[T]{Name: name, What: "text", Filled: true, Set: func(t *T, v Value, bad Report) {
		u, err := url.Parse(v.Text)
		switch {
		case strings.Contains(v.Text, "@"):
			bad(v, "holds an @: a user and password do not belong in an address", "set them by keys of their own")
		case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
			bad(v, QuoteValue(v)+" is not an address", HintOf(v.Text, addressHint(v)))
		case !HasValidPort(u):
			bad(v, "names a port that no server has", PortHint)
		case u.RawQuery != "" || u.Fragment != "" || u.ForceQuery:
			bad(v, "the address goes on after a ? or #", "give the base address alone")
		default:
			*at(t) = strings.TrimRight(v.Text, "/")
		}
	}}
}

// addressHint writes an address as it was likely meant: with a scheme that was mistyped, or left out.
func addressHint(v Value) string {
	scheme, rest, hasScheme := strings.Cut(v.Text, "://")
	if !hasScheme {
		rest = strings.TrimLeft(v.Text, "/:")
	}
	meant := problem.Nearest(strings.ToLower(scheme), []string{"https", "http"}, 2)
	if meant == "" {
		meant = "https"
	}
	u, err := url.Parse(meant + "://" + rest)
	if v.Shown != v.Text || err != nil || !looksLikeHost(u.Hostname()) {
		return "begin with https:// or http:// and a host"
	}
	return "did you mean " + QuoteText(u.String()) + "?"
}

// looksLikeHost tells whether a text may be the name of a server: it has a dot inside, or is this machine.
func looksLikeHost(text string) bool {
	return text == "localhost" || strings.Contains(strings.Trim(text, "."), ".") &&
		!strings.ContainsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || IsInvisible(r) })
}

// BoolKey is true or false.
func BoolKey[T any](name string, at func(*T) *bool) Key[T] {
	return Key[T]{Name: name, What: "true or false", Set: func(t *T, v Value, bad Report) {
		switch v.Text {
		case "true":
			*at(t) = true
		case "false":
			*at(t) = false
		default:
			bad(v, QuoteValue(v)+" is neither true nor false", "write true or false")
		}
	}}
}

// ParseExpression reads a regular expression; what is wrong with one is told.
func ParseExpression(v Value, bad Report) (re *regexp.Regexp, ok bool) {
	re, err := regexp.Compile(v.Text)
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
		QuoteValue(v)+" is not a regular expression: "+code,
		"see https://pkg.go.dev/regexp/syntax; put it in 'single quotes'",
	)
	return nil, false
}

// IsInvisible tells whether a letter ends a line, steers a terminal, turns the direction of writing or is not text at
// all.
func IsInvisible(letter rune) bool {
	return letter == utf8.RuneError || unicode.IsControl(letter) || unicode.Is(unicode.Cf, letter) ||
		letter == '\u2028' || letter == '\u2029'
}
