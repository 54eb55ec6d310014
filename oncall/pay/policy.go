package pay

import (
	"time"

	"jerem/calendar"
	"jerem/oncall"
)

// Band is the time of day and week that decides a call-out's fee.
type Band string

// The bands, in the order in which they are tried.
const (
	BandHoliday Band = "holiday"
	BandWeekend Band = "weekend"
	BandHours   Band = "hours"
	BandNight   Band = "night"
	BandDay     Band = "day"
)

// Policy is what duty and call-outs are paid from a date on.
type Policy struct {
	From     calendar.Date
	Currency string
	Flat     map[int]int64  // cents for each turn, by level; 0 where not named
	Callout  map[Band]int64 // cents for each call-out; 0 where not named
	Night    oncall.Window  // only From and To count
	Merge    time.Duration  // a call-out so soon after one with a fee bears none
}

// policyOn returns the policy in force on a date.
func policyOn(policies []Policy, d calendar.Date) (Policy, bool) {
	var out Policy
	found := false
	for _, p := range policies {
		if !d.Before(p.From) && (!found || out.From.Before(p.From)) {
			out, found = p, true
		}
	}
	return out, found
}

// BandOf returns the band of a moment on a person's clock.
func (p Policy) BandOf(t time.Time, person oncall.Person) Band {
	d := calendar.DateOf(t, person.Zone)
	switch {
	case person.IsHoliday(d):
		return BandHoliday
	case oncall.IsWeekend(d):
		return BandWeekend
	case person.AtWork(t):
		return BandHours
	case p.isNight(t, person.Zone):
		return BandNight
	}
	return BandDay
}

func (p Policy) isNight(t time.Time, zone *time.Location) bool {
	_, ok := p.Night.BeganOn(t, zone)
	return ok
}
