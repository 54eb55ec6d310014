package dateaxis

import (
	"fmt"
	"time"

	"jerem/calendar"
	"jerem/chart/inline"
	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/frame"
)

// mostDaysOnAxis is how many days after the quarter the axis of dates shows at most.
const mostDaysOnAxis = 184

// Axis is the one axis of dates of all rows.
type Axis struct {
	Dates    frame.DateAxis
	Due      calendar.Date
	Calendar calendar.Calendar // of the first team: by it a move is counted
	At       time.Time         // the moment that is looked at: dates of another year say theirs
}

// Of reaches from today, or the middle of a quarter that is over, to the latest date told and the quarter's end.
func Of(first outlook.Asked, rows []outlook.Row, due calendar.Date, past bool) Axis {
	cal := first.Team.History().Team.Calendar
	dates := frame.DateAxis{From: calendar.DateOf(first.At, cal.Zone), To: due}
	if past || due.Before(dates.From) {
		dates.From = due.Add(-45)
	}
	for _, row := range rows {
		told := []*string{row.Dates.P85, row.Came}
		if row.Told != nil {
			told = append(told, row.Told.P85)
		}
		for _, text := range told {
			if d, ok := format.DateOf(text); ok && dates.To.Before(d) {
				dates.To = d
			}
		}
	}
	dates.To = dates.To.Add(3)
	if most := due.Add(mostDaysOnAxis); most.Before(dates.To) {
		dates.To = most
	}
	return Axis{Dates: dates, Due: due, Calendar: cal, At: first.At}
}

// Head names the quarter's end and the months of the axis.
func (a Axis) Head() inline.AxisHead {
	head := inline.AxisHead{Due: a.Dates.PositionOf(a.Due), DueName: a.Due.In(time.UTC, 0).Format("2 Jan")}
	month := time.Date(a.Dates.From.Year, a.Dates.From.Month+1, 1, 0, 0, 0, 0, time.UTC)
	for ; !a.Dates.To.Before(calendar.DateOf(month, time.UTC)); month = month.AddDate(0, 1, 0) {
		head.Ticks = append(head.Ticks, inline.AxisTick{X: a.Dates.PositionOf(calendar.DateOf(month, time.UTC)),
			Name: month.Format("Jan")})
	}
	return head
}

// RangeOf draws a row: from the 50 to the 85 % date, with where the latter was a week ago; of a quarter that is over
// from the date told at its middle to the one on which it came.
func (a Axis) RangeOf(row outlook.Row, verdict format.Verdict, past bool) inline.Range {
	due := a.Dates.PositionOf(a.Due)
	r := inline.Range{Label: row.Name + ": no date is told", Due: &due, Class: verdict.Class}
	if past {
		return a.pastRange(row, r)
	}
	from, to := a.Dates.PlaceOf(row.Dates.P50), a.Dates.PlaceOf(row.Dates.P85)
	if from == nil || to == nil || row.State == outlook.StateDone {
		return r
	}
	date, _ := format.DateOf(row.Dates.P85)
	r.From, r.To = from, to
	r.Label = fmt.Sprintf("%s: from %s to %s, the quarter ends on %s", row.Name,
		format.LikelyDate(row.Dates.P50, a.At), format.LikelyDate(row.Dates.P85, a.At), format.DateWord(a.Due))
	if row.TrendDays != nil && *row.TrendDays != 0 {
		was := a.Dates.PositionOf(a.Calendar.WorkingDaysAfter(date, -*row.TrendDays))
		r.Was = &was
	}
	return r
}

// pastRange draws what was told and what came.
func (a Axis) pastRange(row outlook.Row, r inline.Range) inline.Range {
	r.Class = "bad"
	came := a.Dates.PlaceOf(row.Came)
	date, known := format.DateOf(row.Came)
	if known && !a.Due.Before(date) {
		r.Class = "good"
	}
	r.Label = row.Name + ": not done"
	if known {
		r.To = came
		r.Label = row.Name + ": came on " + format.LikelyDate(row.Came, a.At)
	}
	if row.Told != nil && row.Told.P85 != nil {
		r.From = a.Dates.PlaceOf(row.Told.P85)
		r.Label += ", told for " + format.LikelyDate(row.Told.P85, a.At)
	}
	return r
}
