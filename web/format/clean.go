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
	if isMarkupText(text) {
		return text
	}
	return strings.Map(func(c rune) rune {
		if !isMarkupRune(c) {
			return utf8.RuneError
		}
		return c
	}, strings.ToValidUTF8(text, "\uFFFD"))
}

// isMarkupText tells whether a text may stand in markup as it is: whole pages are asked for, which nearly always may.
func isMarkupText(text string) bool {
	for place := 0; place < len(text); {
		if c := text[place]; c >= ' ' && c < 0x7F || c == '\n' {
			place++
			continue
		}
		c, size := utf8.DecodeRuneInString(text[place:])
		if c == utf8.RuneError && size == 1 || !isMarkupRune(c) {
			return false
		}
		place += size
	}
	return true
}

// isMarkupRune tells whether a character may stand in markup.
func isMarkupRune(c rune) bool {
	switch {
	case c >= 0x7F && c <= 0x9F, unicode.Is(unicode.Bidi_Control, c):
		return false
	case c == '\t', c == '\n', c == '\r', c >= 0x20 && c <= 0xD7FF, c >= 0xE000 && c <= 0xFFFD, c >= 0x10000 &&
		c <= 0x10FFFF:
		return true
	}
	return false
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
