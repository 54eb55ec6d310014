package series

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// SafeCell is a text as a cell of a table: what a spreadsheet would take for a formula gets an apostrophe in front,
// also where spaces, quotes or marks that nobody sees stand before its sign. A number stays a number.
func SafeCell(text string) string {
	text = strings.Map(func(c rune) rune {
		if steersTerminal(c) {
			return utf8.RuneError
		}
		return c
	}, strings.ToValidUTF8(text, "\uFFFD"))
	if text == "" || plainNumber(text) {
		return text
	}
	first, _ := utf8.DecodeRuneInString(text)
	if first == '\t' || first == '\r' || first == '\n' {
		return "'" + text
	}
	bare := strings.TrimLeftFunc(text, func(c rune) bool {
		return unicode.IsSpace(c) || unicode.IsControl(c) || c == utf8.RuneError || isInvisible(c) ||
			strings.ContainsRune("\"'`“”‘’„«»", c)
	})
	sign, _ := utf8.DecodeRuneInString(bare)
	if strings.ContainsRune("=+-@＝＋－＠|", sign) && bare != "" {
		return "'" + text
	}
	return text
}

// SafeLabel is a text as a label that others show: valid UTF-8 on one line, without commands to terminals and without
// what turns the direction of writing. One that holds such has letters of its digest behind it, so that two never
// become one; every other stays as it is.
func SafeLabel(text string) string {
	clean := strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || steersTerminal(c) {
			return ' '
		}
		return c
	}, strings.ToValidUTF8(text, "\uFFFD"))
	if clean == strings.ToValidUTF8(text, "\uFFFD") {
		return clean
	}
	digest := sha256.Sum256([]byte(text))
	return fmt.Sprintf("%s~%x", clean, digest[:4])
}

// steersTerminal tells whether a letter is a command to a terminal, turns the direction of writing, or ends a line as
// only Unicode knows it. What ends a line or leaves a gap in a table stays.
func steersTerminal(c rune) bool {
	switch c {
	case '\t', '\r', '\n':
		return false
	case '\u2028', '\u2029':
		return true
	}
	return unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c)
}

// plainNumber tells whether a cell is a number as this program writes them.
func plainNumber(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	if digits == "" || digits[0] == '.' || digits[len(digits)-1] == '.' || strings.Count(digits, ".") > 1 {
		return false
	}
	return strings.Trim(digits, "0123456789.") == ""
}

// isInvisible tells whether a letter is shown as nothing: marks of direction, joints of no width, tags.
func isInvisible(c rune) bool { return unicode.Is(unicode.Cf, c) }
