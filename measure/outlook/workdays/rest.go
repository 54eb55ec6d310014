package workdays

import (
	"time"

	"jerem/calendar"
	"jerem/measure"
)

// Why owed rest lowers no working time, and why nobody is told how much it is.
const (
	WhyRestUnused = "what part of a day it takes cannot be told, for sprint.capacity is not set: no date is moved by it"
	WhyRestUntold = "how much it is, and on which days, would be one person's load"
)

// Rest tells that call-outs owe rest on working days to come. It is one person's or two's, so how much it is stays
// untold.
type Rest struct {
	Lowers bool   `json:"lowers"` // the team's working time of these days
	Why    string `json:"why"`    // why it lowers nothing, or else why it is not told
}

// OwedRest returns the rest that is owed on the working days from a moment on, as known at it; nil for none. That of
// the present day counts as a whole while its working hours last, as what is drawn for it does. The parts of the
// working time that are left are nil where the team's capacity is not known.
func OwedRest(team *measure.Team, ahead *Ahead, at time.Time) (rest *Rest, left []float64) {
	if team.Unexpected == nil {
		return nil, nil
	}
	owed := team.Unexpected.RestByDay(at)
	capacity := team.Index.History.Team.Sprint.Capacity.Seconds()
	last := calendar.Date{}
	for d := range owed {
		if last.Before(d) {
			last = d
		}
	}
	isOwed := false
	for n := 1; ; n++ {
		date, ok := ahead.DateOf(n)
		if !ok || last.Before(date) {
			break
		}
		factor := 1.0
		if capacity > 0 {
			factor = max(0, 1-float64(owed[date])/capacity)
		}
		left = append(left, factor)
		isOwed = isOwed || owed[date] > 0
	}
	switch {
	case !isOwed:
		return nil, nil
	case capacity == 0:
		return &Rest{Why: WhyRestUnused}, nil
	}
	return &Rest{Lowers: true, Why: WhyRestUntold}, left
}
