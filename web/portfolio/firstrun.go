package portfolio

import (
	"html/template"
	"slices"

	"jerem/chart/inline"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/source"
)

// writeUnreadSentence writes the sentence of the portfolio while of no team anything can be told: how far the first
// reading is, or that none can be told of now, for want of a reading or of the store.
func (p *page) writeUnreadSentence(s *Pages, rows []portfolioRow) {
	p.Over = []string{format.Plural(len(rows), "team")}
	failed := 0
	for _, row := range rows {
		if source.WhyUnread(row.err) != "" {
			failed++
		}
	}
	if len(rows) == 0 {
		p.Sentence, p.Unread = "There is no team that you may see.", frame.WhoSeesTeams
		return
	}
	p.tellTroubleOnce()
	reading := s.Teams.LiveNow().Reading
	text := "Jira is being read for the first time; the figures appear when that is complete."
	switch {
	case reading != nil:
		p.Progress = readingBar(reading)
		text = "Jira is being read for the first time: " + reading.Words() + "."
		if failed == 0 && p.Unread != "" {
			p.Unread = source.UntilRead // the rest of it is said above
		}
	case failed == len(rows) && p.Unread != "":
		text = "No team can be told of now."
	case failed == len(rows):
		text = "No team can be told of now; why stands beside each."
	}
	p.Sentence = template.HTML(template.HTMLEscapeString(text))
}

// readingBar draws how much of what a reading found is read; while that cannot be told, a part that runs along the bar
// and so claims nothing.
func readingBar(r *source.Reading) template.HTML {
	if r.Total <= 0 {
		return frame.HTML(inline.Meter(0.25, nil, "f-exp waits"))
	}
	return frame.HTML(inline.Meter(float64(r.Done)/float64(r.Total), nil, "f-exp"))
}

// tellTroubleOnce tells under the sentence what keeps all teams from being read, where it is the same of several.
func (p *page) tellTroubleOnce() {
	first := p.Teams[0].Trouble
	if len(p.Teams) < 2 || slices.ContainsFunc(p.Teams, func(row teamRow) bool { return row.Trouble != first }) {
		return
	}
	p.Unread = first
	for n := range p.Teams {
		p.Teams[n].Trouble, p.Teams[n].Unread = "", true
	}
}
