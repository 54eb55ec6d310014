package sprint

import (
	"fmt"
	"html/template"
	"regexp"

	"jerem/chart"
	"jerem/web/frame"
)

var linked = regexp.MustCompile(`<a [^>]*>(.*?)</a>`)

// Unlinked is a text of the page where its figures lead nowhere: they stand out all the same. Without any it says why
// there is none.
func (m page) Unlinked(text template.HTML) template.HTML {
	if text == "" && m.Empty != nil {
		return template.HTML(template.HTMLEscapeString(m.Empty.Title))
	}
	return frame.HTML(linked.ReplaceAllString(string(text), "<b>$1</b>"))
}

// Picture is the burndown where its events are not: without links.
func (m page) Picture() template.HTML { return frame.HTML(chart.WithoutLinks(string(m.Burndown.SVG))) }

// OthersActive says how many other sprints are active beside the one shown, "" where none is.
func (m page) OthersActive() string {
	switch n := len(m.Others); n {
	case 0:
		return ""
	case 1:
		return "1 other sprint is active"
	default:
		return fmt.Sprintf("%d other sprints are active", n)
	}
}
