package portfolio

import (
	"html/template"

	"jerem/web/format"
	"jerem/web/source"
)

// writeUnreadSentence writes the sentence of the portfolio while no team was read: how far the first reading is, or
// that it cannot be made.
func (p *page) writeUnreadSentence(s *Pages, rows []portfolioRow) {
	p.Over = []string{format.Plural(len(rows), "team")}
	failed := 0
	for _, row := range rows {
		if source.WhyUnread(row.err) != "" {
			failed++
		}
	}
	reading := s.Teams.LiveNow().Reading
	text := "Jira is being read for the first time; the figures appear when that is complete."
	switch {
	case reading != nil:
		text = "Jira is being read for the first time: " + reading.Words() + "."
	case failed == len(rows):
		text = "No team could be read yet; why stands beside each."
	}
	p.Sentence = template.HTML(template.HTMLEscapeString(text))
}
