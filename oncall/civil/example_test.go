package civil_test

import (
	"fmt"
	"time"

	"jerem/calendar"
	"jerem/oncall/civil"
)

// The clocks in Paris skip an hour on 29 March 2026, and months have ends of their own.
func Example() {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		fmt.Println(err)
		return
	}
	day := calendar.Date{Year: 2026, Month: time.March, Day: 29}
	fmt.Println(civil.Instant(day, 2*60*60+30*60, paris).In(paris).Format("15:04 MST"))
	span := civil.Span{Start: civil.Midnight(day, paris), End: civil.Midnight(day.Add(1), paris)}
	fmt.Println(span.Seconds()/3600, "hours")
	january := calendar.Date{Year: 2026, Month: time.January, Day: 31}
	month := civil.Period{Number: 1, Unit: civil.Months}
	fmt.Println(month.After(january, 1), month.After(january, 2))
	// Output:
	// 03:00 CEST
	// 23 hours
	// 2026-02-28 2026-03-31
}
