package sprint

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/explain"
	"jerem/measure/flow"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
	"jerem/web/frame/beside"
	"jerem/web/frame/weekwalk"
	"jerem/web/sprint/callouts"
	"jerem/web/sprint/days"
	"jerem/web/sprint/report"
)

// fillWithoutSprint fills the page of a team that has no sprint to show: how its work flows, what came in and why, in
// four weeks, and how far its quarter is.
func fillWithoutSprint(m *page, s *Pages, team *measure.Team, at time.Time, query string) error {
	m.Asked, m.Empty = frame.AskedAt(query), noSprintState(team)
	base, keep := frame.TeamAddress(team.History().Team.Name), ""
	if m.Asked != "" {
		keep = "?at=" + url.QueryEscape(m.Asked)
	}
	m.CSV = base + "/ledger.csv" + keep
	m.Walk = weekwalk.OfTeam(team, at, m.Asked != "", func(at string) string { return frame.WithQuery(base, "at", at) },
		func(with string) string { return frame.WithQuery(base, "at", m.Asked, "with", with) })
	span := measure.RecentUnexpected(team, at)
	m.Span, m.lately = explain.RecentSpan, span.Impediments
	m.fillImpediments(team, span, days.NewAxis(team, span, at), at, base, keep)
	m.Explains = append(m.Explains, drawer.Recent(team, span, s.Teams.Jira)...)
	if span.OnCall != nil {
		m.OnCall = callouts.Of(team, span, m.Span)
	}
	moves, err := s.Flow(team, at, m.Asked)
	m.Flow = moves.HTML
	m.Explains = append(m.Explains, moves.Explains...)
	m.Tiles = []frame.Tile{impedimentTile(m, span, withoutBudget(team)), unplannedTile(m, span)}
	lead := m.Empty.Title
	if team.History().Board.IsKanban() && len(moves.Tiles) > 0 {
		lead, m.Over, m.Empty = string(moves.Sentence), m.Empty.Title, nil
		m.Tiles = append(slices.Clone(moves.Tiles), m.Tiles...)
	}
	if m.Empty != nil {
		m.Empty.Title = "" // the sentence tells it
	}
	q := team.Quarter(team.QuarterAt(at), at)
	fillQuarterTiles(m, s, team, q)
	m.Sentence, m.Rest = template.HTML(lead+"."), spanSaid(span, q)
	m.Contents = listSections(m, moves.Sections)
	return err
}

// compareFlow holds how work flows beside itself as of the moment that the request names.
func compareFlow(m *page, r *http.Request, team *measure.Team, at time.Time) error {
	with, named, err := asked.ComparedOnPage(r, team)
	if err != nil || !named {
		return err
	}
	m.Comparison = beside.Flow(beside.FlowQuestion{Team: team, Shown: at, Other: with,
		Days: func(at time.Time) (from, to calendar.Date) { return flow.DefaultDates(team, at) },
		Keep: frame.WithQuery("", "at", m.Asked)})
	file := func(name string) string {
		return frame.WithQuery(frame.TeamAddress(team.History().Team.Name)+"/flow/"+name, "at", m.Asked,
			"with", with.UTC().Format(time.RFC3339Nano))
	}
	m.Comparison.CSV, m.Comparison.Between = file("changed.csv"), file("between.csv")
	if m.Walk != nil {
		m.Walk.Compared = m.W.Short(with)
	}
	return nil
}

// withoutBudget says why the impediments of the last weeks are measured against no budget.
func withoutBudget(team *measure.Team) string {
	if team.History().Team.Sprint.Budget > 0 {
		return "the budget is one of sprints"
	}
	return noBudget
}

