package dutypages

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/feed"
	"jerem/oncall/roster"
	"jerem/sorting"
	"jerem/web/dutypages/clocks"
	"jerem/web/frame"
)

var giveTemplate = frame.ParsePage(files, "give.html", "parts.html")

// giveBody is the page on which a duty is given away: what of it, and to whom or against what.
type giveBody struct {
	Visitor    *personsChoice
	Title      string
	Whole      []part // all of it
	Parts      []part // other choices: the whole turn, its days and its nights
	Colleagues []colleague
	Against    []part // duties of colleagues that it can be exchanged for
}

// colleague is somebody who can be asked.
type colleague struct {
	Handle string
	Note   string // why they could not take all of the duty; "" for nothing known
}

// colleagueOf tells of somebody what would keep them from a duty: that they are not there in all of it.
func colleagueOf(v *visit, handle string, in civil.Span, zone *time.Location) colleague {
	out := colleague{Handle: handle}
	if missing := v.view.Board.People[handle].OutsideEmployment(in); !missing.Empty() {
		out.Note = "not there from " + clocks.Text(missing.Start, zone) + " to " + clocks.Text(missing.End, zone)
	}
	return out
}

// showGiving shows what can be done with a duty of the visitor.
func showGiving(w http.ResponseWriter, v *visit) error {
	rota, span, err := readPart(v.URL.Query().Get("duty"))
	if err != nil {
		return err
	}
	s := v.seenSchedule(rota)
	if s == nil {
		v.pages.Tell(w, v.Request, noRota())
		return nil
	}
	zone := zoneOf(v.view, v.who.Handle)
	span.Start = calendar.LaterOf(span.Start, v.view.Now)
	parts := partsOfDuty(v, s, span, zone)
	body := giveBody{Visitor: personsToChoose(v), Whole: parts[:min(1, len(parts))], Parts: parts[min(1, len(parts)):],
		Title: rota + ", " + clocks.Text(span.Start, zone) + " to " + clocks.Text(span.End, zone)}
	if len(parts) == 0 {
		return &oncall.Refusal{Kind: oncall.Conflict, Message: "nothing of this duty lies ahead of you",
			Hint: "See /oncall/me for your duties."}
	}
	ahead := civil.Span{Start: v.view.Now, End: weeksLater(v.view.Now, weeksOfRota, zone)}
	for _, other := range v.colleagues(ahead) {
		body.Colleagues = append(body.Colleagues, colleagueOf(v, other, span, zone))
		for _, d := range feed.PersonalDuties(v.seenSchedules(), other, ahead) {
			if d.Start.After(v.view.Now) {
				body.Against = append(body.Against, newPart(d.Rota, d.Span, zone, other))
			}
		}
	}
	sorting.By(body.Against, func(a, b part) int { return a.start.Compare(b.start) })
	return v.showPage(w, frame.View{Template: giveTemplate, Title: "Give a duty away", Body: body})
}

// partsOfDuty are what of a duty can be given away: all that has not begun, each day of it, and each night of it
// between the visitor's working hours. Only what is theirs through all covered time is among them.
func partsOfDuty(v *visit, s *oncall.Schedule, in civil.Span, zone *time.Location) []part {
	var out []part
	add := func(span civil.Span, note string) {
		span = span.Clip(in)
		if span.Empty() || !span.Start.After(v.view.Now) || !v.hasAll(s, span) {
			return
		}
		if !slices.ContainsFunc(out, func(p part) bool { return p.start.Equal(span.Start) && p.end.Equal(span.End) }) {
			out = append(out, newPart(s.Rota, span, zone, note))
		}
	}
	if in.Start.Equal(v.view.Now) { // it runs: asking for it would come too late
		in.Start = in.Start.Add(time.Minute)
	}
	add(in, "all of it")
	for _, turn := range s.Turns(in) {
		isLonger := turn.Start.Before(in.Start) || turn.End.After(in.End)
		if isLonger && turn.Start.After(v.view.Now) && v.hasAll(s, turn.Span) {
			out = append(out, newPart(s.Rota, turn.Span, zone, "the whole turn"))
		}
	}
	_, handover := civil.ClockOf(s.VersionFor(in.Start).Begins(), zone)
	hours := v.view.Board.People[v.who.Handle]
	for d := calendar.DateOf(in.Start, zone); civil.Midnight(d, zone).Before(in.End); d = d.Add(1) {
		next := d.Add(1)
		add(civil.Span{Start: civil.Instant(d, handover, zone), End: civil.Instant(next, handover, zone)}, "one day")
		add(civil.Span{Start: civil.Instant(d, hours.HoursTo, zone), End: civil.Instant(next, hours.HoursFrom, zone)},
			"one night")
	}
	return out
}

// hasAll tells whether the visitor is on duty through all covered time of a span, of which there is some.
func (v *visit) hasAll(s *oncall.Schedule, in civil.Span) bool {
	segments := s.Segments(in)
	return len(segments) > 0 && !slices.ContainsFunc(segments, func(g oncall.Segment) bool {
		return g.Person != v.who.Handle
	})
}

// askChange asks for a cover of a duty of the visitor, or for an exchange.
func askChange(w http.ResponseWriter, v *visit) error {
	rota, span, err := readPart(v.PostFormValue("part"))
	if err != nil {
		return err
	}
	request := oncall.Request{Kind: oncall.Cover, Rota: rota, Span: span, To: v.PostFormValue("to")}
	if against := v.PostFormValue("against"); against != "" && v.PostForm.Has("exchange") {
		side := oncall.Side{}
		if side.Rota, side.Span, err = readPart(against); err != nil {
			return err
		}
		request.Kind, request.Against = oncall.Exchange, &side
		request.To = whoHas(v, side)
	}
	err = v.keepDecision(func(view *roster.View) (roster.Writes, error) {
		_, writes, err := roster.AskChange(view, v.who, request)
		return writes, err
	})
	if err != nil {
		return err
	}
	return v.redirect(w, myPage+"?done=asked")
}

// whoHas returns who is on duty as a side of an exchange begins; "" for nobody.
func whoHas(v *visit, side oncall.Side) string {
	s := v.seenSchedule(side.Rota)
	if s == nil {
		return ""
	}
	for _, g := range s.Segments(side.Span) {
		return g.Person
	}
	return ""
}

// takeDuty takes a duty over from now on, or a gap.
func takeDuty(w http.ResponseWriter, v *visit) error {
	request := oncall.Request{Kind: oncall.Take, Rota: v.PostFormValue("rota")}
	if text := v.PostFormValue("part"); text != "" {
		rota, span, err := readPart(text)
		if err != nil {
			return err
		}
		if rota != request.Rota {
			return &oncall.Refusal{Kind: oncall.Invalid, Message: fmt.Sprintf("the gap is of %.40q", rota),
				Hint: "Press the button on its own page."}
		}
		request.Span = span
		if !span.Start.After(v.view.Now) { // the gap runs: what is left of it begins now
			request.Start = v.view.Now
		}
	}
	err := v.keepDecision(func(view *roster.View) (roster.Writes, error) {
		_, writes, err := roster.AskChange(view, v.who, request)
		return writes, err
	})
	if err != nil {
		return err
	}
	return v.redirect(w, rotaAddress(request.Rota)+"?done=taken")
}
