package roadmap

import (
	"fmt"
	"strings"
	"time"

	"jerem/calendar"
	"jerem/chart"
	"jerem/measure"
	"jerem/measure/explain/onpage"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/roadmap/subject"
)

// fillWeeks tells what each week added, beside what the velocity would hold on its working days.
func (p *page) fillWeeks(s subject.Subject) {
	team, q, w, cal := s.Team, p.Q, p.W, s.TeamCalendar()
	c := chart.Weeks{ID: "t-weekly"}
	before := 0.0
	stand := calendar.DateOf(q.At, cal.Zone)
	var gains []string
	for _, week := range q.Weekly {
		from, to := onpage.WeekDates(q, len(p.Weeks))
		gain := week.Done - before
		open := !to.Before(stand) && !measure.HasEnded(team, to, q.At)
		days := cal.Dates(from, to)
		one := chart.Week{Name: week.Week[5:], Value: w.Scale(gain), Open: open,
			Link: "#explain-" + idOfWeek(len(p.Weeks))}
		if q.Velocity != nil {
			one.Level = w.Scale(q.Velocity.Median) * float64(days)
		}
		c.Weeks = append(c.Weeks, one)
		line := weekLine{Week: week.Week[5:], Dates: dateSpan(from, to), Days: fmt.Sprint(days),
			Gained:  w.SignedColumn(gain),
			Explain: idOfWeek(len(p.Weeks)),
			Done:    w.Column(week.Done), Total: w.Column(week.Total),
			Share: format.Percent(frame.Ratio(week.Done, week.Total))}
		if open {
			line.Dates = "from " + from.In(time.UTC, 0).Format("2 Jan")
		}
		p.Weeks = append(p.Weeks, line)
		gains = append(gains, week.Week+" "+w.Signed(gain))
		before = week.Done
	}
	if len(c.Weeks) == 0 || p.Burnup != nil && p.Burnup.SVG == "" {
		p.Weeks = nil // before the first week, and before the first estimate
		return
	}
	c.Title = "Done week by week, " + p.Unit + ": " + strings.Join(gains, ", ") + "."
	reading, week := weekReading(p)
	opened := [][2]string{{p.Weeks[week].Gained, fmt.Sprintf("week-%d", week)}}
	if over := onpage.WeekPaces(team, q); len(over) > 1 {
		told := p.open(s, "weeks-below", onpage.WeeksBelow(team, q, over))
		below := fmt.Sprintf("%s of %d weeks", told.Value, len(over))
		reading += "; below the velocity in " + below
		opened = append(opened, [2]string{below, told.ID})
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
			seconds[onpage.WeekOf(d)] += day.Seconds
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
	impeded, called := onpage.UnexpectedWeeks(s.Team, p.Q)
	p.HasOnCall = len(called) > 0
	if impeded == nil {
		return
	}
	for n, week := range p.Weeks {
		row := unexpectedWeek{Week: week.Week, Dates: week.Dates,
			Impediments: format.HoursColumn(int64(*impeded[n].Value)), ImpedimentsExplain: fmt.Sprintf("impeded-%d", n)}
		p.open(s, row.ImpedimentsExplain, impeded[n], "week", impeded[n].Row)
		if p.HasOnCall {
			row.Callouts, row.CalloutsExplain = format.HoursColumn(int64(*called[n].Value)), fmt.Sprintf("called-%d", n)
			p.open(s, row.CalloutsExplain, called[n], "week", called[n].Row)
		}
		p.Unexpected = append(p.Unexpected, row)
	}
}
