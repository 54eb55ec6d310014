package calendar

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"jerem/sorting"
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
	if c.Region != "" {
		if _, err := Holidays(c.Region); err != nil {
			return out, err
		}
	}
	var err error
	out.DaysOff = c.DaysOffText()
	out.Off, err = OffOf(out.DaysOff)
	return out, err
}

// DaysOffText writes the days off in a form that compares: the region, then the dates in order, parted by spaces.
func (c Config) DaysOffText() string {
	words := strings.Fields(c.Region)
	dates := slices.Clone(c.DaysOff)
	sorting.By(dates, Date.Compare)
	for _, d := range slices.Compact(dates) {
		words = append(words, d.String())
	}
	return strings.Join(words, " ")
}

// OffOf tells the days off besides weekends that DaysOffText wrote.
func OffOf(text string) (func(Date) bool, error) {
	own := map[Date]bool{}
	holiday := func(int, time.Month, int) bool { return false }
	for word := range strings.FieldsSeq(text) {
		if day, err := time.Parse(time.DateOnly, word); err == nil {
			own[DateOf(day, time.UTC)] = true
			continue
		}
		var err error
		if holiday, err = Holidays(word); err != nil {
			return nil, err
		}
	}
	return func(d Date) bool { return own[d] || holiday(d.Year, d.Month, d.Day) }, nil
}
