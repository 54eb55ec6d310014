package outlook

import (
	"slices"
	"time"

	"jerem/calendar"
	"jerem/measure"
)

// Trend is by how many working days the 85 % date of an initiative moved in a week. Several teams have an initiative:
// the working days are those of the first one asked.
type Trend struct {
	Since       time.Time
	Before, Now *string // the 85 % dates of then and of now; nil where one is not told
	Days        *int    // later is positive; nil where one of the two dates is not told

	// The working days from the moment asked to each date, below 0 where it lies before the moment. Their difference
	// is Days.
	DaysBefore, DaysNow int

	Counted *measure.Team // the team whose working days are counted; nil without Days
}

// TrendOf tells how the 85 % date of an initiative moved since a week before the moment asked, or before the end of a
// quarter that is over.
func TrendOf(teams []Asked, f *InitiativeForecast) Trend {
	before := slices.Clone(teams)
	for i := range before {
		before[i].At = before[i].Team.Roadmap.Span(f.name).AsOf(before[i].At).Add(-aWeek)
	}
	trend := Trend{Since: f.At.Add(-aWeek).UTC(), Now: f.Dates.P85}
	if was, ok := AskInitiative(before, f.Initiative, f.name); ok {
		trend.Before = was.Dates.P85
	}
	then, told := parseDate(trend.Before)
	now, tells := parseDate(trend.Now)
	if !told || !tells {
		return trend
	}
	trend.Counted = f.teamsWithEpic(teams)[0].Team
	today, working := trend.Counted.Index.Date(f.At), trend.Counted.Index.History.Team.Calendar
	trend.DaysBefore = signedWorkingDays(working, today, then)
	trend.DaysNow = signedWorkingDays(working, today, now)
	days := trend.DaysNow - trend.DaysBefore
	trend.Days = &days
	return trend
}

func parseDate(text *string) (calendar.Date, bool) {
	if text == nil {
		return calendar.Date{}, false
	}
	moment, err := calendar.ParseMoment(*text)
	return moment.Date(), err == nil
}

// signedWorkingDays counts the working days from one date to another, negative where the second one is earlier.
func signedWorkingDays(c calendar.Calendar, from, to calendar.Date) int {
	if from.Before(to) {
		return c.Dates(from.Add(1), to)
	}
	return -c.Dates(to.Add(1), from)
}
