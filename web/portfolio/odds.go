package portfolio

import (
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"jerem/calendar"
	"jerem/chart"
	"jerem/measure"
	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/frame"
)

// oddsTable is how initiatives and teams stand: odds, dates on one axis, what moved and what stands against them first.
type oddsTable struct {
	Reading template.HTML
	Groups  []oddsGroup
	Axis    string // what the axis of the dates shows
	Told    bool   // some odds are told
	Past    bool   // the quarter is over: what was told and what came
	Due     string // the quarter's last day
	CSV     string
}

type oddsGroup struct {
	Name string
	Rows []oddsRow
}

type oddsRow struct {
	Name, Address, Note, Odds, Date, Trend, Risk, Done string
	Told, Came                                         string
	Verdict                                            format.Verdict
	Range                                              template.HTML
	Explain                                            string
	row                                                outlook.Row
}

// fillOdds fills in how the teams and initiatives of the quarter stand, as the API's portfolio tells it.
func (p *page) fillOdds(r *http.Request, s *Pages, known []computedTeam, at string) error {
	var asked []outlook.Asked
	for _, one := range known {
		if !one.at.Before(frame.KnownSince(one.team)) && len(one.quarter.Epics) > 0 {
			asked = append(asked, outlook.Asked{Team: one.team, At: one.at,
				Behind: s.Teams.BehindSince(r.Context(), one.team.History().Team.Name)})
		}
	}
	name, ok := measure.ParseQuarter(p.Quarter)
	if len(asked) == 0 || !ok {
		return nil
	}
	teams, initiatives, err := outlook.Rows(asked, name)
	if err != nil {
		return err
	}
	_, last := asked[0].Team.Dates(name)
	t := &oddsTable{Due: format.DateWord(last), Past: frame.QuarterEnded(asked[0].Team, last, asked[0].At),
		CSV: frame.WithQuery("/odds.csv", "quarter", p.Quarter, "at", at)}
	axis := dateAxis(append(append([]outlook.Row{}, initiatives...), teams...),
		calendar.DateOf(asked[0].At, format.WordsOf(asked[0].Team).Zone), last)
	t.Axis = fmt.Sprintf("%s to %s", axis.from.In(format.WordsOf(asked[0].Team).Zone, 0).Format("2 Jan"),
		axis.to.In(format.WordsOf(asked[0].Team).Zone, 0).Format("2 Jan"))
	for _, group := range []struct {
		name string
		rows []outlook.Row
	}{{"Initiative", initiatives}, {"Team", teams}} {
		g := oddsGroup{Name: group.name}
		for n, row := range group.rows {
			line := p.oddsRow(row, asked[0], axis, at)
			t.Told = t.Told || row.Odds != nil
			line.Explain = fmt.Sprintf("odds-%s-%d", strings.ToLower(group.name), n)
			p.Explains = append(p.Explains, explainRowOdds(line, t, s))
			g.Rows = append(g.Rows, line)
		}
		if len(g.Rows) > 0 {
			t.Groups = append(t.Groups, g)
		}
	}
	t.Reading = template.HTML(t.sentence())
	p.Odds = t
	return nil
}

