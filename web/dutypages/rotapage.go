package dutypages

import (
	"net/http"
	"slices"
	"time"

	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/risk"
	"jerem/web/format"
	"jerem/web/frame"
)

var rotaTemplate = frame.ParsePage(files, "rota.html", "parts.html")

// rotaBody is the page of a rota.
type rotaBody struct {
	Card     rotaCard
	People   []string // of the version that holds now, in their order
	Every    string   // as in "week"
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
	body := rotaBody{Card: cardOf(s, v.view, weeksOfRota, v.who.Handle), People: version.People,
		Every: everyInWords(version.Every), Changes: v.changeLines(s)}
	body.Warnings = v.warningLines(func(w risk.Warning) bool { return w.Person == "" && w.Rota == s.Rota })
	return v.show(w, frame.View{Template: rotaTemplate, Title: "On call: " + s.Rota, Body: body})
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
	slices.SortStableFunc(list, func(a, b oncall.Change) int { return a.Start.Compare(b.Start) })
	var out []changeLine
	for _, row := range v.view.RowsOf(list) {
		line := changeLineOf(row.Change, zone)
		line.Late = row.Late
		out = append(out, line)
	}
	return out
}

func changeLineOf(c oncall.Change, zone *time.Location) changeLine {
	line := changeLine{ID: c.ID, Kind: string(c.Kind), From: c.From, To: c.To, Start: clockText(c.Start, zone),
		End: clockText(c.End, zone), State: string(c.State)}
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
