package web

import (
	"errors"
	"html/template"

	problems "jerem/problem"
	"jerem/store"
)

// sayUnread writes the sentence of the portfolio while no team was read: how far the first reading is, or that it
// cannot be made.
func (p *portfolio) sayUnread(s *Server, rows []portfolioRow) {
	p.Over = []string{plural(len(rows), "team")}
	failed := 0
	for _, row := range rows {
		if whyUnread(row.err) != "" {
			failed++
		}
	}
	reading := s.liveNow().Reading
	text := "Jira is being read for the first time; the figures appear when that is complete."
	switch {
	case reading != nil:
		text = "Jira is being read for the first time: " + reading.words() + "."
	case failed == len(rows):
		text = "No team could be read yet; why stands beside each."
	}
	p.Sentence = template.HTML(template.HTMLEscapeString(text))
}

// whyUnread is what the last reading of a team that was never read failed by, "" where none failed.
func whyUnread(err error) string {
	var kept *problems.Problem
	if !errors.As(err, &kept) {
		if err == nil {
			return ""
		}
		return err.Error()
	}
	if kept.Code == store.NotRead && !failedReading(kept) {
		return ""
	}
	return once(kept.Message)
}

// unreadRow says in the list of teams what keeps one from being shown.
func (s *Server) unreadRow(err error) string {
	p := s.problemOf(err)
	if whyUnread(err) != "" {
		return p.Message
	}
	return p.Message + ". " + p.Hint
}
