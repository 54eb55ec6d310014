package portfolio

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"jerem/measure"
	"jerem/measure/explain/onpage"
	"jerem/measure/outlook"
	"jerem/sorting"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/beside"
)

// TeamsCSV is the table of teams for other programs: estimates in each team's unit, times in seconds. A
// team that was not read yet has its name alone.
func (s *Pages) TeamsCSV(r *http.Request) (frame.View, error) {
	all, err := s.computeAll(r)
	if err != nil {
		return frame.View{}, err
	}
	rows := [][]string{{"team", "quarter", "unit", "slack_days", "working_days_left", "days_to_complete", "total",
		"done",
		"remaining", "progression",
		"sprint", "sprint_completed", "sprint_scope", "impediments", "impediment_seconds", "at", "read_until"}}
	for _, one := range all.rows {
		if !one.isKnown() {
			rows = append(rows, append([]string{one.name}, make([]string, len(rows[0])-1)...))
			continue
		}
		q := one.computed.quarter
		row := []string{one.name, q.Quarter, string(one.computed.team.Unit())}
		if len(q.Epics) == 0 {
			row = append(row, make([]string, 7)...)
		} else {
			row = append(row, slackCell(one.computed.team, q), fmt.Sprint(q.WorkingDaysLeft),
				format.Cell(q.DaysToComplete),
				format.PlainNumber(q.Total), format.PlainNumber(q.Done), format.PlainNumber(q.Remaining),
				format.Cell(q.Progression))
		}
		row = append(row, sprintCells(one.computed)...)
		rows = append(rows, append(row, one.computed.at.Format(time.RFC3339Nano),
			one.computed.team.Now().Format(time.RFC3339Nano)))
	}
	return frame.Table("teams-"+format.OrElse(all.quarter, "now"), rows), nil
}

// slackCell writes slack, nothing where it cannot be told.
func slackCell(team *measure.Team, q *measure.Quarter) string {
	if drawer.WhyNoSlack(team, q) != "" {
		return ""
	}
	return format.Cell(q.SlackDays)
}

// sprintCells are the figures of the sprint that is active, empty without one.
func sprintCells(one computedTeam) []string {
	if id, ok := one.team.ActiveSprint(one.at); ok {
		if sp, err := one.team.NamedSprint(id, one.at); err == nil && sp.Ledger != nil {
			return []string{sp.Name, format.Cell(sp.Completed), format.Cell(sp.Scope), fmt.Sprint(sp.Impediments.Count),
				format.LoggedCell(sp.Impediments)}
		}
	}
	return make([]string, 5)
}

// InitiativesCSV is the table of initiatives for other programs: a row for what each team does for one,
// in its own unit. An epic that several teams have counts with the first.
func (s *Pages) InitiativesCSV(r *http.Request) (frame.View, error) {
	p, known, err := s.pageOfTable(r)
	if err != nil {
		return frame.View{}, err
	}
	rows := [][]string{{"initiative", "team", "unit", "epics", "total", "done", "doing", "todo", "unestimated",
		"dependency"}}
	var body [][]string
	for n, epics := range onpage.EpicsOnce(quartersOf(known)) {
		body = append(body, initiativeRows(known[n].team, epics)...)
	}
	sorting.By(body, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	return frame.Table("initiatives-"+format.OrElse(p.Quarter, "now"), append(rows, body...)), nil
}

// initiativeRows are a team's rows: epics that count with it added up by initiative.
func initiativeRows(team *measure.Team, list []measure.QuarterEpic) [][]string {
	sums, none, epics := map[string]measure.QuarterEpic{}, map[string]int{}, map[string]int{}
	for _, e := range list {
		name := ""
		if e.Initiative != nil {
			name = *e.Initiative
		}
		sum := sums[name]
		sum.Total, sum.Done, sum.Doing, sum.ToDo, sum.Dependency = sum.Total+e.Total, sum.Done+e.Done, sum.Doing+
			e.Doing, sum.ToDo+e.ToDo, sum.Dependency+e.Dependency
		if e.Unestimated != nil {
			none[name] += *e.Unestimated
			n := none[name]
			sum.Unestimated = &n
		}
		sums[name] = sum
		epics[name]++
	}
	var rows [][]string
	for name, sum := range sums {
		rows = append(rows, []string{name, team.History().Team.Name, string(team.Unit()), fmt.Sprint(epics[name]),
			format.PlainNumber(sum.Total), format.PlainNumber(sum.Done), format.PlainNumber(sum.Doing),
			format.PlainNumber(sum.ToDo), format.Cell(sum.Unestimated), fmt.Sprint(sum.Dependency)})
	}
	return rows
}

// pageOfTable begins the page of which a table is a part: with the teams of which there are figures, in their order.
func (s *Pages) pageOfTable(r *http.Request) (p page, known []computedTeam, err error) {
	all, err := s.computeAll(r)
	p.Quarter = all.quarter
	for _, one := range all.rows {
		if one.isKnown() {
			p.Teams, known = append(p.Teams, teamRow{Name: one.name}), append(known, one.computed)
		}
	}
	return p, known, err
}

// Compared is a table of a quarter at two moments as a file: the figures that differ, or what happened between.
func (s *Pages) Compared(file string) frame.Describe {
	return func(r *http.Request) (frame.View, error) {
		v, err := s.Page(r)
		if err != nil {
			return frame.View{}, err
		}
		p := v.Body.(page)
		return beside.File(p.Compared, file, format.OrElse(p.Quarter, "now"))
	}
}

// OddsCSV is the table of odds and dates for other programs.
func (s *Pages) OddsCSV(r *http.Request) (frame.View, error) {
	p, known, err := s.pageOfTable(r)
	if err != nil {
		return frame.View{}, err
	}
	if err := p.fillOdds(r, s, known, ""); err != nil {
		return frame.View{}, err
	}
	rows := [][]string{{"kind", "name", "state", "odds", "p50", "p85", "trend_days", "decides", "progression",
		"first_risk", "told_p85", "told_odds", "came", "odds_at_best", "p85_at_best", "why", "told_held"}}
	if p.Odds != nil {
		for _, g := range p.Odds.Groups {
			for _, line := range g.Rows {
				rows = append(rows, oddsCells(line.row))
			}
		}
	}
	return frame.Table("odds-"+format.OrElse(p.Quarter, "now"), rows), nil
}

// oddsCells are the cells of a row of odds and dates; what cannot be told is empty.
func oddsCells(row outlook.Row) []string {
	cells := []string{row.Kind, row.Name, row.State, format.Cell(row.Odds), format.Cell(row.Dates.P50),
		format.Cell(row.Dates.P85), format.Cell(row.TrendDays), format.Cell(row.Decides),
		format.Cell(row.Progression), "", "", "", format.Cell(row.Came), "", "", row.Why, ""}
	if row.Risk != nil {
		cells[9] = row.Risk.Text
	}
	if told := row.Told; told != nil {
		cells[10], cells[11], cells[16] = format.Cell(told.P85), format.Cell(told.Odds), format.Cell(told.Held)
	}
	if row.AtBest != nil {
		cells[13], cells[14] = format.Cell(row.AtBest.Odds), format.Cell(row.AtBest.Dates.P85)
	}
	return cells
}
