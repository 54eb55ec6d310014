package roadmap

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/explain"
	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
	"jerem/web/roadmap/subject"
)

// fillWalk leads through the weeks of a quarter: each is the page as of the end of its Sunday, the last one the page as
// of now or of the quarter's end.
func (p *page) fillWalk(s subject.Subject) {
	until, back := s.Last, "the quarter's end"
	known := calendar.DateOf(s.Team.Now(), s.TimeZone())
	if !s.Last.Before(known) {
		until, back = known, "now"
	}
	if known.Before(s.First) {
		return
	}
	latest := s.Ask.AddressOf("at", "", "with", "")
	shown := calendar.DateOf(s.At, s.TimeZone())
	if p.Asked == "" || until.Before(shown) {
		shown = until
	}
	var steps []frame.TimeStep
	var compare []frame.Choice
	told := time.Month(0)
	for _, end := range endsOfWeeks(s) {
		step := frame.TimeStep{Name: fmt.Sprint(end.Day), Month: end.Month.String()[:3], Again: end.Month == told,
			Long: format.DateWord(end), Here: isInWeek(shown, end)}
		told = end.Month
		switch {
		case !end.Before(until) && until.Before(end.Add(7)) && !until.Before(end.Add(-6)):
			step.Address = latest
		case end.Before(until):
			step.Address = s.Ask.AddressOf("at", end.String(), "with", "")
			if end != shown {
				compare = append(compare, frame.Choice{Name: "the end of " + format.DateWord(end),
					Address: s.Ask.AddressOf("with", end.String())})
			}
		}
		steps = append(steps, step)
	}
	p.Walk = frame.NewTimeWalk("Weeks of "+s.Name.String(), "week", latest, back, steps)
	p.Walk.Compare, p.Walk.Alone = compare, s.Ask.AddressOf("with", "")
	if p.Asked != "" && shown != until {
		p.Walk.Shown = format.DateWord(shown)
	}
}

// endsOfWeeks are the Sundays of a quarter, and its last day.
func endsOfWeeks(s subject.Subject) []calendar.Date {
	var out []calendar.Date
	for d := s.First; d.Before(s.Last); d = d.Add(1) {
		if d.Weekday() == time.Sunday {
			out = append(out, d)
		}
	}
	return append(out, s.Last)
}

// isInWeek tells whether a date lies in the week that ends on another one.
func isInWeek(d, end calendar.Date) bool { return !end.Before(d) && end.Add(-7).Before(d) }

// compareWith holds the quarter beside itself as of the moment that the request names.
func (p *page) compareWith(r *http.Request, s subject.Subject) error {
	with, named, err := asked.ComparedMoment(r, s.Team)
	if err != nil || !named || p.Walk == nil {
		return err
	}
	p.Walk.Compared = p.W.Short(with)
	from, to, first, last := with, s.At, s.Team.Quarter(s.Name, with), p.Q
	if with.After(s.At) {
		from, to, first, last = s.At, with, p.Q, first
	}
	issue := func(key string) string { return frame.IssueAddress(s.Ask.Base, key, s.Ask.KeptQuery()) }
	c := &frame.Comparison{From: p.W.Short(from), To: p.W.Short(to), Epics: true}
	leads := frame.Leads{Issue: issue, Before: figureAt(s, from), After: figureAt(s, to)}
	c.Rows = append(compareDates(s, from, to, leads),
		frame.CompareFigures(explain.Quarter(s.Team, first), explain.Quarter(s.Team, last), p.W, leads)...)
	c.Events = epicsBetween(p, first, last, issue)
	asked := s.Ask.AskedMoment()
	c.CSV = frame.WithQuery(subject.QuarterFile(s.Team, p.Q, "changed.csv", asked), "with",
		with.UTC().Format(time.RFC3339Nano))
	c.Between = frame.WithQuery(subject.QuarterFile(s.Team, p.Q, "between.csv", asked), "with",
		with.UTC().Format(time.RFC3339Nano))
	p.Compared = c
	return nil
}

// figureAt returns the addresses of figures of the quarter by themselves, as of a moment.
func figureAt(s subject.Subject, at time.Time) func(figure string) string {
	return func(figure string) string {
		return frame.WithQuery("/explain", "figure", figure, "team", s.Team.History().Team.Name, "quarter",
			s.Name.String(), "at", at.UTC().Format(time.RFC3339))
	}
}

