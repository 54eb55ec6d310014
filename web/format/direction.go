package format

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The marks of Unicode between which a text has its own direction, that of its first letter.
const (
	isolateStart = "\u2068"
	isolateEnd   = "\u2069"
)

// shownAttribute is an attribute of which the text is shown or read out.
var shownAttribute = regexp.MustCompile(`( (?:title|aria-label|label|alt|placeholder|data-l)=")([^"]*)`)

// IsolateMarkup gives each name in right-to-left letters in a page or a drawing its own direction: otherwise the
// numbers after it, "NAME: 4 of 31", would be read as part of it and be shown before it. A name that is a whole text of
// HTML stands in <bdi>, and is copied as it is; a name within a text, in a drawing or in an attribute stands between
// marks of Unicode. Values of forms, styles and scripts stay as they are, and so does markup without such letters.
func IsolateMarkup(markup string) string {
	if !hasRightToLeft(markup) {
		return markup
	}
	var out strings.Builder
	inside := "" // the element whose texts take no elements, or stay
	for markup != "" {
		end := strings.IndexByte(markup, '<')
		if end < 0 {
			end = len(markup)
		}
		out.WriteString(isolateText(markup[:end], inside))
		markup = markup[end:]
		end = strings.IndexByte(markup, '>') + 1
		if end == 0 {
			end = len(markup)
		}
		tag := markup[:end]
		out.WriteString(isolateAttributes(tag))
		inside = elementAfter(inside, tag)
		markup = markup[end:]
	}
	return out.String()
}

// hasRightToLeft tells whether a text has right-to-left letters: whole pages are asked for, which nearly never have.
func hasRightToLeft(text string) bool {
	for place := 0; place < len(text); {
		if text[place] < firstOfRightToLeft {
			place++
			continue
		}
		c, size := utf8.DecodeRuneInString(text[place:])
		if isRightToLeft(c) {
			return true
		}
		place += size
	}
	return false
}

// firstOfRightToLeft is the least byte that a right-to-left letter begins with: that of U+0590.
const firstOfRightToLeft = 0xD6

// otherElement is a tag that opens an element whose texts are treated in another way. An option without a value is
// sent by its text.
var otherElement = regexp.MustCompile(`^<(svg|title|textarea|script|style|option value|option)\b`)

// elementAfter is the element after a tag whose texts are treated in another way, "" outside of all.
func elementAfter(inside, tag string) string {
	if inside == "" {
		found := otherElement.FindStringSubmatch(tag)
		if found == nil || strings.HasSuffix(tag, "/>") {
			return ""
		}
		return found[1]
	}
	name, _, _ := strings.Cut(inside, " ")
	if strings.HasPrefix(tag, "</"+name) {
		return ""
	}
	return inside
}

// isolateAttributes isolates names in what a tag shows.
func isolateAttributes(tag string) string {
	if !strings.ContainsFunc(tag, isRightToLeft) {
		return tag
	}
	return shownAttribute.ReplaceAllStringFunc(tag, func(found string) string {
		parts := shownAttribute.FindStringSubmatch(found)
		return parts[1] + isolateNames(parts[2])
	})
}

// isolateText isolates names in a text of an element.
func isolateText(text, inside string) string {
	if !strings.ContainsFunc(text, isRightToLeft) {
		return text
	}
	switch inside {
	case "":
		name := strings.TrimSpace(text)
		if isName(name) {
			return strings.Replace(text, name, "<bdi>"+name+"</bdi>", 1)
		}
	case "textarea", "script", "style", "option":
		return text
	}
	return isolateNames(text)
}

// isName tells whether a text is nothing but a name in right-to-left letters, with its numbers.
func isName(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return isRightToLeft(first) && !strings.ContainsFunc(text, func(c rune) bool {
		return !continuesName(c) && !joinsName(c)
	})
}

// isolateNames puts each name in a text between marks: from a right-to-left letter on, as far as such letters, digits
// and what joins words go. A number behind a space ends the name, as it may be a figure about it.
func isolateNames(text string) string {
	var out strings.Builder
	for {
		start := strings.IndexFunc(text, isRightToLeft)
		if start < 0 {
			return out.String() + text
		}
		length := nameLength(text[start:])
		out.WriteString(text[:start] + isolateStart + text[start:start+length] + isolateEnd)
		text = text[start+length:]
	}
}

// nameLength is how many bytes the name takes with which a text begins.
func nameLength(text string) int {
	length, spaced := 0, false
	for at, c := range text {
		switch {
		case isRightToLeft(c), continuesName(c) && !(spaced && unicode.IsDigit(c)):
			length, spaced = at+utf8.RuneLen(c), false
		case continuesName(c):
		case joinsName(c):
			spaced = spaced || unicode.IsSpace(c)
		default:
			return length
		}
	}
	return length
}

// isRightToLeft tells whether a letter is written from right to left: Hebrew, Arabic, Syriac, Thaana and their kin.
func isRightToLeft(c rune) bool {
	if c < 0x0590 || !unicode.IsLetter(c) {
		return false
	}
	return c <= 0x08FF || c >= 0xFB1D && c <= 0xFDFF || c >= 0xFE70 && c <= 0xFEFC || // and forms for presentation
		c >= 0x10800 && c <= 0x10FFF || c >= 0x1E800 && c <= 0x1EFFF
}

// continuesName tells whether a sign belongs to the word before it: letters, digits and pictures do.
func continuesName(c rune) bool {
	return isRightToLeft(c) || unicode.IsMark(c) || unicode.IsDigit(c) || unicode.Is(unicode.So, c)
}

// joinsName tells whether a sign may stand between the words of one name.
func joinsName(c rune) bool {
	return unicode.IsSpace(c) || strings.ContainsRune("-_/.'’–", c)
}
