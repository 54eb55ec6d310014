package beside

import (
	"time"

	"jerem/calendar"
	"jerem/web/format"
)

// DateRow is a date of the forecast as of two moments, the earlier one first, and by how many working days it moved.
func DateRow(figure, name string, told [2]*string, moments [2]time.Time, cal calendar.Calendar, leads Leads) Row {
	return Row{Name: name, From: format.LikelyDate(told[0], moments[0]), To: format.LikelyDate(told[1], moments[1]),
		Change: movedBy(told[0], told[1], cal), Before: leads.Before(figure), After: leads.After(figure),
		Cells: []string{figure, "date", format.Cell(told[0]), format.Cell(told[1]), ""}}
}

// movedBy says by how many working days a date moved, "" where one is not told.
func movedBy(before, after *string, cal calendar.Calendar) string {
	from, isTold := format.DateOf(before)
	to, tells := format.DateOf(after)
	if !isTold || !tells {
		return ""
	}
	return format.SignedWorkingDays(cal.Between(from, to))
}
