package dutypages

import (
	"net/http"
	"strings"
	"time"

	"jerem/oncall/risk"
	"jerem/web/frame"
)

var overviewTemplate = frame.ParsePage(files, "overview.html", "parts.html")

// overview is the page that tells who is on call.
type overview struct {
	Sentence string
	Weeks    int
	IsPerson bool // the visitor has a page of their own
	IsPay    bool
	Month    string // the last month that is over, for statements
	Cards    []rotaCard
	Warnings []warningLine // about rotas
	Personal []warningLine // about others, for operators
}

// showOverview tells who is on call now and next, and the weeks ahead.
func showOverview(w http.ResponseWriter, v *visit) error {
	body := overview{Weeks: weeksOnOverview, IsPerson: v.who.Handle != "", IsPay: v.who.Pay,
		Month: monthBefore(v.view.Now, v.view.File.Zone)}
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
