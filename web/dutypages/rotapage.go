package dutypages

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/risk"
	"jerem/oncall/roster"
	"jerem/sorting"
	"jerem/web/dutypages/clocks"
	"jerem/web/format"
	"jerem/web/frame"
)

var rotaTemplate = frame.ParsePage(files, "rota.html", "parts.html")

// rotaBody is the page of a rota.
type rotaBody struct {
	Visitor  *personsChoice
	Card     rotaCard
	People   []string // of the version that holds now, in their order
	Every    string   // as in "week"
	Told     string   // what was just done, in words
	Zone     string
	IsTwice  bool     // an hour comes twice on its clocks within the weeks about now
	Take     string   // the button that takes over from now on, "" where the visitor cannot
	Gaps     []part   // gaps ahead that the visitor may take
	IsAll    bool     // the visitor is an operator
	All      []string // whom an operator may put on duty
	Changes  []changeLine
	Warnings []warningLine
}

// changeLine is a change in words.
type changeLine struct {
	ID             int64
	Kind, From, To string
	Start, End     string
	State          string
	Late           bool
	Cancels        []answerButton // what an operator may do about it
}

// weeksBack is how far back changes are listed.
const weeksBack = 4

// showRota shows a rota: its turns of twelve weeks, and the changes around them.
func showRota(w http.ResponseWriter, v *visit) error {
	schedules := v.seenSchedules()
	i := slices.IndexFunc(schedules, func(s *oncall.Schedule) bool { return s.Rota == v.PathValue("rota") })
	if i < 0 {
		v.pages.Tell(w, v.Request, noRota())
		return nil
	}
	s := schedules[i]
	version := s.VersionFor(v.view.Now)
	body := rotaBody{Visitor: personsToChoose(v), Card: cardOf(s, v.view, weeksOfRota, v.who.Handle),
		People: version.People, Every: everyInWords(version.Every), Changes: v.changeLines(s)}
	body.Told = map[string]string{"taken": "You have taken it over.", "set": "It was set, and both are told.",
		"cancelled": "It was cancelled, and both are told."}[v.URL.Query().Get("done")]
	addTakes(v, &body, s)
	body.IsAll = v.who.Operator
	if body.IsAll {
		zone := s.ZoneAt(v.view.Now)
		body.IsTwice = clocks.ComesTwice(zone, weeksLater(v.view.Now, -weeksOfRota, zone),
			weeksLater(v.view.Now, weeksOfRota, zone))
		body.All, body.Zone = roster.SeenPeople(v.view, v.who), zone.String()
	}
	body.Warnings = v.warningLines(func(w risk.Warning) bool { return w.Person == "" && w.Rota == s.Rota })
	return v.showPage(w, frame.View{Template: rotaTemplate, Title: "On call: " + s.Rota, Body: body})
}

// changeLines are the changes of a rota that touch the weeks shown, the latest start last.
func (v *visit) changeLines(s *oncall.Schedule) []changeLine {
	zone := s.ZoneAt(v.view.Now)
	span := civil.Span{Start: weeksLater(v.view.Now, -weeksBack, zone), End: weeksLater(v.view.Now, weeksOfRota, zone)}
	var list []oncall.Change
	for _, c := range v.view.Board.Changes {
		if c.Rota == s.Rota && c.Meets(span) {
			list = append(list, c)
		}
	}
	sorting.By(list, func(a, b oncall.Change) int { return a.Start.Compare(b.Start) })
	var out []changeLine
	for _, row := range v.view.RowsOf(list) {
		line := changeLineOf(row.Change, zone)
		line.Late = row.Late
		if v.who.Operator && row.State == oncall.Accepted {
			line.Cancels = cancelsOf(row.Change, v.view.Now)
		}
		out = append(out, line)
	}
	return out
}

func changeLineOf(c oncall.Change, zone *time.Location) changeLine {
	line := changeLine{ID: c.ID, Kind: string(c.Kind), From: c.From, To: c.To, Start: clocks.Text(c.Start, zone),
		End: clocks.Text(c.End, zone), State: string(c.State)}
	if line.To == "" {
		line.To = "anybody"
	}
	if line.From == "" {
		line.From = "nobody"
	}
	return line
}

