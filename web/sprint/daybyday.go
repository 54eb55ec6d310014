package sprint

import (
	"fmt"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/web/format"
)

// dayFigures is what a day of a sprint brought, and what remained at its end.
type dayFigures struct {
	date                       calendar.Date
	end                        time.Time
	scope, completed, reopened float64
	remaining                  float64
	ideal                      *float64
	seconds                    *int64 // of impediments; nil where time logged was not read
	open, off                  bool
}

// dayLine is a row of the day-by-day table. Its figures open on the page as of the end of the day at Address, "" for
// the page itself.
type dayLine struct {
	Address, Name, Scope, Completed, Reopened, Remaining, Ideal, Hours string
	Open, Off                                                          bool
}

// dayByDay follows a sprint over its days up to the moment shown. The changes of a day add up to the difference between
// what remained at the ends of two days.
func dayByDay(team *measure.Team, sp *measure.Sprint, ax axis, at time.Time) []dayFigures {
	end := endOf(sp, at)
	today := calendar.DateOf(end, ax.cal.Zone)
	remaining, next := sp.Ledger.Commitment, 0
	entries := sp.Ledger.Entries
	hours := map[string]int64{}
	for _, d := range sp.Impediments.Daily {
		hours[d.Date] = d.Seconds
	}
	var out []dayFigures
	for _, date := range ax.dates {
		if today.Before(date) {
			break
		}
		d := dayFigures{date: date, end: earlierTime(date.Add(1).Midnight(ax.cal.Zone), end),
			off:  !ax.cal.Working(date),
			open: date == today && sp.State == agile.Active}
		for ; next < len(entries) && !date.Before(calendar.DateOf(entries[next].Time, ax.cal.Zone)); next++ {
			if entries[next].Kind != measure.Commit {
				d.addEntry(entries[next])
				remaining = entries[next].Remaining
			}
		}
		d.remaining = remaining
		if ideal, ok := measure.IdealAt(team, sp, d.end); ok && sp.Ledger.Commitment > 0 {
			d.ideal = &ideal
		}
		if seconds := hours[date.String()]; !sp.Impediments.TimeUnknown {
			d.seconds = &seconds
		}
		out = append(out, d)
	}
	return out
}

func (d *dayFigures) addEntry(e measure.Entry) {
	switch e.Kind {
	case measure.Complete:
		d.completed -= e.Delta
	case measure.Reopen:
		d.reopened += e.Delta
	default:
		d.scope += e.Delta
	}
}

// fillDays writes the day-by-day table.
func (m *page) fillDays(team *measure.Team, sp *measure.Sprint, ax axis, at time.Time, base string) {
	w := m.W
	last := calendar.DateOf(endOf(sp, at), ax.cal.Zone)
	for _, d := range dayByDay(team, sp, ax, at) {
		line := dayLine{Name: format.DateWord(d.date), Scope: w.Signed(d.scope), Completed: w.Amount(d.completed),
			Reopened: w.Amount(d.reopened), Remaining: w.Amount(d.remaining), Ideal: "–", Hours: "–", Open: d.open,
			Off: d.off}
		if d.date != last {
			line.Address = fmt.Sprintf("%s/sprints/%d?at=%s", base, sp.ID, d.date)
		}
		if d.ideal != nil {
			line.Ideal = format.Figure(w.Scale(*d.ideal))
		}
		if d.seconds != nil {
			line.Hours = format.Hours(*d.seconds)
		}
		m.Days = append(m.Days, line)
	}
}