// compareDates are odds and dates of the forecast at both moments, where they differ.
func compareDates(s subject.Subject, from, to time.Time, leads frame.Leads) []frame.ComparisonRow {
	before, err := outlook.AskDates(s.Team, outlook.Question{Quarter: &s.Name}, from)
	if err != nil {
		return nil
	}
	after, err := outlook.AskDates(s.Team, outlook.Question{Quarter: &s.Name}, to)
	if err != nil {
		return nil
	}
	rows := []frame.ComparisonRow{
		{Name: "Odds", From: format.OddsWord(before.Odds), To: format.OddsWord(after.Odds)},
		{Name: "50" + format.Thin + "% date", From: format.LikelyDate(before.Dates.P50, from),
			To: format.LikelyDate(after.Dates.P50, to), Change: movedBy(s, before.Dates.P50, after.Dates.P50)},
		{Name: "85" + format.Thin + "% date", From: format.LikelyDate(before.Dates.P85, from),
			To: format.LikelyDate(after.Dates.P85, to), Change: movedBy(s, before.Dates.P85, after.Dates.P85)},
	}
	told := [][2]*string{{cellOf(before.Odds), cellOf(after.Odds)}, {before.Dates.P50, after.Dates.P50},
		{before.Dates.P85, after.Dates.P85}}
	for n, figure := range []string{"odds", "dates.p50", "dates.p85"} {
		rows[n].Before, rows[n].After = leads.Before(figure), leads.After(figure)
		rows[n].Cells = []string{figure, []string{"share", "date", "date"}[n], format.Cell(told[n][0]),
			format.Cell(told[n][1]), ""}
	}
	return slices.DeleteFunc(rows, func(row frame.ComparisonRow) bool { return row.From == row.To })
}

// cellOf writes a number that may be unknown as a cell for other programs.
func cellOf(x *float64) *string {
	if x == nil {
		return nil
	}
	text := format.PlainNumber(*x)
	return &text
}

// movedBy says by how many working days a date moved, "" where one is not told.
func movedBy(s subject.Subject, from, to *string) string {
	a, okA := format.DateOf(from)
	b, okB := format.DateOf(to)
	if !okA || !okB {
		return ""
	}
	return subject.SignedDays(subject.WorkingDaysBetween(a, b, s.TeamCalendar()))
}

// changedAmounts says what is planned and what is done of an epic at two moments, where they differ.
func changedAmounts(w format.Words, was, is measure.QuarterEpic) string {
	var parts []string
	for _, part := range []struct {
		name    string
		was, is float64
	}{{"total", was.Total, is.Total}, {"done", was.Done, is.Done}} {
		if from, to := w.Amount(part.was), w.Amount(part.is); from != to {
			parts = append(parts, part.name+" "+from+" → "+to)
		}
	}
	if len(parts) == 0 {
		return "hardly changed"
	}
	return strings.Join(parts, ", ")
}

// epicsBetween says of each epic what changed of it between two moments; later is the second one.
func epicsBetween(p *page, first, last *measure.Quarter, issue func(string) string) []frame.ComparisonEvent {
	before := map[string]measure.QuarterEpic{}
	for _, e := range first.Epics {
		before[e.Key] = e
	}
	var out []frame.ComparisonEvent
	for _, e := range last.Epics {
		was, known := before[e.Key]
		delete(before, e.Key)
		if known && was.Total == e.Total && was.Done == e.Done {
			continue
		}
		what := changedAmounts(p.W, was, e)
		if !known {
			what = fmt.Sprintf("came in with %s, %s done", p.W.Count(e.Total), p.W.Amount(e.Done))
		}
		out = append(out, frame.ComparisonEvent{Key: e.Key, Address: issue(e.Key), Title: e.Summary, What: what,
			Change: p.W.Signed(e.Total - e.Done - was.Total + was.Done)})
	}
	for _, e := range first.Epics {
		if was, left := before[e.Key]; left {
			out = append(out, frame.ComparisonEvent{Key: e.Key, Address: issue(e.Key), Title: e.Summary,
				What:   fmt.Sprintf("left the quarter with %s, %s done", p.W.Count(was.Total), p.W.Amount(was.Done)),
				Change: p.W.Signed(was.Done - was.Total)})
		}
	}
	return out
}
