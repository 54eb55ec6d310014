package dutypages

import (
	"fmt"
	"net/http"
	"net/url"
	"time"

	"jerem/oncall/civil"
	"jerem/oncall/feed"
	"jerem/oncall/interruption"
	"jerem/oncall/risk"
	"jerem/web/dutypages/clocks"
	"jerem/web/format"
	"jerem/web/frame"
)

// myPage is the page of who is logged in.
const myPage = Home + "/me"

var myTemplate = frame.ParsePage(files, "me.html", "parts.html")

// myBody is a person's own page.
type myBody struct {
	Visitor      *personsChoice
	Handle, Zone string
	Told         string // what was just done, in words
	Address      string // of the calendar, shown once as it is made; "" else
	Feed         string // the same as a link of this server
	ToMe, ByMe   []requestLine
	Duties       []dutyLine
	Load         string
	Warnings     []warningLine
	Month, Last  string // this month and the last one that is over, for statements
}

// dutyLine is a duty ahead of a person.
type dutyLine struct {
	Rota, RotaAddress, From, To string
	For                         string // whose turn it is, where it is another's
	IsNow                       bool
	Give                        string // the page on which it is given away; "" for one that is almost over
}

// doneTexts are what the page says after something was done, by the word that its address carries.
var doneTexts = map[string]string{
	"asked":     "It was asked. It stays yours until it is accepted.",
	"accepted":  "It is accepted: it is your duty now.",
	"declined":  "It was declined.",
	"withdrawn": "It was withdrawn: it stays yours.",
	"revoked":   "Your calendar address was revoked: it opens nothing any more.",
}

// showMine shows a person's own page.
func showMine(w http.ResponseWriter, v *visit) error {
	return v.showMyBody(w, myBody{Told: doneTexts[v.URL.Query().Get("done")]})
}

// showMyBody fills in what the page tells beside what was just done.
func (v *visit) showMyBody(w http.ResponseWriter, body myBody) error {
	now, handle := v.view.Now, v.who.Handle
	zone := zoneOf(v.view, handle)
	body.Visitor = personsToChoose(v)
	body.Handle, body.Zone = handle, zone.String()
	body.Month, body.Last = now.In(zone).Format("2006-01"), monthBefore(now, zone)
	ahead := civil.Span{Start: now, End: weeksLater(now, weeksOfRota, zone)}
	for _, d := range feed.PersonalDuties(v.seenSchedules(), handle, ahead) {
		body.Duties = append(body.Duties, dutyLineOf(d, now, zone))
	}
	body.ToMe, body.ByMe = v.requestLines()
	body.Load = v.loadInWords()
	body.Warnings = v.warningLines(func(w risk.Warning) bool { return w.Person == handle })
	return v.showPage(w, frame.View{Template: myTemplate, Title: "My duty", Body: body})
}

func dutyLineOf(d feed.Duty, now time.Time, zone *time.Location) dutyLine {
	line := dutyLine{Rota: d.Rota, RotaAddress: rotaAddress(d.Rota), From: clocks.Text(d.Start, zone),
		To: clocks.Text(d.End, zone), IsNow: d.Holds(now),
		Give: myPage + "/give?" + url.Values{"duty": {partValue(d.Rota, d.Span)}}.Encode()}
	if d.Planned != d.Person {
		line.For = d.Planned
	}
	return line
}

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
	text := fmt.Sprintf("In the last 12 weeks: %s on duty, on %s, with %s", format.Plural(wholeHours(seconds), "hour"),
		format.Plural(len(weekends), "weekend"), format.Plural(callouts, "call-out"))
	person, isKnown := v.view.Board.People[handle]
	if !isKnown {
		return text + "."
	}
	rests := interruption.Rests(person, v.view.Callouts(), v.view.File.Rest)
	rest := interruption.RestFromSprint(person, rests, "", span)
	return text + fmt.Sprintf(" and %s of rest owed in working hours.", format.Plural(wholeHours(rest), "hour"))
}

// wholeHours rounds seconds to hours, half of one up.
func wholeHours(seconds int64) int { return int((seconds + 1800) / 3600) }

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
