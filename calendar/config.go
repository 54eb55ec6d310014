package calendar

import (
	"fmt"
	"time"
)

// Config says when a team works, as configured.
type Config struct {
	TimeZone   string        // IANA name, "" for the zone of the account that reads
	Region     string        // whose public holidays are days off, "" for none; see [Holidays]
	DaysOff    []Date        // days off besides
	Start, End time.Duration // working hours, since midnight
}

// Calendar makes the calendar that figures use. Its Zone is nil where the configuration names none.
// It fails on a time zone or a region that is not known, which the reader of the configuration refuses before.
func (c Config) Calendar() (Calendar, error) {
	out := Calendar{Start: c.Start, End: c.End}
	if c.TimeZone != "" {
		zone, err := time.LoadLocation(c.TimeZone)
		if err != nil {
			return out, fmt.Errorf("time zone %q: %w", c.TimeZone, err)
		}
		out.Zone = zone
	}
	own := map[Date]bool{}
	for _, d := range c.DaysOff {
		own[d] = true
	}
	holiday := func(int, time.Month, int) bool { return false }
	if c.Region != "" {
		var err error
		if holiday, err = Holidays(c.Region); err != nil {
			return out, err
		}
	}
	out.Off = func(d Date) bool { return own[d] || holiday(d.Year, d.Month, d.Day) }
	return out, nil
}
