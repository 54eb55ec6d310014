package portfolio

import (
	"fmt"
	"html/template"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/chart/inline"
	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/frame"
)

// The trends of a portfolio: so many rows have one at most, for each of its points is a forecast of its own, and so
// many weeks before the moment shown are looked back on.
const (
	mostTrends    = 24
	mostTrendDots = 6
)

// trendOf draws how the 85 % date of a row moved from Sunday to Sunday of the quarter up to the moment shown, against
// the quarter's end; "" where nothing was told.
func (c rowContext) trendOf(row outlook.Row) template.HTML {
	sundays := c.pastSundays()
	if len(sundays) == 0 || row.State == outlook.StateDone {
		return ""
	}
	axis := c.trendAxis()
	due := axis.PositionOf(c.ends.lastOf(row.Teams))
	drawn := inline.DateTrend{Label: "85" + format.Thin + "% date", Due: &due, Class: format.Verdicts[row.State].Class}
	for n, sunday := range sundays {
		date := c.dateTold(row, sunday)
		drawn.Values = append(drawn.Values, axis.PlaceOf(date))
		if date != nil && (n == 0 || drawn.Values[n-1] == nil) {
			drawn.Label += fmt.Sprintf(", told on %s: %s", format.DateWord(sunday),
				format.LikelyDate(date, c.firstAsked().At))
		}
	}
	drawn.Values = append(drawn.Values, axis.PlaceOf(row.Dates.P85))
	drawn.Label += ", now: " + format.LikelyDate(row.Dates.P85, c.firstAsked().At)
	return frame.HTML(drawn.SVG())
}

func (c rowContext) firstAsked() outlook.Asked { return c.questions[0] }

// trendAxis reaches as far after the quarter's end as the quarter is long: what lies later stands at the edge.
func (c rowContext) trendAxis() frame.DateAxis {
	first, last := c.firstAsked().Team.Dates(c.name)
	return frame.DateAxis{From: first, To: last.Add(first.DaysUntil(last))}
}

// pastSundays are the last Sundays of the quarter before the moment shown, oldest first.
func (c rowContext) pastSundays() []calendar.Date {
	first, _ := c.firstAsked().Team.Dates(c.name)
	day := calendar.DateOf(c.firstAsked().At, c.axis.Calendar.Zone).Add(-1)
	var out []calendar.Date
	for ; first.Before(day) && len(out) < mostTrendDots; day = day.Add(-1) {
		if day.Weekday() == time.Sunday {
			out = append(out, day)
		}
	}
	slices.Reverse(out)
	return out
}

// dateTold is the 85 % date of a row as of the end of a date; nil where none was told.
func (c rowContext) dateTold(row outlook.Row, on calendar.Date) *string {
	then := slices.Clone(c.questions)
	for i := range then {
		then[i].At = on.Add(1).Midnight(then[i].Team.History().Team.Calendar.Zone).Add(-time.Microsecond)
	}
	if row.Kind == outlook.KindInitiative {
		if f, ok := outlook.AskInitiative(then, row.Name, c.name); ok {
			return f.Dates.P85
		}
		return nil
	}
	for _, one := range then {
		if one.Team.History().Team.Name != row.Name {
			continue
		}
		if f, err := outlook.AskDates(one.Team, outlook.Question{Quarter: &c.name}, one.At); err == nil {
			return f.Dates.P85
		}
	}
	return nil
}