// oddsRow writes a row of the API's portfolio.
func (p *page) oddsRow(row outlook.Row, asked outlook.Asked, axis datesAxis, at string) oddsRow {
	line := oddsRow{Name: row.Name, Odds: format.OddsWord(row.Odds), Date: format.LikelyDate(row.Dates.P85, asked.At),
		Verdict: format.Verdicts[row.State], Trend: "–", Risk: "no risk is known",
		Done: format.Percent(row.Progression),
		row:  row}
	if row.Kind == outlook.KindTeam {
		line.Address = frame.WithQuery(frame.TeamAddress(row.Name)+"/roadmap", "quarter", p.Quarter, "at", at)
	} else {
		line.Note = strings.Join(row.Teams, ", ")
		if len(row.Teams) > 3 {
			line.Note = format.Plural(len(row.Teams), "team")
		}
		if row.Decides != nil && len(row.Teams) > 1 {
			line.Note += "; " + *row.Decides + " decides"
		}
	}
	if row.TrendDays != nil {
		line.Trend = trendWord(*row.TrendDays)
	}
	if row.Risk != nil {
		line.Risk = row.Risk.Text
	}
	switch row.State {
	case outlook.StateDone:
		line.Odds, line.Date, line.Risk = "done", "done", "nothing remains"
	case outlook.StateUnknown:
		line.Risk = "cannot tell: too little was finished yet"
	}
	if row.Told != nil {
		line.Told = format.LikelyDate(row.Told.P85, asked.At) + ", " + format.OddsWord(row.Told.Odds)
	}
	line.Came = "not done"
	if row.Came != nil {
		line.Came = format.LikelyDate(row.Came, asked.At)
	}
	line.Range = frame.HTML(axis.rangeOf(row, line).SVG())
	return line
}

func trendWord(days int) string {
	switch {
	case days > 0:
		return format.Plural(days, "day") + " later"
	case days < 0:
		return format.Plural(-days, "day") + " earlier"
	}
	return "same"
}

// mostDaysOnAxis is how many days after the quarter the axis of dates shows at most.
const mostDaysOnAxis = 184

// datesAxis is the one axis of all rows.
type datesAxis struct{ from, to, due calendar.Date }

// dateAxis reaches from today, or the quarter's end if that is earlier, to the latest date told and the quarter's end.
func dateAxis(rows []outlook.Row, today, due calendar.Date) datesAxis {
	a := datesAxis{from: today, to: due, due: due}
	if due.Before(a.from) {
		a.from = due
	}
	for _, row := range rows {
		if d, ok := format.DateOf(row.Dates.P85); ok && a.to.Before(d) {
			a.to = d
		}
	}
	a.to = a.to.Add(3)
	if most := due.Add(mostDaysOnAxis); most.Before(a.to) {
		a.to = most
	}
	return a
}

func (a datesAxis) position(d calendar.Date) float64 {
	return float64(a.from.DaysUntil(d)) / float64(max(1, a.from.DaysUntil(a.to)))
}

func (a datesAxis) rangeOf(row outlook.Row, line oddsRow) chart.Range {
	due := a.position(a.due)
	r := chart.Range{Label: row.Name + ": no date is told", Due: &due, Class: line.Verdict.Class}
	from, okFrom := format.DateOf(row.Dates.P50)
	to, okTo := format.DateOf(row.Dates.P85)
	if okFrom && okTo && row.State != outlook.StateDone {
		x, y := a.position(from), a.position(to)
		r.From, r.To, r.ToIsShown = &x, &y, !a.to.Before(to)
		r.Label = fmt.Sprintf("%s: from %s to %s, the quarter ends on %s", row.Name, format.DateWord(from),
			format.DateWord(to), format.DateWord(a.due))
	}
	return r
}

// sentence writes the verdicts in one sentence: of the initiatives, of the teams where there are none.
func (t *oddsTable) sentence() string {
	if len(t.Groups) == 0 {
		return ""
	}
	g := t.Groups[0]
	counts := map[string]int{}
	came := 0
	for _, row := range g.Rows {
		counts[row.row.State]++
		if row.row.Came != nil {
			came++
		}
	}
	noun := strings.ToLower(g.Name)
	if t.Past {
		if g.Name == "Initiative" { // what came is known of teams
			g = t.Groups[len(t.Groups)-1]
			came = 0
			for _, row := range g.Rows {
				if row.row.Came != nil {
					came++
				}
			}
		}
		return fmt.Sprintf("%s of %s came", frame.LinkFigure("odds-all", fmt.Sprint(came)),
			format.Plural(len(g.Rows), strings.ToLower(g.Name)))
	}
	var parts []string
	for _, state := range []string{outlook.StateDone, outlook.StateOnTrack, outlook.StateAtRisk, outlook.StateUnlikely,
		outlook.StateUnknown} {
		if n := counts[state]; n > 0 {
			word := format.Verdicts[state].Word
			if state == outlook.StateUnknown {
				word = "not to be told"
			}
			parts = append(parts, frame.LinkFigure("odds-all", fmt.Sprint(n))+" "+word)
		}
	}
	return fmt.Sprintf("Of %s for %s: %s", format.Plural(len(g.Rows), noun), t.Due, strings.Join(parts, ", "))
}

