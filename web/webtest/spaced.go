package webtest

import (
	"html"
	"regexp"
	"strings"
)

var (
	asciiSpaces = regexp.MustCompile(`[ \t\r\n]+`)
	// misspaced are two spaces one behind the other, a space before a sign that ends a part of a sentence or behind a
	// bracket that opens, and two such signs.
	misspaced = regexp.MustCompile(`[^\s\x{a0}\x{202f}][ \x{a0}\x{202f}]{2,}[^\s\x{a0}\x{202f}]|` +
		`[ \x{a0}\x{202f}][,.;:!?)](?:\s|$)|\([ \x{a0}\x{202f}]|\w(?:\.\.|;;|,,|\.;|;\.|,\.|\.,|:\.)(?:\s|$)`)
)

// Misspaced returns the places of a page or an answer that are not spaced as a sentence is, each with what is around.
// A page is read as a browser shows it, where spaces and lines of its source are one space.
func Misspaced(text string) (found []string) {
	const edge = "\n" // of what stands in a line of its own
	plain := text
	if strings.Contains(text, "<") {
		var b strings.Builder
		for _, one := range readOut.FindAllStringSubmatch(text, -1) {
			b.WriteString(one[1] + "<p>")
		}
		b.WriteString(asciiSpaces.ReplaceAllString(withinLine.ReplaceAllString(text, ""), " "))
		plain = html.UnescapeString(anyTag.ReplaceAllString(b.String(), edge))
	}
	for _, at := range misspaced.FindAllStringIndex(plain, -1) {
		around := plain[max(0, at[0]-60):min(len(plain), at[1]+40)]
		found = append(found, strings.ReplaceAll(strings.ToValidUTF8(around, ""), edge, " | "))
	}
	return found
}
