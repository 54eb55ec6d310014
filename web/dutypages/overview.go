package dutypages

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"jerem/oncall/risk"
	"jerem/oncall/roster"
	"jerem/web/dutypages/clocks"
	"jerem/web/format"
	"jerem/web/frame"
)

var overviewTemplate = frame.ParsePage(files, "overview.html", "parts.html")

// overview is the page that tells who is on call.
type overview struct {
	Visitor  *personsChoice
	Sentence string
	Weeks    int
	IsPerson bool // the visitor has a page of their own
	IsPay    bool
	// IsOperator tells that the visitor acts for others.
	IsOperator bool
	Month      string // the last month that is over, for statements
	Cards      []rotaCard
	Warnings   []warningLine // about rotas
	Personal   []warningLine // about others, for operators
	Aside      []warningLine // what of sources is set aside, for operators
}

// showOverview tells who is on call now and next, and the weeks ahead.
func showOverview(w http.ResponseWriter, v *visit) error {
	body := overview{Visitor: personsToChoose(v), Weeks: weeksOnOverview, IsPerson: v.who.Handle != "",
		IsPay:      roster.PaysAll(v.view, v.who),
		IsOperator: v.who.Operator,
		Month:      monthBefore(v.view.Now, v.view.File.Zone)}
	for _, s := range v.seenSchedules() {
		body.Cards = append(body.Cards, cardOf(s, v.view, weeksOnOverview, v.who.Handle))
	}
	body.Sentence = sentenceOf(body.Cards)
	body.Warnings = v.warningLines(func(w risk.Warning) bool { return w.Person == "" })
	body.Personal = v.warningLines(func(w risk.Warning) bool { return w.Person != "" && w.Person != v.who.Handle })
	var err error
	if body.Aside, err = asideLines(v); err != nil {
		return err
	}
	return v.showPage(w, frame.View{Template: overviewTemplate, Title: "On call", Body: body})
}

// monthBefore is the month before that of a moment, as in 2026-01.
func monthBefore(now time.Time, zone *time.Location) string {
	local := now.In(zone)
	return time.Date(local.Year(), local.Month(), 0, 0, 0, 0, 0, time.UTC).Format("2006-01")
}

// sentenceOf is the headline: the rotas in which nobody is on duty though somebody should be, else in how many rotas
// somebody is, and why nobody is in the others.
func sentenceOf(cards []rotaCard) string {
	names := map[dutyState][]string{}
	for _, c := range cards {
		names[c.State] = append(names[c.State], c.Name)
	}
	var others []string
	for _, state := range []dutyState{outsideHours, notBegun, hasEnded} {
		if n := len(names[state]); n > 0 {
			others = append(others, countStates(n, state))
		}
	}
	on, gaps := len(names[onDuty]), names[inGap]
	switch {
	case len(cards) == 0:
		return "There is no rota that you may see."
	case len(gaps) > 0:
		return "Nobody is on call in " + strings.Join(gaps, ", ") + ", though somebody should be."
	case on == 0:
		return "Nobody is on call now: " + strings.Join(others, ", ") + "."
	case len(others) > 0:
		return format.Plural(on, "rota") + format.Agree(fmt.Sprint(on), " has", " have") +
			" somebody on call; " + strings.Join(others, ", ") + "."
	case on == 1:
		return cards[0].Person + " is on call in " + cards[0].Name + "."
	}
	return "Each of the " + format.Plural(on, "rota") + " has somebody on call."
}

// countStates tells how many rotas are in a state in which nobody should be on duty.
func countStates(n int, state dutyState) string {
	text := format.Plural(n, "rota")
	switch state {
	case hasEnded:
		return text + format.Agree(fmt.Sprint(n), " has ended", " have ended")
	case notBegun:
		return text + format.Agree(fmt.Sprint(n), " has not begun", " have not begun")
	}
	return text + format.Agree(fmt.Sprint(n), " covers other hours", " cover other hours")
}

// timesNamed is how many times a warning names before it tells how many more there are.
const timesNamed = 3

// warningLine is a warning in words, with the times that it is about.
type warningLine struct {
	IsError    bool
	Rota, Text string // Rota is "" where the text names it
	Times      []string
	More       int // times that are not named
}

// warningLines are the warnings that the visitor may see and that are chosen; those of the same words are one.
func (v *visit) warningLines(chosen func(risk.Warning) bool) []warningLine {
	var out []warningLine
	for _, w := range roster.WarningsFor(v.view, v.who) {
		if !chosen(w) {
			continue
		}
		line := warningLineOf(v, w)
		i := slices.IndexFunc(out, func(x warningLine) bool { return x.Rota == line.Rota && x.Text == line.Text })
		switch {
		case i < 0:
			out = append(out, line)
		case len(out[i].Times) < timesNamed:
			out[i].Times = append(out[i].Times, line.Times...)
		default:
			out[i].More++
		}
	}
	return out
}

// asideLines tell what of sources is set aside, to those who may know.
func asideLines(v *visit) (out []warningLine, err error) {
	aside, err := v.pages.Roster.SetAsideFor(v.Context(), v.who, v.pages.Events)
	for _, s := range aside {
		out = append(out, warningLine{Text: format.Capital(s.Text()),
			Times: []string{"since " + clocks.PlacedText(s.Since, v.view.File.Zone)}})
	}
	return out, err
}

func warningLineOf(v *visit, w risk.Warning) warningLine {
	line := warningLine{IsError: w.IsError, Rota: w.Rota, Text: w.Text}
	if strings.Contains(w.Text, w.Rota) {
		line.Rota = ""
	}
	switch {
	case w.Person != "" && w.Person != v.who.Handle:
		line.Text = w.Person + ": " + w.Text
	case !strings.HasPrefix(w.Text, w.Rota) || w.Rota == "":
		line.Text = format.Capital(w.Text)
	}
	if w.Start.IsZero() {
		return line
	}
	zone := v.view.ZoneOf(w.Rota)
	line.Times = []string{clocks.PlacedText(w.Start, zone)}
	if w.End.After(w.Start) {
		line.Times[0] = clocks.Text(w.Start, zone) + " to " + clocks.PlacedText(w.End, zone)
	}
	return line
}
