package calendar

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/rickar/cal/v2"
)

// Holidays returns whether a date is a public holiday of a region: a country as in FR, or a part of
// one as in DE-BE, in any case. A holiday that is made up for on another day counts on that day.
// The function may be used by several goroutines. The error lists the regions that are known.
func Holidays(region string) (func(year int, month time.Month, day int) bool, error) {
	list, ok := regionHolidays()[CanonicalRegion(region)]
	if !ok {
		return nil, fmt.Errorf("region %q is not known; known are %s", region, strings.Join(Regions(), ", "))
	}
	var mu sync.Mutex
	years := map[int]map[Date]bool{}
	return func(year int, month time.Month, day int) bool {
		mu.Lock()
		defer mu.Unlock()
		days, ok := years[year]
		if !ok {
			days = holidaysOf(list, year)
			years[year] = days
		}
		return days[Date{Year: year, Month: month, Day: day}]
	}, nil
}

// Regions lists the codes that [Holidays] knows, in alphabetical order.
func Regions() []string { return slices.Sorted(maps.Keys(regionHolidays())) }

// CanonicalRegion brings a code to the spelling of the table; UK and EL are the usual other names
// of GB and GR.
func CanonicalRegion(code string) string {
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
func holidaysOf(list []*cal.Holiday, year int) map[Date]bool {
	days := map[Date]bool{}
	for _, h := range list {
		for y := year - 1; y <= year+1; y++ {
			_, observed := h.Calc(y)
			if y, m, d := observed.Date(); !observed.IsZero() && y == year {
				days[Date{Year: y, Month: m, Day: d}] = true
			}
		}
	}
	return days
}

// holidaysOfAll returns the holidays that stand in every list.
func holidaysOfAll(first []*cal.Holiday, others ...[]*cal.Holiday) []*cal.Holiday {
	var out []*cal.Holiday
	for _, h := range first {
		inAll := func(list []*cal.Holiday) bool { return slices.Contains(list, h) }
		if !slices.ContainsFunc(others, func(list []*cal.Holiday) bool { return !inAll(list) }) {
			out = append(out, h)
		}
	}
	return out
}
