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
	"jerem/web/frame/weekwalk"
	"jerem/web/roadmap/subject"
)

// fillWalk leads through the weeks of a quarter.
func (p *page) fillWalk(s subject.Subject) {
	p.Walk = weekwalk.Of(weekwalk.Quarter{Name: s.Name.String(), First: s.First, Last: s.Last,
		Since: weekwalk.SinceOf(s.Team), Known: calendar.DateOf(s.Team.Now(), s.TimeZone()),
		Shown: calendar.DateOf(s.At, s.TimeZone()), IsAsked: p.Asked != "",
		IsFixed:     s.Ask.Values.Get("quarter") != "",
		AddressAt:   func(at string) string { return s.Ask.AddressOf("at", at, "with", "") },
		AddressWith: func(with string) string { return s.Ask.AddressOf("with", with) }})
}

// compareWith holds the quarter beside itself as of the moment that the request names.
func (p *page) compareWith(r *http.Request, s subject.Subject) error {
	with, named, err := asked.ComparedOnPage(r, s.Team)
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
