package summary

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/flow"
	"jerem/measure/grade"
	"jerem/measure/internal/amount"
	"jerem/measure/outlook"
	"jerem/measure/words"
)

// The sentences of this file say in words what figures tell, and nothing that they do not know. They are of one moment:
// the forecast given to a sentence must be asked as of the moment of the figures beside it.

// SprintSentence says how a sprint stands. forecast is that of an active sprint; nil leaves the verdict out.
func SprintSentence(s *measure.Sprint, forecast *outlook.Forecast, c calendar.Calendar) string {
	var text string
	switch {
	case s.State == agile.Future:
		text = plannedSaid(s, c)
	case s.Ledger == nil:
		text = s.Name + " " + s.WhyNotCounted()
	case s.State == agile.Closed:
		text = closedSaid(s, c)
	default:
		text = activeSaid(s, forecast, c)
	}
	return text + limitedSaid(s.Quality) + "."
}

func plannedSaid(s *measure.Sprint, c calendar.Calendar) string {
	text := s.Name + " is planned without a start date"
	if s.Start != nil {
		day := momentSaid(*s.Start, c)
		text = s.Name + " is planned to start on " + day
		if s.Start.Before(s.At) {
			text = s.Name + " was planned to start on " + day + " and was not started"
		}
	}
	return text + ": it holds " + words.Count(len(s.Issues), "issue")
}

func closedSaid(s *measure.Sprint, c calendar.Calendar) string {
	text := s.Name + " is closed"
	if s.Complete != nil {
		text = s.Name + " was closed on " + momentSaid(*s.Complete, c)
	}
	return text + ": " + accountSaid(s, "nothing remained", "remained", "remained")
}

func activeSaid(s *measure.Sprint, f *outlook.Forecast, c calendar.Calendar) string {
	text := s.Name
	switch days := s.WorkingDays; {
	case s.PastEnd():
		text += ", past its planned end of " + momentSaid(*s.End, c)
	case days.Elapsed != nil && days.Total != nil:
		text += fmt.Sprintf(", day %d of %d", *days.Elapsed, *days.Total)
	}
	text += ": " + accountSaid(s, "nothing remains", "remains", "remain")
	if f == nil || s.WhyNoAmounts() != "" || f.NothingLeft() || s.ToDo.Issues+s.Doing.Issues == 0 {
		return text // of open issues that count 0 the account says all
	}
	return text + verdictAfter(ForecastOfSprint(s, f), c)
}

// ForecastOfSprint returns what is said of a sprint's forecast: of a day that is over there are no odds.
func ForecastOfSprint(s *measure.Sprint, f *outlook.Forecast) *outlook.Forecast {
	if !s.PastEnd() {
		return f
	}
	said := *f
	said.Odds = nil
	return &said
}

// accountSaid says what was committed, completed and is open at the end of a sprint's figures; remains and remain are
// the verb of one and of several that do.
func accountSaid(s *measure.Sprint, nothing, remains, remain string) string {
	if why := s.WhyNoAmounts(); why != "" {
		return why + doneOf(s)
	}
	text := "nothing was committed, " + words.Amount(amount.OrZero(s.Completed), s.Unit) + " completed"
	if s.Ledger.Commitment != 0 || isCommitted(s.Ledger) {
		text = words.Amount(amount.OrZero(s.Completed), s.Unit) + " completed against a commitment of " +
			words.Amount(s.Ledger.Commitment, s.Unit)
	}
	open := s.ToDo.Issues + s.Doing.Issues
	if open == 0 {
		return text + ", " + nothing
	}
	left := words.Amount(s.Ledger.Remaining, s.Unit)
	number, _, _ := strings.Cut(left, " ")
	text += ", " + left + " " + words.Agree(number, remains, remain)
	if s.Unit != agile.Issues {
		text += " in " + words.Count(open, "open issue")
	}
	return text
}

// doneOf says how many issues of a sprint without amounts are done, "" of an empty one.
func doneOf(s *measure.Sprint) string {
	verb := "are"
	if s.Done.Issues == 1 || len(s.Issues) == 1 {
		verb = "is"
	}
	if len(s.Issues) == 0 {
		return ""
	}
	return fmt.Sprintf("; %d of %s %s done", s.Done.Issues, words.Count(len(s.Issues), "issue"), verb)
}

// isCommitted tells whether an issue was committed, be it one of 0.
func isCommitted(l *measure.Ledger) bool {
	return slices.ContainsFunc(l.Entries, func(e measure.Entry) bool { return e.Kind == measure.Commit })
}

