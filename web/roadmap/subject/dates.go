package subject

import (
	"time"

	"jerem/calendar"
)

// ShortDate writes a date without its weekday: 31 Dec.
func ShortDate(d calendar.Date) string { return d.In(time.UTC, 0).Format("2 Jan") }