// everyInWords is how often a rota changes hands, as after "every".
func everyInWords(p civil.Period) string {
	unit := map[civil.Unit]string{civil.Days: "day", civil.Weeks: "week", civil.Months: "month"}[p.Unit]
	if p.Number == 1 {
		return unit
	}
	return format.Plural(p.Number, unit)
}

// addTakes adds what the visitor may take over: the duty that runs, and gaps of the weeks shown.
func addTakes(v *visit, body *rotaBody, s *oncall.Schedule) {
	handle := v.who.Handle
	zone := s.ZoneAt(v.view.Now)
	if handle == "" {
		return
	}
	if d, ok := s.At(v.view.Now); ok && d.Covered && d.Followed != handle {
		body.Take = "Take over from now on, to the end of the turn"
	}
	for _, g := range s.Gaps(civil.Span{Start: v.view.Now, End: weeksLater(v.view.Now, weeksOfRota, zone)}) {
		if g.Start.After(v.view.Now) {
			body.Gaps = append(body.Gaps, newPart(s.Rota, g.Span, zone, ""))
		}
	}
}

// cancelsOf are the ways in which a change that is in force can be cancelled.
func cancelsOf(c oncall.Change, now time.Time) []answerButton {
	out := []answerButton{{"all", "Cancel"}}
	if c.Start.Before(now) && now.Before(c.End) {
		out = append(out, answerButton{"rest", "Cancel the rest"})
	}
	return out
}

// setChange has an operator put somebody in the place of another one, or two exchange duties of the rota, with a reason
// of the list.
func setChange(w http.ResponseWriter, v *visit) error {
	request := oncall.Request{Kind: oncall.Cover, Rota: v.PostFormValue("rota"), From: v.PostFormValue("from"),
		To: v.PostFormValue("to"), Reason: oncall.Reason(v.PostFormValue("because"))}
	var err error
	if request.Start, request.End, err = clocks.ReadTimes(v.Request, v.view.ZoneOf(request.Rota)); err != nil {
		return err
	}
	if oncall.Kind(v.PostFormValue("kind")) == oncall.Exchange {
		against := oncall.Side{Rota: request.Rota}
		against.Start, against.End, err = clocks.ReadTimesOfFields(v.Request, v.view.ZoneOf(request.Rota),
			clocks.Field{Name: "started-against"}, clocks.Field{Name: "ended-against"})
		if err != nil {
			return err
		}
		request.Kind, request.Against = oncall.Exchange, &against
	}
	if request.Reason == "" {
		return &oncall.Refusal{Kind: oncall.Invalid, Message: "a change for others needs a reason",
			Hint: "Choose agreed, absence, correction or other."}
	}
	err = v.keepDecision(func(view *roster.View) (roster.Writes, error) {
		_, writes, err := roster.AskChange(view, v.who, request)
		return writes, err
	})
	if err != nil {
		return err
	}
	return v.redirect(w, rotaAddress(request.Rota)+"?done=set")
}

// cancelChange has an operator cancel a change, or what of it lies ahead.
func cancelChange(w http.ResponseWriter, v *visit) error {
	id, err := strconv.ParseInt(v.PathValue("id"), 10, 64)
	if err != nil {
		v.pages.Tell(w, v.Request, noPage())
		return nil
	}
	how := v.PostFormValue("cancel")
	if how != "all" && how != "rest" {
		return &oncall.Refusal{Kind: oncall.Invalid, Message: fmt.Sprintf("%.40q cancels nothing", how),
			Hint: "Press one of the buttons on the page: cancel is all or rest."}
	}
	var rota string
	err = v.keepDecision(func(view *roster.View) (roster.Writes, error) {
		rows, writes, err := roster.Answer(view, v.who, roster.CancelChange, id, how == "rest")
		if err == nil {
			rota = rows[0].Rota
		}
		return writes, err
	})
	if err != nil {
		return err
	}
	return v.redirect(w, rotaAddress(rota)+"?done=cancelled")
}
