package portfolio

import (
	"slices"
	"strings"
	"time"

	"jerem/measure"
	"jerem/measure/explain"
	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/portfolio/dateaxis"
)

// rowContext is what all rows are written with.
type rowContext struct {
	page      *page
	known     []computedTeam
	questions []outlook.Asked
	name      measure.QuarterName
	at        string
	past      bool
	ends      quarterEnds
	axis      dateaxis.Axis
}

// firstReason is why nothing can be told of a row: of several teams the first one's reason, and how many more there
// are. The page of each tells its own.
func firstReason(why string) string {
	first, others, several := strings.Cut(why, "; ")
	if !several {
		return first
	}
	more := 1 + strings.Count(others, "; ")
	return first + "; " + format.Plural(more, "more team") + " cannot be told of either"
}

// rowOf writes a row of the API's portfolio.
func (c rowContext) rowOf(row outlook.Row, id string, jira frame.JiraLinks) oddsRow {
	first := c.questions[0].At
	line := oddsRow{Name: row.Name, Explain: id, Odds: format.OddsWord(row.Odds),
		Date: format.LikelyDate(row.Dates.P85, first), Verdict: format.Verdicts[row.State], Trend: "–",
		Risk: "no risk is known", Came: "not done", Past: c.past, row: row,
		share: row.Progression}
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
			line.Risk = strings.Replace(firstReason(row.Why), "cannot tell yet: ", "", 1) // the state says it
		}
	}
	if best := row.AtBest; best != nil {
		line.tellAtBest(*best, first)
	}
	line.Told, line.ToldOdds = "–", "–"
	switch {
	case row.Told.WasDone(row.Came):
		line.Told, line.ToldOdds = "done", "done"
	case row.Told != nil:
		line.Told, line.ToldOdds = format.LikelyDate(row.Told.P85, first), format.OddsWord(row.Told.Odds)
		if held := row.Told.Held; held != nil {
			outcome := format.Outcome(*held)
			line.Held = &outcome
		}
	}
	if row.Came != nil {
		line.Came = format.LikelyDate(row.Came, first)
	}
	c.axis.Due = c.ends.lastOf(row.Teams)
	line.Range = frame.HTML(c.axis.RangeOf(row, line.Verdict, c.past).SVG())
	return line
}

// tellAtBest says what is known where of some teams nothing can be told.
func (line *oddsRow) tellAtBest(best outlook.AtBest, first time.Time) {
	if best.Odds != nil {
		line.Odds = format.OddsWord(best.Odds)
		if !strings.HasPrefix(line.Odds, "under ") { // that is a bound already
			line.OddsBound = "at most"
		}
	}
	if best.Dates.P85 != nil {
		line.Date, line.DateBound = format.LikelyDate(best.Dates.P85, first), "not before"
	}
	line.Risk = firstReason(line.row.Why)
	if len(best.Without) > 1 {
		line.Risk = "of " + format.Plural(len(best.Without), "team") + " nothing can be told: " +
			strings.Join(best.Without, ", ")
	}
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
			line.DoneBar = frame.ShareMeter(q.Progression, "f-exp")
		}
	}
}

// doneInWords says how many issues of an initiative are done in a quarter.
func doneInWords(done, issues int, quarter string) string {
	if issues == 0 {
		return "no issue in " + quarter
	}
	return format.Figure(float64(done)) + " of " + format.Plural(issues, "issue")
}

// tellInitiative names the teams and says how many issues are done: estimates of two teams are never added.
func (c rowContext) tellInitiative(line *oddsRow, jira frame.JiraLinks) {
	row := line.row
	line.Note, line.Address = teamsOf(row), c.burnupOf(row)
	done, issues := 0, 0
	for _, part := range outlook.PartsOf(c.questions, row.Name, c.name) {
		done, issues = done+part.Done, issues+part.Issues
	}
	line.Done = doneInWords(done, issues, c.page.Quarter)
	if issues > 0 && row.Progression != nil {
		line.DoneBar = frame.ShareMeter(row.Progression, "f-exp")
	}
	id := "done-" + strings.TrimPrefix(line.Explain, "odds-")
	line.DoneAddress = "#explain-" + id
	if e, ok := explain.InitiativeProgression(c.questions, row.Name, c.name); ok {
		if address := c.explanationOf(e.Figure.Name, row); address != "" {
			c.page.openAt(id, e, jira, address)
		} else {
			c.page.open(id, e, jira)
		}
	}
}

// explanationOfOdds is the address of the odds of a row among the figures of its forecast; "" for what no forecast
// tells alone: a quarter that is over, odds that are a bound, and those of epics of no initiative.
func (c rowContext) explanationOfOdds(row outlook.Row) string {
	if c.past || row.Odds == nil || row.AtBest != nil {
		return ""
	}
	return c.explanationOf("odds", row)
}

// explanationOf is the address of a figure of a row by itself, "" for that of epics of no initiative.
func (c rowContext) explanationOf(figure string, row outlook.Row) string {
	if row.Name == "" {
		return ""
	}
	return c.page.addressOf(figure, subjectOf(row)...)
}

// subjectOf names a row in an address.
func subjectOf(row outlook.Row) []string {
	if row.Kind == outlook.KindInitiative {
		return []string{"initiative", row.Name}
	}
	return []string{"team", row.Name}
}

// burnupOf leads to the common burnup of the epics that an initiative has in the team whose date is the last one, or in
// its only team; "" where several are told of and none is the last one.
func (c rowContext) burnupOf(row outlook.Row) string {
	team := row.Decides
	if team == nil && len(row.Teams) == 1 {
		team = &row.Teams[0]
	}
	for _, one := range c.known {
		if team == nil || one.team.History().Team.Name != *team {
			continue
		}
		var keys []string
		for _, epic := range one.quarter.Epics {
			if epic.Initiative != nil && *epic.Initiative == row.Name {
				keys = append(keys, epic.Key)
			}
		}
		return frame.WithQuery(frame.TeamAddress(*team)+"/roadmap", "quarter", c.page.Quarter, "at", c.at,
			"epics", strings.Join(keys, ",")) + "#epics-card"
	}
	return ""
}

// teamsOf names the teams of an initiative and the one that decides its date.
func teamsOf(row outlook.Row) string {
	others := slices.DeleteFunc(slices.Clone(row.Teams), func(team string) bool {
		return row.Decides != nil && team == *row.Decides
	})
	switch {
	case row.Decides != nil && len(others) == 1:
		return "hinges on " + *row.Decides + ", with " + others[0]
	case row.Decides != nil && len(others) > 1:
		return format.Plural(len(row.Teams), "team") + ", hinges on " + *row.Decides
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
