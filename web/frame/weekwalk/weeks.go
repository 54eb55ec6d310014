package weekwalk

import (
	"fmt"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/web/format"
	"jerem/web/frame"
)

// Quarter is a quarter to walk through.
type Quarter struct {
	Name        string
	First, Last calendar.Date
	Since       calendar.Date // of the first thing known; the zero date where nothing is
	Known       calendar.Date // of the last reading
	Shown       calendar.Date // of the moment that the page shows
	IsAsked     bool          // a moment was asked for
	IsFixed     bool          // the address names the quarter

	AddressAt   func(at string) string   // of the page as of the end of a date; of the latest one for ""
	AddressWith func(with string) string // of the page compared with the end of a date; nil where it compares nothing
}

// OfTeam leads through the weeks of the quarter that a moment lies in, on a page whose address names none.
func OfTeam(team *measure.Team, at time.Time, isAsked bool,
	addressAt, addressWith func(moment string) string) *frame.TimeWalk {
	zone := team.History().Team.Calendar.Zone
	name := team.QuarterAt(at)
	first, last := team.Dates(name)
	return Of(Quarter{Name: name.String(), First: first, Last: last, Since: SinceOf(team),
		Known: calendar.DateOf(team.Now(), zone), Shown: calendar.DateOf(at, zone), IsAsked: isAsked,
		AddressAt: addressAt, AddressWith: addressWith})
}

// SinceOf is the date of the first thing known of a team, in its zone; the zero date where nothing is known.
func SinceOf(team *measure.Team) calendar.Date {
	since := team.KnownSince()
	if since.IsZero() {
		return calendar.Date{}
	}
	return calendar.DateOf(since, team.History().Team.Calendar.Zone)
}

// Of leads through the weeks of a quarter: each is the page as of the end of its Sunday. The one of the latest page has
// no moment in its address, and the date of the last reading as its name. It returns nil for a quarter that has not
// begun.
func Of(q Quarter) *frame.TimeWalk {
	if q.Known.Before(q.First) {
		return nil
	}
	until, back := q.Known, "now"
	if q.Last.Before(until) && (q.IsFixed || !q.IsAsked) {
		until, back = q.Last, "the quarter's end"
	}
	if !q.IsAsked || until.Before(q.Shown) {
		q.Shown = until
	}
	var steps []frame.TimeStep
	told := time.Month(0)
	for _, end := range endsOfWeeks(q.First, q.Last) {
		day := end
		if q.isEndOf(end, until) { // the week that is not over is told as far as it is known
			day = until
		}
		steps = append(steps, frame.TimeStep{Name: fmt.Sprint(day.Day), Month: day.Month.String()[:3],
			Again: day.Month == told, Long: format.DateWord(day), Here: q.isEndOf(end, q.Shown),
			Address: q.addressOf(end, until)})
		told = day.Month
	}
	w := frame.NewTimeWalk("Weeks of "+q.Name, "week", q.AddressAt(""), back, steps)
	w.Shown = ""
	if q.IsAsked && q.Shown != until {
		w.Shown = format.DateWord(q.Shown)
	}
	if !q.IsFixed {
		q.leadOn(w, until)
	}
	if q.AddressWith != nil {
		w.Compare, w.Alone = q.weeksToCompare(until), q.AddressWith("")
	}
	return w
}

// addressOf is the address of a week by its end; "" for one that is not reached or before all that is known.
func (q Quarter) addressOf(end, until calendar.Date) string {
	switch {
	case q.isEndOf(end, until):
		return q.AddressAt("")
	case end.Before(until) && !end.Before(q.Since):
		return q.AddressAt(end.String())
	}
	return ""
}

// leadOn leads from the first week to the quarter before and from the last one to the quarter after.
func (q Quarter) leadOn(w *frame.TimeWalk, until calendar.Date) {
	before, after := q.First.Add(-1), q.Last.Add(1)
	if w.Previous == "" && w.Steps[0].Here && !before.Before(q.Since) {
		w.Previous = q.AddressAt(before.String())
	}
	if !w.Steps[len(w.Steps)-1].Here || !q.Last.Before(until) {
		return
	}
	w.Next = q.AddressAt("")
	if end := endsOfWeeks(after, after.Add(7))[0]; end.Before(until) {
		w.Next = q.AddressAt(end.String())
	}
}

// weeksToCompare are the weeks that the moment shown can be compared with.
func (q Quarter) weeksToCompare(until calendar.Date) (out []frame.Choice) {
	for _, end := range endsOfWeeks(q.First, q.Last) {
		if end.Before(until) && end != q.Shown && !end.Before(q.Since) {
			out = append(out, frame.Choice{Name: "the end of " + format.DateWord(end),
				Address: q.AddressWith(end.String())})
		}
	}
	return out
}

// isEndOf tells whether a week that ends on a date is the one in which another date of the quarter lies. The last week
// may be shorter than seven days, and so may the first.
func (q Quarter) isEndOf(end, d calendar.Date) bool {
	if d.Before(q.First) || end.Before(d) {
		return false
	}
	sunday := d
	for sunday.Weekday() != time.Sunday && sunday.Before(q.Last) {
		sunday = sunday.Add(1)
	}
	return end == sunday
}

// endsOfWeeks are the Sundays from a date until another one, and that date.
func endsOfWeeks(first, last calendar.Date) []calendar.Date {
	var out []calendar.Date
	for d := first; d.Before(last); d = d.Add(1) {
		if d.Weekday() == time.Sunday {
			out = append(out, d)
		}
	}
	return append(out, last)
}
