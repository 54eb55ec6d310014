package terminal

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
	"golang.org/x/term"

	"jerem/series"
)

// Columns is the width of a page; a word that is longer stands on a line of its own.
const Columns = 80

// Count writes a number of things: "1 project", "2 projects".
func Count[N int | int64](n N, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// LongestText is how many letters of a text are shown at most: of a longer one the beginning and the end.
const LongestText = 600

// IsTerminal tells whether somebody looks at what is written to a file, or types what is read from it.
func IsTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// Printable is a text out of Jira as a terminal or a log may show it: in one line, without characters that steer the
// terminal or turn the direction of writing, and not longer than [LongestText]. What is taken out is shown as U+FFFD.
func Printable(text string) string {
	return shortenText(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == '\u2028' || r == '\u2029':
			return ' '
		case !unicode.IsPrint(r) && !unicode.Is(unicode.Zs, r): // the thousands of figures are set apart by U+202F
			return unicode.ReplacementChar
		}
		return r
	}, text))
}

// shortenText keeps two thirds of the beginning and a third of the end of a text that is too long: names stand inside
// sentences that end with what to do.
func shortenText(text string) string {
	if len(text) <= LongestText {
		return text
	}
	letters := []rune(text)
	if len(letters) <= LongestText {
		return text
	}
	const begin = LongestText * 2 / 3
	return string(letters[:begin]) + "…" + string(letters[len(letters)-(LongestText-begin-1):])
}

// Width tells how many columns a text takes.
func Width(text string) int { return uniseg.StringWidth(text) }

// Wrap breaks a text into lines of at most [Columns] that begin at a column; the first one stands there already.
func Wrap(text string, from int) string {
	var b strings.Builder
	at := from
	for n, word := range strings.Fields(text) {
		w := Width(word)
		switch {
		case n == 0:
		case at+1+w > Columns:
			b.WriteString("\n" + strings.Repeat(" ", from))
			at = from
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += w
	}
	return b.String()
}

// JSONWriter escapes what is written to it, value by value, as [series.SafeJSON] does. A character must not be cut by
// the end of a piece: an encoder of JSON writes whole values.
type JSONWriter struct{ Out io.Writer }

// Write implements [io.Writer].
func (w JSONWriter) Write(piece []byte) (int, error) {
	if _, err := w.Out.Write(series.SafeJSON(piece)); err != nil {
		return 0, err
	}
	return len(piece), nil
}

// EncodeJSON writes a value as JSON that people can read too, escaped as [JSONWriter] does.
func EncodeJSON(w io.Writer, value any) error {
	out := json.NewEncoder(JSONWriter{Out: w})
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(value)
}

// ErrorText writes an error, each part of one that has several in a line of its own.
func ErrorText(err error) string {
	many, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return Printable(err.Error())
	}
	var lines, whole []string
	for _, one := range many.Unwrap() {
		lines, whole = append(lines, ErrorText(one)), append(whole, one.Error())
	}
	if strings.Join(whole, "\n") != err.Error() { // it words them itself
		return Printable(err.Error())
	}
	return strings.Join(lines, "\n")
}
