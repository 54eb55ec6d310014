package workdays

import (
	"time"

	"jerem/calendar"
	"jerem/measure"
)

// WhyRestUnused says why owed rest lowers no working time.
const WhyRestUnused = "what part of a day it takes cannot be told, for sprint.capacity is not set: no date is moved " +
	"by it"

// Rest is working time that call-outs owe as rest on working days to come. It lowers the team's working time
// there.
type Rest struct {
	Seconds int64     `json:"seconds"`
	Days    []RestDay `json:"days"`
	Why     string    `json:"why,omitempty"` // why it lowers nothing
}

// RestDay is a working day to come on which rest is owed.
type RestDay struct {
	Date    string   `json:"date"`
	Seconds int64    `json:"seconds"`
	Factor  *float64 `json:"factor"` // 1 − seconds / capacity of the day; nil where the capacity is not known
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
	rest = &Rest{Days: []RestDay{}}
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
		if owed[date] > 0 {
			rest.addDay(date, owed[date], factor, capacity > 0)
		}
	}
	switch {
	case rest.Seconds == 0:
		return nil, nil
	case capacity == 0:
		rest.Why = WhyRestUnused
		return rest, nil
	}
	return rest, left
}

func (r *Rest) addDay(d calendar.Date, seconds int64, factor float64, isKnown bool) {
	day := RestDay{Date: d.String(), Seconds: seconds}
	if isKnown {
		day.Factor = &factor
	}
	r.Seconds += seconds
	r.Days = append(r.Days, day)
}
