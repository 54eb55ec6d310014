package sprint

import (
	"fmt"
	"testing"

	"jerem/calendar"
)

// TestDaysNamed: in a walk of many days those that lead a week are named, of a walk of quarters those that lead a
// month, and each month once, at a day that is named.
func TestDaysNamed(t *testing.T) {
	first := calendar.Date{Year: 2027, Month: 1, Day: 27} // a Wednesday
	for _, c := range []struct {
		days, leads int
		months      string
	}{
		{10, 2, "Jan 27 Feb 1 "},       // Wed 27 Jan, Mon 1 Feb
		{43, 7, "Jan 27 Feb 1 Mar 1 "}, // and 8, 15, 22 Feb, 1, 8 Mar
		{400, 15, "Jan 27 Feb 1 Mar 1 Apr 1 May 1 Jun 1 Jul 1 Aug 1 Sep 1 Oct 1 Nov 1 Dec 1 Jan 1 Feb 1 Mar 1 "},
	} {
		var dates []calendar.Date
		for n := range c.days {
			dates = append(dates, first.Add(n))
		}
		leads := leadingDays(dates)
		count, months := 0, ""
		for n, name := range monthsNamed(dates, leads) {
			if leads[n] {
				count++
			}
			if name != "" {
				months += fmt.Sprintf("%s %d ", name, dates[n].Day)
				if !leads[n] {
					t.Errorf("%d days: %s is named at %s, which is not", c.days, name, dates[n])
				}
			}
		}
		if count != c.leads || months != c.months {
			t.Errorf("%d days: %d lead, want %d; months at %s, want %s", c.days, count, c.leads, months, c.months)
		}
	}
}
