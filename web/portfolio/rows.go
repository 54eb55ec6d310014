package portfolio

import (
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"time"

	"jerem/measure"
	"jerem/measure/explain"
	"jerem/measure/explain/onpage"
	"jerem/measure/outlook"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
)

// oddsTable is how initiatives and teams stand, a row each on one axis of dates: odds, dates, what moved, how far they
// are and what stands against them first. Of a quarter that is over it tells what was said and what came.
type oddsTable struct {
	Reading template.HTML
	Groups  []oddsGroup
	Head    template.HTML // the axis of the dates, above all rows
	Columns []asked.ColumnHead
	States  []frame.Choice // lead to the rows of one state; none where the rows are few
	State   string         // of the rows that are shown; "" for all
	Trends  bool           // rows show how their date moved from week to week
	Told    bool           // some odds are told
	Past    bool           // the quarter is over: what was told and what came
	Due     string         // the quarter's last day
	CSV     string
}

type oddsGroup struct {
	Name string
	Rows []oddsRow
}

// oddsRow is an initiative or a team.
type oddsRow struct {
	Name, Address, Note, Odds, Date, Trend, Risk string
	TrendSign                                    string // "↗" where the date moved away, "↘" where it came nearer
	Done                                         string // in the unit of the team, or in issues
	DoneBar                                      template.HTML
	DoneAddress                                  string // of what opens it
	Told, ToldOdds, Came                         string
	Verdict                                      format.Verdict
	Range                                        template.HTML
	TrendLine                                    template.HTML // how the date moved from week to week; "" for many rows
	Explain                                      string

	row   outlook.Row
	share *float64
}

// oddsColumns are the columns that the rows can be ordered by.
var oddsColumns = []asked.Column[oddsRow]{
	{Parameter: "name", Name: "Name", Text: func(r oddsRow) string { return strings.ToLower(r.Name) }},
	{Parameter: "odds", Name: "Odds", Value: func(r oddsRow) *float64 { return r.row.Odds }},
	{Parameter: "date", Name: "85" + format.Thin + "% date", Value: likelyDay},
	{Parameter: "trend", Name: "In a week", Value: func(r oddsRow) *float64 { return numberOf(r.row.TrendDays) }},
	{Parameter: "done", Name: "Done", Value: func(r oddsRow) *float64 { return r.share }},
}

// columnsToSort are the columns that the page offers: a quarter that is over has no odds and no trend.
func columnsToSort(past bool) []asked.Column[oddsRow] {
	if !past {
		return oddsColumns
	}
	came := oddsColumns[2]
	came.Name = "Came"
	return []asked.Column[oddsRow]{oddsColumns[0], came, oddsColumns[4]}
}

func numberOf(n *int) *float64 {
	if n == nil {
		return nil
	}
	x := float64(*n)
	return &x
}

// likelyDay is the date of a row as a number: when it came, else its 85 % date; what is done comes before all dates.
func likelyDay(r oddsRow) *float64 {
	day := 0.0
	date, ok := format.DateOf(r.row.Came)
	if !ok && r.row.State == outlook.StateDone {
		return &day
	}
	if !ok {
		date, ok = format.DateOf(r.row.Dates.P85)
	}
	if !ok {
		return nil
	}
	day = float64(date.In(time.UTC, 0).Unix())
	return &day
}

// fillOdds fills in how the teams and initiatives of the quarter stand, as the API's portfolio tells it.
func (p *page) fillOdds(r *http.Request, s *Pages, known []computedTeam, at string) error {
	order, err := asked.ReadOrder(r.URL.Query().Get("sort"), oddsColumns, "rows")
	if err != nil {
		return err
	}
	var questions []outlook.Asked
	for _, one := range known {
		if !one.at.Before(asked.KnownSince(one.team)) && len(one.quarter.Epics) > 0 {
			questions = append(questions, outlook.Asked{Team: one.team, At: one.at,
				Behind: s.Teams.BehindSince(r.Context(), one.team.History().Team.Name)})
		}
	}
	name, ok := measure.ParseQuarter(p.Quarter)
	if len(questions) == 0 || !ok {
		return nil
	}
	teams, initiatives, err := outlook.Rows(questions, name)
	if err != nil {
		return err
	}
	_, last := questions[0].Team.Dates(name)
	t := &oddsTable{Due: format.DateWord(last), Past: asked.QuarterEnded(questions[0].Team, last, questions[0].At),
		CSV: frame.WithQuery("/odds.csv", "quarter", p.Quarter, "at", at)}
	all := append(slices.Clone(initiatives), teams...)
	t.Trends = !t.Past && len(all) <= mostTrends
	if err := t.fillStates(all, r); err != nil {
		return err
	}
	c := rowContext{page: p, known: known, questions: questions, name: name, at: at, past: t.Past,
		axis: axisOf(questions[0], all, last, t.Past)}
	t.Head = frame.HTML(c.axis.axisHead().SVG())
	t.Columns = order.Heads(columnsToSort(t.Past), func(sort string) string {
		return frame.WithQuery("/", "quarter", r.URL.Query().Get("quarter"), "at", at, "sort", sort,
			"state", t.State) + "#odds"
	})
	for _, group := range []struct {
		name string
		rows []outlook.Row
	}{{"Initiative", initiatives}, {"Team", teams}} {
		g := oddsGroup{Name: group.name}
		for n, row := range group.rows {
			id := fmt.Sprintf("odds-%s-%d", strings.ToLower(group.name), n)
			if t.State != "" && row.State != t.State {
				continue
			}
			line := c.rowOf(row, id, s.Teams.Jira)
			if t.Trends {
				line.TrendLine = c.trendOf(row)
			}
			t.Told = t.Told || row.Odds != nil
			opened := drawer.Of(id, onpage.PortfolioRow(row, t.Due, questions[0].At), s.Teams.Jira)
			p.Explains = append(p.Explains, opened)
			g.Rows = append(g.Rows, line)
		}
		slices.SortStableFunc(g.Rows, order.Compare)
		if len(g.Rows) > 0 {
			t.Groups = append(t.Groups, g)
		}
	}
	t.Reading = template.HTML(t.sentenceOf(rowsOfSentence(initiatives, teams)))
	states := onpage.PortfolioStates(rowsOfSentence(initiatives, teams), p.Quarter, questions[0].At)
	p.Explains = append(p.Explains, drawer.Of("odds-all", states, s.Teams.Jira))
	p.Odds = t
	return nil
}

