package format

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// OneLine is a text as a line of a log, of plain text or a header shows it: valid UTF-8, without control characters,
// marks that turn the direction of writing or line ends. Each of them becomes a space.
func OneLine(text string) string {
	return strings.Map(func(c rune) rune {
		if c == utf8.RuneError || unicode.IsControl(c) || isInvisible(c) {
			return ' '
		}
		return c
	}, text)
}

// isInvisible tells whether a letter is a line end of Unicode or changes how what follows is shown: bidirectional
// marks, zero width joints that hide text, and private tags.
func isInvisible(c rune) bool {
	switch {
	case c == '\u2028', c == '\u2029', c == '\ufeff', c == '\u061c':
		return true
	case c >= '\u200e' && c <= '\u200f', c >= '\u202a' && c <= '\u202e', c >= '\u2066' && c <= '\u2069':
		return true
	}
	return c >= 0xE0000 && c <= 0xE007F
}

// MarkupText is a text that may stand in XML and in HTML: valid UTF-8, without the characters that these know no form
// of, and without the marks that turn the direction of all the writing that follows.
func MarkupText(text string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c >= 0x7F && c <= 0x9F, unicode.Is(unicode.Bidi_Control, c):
			return '\uFFFD'
		case c == '\t', c == '\n', c == '\r', c >= 0x20 && c <= 0xD7FF, c >= 0xE000 && c <= 0xFFFD, c >= 0x10000 &&
			c <= 0x10FFFF:
			return c
		}
		return '\uFFFD'
	}, strings.ToValidUTF8(text, "\uFFFD"))
}

// FileName is a name for a download: letters, digits, and what does no harm in a header or a folder.
func FileName(name string) string {
	kept := strings.Map(func(c rune) rune {
		if c == '.' || c == '-' || c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			return c
		}
		return '-'
	}, name)
	return strings.TrimLeft(kept[:min(len(kept), 100)], ".")
}
