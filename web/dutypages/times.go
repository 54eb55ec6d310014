package dutypages

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
)

// fieldForm is how a field of a form holds a time: the seconds too, so that what nobody changes stays as it was.
const fieldForm = "2006-01-02T15:04:05"

// shortFieldForm is what browsers send of a field whose seconds are 0.
const shortFieldForm = "2006-01-02T15:04"

// clockText is a moment in the times of a zone, which the page names elsewhere.
func clockText(t time.Time, zone *time.Location) string { return t.In(zone).Format("Mon 2 Jan 15:04") }

// placedText is a moment in the times of a zone, with the place that the zone is named after: "Wed 18 Nov 09:00
// Montreal".
func placedText(t time.Time, zone *time.Location) string {
	return clockText(t, zone) + " " + placeOf(zone)
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

// fieldTime is what a field of a form was filled with: a time of a call-out, or none.
type fieldTime struct {
	name string
	was  time.Time
}

// readTimes reads start and end of a form in a zone.
func readTimes(form *http.Request, zone *time.Location) (started, ended time.Time, err error) {
	return readTimesOfFields(form, zone, fieldTime{name: "started"}, fieldTime{name: "ended"})
}

// readTimesOfFields reads two times of a form on a clock.
func readTimesOfFields(form *http.Request, zone *time.Location, first, last fieldTime) (
	started, ended time.Time, err error) {
	if started, err = readTimeOfField(form, zone, first); err != nil {
		return started, ended, err
	}
	if ended, err = readTimeOfField(form, zone, last); err != nil {
		return started, ended, err
	}
	if ended.Before(started) {
		return started, ended, &oncall.Refusal{Kind: oncall.Invalid,
			Message: fmt.Sprintf("it ends before it starts, on %s (times of %s)", clockText(started, zone), zone),
			Hint:    "Give an end that is not before that."}
	}
	return started, ended, nil
}

// readTimeOfField reads a time of a form on a clock. Of an hour that comes twice the field "twice" says which one is
// meant, "first" or "second". Where it does not, one that shows what it was filled with is that moment, and another one
// is of the same hour as that was.
func readTimeOfField(form *http.Request, zone *time.Location, field fieldTime) (time.Time, error) {
	text := form.PostFormValue(field.name)
	at, err := time.Parse(fieldForm, text)
	if err != nil {
		at, err = time.Parse(shortFieldForm, text)
	}
	if err != nil {
		return at, &oncall.Refusal{Kind: oncall.Invalid, Message: fmt.Sprintf("%s %.40q is no time", field.name, text),
			Hint: fmt.Sprintf("Write it like 2026-11-23T02:40, in the times of %s.", zone)}
	}
	date, second := civil.ClockOf(at, time.UTC)
	moment := civil.Instant(date, second, zone).UTC()
	later, isRepeated := repeatedLater(moment, zone)
	twice := form.PostFormValue("twice")
	wasSecond := !field.was.IsZero() && isSecond(field.was, zone)
	if isRepeated && (twice == "second" || twice == "" && wasSecond) {
		return later.UTC(), nil
	}
	return moment, nil
}

// entryClocks are the zones in one of which a call-out is entered: one's own, for operators those of the teams that
// they may see.
func entryClocks(v *visit) []*time.Location {
	if !v.who.Operator {
		return []*time.Location{zoneOf(v.view, v.who.Handle)}
	}
	var out []*time.Location
	for _, t := range v.view.File.Teams {
		isListed := slices.ContainsFunc(out, func(z *time.Location) bool { return z.String() == t.Zone.String() })
		if v.who.Sees(t.Name) && !isListed {
			out = append(out, t.Zone)
		}
	}
	return out
}

// entryClock is the zone in which the times of a new call-out are read: the one that the form names.
func entryClock(v *visit) (*time.Location, error) {
	clocks, name := entryClocks(v), v.PostFormValue("clock")
	for _, zone := range clocks {
		if zone.String() == name || name == "" && len(clocks) == 1 {
			return zone, nil
		}
	}
	return nil, &oncall.Refusal{Kind: oncall.Invalid, Message: "it is not said whose clock the times are of",
		Hint: "Choose one of the zones beside the times."}
}

// clockNames are the names of zones.
func clockNames(zones []*time.Location) []string {
	out := make([]string, len(zones))
	for n, zone := range zones {
		out[n] = zone.String()
	}
	return out
}

// comesTwice tells whether an hour came twice on the clocks of a zone between two moments.
func comesTwice(zone *time.Location, from, to time.Time) bool {
	for at := from; at.Before(to); at = at.Add(7 * 24 * time.Hour) {
		_, before := at.In(zone).Zone()
		_, after := calendar.EarlierOf(at.Add(7*24*time.Hour), to).In(zone).Zone()
		if after < before {
			return true
		}
	}
	return false
}
