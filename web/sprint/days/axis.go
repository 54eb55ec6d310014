package days

import (
	"fmt"
	"time"

	"jerem/calendar"
	"jerem/chart"
	"jerem/measure"
)

// Axis is the days of a sprint side by side, each as wide as the other. Inside a working day time
// goes by its working hours; inside a day off by the clock.
type Axis struct {
	Cal   calendar.Calendar
	first calendar.Date
	Dates []calendar.Date // never more than longest
	Cut   bool            // the sprint has more days

	working int // dates from the start to the planned end; to the last day shown where none was planned
}

// LongestAxis is how many days an axis shows at most, whatever dates a sprint has: a year that was mistyped costs
// nothing.
const LongestAxis = 400

// EndOf returns what the figures stand as of: the completion of a closed sprint, else the moment.
func EndOf(sp *measure.Sprint, at time.Time) time.Time {
	if sp.Complete != nil {
		return *sp.Complete
	}
	return at
}

// NewAxis returns the days from a sprint's start to its planned end, or to the moment shown if that is later. Of a
// sprint that is too long it holds the moment shown.
func NewAxis(team *measure.Team, sp *measure.Sprint, at time.Time) Axis {
	cal := team.History().Team.Calendar
	a := Axis{Cal: cal, first: calendar.DateOf(*sp.Start, cal.Zone)}
	shown := calendar.DateOf(EndOf(sp, at), cal.Zone)
	last, planned := shown, shown
	if sp.End != nil {
		planned = calendar.DateOf(*sp.End, cal.Zone)
		if last.Before(planned) {
			last = planned
		}
	}
	a.working = cal.Dates(a.first, planned)
	if earliest := shown.Add(1 - LongestAxis); a.first.Before(earliest) {
		a.first, a.Cut = earliest, true
	}
	for d := a.first; !last.Before(d); d = d.Add(1) {
		if len(a.Dates) == LongestAxis {
			a.Cut = true
			break
		}
		a.Dates = append(a.Dates, d)
	}
	return a
}

// ChartDays are the days as a chart takes them.
func (a Axis) ChartDays() []chart.Day {
	var out []chart.Day
	for _, d := range a.Dates {
		out = append(out, chart.Day{Name: d.Weekday().String()[:3], Number: fmt.Sprint(d.Day),
			Month: d.Month.String()[:3],
			Off:   !a.Cal.Working(d), Why: whyOff(a.Cal, d)})
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

// BudgetPart is what a working day that was planned has of the budget of a sprint, in seconds: the same however long
// the sprint goes on; 0 where none is set.
func (a Axis) BudgetPart(budget *int64) float64 {
	if budget == nil || a.working == 0 {
		return 0
	}
	return float64(*budget) / float64(a.working)
}

// DayIndex is the place of a date among the days.
func (a Axis) DayIndex(d calendar.Date) int { return a.first.DaysUntil(d) }

// PositionOf is the place of a moment, between 0 and 1.
func (a Axis) PositionOf(t time.Time) float64 {
	d := calendar.DateOf(t, a.Cal.Zone)
	from, to := a.Cal.Hours(d)
	if !a.Cal.Working(d) {
		from, to = d.Midnight(a.Cal.Zone), d.Add(1).Midnight(a.Cal.Zone)
	}
	share := 0.0
	if whole := to.Sub(from); whole > 0 {
		share = min(max(float64(t.Sub(from))/float64(whole), 0), 1)
	}
	return min(max((float64(a.DayIndex(d))+share)/float64(max(len(a.Dates), 1)), 0), 1)
}

// IdealLine is the ideal line on the days of an axis: from the commitment at the start of the ledger to 0 at the
// planned end, falling in working time only. It has two points a day at most, and walks each day once.
func IdealLine(sp *measure.Sprint, ax Axis, scale func(float64) float64) []chart.XY {
	if sp.Ledger == nil || sp.Ledger.Commitment <= 0 || sp.End == nil || !sp.End.After(*sp.Start) {
		return nil
	}
	start := sp.LedgerStart()
	whole := ax.Cal.Days(start, *sp.End)
	spent := ax.Cal.Days(start, ax.first.Midnight(ax.Cal.Zone))
	var out []chart.XY
	point := func(t time.Time) {
		share := 0.0
		if whole > 0 {
			share = spent / whole
		}
		out = append(out, chart.XY{X: ax.PositionOf(t), Y: scale(sp.Ledger.Commitment * (1 - share))})
	}
	point(start)
	for _, d := range ax.Dates {
		from, to := ax.Cal.Hours(d)
		if !ax.Cal.Working(d) || !to.After(start) || !from.Before(*sp.End) {
			continue
		}
		point(calendar.LaterOf(from, start))
		spent += ax.Cal.Days(calendar.LaterOf(from, start), calendar.EarlierOf(to, *sp.End))
		point(calendar.EarlierOf(to, *sp.End))
	}
	if last := ax.Dates[len(ax.Dates)-1]; !last.Before(calendar.DateOf(*sp.End, ax.Cal.Zone)) {
		out = append(out, chart.XY{X: ax.PositionOf(*sp.End), Y: 0})
	}
	return out
}
