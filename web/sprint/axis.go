package sprint

import (
	"fmt"
	"time"

	"jerem/calendar"
	"jerem/chart"
	"jerem/measure"
)

// axis is the days of a sprint side by side, each as wide as the other. Inside a working day time
// goes by its working hours; inside a day off by the clock.
type axis struct {
	cal   calendar.Calendar
	first calendar.Date
	dates []calendar.Date // never more than longest
	cut   bool            // the sprint has more days
}

// LongestAxis is how many days an axis shows at most, whatever dates a sprint has: a year that was mistyped costs
// nothing.
const LongestAxis = 400

// newAxis returns the days from a sprint's start to its planned end, or to the moment shown if that is later. Of a
// sprint that is too long it holds the moment shown.
func newAxis(team *measure.Team, sp *measure.Sprint, at time.Time) axis {
	cal := team.History().Team.Calendar
	a := axis{cal: cal, first: calendar.DateOf(*sp.Start, cal.Zone)}
	shown := calendar.DateOf(endOf(sp, at), cal.Zone)
	last := shown
	if sp.End != nil {
		if planned := calendar.DateOf(*sp.End, cal.Zone); last.Before(planned) {
			last = planned
		}
	}
	if earliest := shown.Add(1 - LongestAxis); a.first.Before(earliest) {
		a.first, a.cut = earliest, true
	}
	for d := a.first; !last.Before(d); d = d.Add(1) {
		if len(a.dates) == LongestAxis {
			a.cut = true
			break
		}
		a.dates = append(a.dates, d)
	}
	return a
}

func (a axis) chartDays() []chart.Day {
	var out []chart.Day
	for _, d := range a.dates {
		out = append(out, chart.Day{Name: d.Weekday().String()[:3], Number: fmt.Sprint(d.Day),
			Month: d.Month.String()[:3],
			Off:   !a.cal.Working(d), Why: whyOff(a.cal, d)})
	}
	return out
}

// whyOff says why a date is no working date, "" for one that is.
func whyOff(cal calendar.Calendar, d calendar.Date) string {
	switch {
	case cal.Working(d):
		return ""
	case d.Weekday() == time.Saturday || d.Weekday() == time.Sunday:
		return "weekend"
	}
	return "day off"
}

// dayIndex is the place of a date among the days.
func (a axis) dayIndex(d calendar.Date) int { return a.first.DaysUntil(d) }

// positionOf is the place of a moment, between 0 and 1.
func (a axis) positionOf(t time.Time) float64 {
	d := calendar.DateOf(t, a.cal.Zone)
	from, to := a.cal.Hours(d)
	if !a.cal.Working(d) {
		from, to = d.Midnight(a.cal.Zone), d.Add(1).Midnight(a.cal.Zone)
	}
	share := 0.0
	if whole := to.Sub(from); whole > 0 {
		share = min(max(float64(t.Sub(from))/float64(whole), 0), 1)
	}
	return min(max((float64(a.dayIndex(d))+share)/float64(max(len(a.dates), 1)), 0), 1)
}

// idealLine is the ideal line on the days of an axis: from the commitment at the start to 0 at the planned end, falling
// in working time only. It has two points a day at most, and walks each day once.
func idealLine(sp *measure.Sprint, ax axis, scale func(float64) float64) []chart.XY {
	if sp.Ledger == nil || sp.Ledger.Commitment <= 0 || sp.End == nil || !sp.End.After(*sp.Start) {
		return nil
	}
	whole := ax.cal.Days(*sp.Start, *sp.End)
	spent := ax.cal.Days(*sp.Start, ax.first.Midnight(ax.cal.Zone))
	var out []chart.XY
	point := func(t time.Time) {
		share := 0.0
		if whole > 0 {
			share = spent / whole
		}
		out = append(out, chart.XY{X: ax.positionOf(t), Y: scale(sp.Ledger.Commitment * (1 - share))})
	}
	point(*sp.Start)
	for _, d := range ax.dates {
		from, to := ax.cal.Hours(d)
		if !ax.cal.Working(d) || !to.After(*sp.Start) || !from.Before(*sp.End) {
			continue
		}
		point(laterTime(from, *sp.Start))
		spent += ax.cal.Days(laterTime(from, *sp.Start), earlierTime(to, *sp.End))
		point(earlierTime(to, *sp.End))
	}
	if last := ax.dates[len(ax.dates)-1]; !last.Before(calendar.DateOf(*sp.End, ax.cal.Zone)) {
		out = append(out, chart.XY{X: ax.positionOf(*sp.End), Y: 0})
	}
	return out
}

func laterTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlierTime(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
