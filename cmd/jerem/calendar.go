package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // so that time zones are known on machines without a database of them

	"jerem/agile"

	"github.com/rickar/cal/v2"
)

// CalendarConfig says when a team works, as configured.
type CalendarConfig struct {
	TimeZone   string        // IANA name, "" for the zone of the account that reads
	Region     string        // whose public holidays are days off, "" for none; see [Holidays]
	DaysOff    []agile.Date  // days off besides
	Start, End time.Duration // working hours, since midnight
}

// Calendar makes the calendar that figures use. Its Zone is nil where the configuration names none.
// It fails on a time zone or a region that is not known, which [LoadConfig] refuses before.
func (c CalendarConfig) Calendar() (agile.Calendar, error) {
	out := agile.Calendar{Start: c.Start, End: c.End}
	if c.TimeZone != "" {
		zone, err := time.LoadLocation(c.TimeZone)
		if err != nil {
			return out, fmt.Errorf("time zone %q: %w", c.TimeZone, err)
		}
		out.Zone = zone
	}
	own := map[agile.Date]bool{}
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
	out.Off = func(d agile.Date) bool { return own[d] || holiday(d.Year, d.Month, d.Day) }
	return out, nil
}

// Holidays returns whether a date is a public holiday of a region: a country as in FR, or a part of
// one as in DE-BE, in any case. A holiday that is made up for on another day counts on that day.
// The function may be used by several goroutines. The error lists the regions that are known.
func Holidays(region string) (func(year int, month time.Month, day int) bool, error) {
	list, ok := regionHolidays()[canonicalRegion(region)]
	if !ok {
		return nil, fmt.Errorf("region %q is not known; known are %s", region, strings.Join(Regions(), ", "))
	}
	var mu sync.Mutex
	years := map[int]map[agile.Date]bool{}
	return func(year int, month time.Month, day int) bool {
		mu.Lock()
		defer mu.Unlock()
		days, ok := years[year]
		if !ok {
			days = holidaysOf(list, year)
			years[year] = days
		}
		return days[agile.Date{Year: year, Month: month, Day: day}]
	}, nil
}

// Regions lists the codes that [Holidays] knows, in alphabetical order.
func Regions() []string { return slices.Sorted(maps.Keys(regionHolidays())) }

// canonicalRegion brings a code to the spelling of the table; UK and EL are the usual other names
// of GB and GR.
func canonicalRegion(code string) string {
	code = strings.ReplaceAll(strings.ToUpper(strings.TrimSpace(code)), "_", "-")
	switch code {
	case "UK":
		return "GB"
	case "EL":
		return "GR"
	}
	return code
}

// holidaysOf lists the dates of a year on which one does not work. The years beside count too:
// 1 January on a Saturday is made up for on 31 December in some countries.
func holidaysOf(list []*cal.Holiday, year int) map[agile.Date]bool {
	days := map[agile.Date]bool{}
	for _, h := range list {
		for y := year - 1; y <= year+1; y++ {
			_, observed := h.Calc(y)
			if y, m, d := observed.Date(); !observed.IsZero() && y == year {
				days[agile.Date{Year: y, Month: m, Day: d}] = true
			}
		}
	}
	return days
}

// shared returns the holidays that stand in every list.
func shared(first []*cal.Holiday, others ...[]*cal.Holiday) []*cal.Holiday {
	var out []*cal.Holiday
	for _, h := range first {
		inAll := func(list []*cal.Holiday) bool { return slices.Contains(list, h) }
		if !slices.ContainsFunc(others, func(list []*cal.Holiday) bool { return !inAll(list) }) {
			out = append(out, h)
		}
	}
	return out
}
