package timeseries

import (
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/series"
)

// noon is the time of the point of a day: at midnight a Monday would lie in the week before for whoever counts weeks
// in UTC east of it.
const noon = 12 * time.Hour

// seriesOfDays is the time logged for impediments, a point at the local noon of each day with time; that of the present
// day may lie ahead.
func seriesOfDays(team *measure.Team, now time.Time) series.Series {
	s := series.Series{Class: classImpediment + "total.created", Kind: series.Events,
		Labels: map[string]string{"project": team.Index.History.Team.Name, "type": "daily", "value": "timespent"}}
	for _, d := range team.Daily(now) {
		day, err := time.Parse(time.DateOnly, d.Date)
		if err != nil {
			continue // Daily writes dates in this very form
		}
		s.Add(calendar.DateOf(day, time.UTC).In(team.Index.History.Team.Calendar.Zone, noon), series.Long(d.Seconds))
	}
	return s
}
