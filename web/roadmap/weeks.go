package roadmap

import (
	"fmt"
	"strings"
	"time"

	"jerem/calendar"
	"jerem/chart"
	"jerem/measure"
	"jerem/measure/explain/onpage"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
	"jerem/web/roadmap/subject"
)

// fillWeeks tells what each week added, beside what the velocity would hold on its working days.
func (p *page) fillWeeks(team *measure.Team, first, last calendar.Date) {
	q, w, cal := p.Q, p.W, team.History().Team.Calendar
	c := chart.Weeks{ID: "t-weekly"}
	monday := first.Add(-(int(first.Weekday()) + 6) % 7)
	before := 0.0
	stand := calendar.DateOf(q.At, cal.Zone)
	var gains []string
	var over []onpage.WeekPace // weeks that are over, with what the velocity would hold
	for _, week := range q.Weekly {
		from, to := monday, monday.Add(6)
		if from.Before(first) {
			from = first
		}
		if last.Before(to) {
			to = last
		}
		gain := week.Done - before
		open := !to.Before(stand) && !asked.QuarterEnded(team, to, q.At)
		days := cal.Dates(from, to)
		one := chart.Week{Name: week.Week[5:], Value: w.Scale(gain), Open: open,
			Link: "#explain-" + idOfWeek(len(p.Weeks))}
		if q.Velocity != nil {
			one.Level = w.Scale(q.Velocity.Median) * float64(days)
			if !open {
				over = append(over, onpage.WeekPace{Name: week.Week[5:], Gain: gain,
					Capacity: q.Velocity.Median * float64(days)})
			}
		}
		c.Weeks = append(c.Weeks, one)
		line := weekLine{Week: week.Week[5:], Dates: dateSpan(from, to), Days: fmt.Sprint(days),
			Gained:  w.SignedColumn(gain),
			Explain: idOfWeek(len(p.Weeks)), days: days,
			Done: w.Column(week.Done), Total: w.Column(week.Total),
			Share: format.Percent(frame.Ratio(week.Done, week.Total))}
		if open {
			line.Dates = "from " + from.In(time.UTC, 0).Format("2 Jan")
		}
		p.Weeks = append(p.Weeks, line)
		gains = append(gains, week.Week+" "+w.Signed(gain))
		before, monday = week.Done, monday.Add(7)
	}
	if len(c.Weeks) == 0 || p.Burnup != nil && p.Burnup.SVG == "" {
		p.Weeks = nil // before the first week, and before the first estimate
		return
	}
	c.Title = "Done week by week, " + p.Unit + ": " + strings.Join(gains, ", ") + "."
	reading, week := weekReading(p)
	opened := [][2]string{{p.Weeks[week].Gained, fmt.Sprintf("week-%d", week)}}
	if len(over) > 1 {
		told := drawer.Of("weeks-below", onpage.WeeksBelow(team, q, over), "")
		below := fmt.Sprintf("%s of %d weeks", told.Value, len(over))
		reading += "; below the velocity in " + below
		opened = append(opened, [2]string{below, told.ID})
		p.Explains = append(p.Explains, told)
	}
	p.Weekly = &frame.Figure{Reading: reading, Opened: frame.OpenFigures(reading, opened...),
		SVG: frame.HTML(c.SVG()), Note: weeksNote(p)}
}

func weeksNote(p *page) string {
	var parts []string
	if p.Q.Velocity != nil {
		parts = append(parts, "Lines: velocity times the working days of the week.")
	}
	if strings.HasPrefix(p.Weeks[len(p.Weeks)-1].Dates, "from") {
		parts = append(parts, "Hatched: the week is not over.")
	}
	return strings.Join(parts, " ")
}

// dateSpan writes two dates as short as can be: "5–11 Oct", "26 Oct – 1 Nov".
func dateSpan(from, to calendar.Date) string {
	a, b := from.In(time.UTC, 0), to.In(time.UTC, 0)
	if from.Month == to.Month {
		return fmt.Sprintf("%d–%s", from.Day, b.Format("2 Jan"))
	}
	return a.Format("2 Jan") + " – " + b.Format("2 Jan")
}

// weekReading says what the last week that is over added, and which one it is.
func weekReading(p *page) (string, int) {
	n := len(p.Weeks) - 1
	if n > 0 && strings.HasPrefix(p.Weeks[n].Dates, "from") {
		n--
	}
	line := p.Weeks[n]
	unit := p.Unit
	if line.Gained == "+1" {
		unit = strings.TrimSuffix(unit, "s")
	}
	if strings.HasPrefix(line.Dates, "from") {
		return fmt.Sprintf("%s %s so far this week", line.Gained, unit), n
	}
	return fmt.Sprintf("%s %s in week %s", line.Gained, unit, strings.TrimPrefix(line.Week, "W")), n
}

// secondsByWeek adds up the time of impediments by the ISO week of the day worked, "W46".
func secondsByWeek(spent *measure.Impediments) map[string]int64 {
	seconds := map[string]int64{}
	for _, day := range spent.Daily {
		if d, err := time.Parse(time.DateOnly, day.Date); err == nil {
			seconds[weekOf(d)] += day.Seconds
		}
	}
	return seconds
}

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
	zone := s.Team.History().Team.Calendar.Zone
	from := s.First.Midnight(zone)
	spent := s.Team.ImpedimentsIn(from, p.Q.At)
	if spent.TimeUnknown {
		return
	}
	impeded, called := impededDays(spent, zone), calledDays(s.Team, from, p.Q.At)
	p.HasOnCall = s.Team.Unexpected != nil
	for n, week := range p.Weeks {
		row := unexpectedWeek{Week: week.Week, Dates: week.Dates}
		row.Impediments, row.ImpedimentsExplain = openWeekTime(p, s, fmt.Sprintf("impeded-%d", n), "week_impediments",
			"Impediments of week "+week.Week, "time logged on impediments", impeded[week.Week])
		if p.HasOnCall {
			row.Callouts, row.CalloutsExplain = openWeekTime(p, s, fmt.Sprintf("called-%d", n), "week_callouts",
				"Call-outs of week "+week.Week, "time of call-outs that no impediment accounts for", called[week.Week])
		}
		p.Unexpected = append(p.Unexpected, row)
	}
}

// openWeekTime adds what opens the time of a week, and returns the time in hours with its id.
func openWeekTime(p *page, s subject.Subject, id, name, title, what string,
	days []onpage.DayTime) (hours, opens string) {
	sum := int64(0)
	for _, day := range days {
		sum += day.Seconds
	}
	p.Explains = append(p.Explains, drawer.Of(id, onpage.WeekTime(p.Q, name, title, what, days), s.Jira))
	return format.HoursColumn(sum), id
}

// impededDays are the days on which time was logged on impediments, by ISO week, "W46".
func impededDays(spent *measure.Impediments, zone *time.Location) map[string][]onpage.DayTime {
	out := map[string][]onpage.DayTime{}
	for _, day := range spent.Daily {
		if d, err := time.Parse(time.DateOnly, day.Date); err == nil && day.Seconds > 0 {
			out[weekOf(d)] = append(out[weekOf(d)], onpage.DayTime{Date: day.Date, Seconds: day.Seconds,
				Note: spent.WhyMoreOn(day.Date, zone)})
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
