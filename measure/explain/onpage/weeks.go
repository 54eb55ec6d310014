package onpage

import (
	"fmt"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/explain/explanation"
)

// The figures of which each week of a quarter has one.
const (
	weekGain    = "week_gain"
	weekImpeded = "week_impediments"
	weekCalled  = "week_callouts"
)

// Week opens a figure of a week of a quarter, "2026-W46", and computes no other; false where the week has none of that
// name.
func Week(team *measure.Team, q *measure.Quarter, figure, week string) (e explanation.Explanation, ok bool) {
	at := slices.IndexFunc(q.Weekly, func(w measure.Week) bool { return w.Week == week })
	if at < 0 {
		return e, false
	}
	switch figure {
	case weekGain:
		return openWeekGain(team, q, at), true
	case weekImpeded:
		if days, known := impededDaysOf(team, q); known {
			return openImpededWeek(q, at, days), true
		}
	case weekCalled:
		if team.Unexpected != nil && !team.Index.TimeUnknown {
			return openCalledWeek(q, at, calledDays(team, q)), true
		}
	}
	return e, false
}

// IsOfWeek tells whether each week of a quarter has a figure of that name.
func IsOfWeek(figure string) bool {
	return figure == weekGain || figure == weekImpeded || figure == weekCalled
}

// WeekGains opens what each week of a quarter gained.
func WeekGains(team *measure.Team, q *measure.Quarter) (list []explanation.Explanation) {
	for n := range q.Weekly {
		list = append(list, openWeekGain(team, q, n))
	}
	return list
}

// openWeekGain opens what a week gained; its row is the week.
func openWeekGain(team *measure.Team, q *measure.Quarter, n int) explanation.Explanation {
	from, to := WeekDates(q, n)
	gain := WeekGain(team, q, n, team.History().Team.Calendar.Dates(from, to))
	gain.Row = q.Weekly[n].Week
	return gain
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
	days, known := impededDaysOf(team, q)
	if !known {
		return nil, nil
	}
	for n := range q.Weekly {
		impeded = append(impeded, openImpededWeek(q, n, days))
	}
	if team.Unexpected == nil {
		return impeded, nil
	}
	days = calledDays(team, q)
	for n := range q.Weekly {
		called = append(called, openCalledWeek(q, n, days))
	}
	return impeded, called
}

// openImpededWeek opens the time of impediments in a week; its row is the week.
func openImpededWeek(q *measure.Quarter, n int, days map[string][]DayTime) explanation.Explanation {
	return openWeekTime(q, n, weekImpeded, "Impediments", "time logged on impediments", days)
}

// openCalledWeek opens the time of call-outs in a week; its row is the week.
func openCalledWeek(q *measure.Quarter, n int, days map[string][]DayTime) explanation.Explanation {
	return openWeekTime(q, n, weekCalled, "Call-outs", "time of call-outs that no impediment accounts for", days)
}

func openWeekTime(q *measure.Quarter, n int, name, title, what string, days map[string][]DayTime) (
	one explanation.Explanation) {
	short := q.Weekly[n].Week[5:]
	one = WeekTime(q, name, title+" of week "+short, what, days[short])
	one.Row = q.Weekly[n].Week
	return one
}

// impededDaysOf are the days of a quarter on which time was logged on impediments; false where time logged was never
// read.
func impededDaysOf(team *measure.Team, q *measure.Quarter) (days map[string][]DayTime, known bool) {
	zone := team.History().Team.Calendar.Zone
	spent := team.ImpedimentsIn(dateOf(q.Start).Midnight(zone), q.At)
	if spent.TimeUnknown {
		return nil, false
	}
	return impededDays(spent, zone), true
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

// calledDays are the days of a quarter with time of call-outs that no impediment accounts for, by ISO week.
func calledDays(team *measure.Team, q *measure.Quarter) map[string][]DayTime {
	out := map[string][]DayTime{}
	from := dateOf(q.Start).Midnight(team.History().Team.Calendar.Zone)
	var last calendar.Date
	for _, t := range team.Unexpected.CountedTime(from, q.At, q.At) {
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
