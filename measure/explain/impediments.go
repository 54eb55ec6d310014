package explain

import (
	"fmt"
	"strings"

	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain/explanation"
	"jerem/measure/words"
)

// Impediments opens the time and the unplanned share of impediments of any span of days, which span names in words, as
// "in the sprint".
func Impediments(team *measure.Team, i *measure.Impediments, span string) (time, share explanation.Explanation) {
	s := sprint{explanation.WordsOf(team), &measure.Sprint{Impediments: i}}
	time, share = s.explainImpedimentTime(), s.explainUnplanned(span)
	if why := i.WhyMore(); why != "" { // no grade tells it here
		time.Notes, share.Notes = append(time.Notes, why+"."), append(share.Notes, why+".")
	}
	return time, share
}

// RecentSpan names the days of [measure.RecentImpediments].
const RecentSpan = "the last four weeks"

// Recent opens the impediments and call-outs of the last weeks of a team without sprints; the row of an alert rule is
// its name.
func Recent(team *measure.Team, days *measure.Sprint) []explanation.Explanation {
	time, share := Impediments(team, days.Impediments, RecentSpan)
	list := append(append([]explanation.Explanation{time, share}, OnCall(days)...), OnCallRules(days)...)
	of := strings.NewReplacer("in the sprint", "in "+RecentSpan, "of the sprint", "of "+RecentSpan)
	for n := range list {
		e := &list[n]
		e.At, e.Quality = days.At, days.QualityOf(e.Figure.Name)
		e.Figure.Formula, e.Numbers = of.Replace(e.Figure.Formula), of.Replace(e.Numbers)
		for i := range e.Notes {
			e.Notes[i] = of.Replace(e.Notes[i])
		}
		for i := range e.Inputs {
			e.Inputs[i].What = of.Replace(e.Inputs[i].What)
		}
	}
	return list
}

// explainImpediments opens the unexpected of a sprint.
func (s sprint) explainImpediments() []explanation.Explanation {
	i := s.figures.Impediments
	var keys []string
	for _, issue := range i.Issues {
		keys = append(keys, issue.Key)
	}
	untimed := s.explainCount("impediments.without_time", i.WithoutTime, "impediment", i.Untimed)
	untimed.Numbers = fmt.Sprintf("%d of %d", i.WithoutTime, i.Count)
	if i.TimeUnknown {
		untimed.Value, untimed.Shown.Value, untimed.Numbers, untimed.Inputs = nil, "–", timeUnread, nil
	}
	count := s.explainCount("impediments.count", i.Count, "impediment", keys)
	count.Numbers = fmt.Sprint(i.Count)
	return []explanation.Explanation{count, s.explainImpedimentTime(), untimed, s.explainUnplanned("the sprint")}
}

const timeUnread = "time logged was not read"

func (s sprint) explainImpedimentTime() explanation.Explanation {
	i := s.figures.Impediments
	e := explanation.Begin(catalogue.OfSprint, "impediments.seconds")
	e.Value, e.Shown.Value, e.Shown.Unit = explanation.Count(
		&i.Seconds,
	), LoggedHours(
		i,
		i.Seconds,
	), "hours, "+words.Count(
		i.Count,
		"impediment",
	)
	for _, day := range i.Daily {
		e.Beside = append(e.Beside, explanation.Input{Date: day.Date, What: "logged on the day",
			Value: explanation.Count(&day.Seconds)})
	}
	var terms []string
	for _, issue := range i.Issues {
		e.Issues = append(e.Issues, issue.Key)
		input := explanation.Input{
			Term:   "impediment",
			Issue:  issue.Key,
			What:   issue.Summary,
			Value:  explanation.Number(float64(issue.Seconds)),
			Shown:  "no time",
			Listed: true,
		}
		switch {
		case i.TimeUnknown:
			input.Shown, input.Value = "–", nil
		case issue.Seconds > 0:
			input.Shown = words.Duration(float64(issue.Seconds))
			terms = append(terms, input.Shown)
		}
		e.Inputs = append(e.Inputs, input)
	}
	e.Numbers = explanation.Sum(terms, loggedTime(i, i.Seconds))
	if i.TimeUnknown {
		e.Value, e.Numbers = nil, timeUnread
	}
	e.Notes = []string{
		"An impediment counts when it was opened or worked on in the sprint. One without logged time is counted; " +
			"no time is invented for it.",
		"The time of an impediment of several natures is split equally between them; it counts once in each.",
	}
	return e
}

func (s sprint) explainUnplanned(span string) explanation.Explanation {
	i := s.figures.Impediments
	e := explanation.Begin(catalogue.OfSprint, "impediments.unplanned")
	e.Value, e.Shown.Value, e.Shown.Unit = i.Unplanned, words.Percent(i.Unplanned), "of all time logged"
	e.Numbers = WhyNoShare(i, span)
	if e.Numbers == "" {
		e.Numbers = words.Duration(float64(i.Seconds)) + " ÷ " + words.Duration(float64(i.LoggedSeconds)) + " = " +
			words.Percent(i.Unplanned)
	}
	if i.TimeUnknown {
		e.Value = nil
		return e
	}
	for _, issue := range i.Issues {
		e.Inputs = append(
			e.Inputs,
			explanation.Input{Term: "impediment", Issue: issue.Key, What: issue.Summary,
				Value: explanation.Number(float64(issue.Seconds)),
				Shown: words.Duration(float64(issue.Seconds))},
		)
	}
	e.Inputs = append(
		e.Inputs,
		explanation.Input{
			Term:  "logged",
			What:  "all time logged",
			Value: explanation.Count(&i.LoggedSeconds),
			Shown: words.Duration(float64(i.LoggedSeconds)),
		},
	)
	return e
}

// WhyNoShare says why there is no unplanned share of a span of days, "" where there is one.
func WhyNoShare(i *measure.Impediments, span string) string {
	switch {
	case i.TimeUnknown:
		return timeUnread
	case i.LoggedSeconds == 0 && i.Seconds == 0:
		return "no time is logged in " + span
	case i.Unplanned == nil:
		return "time is logged on impediments alone: there is nothing to compare with"
	}
	return ""
}

// LoggedHours writes time that was logged in hours, a dash where that was never read.
func LoggedHours(i *measure.Impediments, seconds int64) string {
	if i.TimeUnknown {
		return "–"
	}
	return words.Hours(seconds)
}

// loggedTime writes time that was logged exactly, as it stands in a formula, a dash where that was never read.
func loggedTime(i *measure.Impediments, seconds int64) string {
	if i.TimeUnknown {
		return "–"
	}
	return words.Duration(float64(seconds))
}
