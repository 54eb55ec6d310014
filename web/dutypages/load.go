package dutypages

import (
	"fmt"
	"time"

	"jerem/oncall/civil"
	"jerem/oncall/feed"
	"jerem/oncall/interruption"
	"jerem/web/format"
)

// loadInWords tells what the visitor did in the last twelve weeks: time on duty, call-outs, rest owed for them.
func (v *visit) loadInWords() string {
	handle, now := v.who.Handle, v.view.Now
	zone := zoneOf(v.view, handle)
	span := civil.Span{Start: weeksLater(now, -weeksOfRota, zone), End: now}
	var seconds int64
	weekends := map[time.Time]bool{}
	for _, d := range feed.PersonalDuties(v.view.Schedules(), handle, span) {
		within := d.Clip(span)
		seconds += within.Seconds()
		addWeekends(weekends, within, zone)
	}
	callouts := 0
	for _, c := range v.view.Callouts() {
		if c.Person == handle && c.Verdict != interruption.Test && span.Holds(c.Started) {
			callouts++
		}
	}
	text := fmt.Sprintf("In the last 12 weeks: %s on duty, on %s, with %s", format.Plural(int(seconds/3600), "hour"),
		format.Plural(len(weekends), "weekend"), format.Plural(callouts, "call-out"))
	person, isKnown := v.view.Board.People[handle]
	if !isKnown {
		return text + "."
	}
	rests := interruption.Rests(person, v.view.Callouts(), v.view.File.Rest)
	rest := interruption.RestFromSprint(person, rests, "", span)
	return text + fmt.Sprintf(" and %s of rest owed in working hours.", format.Plural(int(rest/3600), "hour"))
}

// addWeekends notes the Saturday of each weekend that a span touches, on the clocks of a zone.
func addWeekends(into map[time.Time]bool, in civil.Span, zone *time.Location) {
	date, _ := civil.ClockOf(in.Start, zone)
	for ; civil.Midnight(date, zone).Before(in.End); date = date.Add(1) {
		day := civil.Span{Start: civil.Midnight(date, zone), End: civil.Midnight(date.Add(1), zone)}
		if !day.Meets(in) {
			continue
		}
		switch day.Start.In(zone).Add(12 * time.Hour).Weekday() {
		case time.Saturday:
			into[time.Date(date.Year, date.Month, date.Day, 0, 0, 0, 0, time.UTC)] = true
		case time.Sunday:
			into[time.Date(date.Year, date.Month, date.Day-1, 0, 0, 0, 0, time.UTC)] = true
		}
	}
}
