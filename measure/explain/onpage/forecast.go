package onpage

import (
	"fmt"
	"strconv"

	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain/explanation"
	"jerem/measure/outlook"
	"jerem/measure/words"
)

// Outcome opens of a quarter that is over what was told at its middle, and when its work was done.
func Outcome(
	team *measure.Team,
	q *measure.Quarter,
	came *string,
	told *outlook.Told,
) (before, after explanation.Explanation) {
	w := explanation.WordsOf(team)
	before = explanation.BeginOnPage(catalogue.OfForecast, "told_at_middle", "Told at the middle",
		"the forecast as of the end of the quarter's middle day", "")
	before.Shown.Value, before.Numbers = "–", "nothing could be told then"
	if told != nil && (told.P85 != nil || told.Odds != nil) {
		before.Date, before.Shown.Value = told.P85, w.FormatDate(told.P85, q.At)
		before.Shown.Unit = "with odds of " + explanation.OddsInWords(told.Odds) + " for the quarter's end"
		before.Numbers = fmt.Sprintf("on %s: %s, %s", w.FormatDay(told.At), before.Shown.Value,
			explanation.OddsInWords(told.Odds))
	}
	after = explanation.BeginOnPage(catalogue.OfForecast, "came", "Came",
		"the date since which nothing is left of the quarter's epics, as planned at its end", "")
	after.Date, after.Shown.Value = came, w.FormatDate(came, q.At)
	after.Numbers = after.Shown.Value + ": when nothing of the quarter remained"
	if came == nil {
		after.Shown.Value, after.Numbers = "not done", "something of the quarter still remains"
	}
	for _, e := range []*explanation.Explanation{&before, &after} {
		e.At, e.Quality, e.Unit = q.At, q.QualityOf(e.Figure.Name), catalogue.UnitDate
	}
	return before, after
}

// DatesTold opens how many of the 85 % dates that were told of a quarter week by week held.
func DatesTold(team *measure.Team, q *measure.Quarter, list []outlook.PastForecast) explanation.Explanation {
	w := explanation.WordsOf(team)
	e := explanation.BeginOnPage(catalogue.OfForecast, "dates_told", "Dates told week by week",
		"85 % dates told at the end of each week of the quarter that were not over when its work was done", "held")
	e.At, e.Quality, e.Unit = q.At, q.QualityOf(e.Figure.Name), "dates"
	held, judged := 0, 0
	for _, one := range list {
		in := explanation.Input{What: "odds " + explanation.OddsInWords(one.Odds) + ", 50 % by " +
			w.FormatDate(one.P50, q.At),
			Date: w.FormatDay(one.At), Shown: w.FormatDate(one.P85, q.At), Listed: true}
		if one.Held != nil {
			judged++
			verdict := ", missed"
			in.Term, in.Value = "held", explanation.Number(0)
			if *one.Held {
				held++
				verdict, in.Value = ", held", explanation.Number(1)
			}
			in.What += verdict
		}
		e.Inputs = append(e.Inputs, in)
	}
	e.Value, e.Shown.Value, e.Shown.Unit = explanation.Count(&held), strconv.Itoa(held),
		"of "+words.Count(judged, "date")+" held"
	e.Numbers = fmt.Sprintf("%d of %d; of %d it cannot be told yet", held, judged, len(list)-judged)
	if judged == 0 {
		e.Value, e.Shown.Value, e.Shown.Unit = nil, "–", "none of "+words.Count(len(list), "date")+" is due yet"
		e.Numbers = fmt.Sprintf("of %d it cannot be told yet", len(list))
	}
	e.Notes = []string{"Each is what the page said at the end of that Sunday. Weeks of one quarter are not " +
		"independent."}
	return e
}
