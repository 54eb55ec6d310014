package roadmap

import (
	"net/http"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/measure/explain"
	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
	"jerem/web/frame/beside"
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
	c := &beside.Comparison{From: p.W.Short(from), To: p.W.Short(to), Epics: true}
	leads := beside.Leads{Issue: issue, Before: figureAt(s, from), After: figureAt(s, to)}
	c.Rows = append(compareDates(s, from, to, leads),
		beside.Figures(explain.Quarter(s.Team, first), explain.Quarter(s.Team, last), p.W, leads)...)
	c.Events = beside.Epics(p.W, first, last, issue)
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
func compareDates(s subject.Subject, from, to time.Time, leads beside.Leads) []beside.Row {
	before, err := outlook.AskDates(s.Team, outlook.Question{Quarter: &s.Name}, from)
	if err != nil {
		return nil
	}
	after, err := outlook.AskDates(s.Team, outlook.Question{Quarter: &s.Name}, to)
	if err != nil {
		return nil
	}
	cal, moments := s.TeamCalendar(), [2]time.Time{from, to}
	dates := func(figure, name string, before, after *string) beside.Row {
		return beside.DateRow(figure, name, [2]*string{before, after}, moments, cal, leads)
	}
	rows := []beside.Row{
		{Name: "Odds", From: format.OddsWord(before.Odds), To: format.OddsWord(after.Odds),
			Before: leads.Before("odds"), After: leads.After("odds"),
			Cells: []string{"odds", "share", format.Cell(before.Odds), format.Cell(after.Odds), ""}},
		dates("dates.p50", "50"+format.Thin+"% date", before.Dates.P50, after.Dates.P50),
		dates("dates.p85", "85"+format.Thin+"% date", before.Dates.P85, after.Dates.P85),
	}
	return slices.DeleteFunc(rows, func(row beside.Row) bool { return row.From == row.To })
}
