package calendar_test

import (
	"fmt"
	"time"

	"jerem/calendar"
)

// A team in Paris works from Friday to Wednesday; Tuesday the 14th of July is a public holiday.
func Example() {
	config := calendar.Config{TimeZone: "Europe/Paris", Region: "FR", Start: 9 * time.Hour, End: 18 * time.Hour}
	paris, err := config.Calendar()
	if err != nil {
		fmt.Println(err)
		return
	}
	friday := calendar.Date{Year: 2026, Month: time.July, Day: 10}
	wednesday := friday.Add(5)
	fmt.Println(paris.Dates(friday, wednesday), "working dates")
	lunch := friday.In(paris.Zone, 13*time.Hour+30*time.Minute)
	fmt.Println(paris.Days(lunch, wednesday.Midnight(paris.Zone)), "working days")
	// Output:
	// 3 working dates
	// 1.5 working days
}
