// Package headline writes the first sentence of a page and the quieter line below it: the verdict of a forecast, as the
// terminal tells it, with figures that open.
//
//	headline.Of(f, calendar)
//	// "At risk: 34 % odds by Thu 31 Dec, 85 % by Wed 13 Jan 2027. "
//	// "Late by 2 working days at even odds (Tue 5 Jan 2027). "
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

// Verdict is what a page says of unfinished work before anything else: how likely its deadline is and when it is done,
// or why this cannot be told. Rest follows below it: the date at even odds, and what moved the other. Both are "" of
// work that is done. Sign is the state as a shape, nil where nothing is judged: of a date without a deadline.
type Verdict struct {
	First, Rest template.HTML
	Sign        *format.Verdict
}

// Of is the verdict of a forecast.
func Of(f *outlook.Forecast, c calendar.Calendar) Verdict {
	if f == nil || f.State == outlook.StateDone {
		return Verdict{}
	}
	sign := format.Verdicts[f.State]
	if f.Why != "" {
		return Verdict{First: template.HTML(whySaid(format.Capital(summary.Verdict(f, c))) + ". "), Sign: &sign}
	}
	at := f.At.In(c.Zone)
	hand := summary.Hand{
		Date: func(date string) string { return format.LikelyDate(&date, at) },
		Odds: func(odds float64) string { return format.OddsWord(&odds) },
		Open: frame.LinkFigure,
	}
	first, rest := hand.Verdict(f, c)
	said := Verdict{First: sentenceHTML(first), Rest: sentenceHTML(rest)}
	if f.State != outlook.StateUnknown {
		said.Sign = &sign
	}
	return said
}

// sentenceHTML writes a part of a verdict as a sentence of a page; "" as "".
func sentenceHTML(said string) template.HTML {
	if said == "" {
		return ""
	}
	return template.HTML(format.Capital(strings.ReplaceAll(said, " %", format.Thin+"%")) + ". ")
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
func OfSprint(sp *measure.Sprint, f *outlook.Forecast, c calendar.Calendar) (said Verdict, overdue bool) {
	return Of(summary.ForecastOfSprint(sp, f), c), f.Why == "" && summary.IsOverdue(f, c)
}
