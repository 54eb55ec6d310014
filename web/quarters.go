package web

import (
	"jerem/calendar"
	"jerem/measure"
	"net/http"
	"time"
)

// quarterOf reads the name of a quarter.
func quarterOf(text string) (measure.QuarterName, error) {
	name, ok := measure.ParseQuarter(text)
	if !ok {
		return name, problem(http.StatusBadRequest, "bad_quarter", "A quarter is named like Q4-26.", "%q is not the name of a quarter", text)
	}
	return name, nil
}

// over tells whether a quarter has ended by a moment.
func over(team *measure.Team, last calendar.Date, at time.Time) bool {
	return !at.Before(last.Add(1).Midnight(team.History().Team.Calendar.Zone))
}
