package explain

import (
	"fmt"
	"strconv"
	"time"

	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/outlook"
	"jerem/measure/words"
)

// Outcome opens of a quarter that is over what was told at its middle, and when its work was done.
func Outcome(team *measure.Team, q *measure.Quarter, came *string, told *outlook.Told) (before, after Explanation) {
	w := toldWords{wordsOf(team), q.At}
	before = figureOnPage(catalogue.OfForecast, "told_at_middle", "Told at the middle",
		"the forecast as of the end of the quarter's middle day", "")
	before.Shown.Value, before.Numbers = "–", "nothing could be told then"
	if told != nil && (told.P85 != nil || told.Odds != nil) {
		before.Date, before.Shown.Value = told.P85, w.formatDate(told.P85)
		before.Shown.Unit = "with odds of " + OddsInWords(told.Odds) + " for the quarter's end"
		before.Numbers = fmt.Sprintf("on %s: %s, %s", w.formatDay(told.At), before.Shown.Value, OddsInWords(told.Odds))
	}
	after = figureOnPage(catalogue.OfForecast, "came", "Came",
		"the date since which nothing is left of the quarter's epics, as planned at its end", "")
	after.Date, after.Shown.Value = came, w.formatDate(came)
	after.Numbers = after.Shown.Value + ": when nothing of the quarter remained"
	if came == nil {
		after.Shown.Value, after.Numbers = "not done", "something of the quarter still remains"
	}
	for _, e := range []*Explanation{&before, &after} {
		e.At, e.Quality, e.Unit = q.At, q.Quality, catalogue.UnitDate
	}
	return before, after
}

// toldWords writes dates as of a moment.
type toldWords struct {
	teamWords
	at time.Time
}

// formatDate writes a date, with its year where it is not that of the moment; a dash for none.
func (w toldWords) formatDate(text *string) string {
	d, ok := dateOf(text)
	switch {
	case !ok:
		return "–"
	case d.Year != w.at.In(w.zone).Year():
		return dateWord(d) + fmt.Sprintf(" %d", d.Year)
	}
	return dateWord(d)
}

// DatesTold opens how many of the 85 % dates that were told of a quarter week by week held.
func DatesTold(team *measure.Team, q *measure.Quarter, list []outlook.PastForecast) Explanation {
	w := toldWords{wordsOf(team), q.At}
	e := figureOnPage(catalogue.OfForecast, "dates_told", "Dates told week by week",
		"85 % dates told at the end of each week of the quarter that were not over when its work was done", "held")
	e.At, e.Quality, e.Unit = q.At, q.Quality, "dates"
	held, judged := 0, 0
	for _, one := range list {
		in := Input{What: "odds " + OddsInWords(one.Odds) + ", 50 % by " + w.formatDate(one.P50),
			Date: w.formatDay(one.At), Shown: w.formatDate(one.P85), Listed: true}
		if one.Held != nil {
			judged++
			verdict := ", missed"
			in.Term, in.Value = "held", pointerTo(0)
			if *one.Held {
				held++
				verdict, in.Value = ", held", pointerTo(1)
			}
			in.What += verdict
		}
		e.Inputs = append(e.Inputs, in)
	}
	e.Value, e.Shown.Value, e.Shown.Unit = pointerToCount(&held), strconv.Itoa(held),
		"of "+words.Count(judged, "date")+" held"
	e.Numbers = fmt.Sprintf("%d of %d; of %d it cannot be told yet", held, judged, len(list)-judged)
	e.Notes = []string{"Each is what the page said at the end of that Sunday. Weeks of one quarter are not " +
		"independent."}
	return e
}
