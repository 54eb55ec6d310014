package days

import (
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
)

// Day is what a day of a sprint brought, and what remained at its end.
type Day struct {
	Date                       calendar.Date
	end                        time.Time
	Scope, Completed, Reopened float64
	Remaining                  float64
	Ideal                      *float64
	Seconds                    *int64 // of impediments; nil where time logged was not read
	Open, Off                  bool
}

// DayByDay follows a sprint over its days up to the moment shown. The changes of a day add up to the difference between
// what remained at the ends of two days.
func DayByDay(team *measure.Team, sp *measure.Sprint, ax Axis, at time.Time) []Day {
	end := EndOf(sp, at)
	today := calendar.DateOf(end, ax.Cal.Zone)
	remaining, next := sp.Ledger.Commitment, 0
	entries := sp.Ledger.Entries
	hours := map[string]int64{}
	for _, d := range sp.Impediments.Daily {
		hours[d.Date] = d.Seconds
	}
	var out []Day
	for _, date := range ax.Dates {
		if today.Before(date) {
			break
		}
		d := Day{Date: date, end: calendar.EarlierOf(date.Add(1).Midnight(ax.Cal.Zone), end),
			Off:  !ax.Cal.Working(date),
			Open: date == today && sp.State == agile.Active && !measure.HasEnded(team, date, end)}
		for ; next < len(entries) && !date.Before(calendar.DateOf(entries[next].Time, ax.Cal.Zone)); next++ {
			if entries[next].Kind != measure.Commit {
				d.addEntry(entries[next])
				remaining = entries[next].Remaining
			}
		}
		d.Remaining = remaining
		if ideal, ok := measure.IdealAt(team, sp, d.end); ok && sp.Ledger.Commitment > 0 {
			d.Ideal = &ideal
		}
		if seconds := hours[date.String()]; !sp.Impediments.TimeUnknown {
			d.Seconds = &seconds
		}
		out = append(out, d)
	}
	return out
}

func (d *Day) addEntry(e measure.Entry) {
	switch e.Kind {
	case measure.Complete:
		d.Completed -= e.Delta
	case measure.Reopen:
		d.Reopened += e.Delta
	default:
		d.Scope += e.Delta
	}
}
