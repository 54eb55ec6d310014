package web

import (
	"fmt"
	"html/template"
	"net/url"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
)

// withoutSprint fills the page of a team that has no sprint to show: what came in and why, in four weeks, and how far
// its quarter is.
func (m *micro) withoutSprint(s *sprintPages, team *measure.Team, at time.Time, query string) error {
	m.Asked, m.Empty = queryAt(query), nothing(team)
	base, keep := teamAddress(team.History().Team.Name), ""
	if m.Asked != "" {
		keep = "?at=" + url.QueryEscape(m.Asked)
	}
	zone := team.History().Team.Calendar.Zone
	from := calendar.DateOf(at, zone).Add(1 - lookBack).Midnight(zone)
	// what the page of a sprint shows of its impediments is shown of these days
	span := &measure.Sprint{SprintHead: measure.SprintHead{State: agile.Active, Start: &from}, Impediments: team.ImpedimentsIn(from, at)}
	m.Span = lookBackName
	m.unexpected(team, span, newAxis(team, span, at), at, base, keep)
	m.Tiles = []tile{m.impedimentTile(span), m.unplannedTile(span)}
	m.Explains = append(m.Explains, explainImpedimentsIn(span, m.Span, m.W, s.teams.jira)...)
	q := team.Quarter(team.QuarterAt(at), at)
	m.quarterTiles(s, team, q)
	m.Sentence = m.spanSentence(span, q)
	flow, err := s.flow(team, at, m.Asked)
	m.Flow = flow.HTML
	m.Explains = append(m.Explains, flow.Explains...)
	return err
}

// quarterTiles tells how far the quarter is, in figures that open as on the roadmap.
func (m *micro) quarterTiles(s *sprintPages, team *measure.Team, q *measure.Quarter) {
	if len(q.Epics) == 0 {
		return
	}
	done := tile{Name: q.Quarter, Value: percent(q.Progression), Unit: "done", Explain: "progression", Note: m.W.amount(q.Done) + " of " + m.W.count(q.Total),
		Meter: shareMeter("done of the quarter", q.Progression, "f-exp")}
	if q.Progression == nil {
		done.Unit, done.Note = "", "nothing is estimated: there is no share"
	}
	m.Tiles = append(m.Tiles, done,
		tile{Name: "Remaining of " + q.Quarter, Value: m.W.amount(q.Remaining), Unit: m.W.unitFor(q.Remaining), Explain: "remaining", Note: plural(len(q.Epics), "epic") + ", " + plural(q.WorkingDaysLeft, "working day") + " left"})
	for _, e := range explainQuarter(team, q, m.W, s.teams.jira) {
		if e.ID == "progression" || e.ID == "remaining" {
			m.Explains = append(m.Explains, e)
		}
	}
}

// spanSentence says the page in one breath.
func (m *micro) spanSentence(span *measure.Sprint, q *measure.Quarter) template.HTML {
	text := m.Empty.Title
	i := span.Impediments
	switch {
	case i.Count == 0:
		text += "; no impediment in " + lookBackName
	case i.TimeUnknown:
		text += "; " + fig("impediments", plural(i.Count, "impediment")) + " in " + lookBackName + ", time logged was not read"
	case i.Seconds == 0:
		text += "; " + fig("impediments", plural(i.Count, "impediment")) + " in " + lookBackName + ", no time logged"
	default:
		text += "; " + fig("impediments", plural(i.Count, "impediment")) + " took " + fig("impediments", hours(i.Seconds)+" hours") + " in " + lookBackName
	}
	if q.Progression != nil {
		text += fmt.Sprintf("; %s of %s is done", fig("progression", percent(q.Progression)), q.Quarter)
	}
	return template.HTML(text + ".")
}