// fillQuarterTiles tells how far the quarter is, in figures that open as on the roadmap.
func fillQuarterTiles(m *page, s *Pages, team *measure.Team, q *measure.Quarter) {
	if len(q.Epics) == 0 {
		return
	}
	done := frame.Tile{Name: q.Quarter, Value: format.Percent(q.Progression), Unit: "done", Explain: "progression",
		Note:  m.W.Amount(q.Done) + " of " + m.W.Count(q.Total),
		Meter: frame.ShareMeter(q.Progression, "f-exp")}
	if q.Progression == nil {
		done.Unit, done.Note = "", "nothing is estimated: there is no share"
	}
	remaining := frame.Tile{Name: "Remaining of " + q.Quarter, Value: m.W.Amount(q.Remaining),
		Unit: m.W.UnitFor(q.Remaining), Explain: "remaining", Note: format.Plural(len(q.Epics), "epic") + ", " +
			format.Plural(q.WorkingDaysLeft, "working day") + " left"}
	if q.Total == 0 {
		remaining.Value, remaining.Unit = "–", ""
		remaining.Note = "nothing is estimated in " + format.Plural(len(q.Epics), "epic")
	}
	m.Tiles = append(m.Tiles, done, remaining)
	for _, e := range drawer.Quarter(team, q, s.Teams.Jira) {
		if e.ID == "progression" || e.ID == "remaining" {
			m.Explains = append(m.Explains, e)
		}
	}
}

// spanSaid tells the impediments of the last weeks, and how much of a quarter is done.
func spanSaid(span *measure.Sprint, q *measure.Quarter) template.HTML {
	i := span.Impediments
	text := frame.LinkFigure("impediments", format.Plural(i.Count, "impediment"))
	switch {
	case i.Count == 0:
		text = "No impediment in " + explain.RecentSpan
	case i.TimeUnknown:
		text += " in " + explain.RecentSpan + ", time logged was not read"
	case i.Seconds == 0:
		text += " in " + explain.RecentSpan + ", no time logged"
	default:
		text += " took " + frame.LinkFigure("impediments", format.HoursInWords(i.Seconds)) + " in " +
			explain.RecentSpan
	}
	if q.Progression != nil {
		text += fmt.Sprintf("; %s of %s is done", frame.LinkFigure("progression", format.Percent(q.Progression)),
			q.Quarter)
	}
	return template.HTML(text + ".")
}

// fillPlanned tells what is planned for a sprint that has not begun.
func (m *page) fillPlanned(team *measure.Team, sp *measure.Sprint, at time.Time, base, keep string) {
	m.Empty = &frame.EmptyState{Title: "This sprint has not started",
		Text: "Its ledger, burndown and impediments begin when it starts in Jira. What is planned for it " +
			"stands below."}
	if sp.State != agile.Future {
		m.Empty = &frame.EmptyState{Title: "This sprint cannot be counted",
			Text: sp.Name + " " + sp.WhyNotCounted() + ". What stands in it is listed below."}
	}
	planned := sp.ToDo.Estimate + sp.Doing.Estimate + sp.Done.Estimate
	m.Sentence = template.HTML(template.HTMLEscapeString(fmt.Sprintf("%s planned: %s.",
		format.Plural(len(sp.Issues), "issue"), m.W.Count(planned))))
	to := reportLinks(m, base, keep)
	to.Sum = m.File("issues.csv")
	m.Report = append(m.Report, report.Planned(team, sp, at, to))
}

// reportLinks are what the lists of the sprint lead to.
func reportLinks(m *page, base, keep string) report.Links {
	return report.Links{Base: base, Keep: keep, Sum: m.File("differences")}
}

// ReportIsEmpty tells whether no list of the sprint holds an issue.
func (m page) ReportIsEmpty() bool {
	return !slices.ContainsFunc(m.Report, func(g report.Group) bool { return g.Count > 0 })
}

// ReportReading says in a sentence how much stands in each list: issues, where none of them has an estimate.
func (m page) ReportReading() template.HTML {
	switch {
	case m.ReportIsEmpty():
		return "No issue stands in this sprint"
	case m.WhyNoAmounts != "":
		return report.CountReading(m.Report) + ", without an estimate"
	}
	return report.Reading(m.Report)
}
