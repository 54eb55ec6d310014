package sprint

import (
	"fmt"
	"net/url"
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/explain"
	"jerem/measure/issuehistory"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/beside"
	"jerem/web/sprint/days"
)

// fillWalk leads through the days of a sprint: each is the page as of the end of that day, the last one the page as of
// now or of the close.
func fillWalk(m *page, sp *measure.Sprint, ax days.Axis, at time.Time, base string) {
	latest := fmt.Sprintf("%s/sprints/%d", base, sp.ID)
	back, asOf := "now", func(d calendar.Date) string { return latest + "?at=" + d.String() }
	until := calendar.DateOf(m.known, ax.Cal.Zone)
	if m.Closed != nil {
		back, until = "the close", calendar.DateOf(*m.Closed, ax.Cal.Zone)
	}
	shown := calendar.DateOf(days.EndOf(sp, at), ax.Cal.Zone)
	if m.Asked == "" {
		shown = until
	}
	var steps []frame.TimeStep
	var compare []frame.Choice
	dates := datesUntil(ax, until)
	leads := leadingDays(dates)
	months := monthsNamed(dates, leads)
	for n, d := range dates {
		step := frame.TimeStep{Name: fmt.Sprint(d.Day), Long: format.DateWord(d), Off: !ax.Cal.Working(d),
			Here: d == shown, Month: months[n], Lead: leads[n]}
		switch {
		case d == until:
			step.Address = latest
		case d.Before(until):
			step.Address = asOf(d)
		}
		steps = append(steps, step)
		if d.Before(until) && d != shown && ax.Cal.Working(d) {
			compare = append(compare, frame.Choice{Name: "the end of " + format.DateWord(d),
				Address: frame.WithQuery(latest, "at", m.Asked, "with", d.String())})
		}
	}
	m.Walk = frame.NewTimeWalk("Days of "+sp.Name, "day", latest, back, steps)
	m.Walk.Compare = compare
	if m.Asked != "" && m.Walk.Shown == "" {
		m.Walk.Shown = m.W.Short(days.EndOf(sp, at))
	}
	m.Walk.Alone = frame.WithQuery(latest, "at", m.Asked)
}

// leadingDays tells of the days of a walk which lead a week, of those of more than a quarter which lead a month.
func leadingDays(dates []calendar.Date) []bool {
	leads := make([]bool, len(dates))
	for n, d := range dates {
		leads[n] = n == 0 || len(dates) > 92 && d.Day == 1 || len(dates) <= 92 && d.Weekday() == time.Monday
	}
	return leads
}

// monthsNamed are the names of months beside the days of a walk: each at the first of its days that is named, which are
// all of a month, and of more those that lead.
func monthsNamed(dates []calendar.Date, leads []bool) []string {
	names := make([]string, len(dates))
	last := calendar.Date{}
	for n, d := range dates {
		if (len(dates) <= 31 || leads[n]) && (d.Month != last.Month || d.Year != last.Year) {
			names[n], last = d.Month.String()[:3], d
		}
	}
	return names
}

// datesUntil are the days of an axis, and those after it up to a date.
func datesUntil(ax days.Axis, until calendar.Date) []calendar.Date {
	dates := slices.Clone(ax.Dates)
	for n := len(dates); n > 0 && n < days.LongestAxis && dates[n-1].Before(until); n = len(dates) {
		dates = append(dates, dates[n-1].Add(1))
	}
	return dates
}

// fillComparison holds the sprint beside itself as of another moment.
func fillComparison(m *page, team *measure.Team, sp *measure.Sprint, at, with time.Time, base string) error {
	other, err := team.Sprint(sp.ID, with)
	if err != nil {
		return err
	}
	m.Walk.Compared = m.W.Short(with)
	from, to, first, last := other, sp, with, days.EndOf(sp, at)
	if with.After(at) {
		from, to, first, last = sp, other, at, with
	}
	keep := ""
	if m.Asked != "" {
		keep = "?at=" + url.QueryEscape(m.Asked)
	}
	c := &beside.Comparison{From: m.W.Short(first), To: m.W.Short(last)}
	figureAt := func(at time.Time) func(string) string {
		return func(figure string) string {
			return frame.WithQuery("/explain", "figure", figure, "team", team.History().Team.Name, "sprint",
				fmt.Sprint(sp.ID),
				"at", at.UTC().Format(time.RFC3339))
		}
	}
	c.Rows = beside.Figures(explain.Sprint(team, from), explain.Sprint(team, to), m.W, beside.Leads{
		Issue:  func(key string) string { return frame.IssueAddress(base, key, keep) },
		Before: figureAt(first), After: figureAt(last)})
	happened := m.happened
	if to != sp {
		happened = measure.Events(team, to)
	}
	for n, e := range happened {
		if !e.Time.After(first) || e.Time.After(last) {
			continue
		}
		if to == sp {
			one := m.Events[n]
			c.Events = append(c.Events, beside.Event{Time: one.Time, Key: one.Key, Address: one.Address,
				Title: one.Title, What: one.What, Change: one.Delta})
			continue
		}
		c.Events = append(c.Events, beside.Event{Time: m.W.Short(e.Time), Key: e.Issue,
			Address: frame.IssueAddress(base, e.Issue, keep), Title: issuehistory.SummaryOf(team, e.Issue, last),
			What:   eventWords(m.W, e, changesTold(team, e, last)),
			Change: amountOfEvent(e, m.W.Signed)})
	}
	files := fmt.Sprintf("%s/sprints/%d/", base, sp.ID)
	c.CSV = frame.WithQuery(files+"changed.csv", "at", m.Asked, "with", with.UTC().Format(time.RFC3339Nano))
	c.Between = frame.WithQuery(files+"between.csv", "at", m.Asked, "with", with.UTC().Format(time.RFC3339Nano))
	m.Comparison = c
	return nil
}

// closedAt is when a sprint was closed as known at the last reading; nil while it is not.
func closedAt(team *measure.Team, id int64) *time.Time {
	for _, h := range team.Sprints(team.Now()) {
		if h.ID == id && h.State == agile.Closed {
			return h.Complete
		}
	}
	return nil
}
