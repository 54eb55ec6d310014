// Package headline writes the first sentence of a page: the verdict of a forecast, as the terminal tells it, with
// figures that open.
//
//	headline.Verdict(f, calendar)
//	// "At risk, 34 % by Thu 31 Dec; late by 2 working days at even odds, Wed 13 Jan 2027 at 85 %."
package headline

import (
	"html/template"
	"strings"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/outlook"
	"jerem/measure/summary"
	"jerem/web/format"
	"jerem/web/frame"
)

// Verdict is the first sentence of a page about unfinished work: how likely its deadline is, when it is done, and what
// moved that date; or why this cannot be told. "" for work that is done.
func Verdict(f *outlook.Forecast, c calendar.Calendar) template.HTML {
	if f == nil || f.State == outlook.StateDone {
		return ""
	}
	if f.Why != "" {
		return template.HTML(whySaid(format.Capital(summary.Verdict(f, c))) + ". ")
	}
	at := f.At.In(c.Zone)
	hand := summary.Hand{
		Date:  func(date string) string { return format.LikelyDate(&date, at) },
		Odds:  func(odds float64) string { return format.OddsWord(&odds) },
		Open:  frame.LinkFigure,
		Brief: true,
	}
	said := strings.ReplaceAll(hand.Verdict(f, c), " %", format.Thin+"%")
	return template.HTML(format.Capital(said) + ". ")
}

// whySaid leads from the beginning of a reason and from its numbers to what lacks; all of it as one link would not
// break into lines on a phone.
func whySaid(why string) string {
	head, rest, found := strings.Cut(why, ": ")
	if !found {
		return frame.LinkFigure("date-85", why)
	}
	words := strings.Fields(template.HTMLEscapeString(rest))
	for n, word := range words {
		if strings.Trim(word, "0123456789") == "" {
			words[n] = frame.LinkFigure("date-85", word)
		}
	}
	return frame.LinkFigure("date-85", head) + ": " + strings.Join(words, " ")
}

// OfSprint is the verdict of an active sprint, and tells whether it says that the planned end is past.
func OfSprint(sp *measure.Sprint, f *outlook.Forecast, c calendar.Calendar) (said template.HTML, overdue bool) {
	return Verdict(summary.ForecastOfSprint(sp, f), c), f.Why == "" && summary.IsOverdue(f, c)
}
