package clocks

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
)

// FieldForm is how a field of a form holds a time: the seconds too, so that what nobody changes stays as it was.
const FieldForm = "2006-01-02T15:04:05"

// shortFieldForm is what browsers send of a field whose seconds are 0.
const shortFieldForm = "2006-01-02T15:04"

// Text is a moment in the times of a zone, which the page names elsewhere.
func Text(t time.Time, zone *time.Location) string { return t.In(zone).Format("Mon 2 Jan 15:04") }

// PlacedText is a moment in the times of a zone, with the place that the zone is named after: "Wed 18 Nov 09:00
// Montreal".
func PlacedText(t time.Time, zone *time.Location) string {
	return Text(t, zone) + " " + placeOf(zone)
}

// placeOf is the place that a zone is named after.
func placeOf(zone *time.Location) string {
	name := zone.String()
	return strings.ReplaceAll(name[strings.LastIndex(name, "/")+1:], "_", " ")
}

// repeatedLater returns the second moment at which the clocks of a zone show what they show at a moment; false where
// they show it once.
func repeatedLater(first time.Time, zone *time.Location) (second time.Time, isRepeated bool) {
	date, clock := civil.ClockOf(first, zone)
	for _, step := range []time.Duration{30 * time.Minute, time.Hour, 2 * time.Hour} {
		later := first.Add(step)
		if d, c := civil.ClockOf(later, zone); d == date && c == clock {
			return later, true
		}
	}
	return time.Time{}, false
}

// isSecond tells whether a moment is the second one at which the clocks of a zone show it.
func isSecond(t time.Time, zone *time.Location) bool {
	date, clock := civil.ClockOf(t, zone)
	return civil.Instant(date, clock, zone).Before(t)
}

// Field is what a field of a form was filled with: a time of a call-out, or none.
type Field struct {
	Name string
	Was  time.Time
}

// ReadTimes reads start and end of a form in a zone.
func ReadTimes(form *http.Request, zone *time.Location) (started, ended time.Time, err error) {
	return ReadTimesOfFields(form, zone, Field{Name: "started"}, Field{Name: "ended"})
}

// ReadTimesOfFields reads two times of a form on a clock.
func ReadTimesOfFields(form *http.Request, zone *time.Location, first, last Field) (
	started, ended time.Time, err error) {
	if started, err = readTimeOfField(form, zone, first); err != nil {
		return started, ended, err
	}
	if ended, err = readTimeOfField(form, zone, last); err != nil {
		return started, ended, err
	}
	if ended.Before(started) {
		hint := "Give an end that is not before that."
		if _, isRepeated := repeatedLater(ended, zone); isRepeated {
			hint = "Its hour comes twice on that day: say that the second one is meant."
		}
		return started, ended, &oncall.Refusal{Kind: oncall.Invalid,
			Message: fmt.Sprintf("it ends before it starts, on %s (times of %s)", Text(started, zone), zone),
			Hint:    hint}
	}
	return started, ended, nil
}

// WhichOf is the field of a form that says of another one, in the hour that comes twice, which of the two hours is
// meant: "first" or "second".
func WhichOf(field string) string { return field + "-twice" }

// readTimeOfField reads a time of a form on a clock. In an hour that comes twice the field [WhichOf] it says which one
// is meant. Where it does not, one that shows what it was filled with is that moment, and another one is of the same
// hour as that was.
func readTimeOfField(form *http.Request, zone *time.Location, field Field) (time.Time, error) {
	text := form.PostFormValue(field.Name)
	at, err := time.Parse(FieldForm, text)
	if err != nil {
		at, err = time.Parse(shortFieldForm, text)
	}
	if err != nil {
		return at, &oncall.Refusal{Kind: oncall.Invalid, Message: fmt.Sprintf("%s %.40q is no time", field.Name, text),
			Hint: fmt.Sprintf("Write it like 2026-11-23T02:40, in the times of %s.", zone)}
	}
	date, second := civil.ClockOf(at, time.UTC)
	moment := civil.Instant(date, second, zone).UTC()
	later, isRepeated := repeatedLater(moment, zone)
	twice := form.PostFormValue(WhichOf(field.Name))
	wasSecond := !field.Was.IsZero() && isSecond(field.Was, zone)
	if isRepeated && (twice == "second" || twice == "" && wasSecond) {
		return later.UTC(), nil
	}
	return moment, nil
}

// Names are the names of zones.
func Names(zones []*time.Location) []string {
	out := make([]string, len(zones))
	for n, zone := range zones {
		out[n] = zone.String()
	}
	return out
}

// ComesTwice tells whether an hour came twice on the clocks of a zone between two moments.
func ComesTwice(zone *time.Location, from, to time.Time) bool {
	for at := from; at.Before(to); at = at.Add(7 * 24 * time.Hour) {
		_, before := at.In(zone).Zone()
		_, after := calendar.EarlierOf(at.Add(7*24*time.Hour), to).In(zone).Zone()
		if after < before {
			return true
		}
	}
	return false
}
