package frame

import (
	"html/template"
	"regexp"
)

// dateOrTag finds the dates and the bounds of odds of a text, and its tags, for an attribute may tell a date too.
var dateOrTag = regexp.MustCompile(`<[^>]*>|\b(?:over|under) \d+\x{202f}%|` +
	`\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: \d{4})?\b`)

// unbroken is a text, or one with tags, whose dates and bounds stay on one line: a sentence on a phone ends its lines
// between them. What is read out and copied is the same as before.
func unbroken(text any) template.HTML {
	html, isHTML := text.(template.HTML)
	if !isHTML {
		plain, _ := text.(string)
		html = template.HTML(template.HTMLEscapeString(plain))
	}
	return template.HTML(dateOrTag.ReplaceAllStringFunc(string(html), func(found string) string {
		if found[0] == '<' {
			return found
		}
		return `<span class="nobr">` + found + `</span>`
	}))
}
