package dutypages

import (
	"net/http"
	"time"

	"jerem/oncall/civil"
	"jerem/oncall/feed"
	"jerem/oncall/risk"
	"jerem/web/frame"
)

// myPage is the page of who is logged in.
const myPage = Home + "/me"

var myTemplate = frame.ParsePage(files, "me.html", "parts.html")

// myBody is a person's own page.
type myBody struct {
	Handle, Zone string
	Told         string // what was just done, in words
	Address      string // of the calendar, shown once as it is made; "" else
	Feed         string // the same as a link of this server
	ToMe, ByMe   []requestLine
	Duties       []dutyLine
	Parts        []part   // duties that can be given away
	Colleagues   []string // who can be asked
	Load         string
	Warnings     []warningLine
	Month, Last  string // this month and the last one that is over, for statements
}

// dutyLine is a duty ahead of a person.
type dutyLine struct {
	Rota, RotaAddress, From, To string
	For                         string // whose turn it is, where it is another's
	IsNow                       bool
}

// doneTexts are what the page says after something was done, by the word that its address carries.
var doneTexts = map[string]string{
	"asked":     "It was asked. It stays yours until somebody accepts.",
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
	body.Handle, body.Zone = handle, zone.String()
	body.Month, body.Last = now.In(zone).Format("2006-01"), monthBefore(now, zone)
	ahead := civil.Span{Start: now, End: weeksLater(now, weeksOfRota, zone)}
	for _, d := range feed.PersonalDuties(v.seenSchedules(), handle, ahead) {
		body.Duties = append(body.Duties, dutyLineOf(d, now, zone))
	}
	body.ToMe, body.ByMe = v.requestLines()
	body.Parts, body.Colleagues, body.Load = v.partsOf(ahead), v.colleagues(ahead), v.loadInWords()
	body.Warnings = v.warningLines(func(w risk.Warning) bool { return w.Person == handle })
	return v.show(w, frame.View{Template: myTemplate, Title: "My duty", Body: body})
}

func dutyLineOf(d feed.Duty, now time.Time, zone *time.Location) dutyLine {
	line := dutyLine{Rota: d.Rota, RotaAddress: rotaAddress(d.Rota), From: clockText(d.Start, zone),
		To: clockText(d.End, zone), IsNow: d.Holds(now)}
	if d.Planned != d.Person {
		line.For = d.Planned
	}
	return line
}