// explainRowOdds opens the odds of a row.
func explainRowOdds(line oddsRow, t *oddsTable, s *Pages) frame.Explanation {
	row := line.row
	e := frame.Explanation{ID: line.Explain, Name: row.Name, Value: line.Odds, Unit: "odds by " + t.Due,
		Grade: row.Quality.Grade, Reasons: format.ReasonList(row.Quality),
		Formula: frame.Formula("share of 10,000 outcomes, widened by the record, that are done by the end of that "+
			"day; several teams are one simulation in which the slowest decides",
			line.Odds+"; 50 % date "+likelyDateOr(row.Dates.P50)+", 85 % date "+likelyDateOr(row.Dates.P85)),
		Notes: []string{"First risk: " + line.Risk + ".",
			"The 85 % date against a week ago: " + line.Trend + " (working days)."}}
	if row.Risk != nil && row.Risk.Issue != nil {
		e.Keys = []string{*row.Risk.Issue}
		e.Jira = s.Teams.Jira.Search(e.Keys)
	}
	return e
}

func likelyDateOr(text *string) string {
	if d, ok := format.DateOf(text); ok {
		return format.DateWord(d) + fmt.Sprintf(" %d", d.Year)
	}
	return "not told"
}

// explainStates lists all rows with their states.
func (p *page) explainStates() {
	e := frame.Explanation{ID: "odds-all", Name: "Who will be in time", Value: "", Unit: p.Quarter,
		Formula: frame.Formula("on track from odds of 85 %, at risk from 25 %, unlikely below", "one forecast a row")}
	rows := 0
	for _, g := range p.Odds.Groups {
		for _, row := range g.Rows {
			what := row.Verdict.Word
			if p.Odds.Past {
				what = row.Came
			}
			e.Rows = append(e.Rows, frame.ExplanationRow{Key: row.Name, What: what, Value: row.Odds})
			rows++
		}
	}
	e.Value = fmt.Sprint(rows)
	p.Explains = append(p.Explains, e)
}

// OddsCSV is the table of odds and dates for other programs.
func (s *Pages) OddsCSV(r *http.Request) (frame.View, error) {
	all, err := s.computeAll(r)
	if err != nil {
		return frame.View{}, err
	}
	p := page{Quarter: all.quarter}
	var known []computedTeam
	for _, one := range all.rows {
		if one.isKnown() {
			known = append(known, one.computed)
		}
	}
	if err := p.fillOdds(r, s, known, ""); err != nil {
		return frame.View{}, err
	}
	rows := [][]string{{"kind", "name", "state", "odds", "p50", "p85", "trend_days", "decides", "progression",
		"first_risk", "told_p85", "told_odds", "came"}}
	if p.Odds != nil {
		for _, g := range p.Odds.Groups {
			for _, line := range g.Rows {
				row := line.row
				cells := []string{row.Kind, row.Name, row.State, format.Cell(row.Odds), format.Cell(row.Dates.P50),
					format.Cell(row.Dates.P85), format.Cell(row.TrendDays), format.Cell(row.Decides),
					format.Cell(row.Progression), "",
					"", "", format.Cell(row.Came)}
				if row.Risk != nil {
					cells[9] = row.Risk.Text
				}
				if row.Told != nil {
					cells[10], cells[11] = format.Cell(row.Told.P85), format.Cell(row.Told.Odds)
				}
				rows = append(rows, cells)
			}
		}
	}
	return frame.Table("odds-"+format.OrElse(all.quarter, "now"), rows), nil
}
