package onpage

import (
	"fmt"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/explain/explanation"
)

// Weeks opens what stands in the rows of a quarter's weeks: what each gained, and the time that the unexpected took in
// it. The row of each is its week, "2026-W46".
func Weeks(team *measure.Team, q *measure.Quarter) []explanation.Explanation {
	impeded, called := UnexpectedWeeks(team, q)
	return append(append(WeekGains(team, q), impeded...), called...)
}

// WeekGains opens what each week of a quarter gained.
func WeekGains(team *measure.Team, q *measure.Quarter) (list []explanation.Explanation) {
	for n, week := range q.Weekly {
		from, to := WeekDates(q, n)
		gain := WeekGain(team, q, n, team.History().Team.Calendar.Dates(from, to))
		gain.Row = week.Week
		list = append(list, gain)
	}
	return list
}

// WeekDates are the first and the last date of a week of a quarter, whose bounds cut its first and its last week.
func WeekDates(q *measure.Quarter, n int) (from, to calendar.Date) {
	first, last := dateOf(q.Start), dateOf(q.End)
	monday := first.Add(7*n - (int(first.Weekday())+6)%7)
	from, to = monday, monday.Add(6)
	if from.Before(first) {
		from = first
	}
	if last.Before(to) {
		to = last
	}
	return from, to
}

// dateOf reads a date that a figure tells.
func dateOf(text string) calendar.Date {
	t, _ := time.Parse(time.DateOnly, text) // figures write no other
	return calendar.DateOf(t, time.UTC)
}

// UnexpectedWeeks opens the time that impediments took in each week of a quarter, and call-outs beside them, which are
// none where nobody is on call for the team; neither where time logged was never read.
func UnexpectedWeeks(team *measure.Team, q *measure.Quarter) (impeded, called []explanation.Explanation) {
	zone := team.History().Team.Calendar.Zone
	from := dateOf(q.Start).Midnight(zone)
	spent := team.ImpedimentsIn(from, q.At)
	if spent.TimeUnknown {
		return nil, nil
	}
	of := func(name, title, what string, days map[string][]DayTime) (list []explanation.Explanation) {
		for _, week := range q.Weekly {
			short := week.Week[5:]
			one := WeekTime(q, name, title+" of week "+short, what, days[short])
			one.Row = week.Week
			list = append(list, one)
		}
		return list
	}
	impeded = of("week_impediments", "Impediments", "time logged on impediments", impededDays(spent, zone))
	if team.Unexpected != nil {
		called = of("week_callouts", "Call-outs", "time of call-outs that no impediment accounts for",
			calledDays(team, from, q.At))
	}
	return impeded, called
}

// impededDays are the days on which time was logged on impediments, by ISO week, "W46".
func impededDays(spent *measure.Impediments, zone *time.Location) map[string][]DayTime {
	out := map[string][]DayTime{}
	for _, day := range spent.Daily {
		if d, err := time.Parse(time.DateOnly, day.Date); err == nil && day.Seconds > 0 {
			out[WeekOf(d)] = append(out[WeekOf(d)], DayTime{Date: day.Date, Seconds: day.Seconds,
				Note: spent.WhyMoreOn(day.Date, zone)})
		}
	}
	return out
}

// calledDays are the days with time of call-outs that no impediment accounts for, by ISO week.
func calledDays(team *measure.Team, from, to time.Time) map[string][]DayTime {
	out := map[string][]DayTime{}
	var last calendar.Date
	for _, t := range team.Unexpected.CountedTime(from, to, to) {
		week := WeekOf(t.Date.In(time.UTC, 0))
		if days := out[week]; len(days) > 0 && last == t.Date {
			days[len(days)-1].Seconds += t.Seconds
			continue
		}
		last, out[week] = t.Date, append(out[week], DayTime{Date: t.Date.String(), Seconds: t.Seconds})
	}
	return out
}

// WeekOf names the ISO week of a day, "W46".
func WeekOf(day time.Time) string {
	_, week := day.ISOWeek()
	return fmt.Sprintf("W%02d", week)
}
