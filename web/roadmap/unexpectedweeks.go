package roadmap

import (
	"fmt"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/explain/onpage"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/roadmap/subject"
)

// unexpectedWeek is what the unexpected took in a week of the quarter, in hours. An id is of what opens a figure, ""
// for a figure that is not told.
type unexpectedWeek struct {
	Week, Dates string

	Impediments, ImpedimentsExplain string
	Callouts, CalloutsExplain       string // that no impediment accounts for
}

// fillUnexpectedWeeks tells the time that impediments took in each week of the quarter, and call-outs beside them where
// somebody is on call for the team; nothing where time logged was never read.
func (p *page) fillUnexpectedWeeks(s subject.Subject) {
	from := s.First.Midnight(s.Team.History().Team.Calendar.Zone)
	spent := s.Team.ImpedimentsIn(from, p.Q.At)
	if spent.TimeUnknown {
		return
	}
	impeded, called := impededDays(spent), calledDays(s.Team, from, p.Q.At)
	p.HasOnCall = s.Team.Unexpected != nil
	for n, week := range p.Weeks {
		row := unexpectedWeek{Week: week.Week, Dates: week.Dates}
		row.Impediments, row.ImpedimentsExplain = p.openWeekTime(s, fmt.Sprintf("impeded-%d", n), "week_impediments",
			"Impediments of week "+week.Week, "time logged on impediments", impeded[week.Week])
		if p.HasOnCall {
			row.Callouts, row.CalloutsExplain = p.openWeekTime(s, fmt.Sprintf("called-%d", n), "week_callouts",
				"Call-outs of week "+week.Week, "time of call-outs that no impediment accounts for", called[week.Week])
		}
		p.Unexpected = append(p.Unexpected, row)
	}
}

// openWeekTime adds what opens the time of a week, and returns the time in hours with its id.
func (p *page) openWeekTime(s subject.Subject, id, name, title, what string,
	days []onpage.DayTime) (hours, opens string) {
	sum := int64(0)
	for _, day := range days {
		sum += day.Seconds
	}
	p.Explains = append(p.Explains, drawer.Of(id, onpage.WeekTime(p.Q, name, title, what, days), s.Jira))
	return format.HoursColumn(sum), id
}

// impededDays are the days on which time was logged on impediments, by ISO week, "W46".
func impededDays(spent *measure.Impediments) map[string][]onpage.DayTime {
	out := map[string][]onpage.DayTime{}
	for _, day := range spent.Daily {
		if d, err := time.Parse(time.DateOnly, day.Date); err == nil && day.Seconds > 0 {
			out[weekOf(d)] = append(out[weekOf(d)], onpage.DayTime{Date: day.Date, Seconds: day.Seconds})
		}
	}
	return out
}

// calledDays are the days with time of call-outs that no impediment accounts for, by ISO week; none where nobody is on
// call for the team.
func calledDays(team *measure.Team, from, to time.Time) map[string][]onpage.DayTime {
	out := map[string][]onpage.DayTime{}
	if team.Unexpected == nil {
		return out
	}
	var last calendar.Date
	for _, t := range team.Unexpected.CountedTime(from, to, to) {
		week := weekOf(t.Date.In(time.UTC, 0))
		if days := out[week]; len(days) > 0 && last == t.Date {
			days[len(days)-1].Seconds += t.Seconds
			continue
		}
		last, out[week] = t.Date, append(out[week], onpage.DayTime{Date: t.Date.String(), Seconds: t.Seconds})
	}
	return out
}

// weekOf names the ISO week of a day, "W46".
func weekOf(day time.Time) string {
	_, week := day.ISOWeek()
	return fmt.Sprintf("W%02d", week)
}