// rowsOfSentence are the rows that the sentence counts: the initiatives, the teams where there are none.
func rowsOfSentence(initiatives, teams []outlook.Row) []outlook.Row {
	if len(initiatives) > 0 {
		return initiatives
	}
	return teams
}

// rowContext is what all rows are written with.
type rowContext struct {
	page      *page
	known     []computedTeam
	questions []outlook.Asked
	name      measure.QuarterName
	at        string
	past      bool
	axis      datesAxis
}

// rowOf writes a row of the API's portfolio.
func (c rowContext) rowOf(row outlook.Row, id string, jira frame.JiraLinks) oddsRow {
	first := c.questions[0].At
	line := oddsRow{Name: row.Name, Explain: id, Odds: format.OddsWord(row.Odds),
		Date: format.LikelyDate(row.Dates.P85, first), Verdict: format.Verdicts[row.State], Trend: "–",
		Risk: "no risk is known", Came: "not done", row: row, share: row.Progression}
	if row.Kind == outlook.KindTeam {
		c.tellTeam(&line)
	} else {
		c.tellInitiative(&line, jira)
	}
	if row.TrendDays != nil {
		line.Trend, line.TrendSign = trendWord(*row.TrendDays)
	}
	if row.Risk != nil {
		line.Risk = strings.ReplaceAll(row.Risk.Text, " %", format.Thin+"%")
	}
	switch row.State {
	case outlook.StateDone:
		line.Odds, line.Date, line.Risk = "done", "done", "nothing remains"
	case outlook.StateUnknown:
		line.Risk = "cannot tell"
		if row.Why != "" {
			line.Risk = row.Why
		}
	}
	line.Told, line.ToldOdds = "–", "–"
	if row.Told != nil {
		line.Told, line.ToldOdds = format.LikelyDate(row.Told.P85, first), format.OddsWord(row.Told.Odds)
	}
	if row.Came != nil {
		line.Came = format.LikelyDate(row.Came, first)
	}
	line.Range = frame.HTML(c.axis.rangeOf(row, line.Verdict, c.past).SVG())
	return line
}

// tellTeam leads to the team's roadmap and says how much of its quarter is done, in its own unit.
func (c rowContext) tellTeam(line *oddsRow) {
	line.Address = frame.WithQuery(frame.TeamAddress(line.Name)+"/roadmap", "quarter", c.page.Quarter, "at", c.at)
	line.DoneAddress, line.Done = line.Address+"#explain-progression", "nothing is estimated"
	for _, one := range c.known {
		q := one.quarter
		if one.team.History().Team.Name != line.Name {
			continue
		}
		line.Note = format.Plural(len(q.Epics), "epic")
		if q.Total > 0 {
			w := format.WordsOf(one.team)
			line.Done = w.Amount(q.Done) + " of " + w.Count(q.Total)
			line.DoneBar = frame.ShareMeter(format.Percent(q.Progression)+" done", q.Progression, "f-exp")
		}
	}
}

// tellInitiative names the teams and says how many issues are done: estimates of two teams are never added.
func (c rowContext) tellInitiative(line *oddsRow, jira frame.JiraLinks) {
	row := line.row
	line.Note = teamsOf(row)
	done, issues := 0, 0
	for _, part := range outlook.PartsOf(c.questions, row.Name, c.name) {
		done, issues = done+part.Done, issues+part.Issues
	}
	line.Done = format.Figure(float64(done)) + " of " + format.Plural(issues, "issue")
	if issues > 0 && row.Progression != nil {
		line.DoneBar = frame.ShareMeter(format.Percent(row.Progression)+" done", row.Progression, "f-exp")
	}
	id := "done-" + strings.TrimPrefix(line.Explain, "odds-")
	line.DoneAddress = "#explain-" + id
	list, _ := explain.Initiative(c.questions, row.Name, c.name)
	for _, e := range list {
		if e.Figure.Name == "progression" {
			c.page.Explains = append(c.page.Explains, drawer.Of(id, e, jira))
		}
	}
}

// teamsOf names the teams of an initiative and the one that decides its date.
func teamsOf(row outlook.Row) string {
	others := slices.DeleteFunc(slices.Clone(row.Teams), func(team string) bool {
		return row.Decides != nil && team == *row.Decides
	})
	switch {
	case row.Decides != nil && len(others) == 1:
		return *row.Decides + " decides, with " + others[0]
	case row.Decides != nil && len(others) > 1:
		return format.Plural(len(row.Teams), "team") + ", " + *row.Decides + " decides"
	case len(row.Teams) > 2:
		return format.Plural(len(row.Teams), "team")
	}
	return strings.Join(row.Teams, ", ")
}

// trendWord says how far the 85 % date moved in a week, and in which direction.
func trendWord(days int) (word, sign string) {
	switch {
	case days > 0:
		return format.Plural(days, "day") + " later", "↗"
	case days < 0:
		return format.Plural(-days, "day") + " earlier", "↘"
	}
	return "same", ""
}
