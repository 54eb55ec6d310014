package web

import (
	"html/template"
)

// sayUnread writes the sentence of the portfolio while no team was read: how far the first reading is, or that it
// cannot be made.
func (p *portfolio) sayUnread(s *portfolioPages, rows []portfolioRow) {
	p.Over = []string{plural(len(rows), "team")}
	failed := 0
	for _, row := range rows {
		if whyUnread(row.err) != "" {
			failed++
		}
	}
	reading := s.teams.liveNow().Reading
	text := "Jira is being read for the first time; the figures appear when that is complete."
	switch {
	case reading != nil:
		text = "Jira is being read for the first time: " + reading.words() + "."
	case failed == len(rows):
		text = "No team could be read yet; why stands beside each."
	}
	p.Sentence = template.HTML(template.HTMLEscapeString(text))
}
