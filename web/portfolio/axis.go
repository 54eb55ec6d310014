package portfolio

import (
	"fmt"
	"time"

	"jerem/calendar"
	"jerem/chart/inline"
	"jerem/measure/outlook"
	"jerem/web/format"
)

// mostDaysOnAxis is how many days after the quarter the axis of dates shows at most.
const mostDaysOnAxis = 184

// datesAxis is the one axis of all rows.
type datesAxis struct {
	from, to, due calendar.Date
	calendar      calendar.Calendar // of the first team: by it a move is counted
}

// axisOf reaches from today, or the middle of a quarter that is over, to the latest date told and the quarter's end.
func axisOf(first outlook.Asked, rows []outlook.Row, due calendar.Date, past bool) datesAxis {
	cal := first.Team.History().Team.Calendar
	a := datesAxis{from: calendar.DateOf(first.At, cal.Zone), to: due, due: due, calendar: cal}
	if past || due.Before(a.from) {
		a.from = due.Add(-45)
	}
	for _, row := range rows {
		dates := []*string{row.Dates.P85, row.Came}
		if row.Told != nil {
			dates = append(dates, row.Told.P85)
		}
		for _, text := range dates {
			if d, ok := format.DateOf(text); ok && a.to.Before(d) {
				a.to = d
			}
		}
	}
	a.to = a.to.Add(3)
	if most := due.Add(mostDaysOnAxis); most.Before(a.to) {
		a.to = most
	}
	return a
}

func (a datesAxis) positionOf(d calendar.Date) float64 {
	return float64(a.from.DaysUntil(d)) / float64(max(1, a.from.DaysUntil(a.to)))
}

// placeOfText is the position of a date that may not be told.
func (a datesAxis) placeOfText(text *string) *float64 {
	d, ok := format.DateOf(text)
	if !ok {
		return nil
	}
	x := a.positionOf(d)
	return &x
}

// axisHead names the quarter's end and the months of the axis.
func (a datesAxis) axisHead() inline.AxisHead {
	head := inline.AxisHead{Due: a.positionOf(a.due), DueName: a.due.In(time.UTC, 0).Format("2 Jan")}
	month := time.Date(a.from.Year, a.from.Month+1, 1, 0, 0, 0, 0, time.UTC)
	for ; !a.to.Before(calendar.DateOf(month, time.UTC)); month = month.AddDate(0, 1, 0) {
		head.Ticks = append(head.Ticks, inline.AxisTick{X: a.positionOf(calendar.DateOf(month, time.UTC)),
			Name: month.Format("Jan")})
	}
	return head
}

// rangeOf draws a row: from the 50 to the 85 % date, with where the latter was a week ago; of a quarter that is over
// from the date told at its middle to the one on which it came.
func (a datesAxis) rangeOf(row outlook.Row, verdict format.Verdict, past bool) inline.Range {
	due := a.positionOf(a.due)
	r := inline.Range{Label: row.Name + ": no date is told", Due: &due, Class: verdict.Class}
	if past {
		return a.pastRange(row, r)
	}
	from, to := a.placeOfText(row.Dates.P50), a.placeOfText(row.Dates.P85)
	if from == nil || to == nil || row.State == outlook.StateDone {
		return r
	}
	date, _ := format.DateOf(row.Dates.P85)
	r.From, r.To, r.ToIsShown = from, to, !a.to.Before(date)
	r.Label = fmt.Sprintf("%s: from %s to %s, the quarter ends on %s", row.Name, dayOf(row.Dates.P50),
		format.DateWord(date), format.DateWord(a.due))
	if row.TrendDays != nil && *row.TrendDays != 0 {
		was := a.positionOf(moveWorkingDays(date, -*row.TrendDays, a.calendar))
		r.Was = &was
	}
	return r
}

// pastRange draws what was told and what came.
func (a datesAxis) pastRange(row outlook.Row, r inline.Range) inline.Range {
	r.Class = "bad"
	came := a.placeOfText(row.Came)
	date, known := format.DateOf(row.Came)
	if known && !a.due.Before(date) {
		r.Class = "good"
	}
	r.Label = row.Name + ": not done"
	if known {
		r.To, r.ToIsShown = came, !a.to.Before(date)
		r.Label = row.Name + ": came on " + format.DateWord(date)
	}
	if row.Told != nil && row.Told.P85 != nil {
		r.From = a.placeOfText(row.Told.P85)
		r.Label += ", told for " + dayOf(row.Told.P85)
	}
	return r
}

func dayOf(text *string) string {
	if d, ok := format.DateOf(text); ok {
		return format.DateWord(d)
	}
	return "–"
}

// moveWorkingDays returns the working day that lies so many after a date, before it where the number is negative.
func moveWorkingDays(d calendar.Date, n int, cal calendar.Calendar) calendar.Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for tries := 0; n > 0 && tries < 2000; tries++ {
		if d = d.Add(step); cal.Working(d) {
			n--
		}
	}
	return d
}
