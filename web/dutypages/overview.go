package dutypages

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"jerem/oncall/risk"
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
}

// showOverview tells who is on call now and next, and the weeks ahead.
func showOverview(w http.ResponseWriter, v *visit) error {
	body := overview{Visitor: v.choice(), Weeks: weeksOnOverview, IsPerson: v.who.Handle != "", IsPay: v.who.Pay,
		IsOperator: v.who.Operator,
		Month:      monthBefore(v.view.Now, v.view.File.Zone)}
	for _, s := range v.seenSchedules() {
		body.Cards = append(body.Cards, cardOf(s, v.view, weeksOnOverview, v.who.Handle))
	}
	body.Sentence = sentenceOf(body.Cards)
	body.Warnings = v.warningLines(func(w risk.Warning) bool { return w.Person == "" })
	body.Personal = v.warningLines(func(w risk.Warning) bool { return w.Person != "" && w.Person != v.who.Handle })
	return v.show(w, frame.View{Template: overviewTemplate, Title: "On call", Body: body})
}

// monthBefore is the month before that of a moment, as in 2026-01.
func monthBefore(now time.Time, zone *time.Location) string {
	local := now.In(zone)
	return time.Date(local.Year(), local.Month(), 0, 0, 0, 0, 0, time.UTC).Format("2006-01")
}

// sentenceOf is the headline: the rotas in which nobody is on duty though somebody should be.
func sentenceOf(cards []rotaCard) string {
	var gaps []string
	for _, c := range cards {
		if c.IsGap {
			gaps = append(gaps, c.Name)
		}
	}
	switch {
	case len(cards) == 0:
		return "There is no rota that you may see."
	case len(gaps) > 0:
		return "Nobody is on call in " + strings.Join(gaps, ", ") + "."
	}
	return "Every rota that is covered now has somebody on call."
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
	for _, w := range v.view.WarningsFor(v.who) {
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
	line.Times = []string{clockText(w.Start, zone)}
	if w.End.After(w.Start) {
		line.Times[0] += " to " + clockText(w.End, zone)
	}
	return line
}
