package portfolio

import (
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"time"

	"jerem/measure"
	"jerem/measure/explain/onpage"
	"jerem/measure/outlook"
	"jerem/sorting"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
	"jerem/web/portfolio/dateaxis"
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
	Due     string         // the quarter's last day, in words
	Quarter string
	ends    quarterEnds
	CSV     string

	ByVerdict bool // no order was asked for: the least likely come first
}

// IsLong tells whether the rows with their heads take more than a sheet of paper.
func (t *oddsTable) IsLong() bool {
	const sheet = 30
	rows := 0
	for _, g := range t.Groups {
		rows += 1 + len(g.Rows) + len(g.Rest)
	}
	return rows > sheet
}

// oddsGroup are the rows of initiatives, or of teams.
type oddsGroup struct {
	Name     string
	Rows     []oddsRow
	Rest     []oddsRow // those beyond the first, folded
	RestName string
}

// oddsRow is an initiative or a team.
type oddsRow struct {
	Name, Address, Note, Odds, Date, Trend, Risk string
	OddsBound, DateBound                         string // "at most", "not before": what is told is a bound
	TrendSign                                    string // "↗" where the date moved away, "↘" where it came nearer
	Done                                         string // in the unit of the team, or in issues
	DoneBar                                      template.HTML
	DoneAddress                                  string // of what opens it
	Told, ToldOdds, Came                         string
	Held                                         *format.Verdict // whether the date that was told held; nil while open
	Verdict                                      format.Verdict
	Range                                        template.HTML
	TrendLine                                    template.HTML // how the date moved from week to week; "" for many rows
	Explain                                      string
	Past                                         bool // what was told and what came

	row   outlook.Row
	share *float64
}

// oddsColumns are the columns that the rows can be ordered by.
var oddsColumns = []asked.Column[oddsRow]{
	{Parameter: "name", Name: "Name", Text: func(r oddsRow) string { return strings.ToLower(r.Name) }},
	{Parameter: "odds", Name: "Odds", Value: func(r oddsRow) *float64 { return r.row.Odds }},
	{Parameter: "date", Name: "85" + format.Thin + "% date", Value: likelyDay},
	{Parameter: "trend", Name: "In a week", Value: func(r oddsRow) *float64 { return asked.Number(r.row.TrendDays) }},
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
			questions = append(questions, outlook.Asked{Team: one.team, At: one.at, Behind: one.reading.Behind})
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
	ends := endsOf(questions, name)
	t := &oddsTable{Quarter: p.Quarter, Due: ends.endInWords(p.Quarter, nil), ends: ends,
		Past: isOverForAll(questions, name),
		CSV:  frame.WithQuery("/odds.csv", "quarter", p.Quarter, "at", at)}
	all := append(slices.Clone(initiatives), teams...)
	t.Trends = !t.Past && len(all) <= mostTrends
	if err := t.fillStates(all, r); err != nil {
		return err
	}
	c := rowContext{page: p, known: known, questions: questions, name: name, at: at, past: t.Past,
		ends: ends, axis: dateaxis.Of(questions[0], all, ends.lastOf(nil), t.Past)}
	t.Head = frame.HTML(c.axis.Head().SVG())
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
			due := ends.endInWords(p.Quarter, row.Teams)
			e := onpage.PortfolioRow(row, due, questions[0].At)
			if address := c.explanationOfOdds(row); address != "" {
				p.openAt(id, e, s.Teams.Jira, address)
			} else {
				p.open(id, e, s.Teams.Jira, subjectOf(row)...)
			}
			g.Rows = append(g.Rows, line)
		}
		sorting.By(g.Rows, order.Compare)
		if len(g.Rows) > 0 {
			t.Groups = append(t.Groups, g)
		}
	}
	t.Reading = template.HTML(t.sentenceOf(rowsOfSentence(initiatives, teams)))
	states := onpage.PortfolioStates(rowsOfSentence(initiatives, teams), p.Quarter, questions[0].At)
	p.open("odds-all", states, s.Teams.Jira)
	p.Odds = t
	if !t.Past {
		p.writeDecides(initiatives, questions[0].At, s.Teams.Jira)
	}
	return nil
}

// isOverForAll tells whether a quarter is over in the time zones of all teams: what came is told of none before, for a
// row of several teams would lack it.
func isOverForAll(teams []outlook.Asked, name measure.QuarterName) bool {
	return !slices.ContainsFunc(teams, func(one outlook.Asked) bool {
		_, last := one.Team.Dates(name)
		return !measure.HasEnded(one.Team, last, one.At)
	})
}

// rowsOfSentence are the rows that the sentence counts: the initiatives, the teams where there are none.
func rowsOfSentence(initiatives, teams []outlook.Row) []outlook.Row {
	if len(initiatives) > 0 {
		return initiatives
	}
	return teams
}