// QuarterSentence says how a quarter stands as of a moment. forecast is that of the quarter; nil leaves the verdict
// out.
func QuarterSentence(q *measure.Quarter, forecast *outlook.Forecast, at time.Time, c calendar.Calendar) string {
	issues := 0
	for _, e := range q.Epics {
		issues += e.Issues
	}
	over := calendar.DateOf(at.Add(time.Microsecond), c.Zone).String() > q.End // from its last instant on
	var text string
	switch {
	case len(q.Epics) == 0:
		limits := withoutReasons(q.Reasons.On(grade.OnWork), grade.NoEpic(q.Quarter))
		return "No epic belongs to " + q.Quarter + limitedSaid(limits) + "."
	case issues == 0:
		return q.Quarter + ": no issue belongs to its " + words.Count(len(q.Epics), "epic") + limitedSaid(q.Quality) +
			"."
	case over:
		text = overSaid(q)
	default:
		text = q.Quarter + ": " + progressSaid(q, forecast)
		if forecast != nil && !forecast.NothingLeft() {
			text += verdictAfter(forecast, c)
		}
	}
	return text + limitedSaid(q.Quality) + "."
}

// overSaid says what came of a quarter that is over.
func overSaid(q *measure.Quarter) string {
	text := q.Quarter + " is over: " + words.Part(q.Done, q.Total, q.Unit) + " done"
	if q.Remaining != 0 {
		text += ", " + words.Amount(q.Remaining, q.Unit) + " left"
	}
	return text
}

// progressSaid says how much of a quarter is done and left, and what has no estimate.
func progressSaid(q *measure.Quarter, f *outlook.Forecast) string {
	unestimated := 0
	if f != nil && f.Unestimated != nil {
		unestimated = *f.Unestimated
	}
	var text string
	switch {
	case q.Total == 0:
		text = "nothing in its " + words.Count(len(q.Epics), "epic") + " is estimated above 0"
	case q.Remaining == 0 && unestimated == 0 && openIssues(f) == 0:
		return words.Part(q.Done, q.Total, q.Unit) + " done, nothing remains"
	case q.Remaining == 0 && unestimated == 0:
		return words.Part(q.Done, q.Total, q.Unit) + " done, " + words.Count(openIssues(f), "open issue") + " of 0 " +
			words.UnitName(q.Unit)
	default:
		text = words.Part(q.Done, q.Total, q.Unit) + " done, " + words.Amount(q.Remaining, q.Unit) + " left"
	}
	if unestimated > 0 {
		text += ", " + words.Count(unestimated, "open issue") + " without an estimate"
	}
	return text
}

// openIssues counts what is open of a forecast, 0 without one.
func openIssues(f *outlook.Forecast) int {
	if f == nil {
		return 0
	}
	return f.OpenIssues()
}

// FlowSentence says how work flows: cycle time, what is in progress, what is late. late is of the same moment.
func FlowSentence(f *flow.Flow, late []flow.LateIssue) string {
	text := "Nothing that was in progress was finished from " + words.Date(f.From) + " to " + words.Date(f.To)
	if f.CycleTime.P85 != nil {
		text = finishedSaid(f)
	}
	if f.WIP.Count == 0 {
		return text + "; nothing is in progress" + limitedSaid(f.Quality) + "."
	}
	text += fmt.Sprintf("; %d in progress", f.WIP.Count)
	switch len(late) {
	case 0:
		text += ", none late"
	case 1:
		text += ", 1 late: " + late[0].Issue
	default:
		text += fmt.Sprintf(", %d late, %s the longest in progress", len(late), late[0].Issue)
	}
	return text + limitedSaid(f.Quality) + "."
}

// finishedSaid says how long what was finished took.
func finishedSaid(f *flow.Flow) string {
	span, took := words.Date(f.From)+" to "+words.Date(f.To), words.Count(*f.CycleTime.P85, "day")
	if f.CycleTime.Measured == 1 {
		return "1 issue that was in progress was finished from " + span + ", and took " + took
	}
	return fmt.Sprintf("At least 85 %% of the %s finished from %s took %s or less",
		words.Count(f.CycleTime.Measured, "issue"), span, took)
}

// withoutReasons returns a quality without reasons that a sentence says by itself or does not speak of.
func withoutReasons(q grade.Quality, reasons ...string) grade.Quality {
	q.Reasons = slices.DeleteFunc(slices.Clone(q.Reasons),
		func(one string) bool { return slices.Contains(reasons, one) })
	return q
}

// limitedSaid says why figures that are limited can be trusted little; "" for others.
func limitedSaid(q grade.Quality) string {
	if q.Grade != grade.Limited || len(q.Reasons) == 0 {
		return ""
	}
	return " (limited: " + q.Reasons[0] + ")"
}

// momentSaid writes the local day of a moment: 31 Dec 2026.
func momentSaid(at time.Time, c calendar.Calendar) string {
	return words.Date(calendar.DateOf(at, c.Zone).String())
}
