package onpage

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain/explanation"
	"jerem/measure/grade"
	"jerem/measure/outlook"
	"jerem/measure/words"
)

// stateNames are the states of a forecast in words.
var stateNames = map[string]string{outlook.StateDone: "done", outlook.StateOnTrack: "on track",
	outlook.StateAtRisk: "at risk", outlook.StateUnlikely: "unlikely", outlook.StateUnknown: "cannot tell"}

// PortfolioRow opens the odds of an initiative or a team by the end of a quarter, due in words, as of a moment.
func PortfolioRow(row outlook.Row, due string, at time.Time) explanation.Explanation {
	e := explanation.BeginOnPage(catalogue.OfForecast, "row_odds", row.Name,
		"share of the outcomes of the forecast, corrected by the "+
			"record, that are done by the end of that day; several teams are one simulation in which the "+
			"slowest decides",
		"odds")
	e.At, e.Quality, e.Unit, e.Value = at.UTC(), row.Quality, catalogue.UnitShare, row.Odds
	e.Shown.Value, e.Shown.Unit = explanation.OddsInWords(row.Odds), "odds by "+due
	e.Numbers = fmt.Sprintf("%s; 50 %% date %s, 85 %% date %s", e.Shown.Value, dateYear(row.Dates.P50),
		dateYear(row.Dates.P85))
	if row.Odds != nil {
		e.Inputs = []explanation.Input{{Term: "odds", What: "odds of the forecast", Value: row.Odds}}
	}
	switch {
	case row.State == outlook.StateDone:
		e.Shown.Value, e.Numbers = "done", "nothing remains"
	case row.Told != nil:
		e.Notes = append(e.Notes, fmt.Sprintf("Told at the middle: %s, with odds of %s.", dateYear(row.Told.P85),
			explanation.OddsInWords(row.Told.Odds)))
	}
	if best := row.AtBest; best != nil {
		e.Shown.Value = "at most " + explanation.OddsInWords(best.Odds)
		e.Numbers = fmt.Sprintf("without %s: %s; 50 %% date %s, 85 %% date %s", strings.Join(best.Without, ", "),
			explanation.OddsInWords(best.Odds), dateYear(best.Dates.P50), dateYear(best.Dates.P85))
		e.Notes = append(e.Notes, row.Why+". With them the odds are no better, and no date is earlier.")
	}
	if row.AtBest == nil && row.Why != "" {
		e.Notes = append(e.Notes, row.Why+".")
	}
	if row.Came != nil {
		e.Notes = append(e.Notes, "Came: "+dateYear(row.Came)+".")
	}
	if row.Kind == outlook.KindTeam {
		e.Notes = append(e.Notes, "The outcomes behind it open on the roadmap of the team.")
	} else if row.Decides != nil {
		e.Notes = append(e.Notes, *row.Decides+" is most often the last one, so its record corrects the dates.")
	}
	if row.TrendDays != nil {
		e.Notes = append(e.Notes, "The 85 % date against a week ago, in working days: "+
			words.Signed(float64(*row.TrendDays), agile.Issues)+"; later is +.")
	}
	if row.Risk != nil {
		e.Notes = append(e.Notes, "First risk: "+row.Risk.Text+".")
		if row.Risk.Issue != nil {
			e.Issues = []string{*row.Risk.Issue}
		}
	}
	return e
}

// dateYear writes a date with its year.
func dateYear(text *string) string {
	if d, ok := explanation.DateOf(text); ok {
		return explanation.DateWord(d) + fmt.Sprintf(" %d", d.Year)
	}
	return "not told"
}

// PortfolioStates opens how many rows of a quarter are in each state.
func PortfolioStates(rows []outlook.Row, quarter string, at time.Time) explanation.Explanation {
	e := explanation.BeginOnPage(catalogue.OfForecast, "row_states", "Who will be in time",
		"on track from odds of 85 %, at risk from 25 %, unlikely below; one forecast a row", "row")
	e.At, e.Quality, e.Unit = at.UTC(), grade.Quality{Grade: grade.Whole}, "rows"
	counts := map[string]int{}
	for _, row := range rows {
		counts[row.State]++
		e.Quality.Grade = lowerGrade(e.Quality.Grade, row.Quality.Grade)
		what := stateNames[row.State]
		if row.Came != nil {
			what = "came " + dateYear(row.Came)
		}
		e.Inputs = append(e.Inputs, explanation.Input{Term: "row", Issue: row.Name, What: what,
			Value: explanation.Number(1),
			Shown: explanation.OddsInWords(row.Odds), Listed: true})
	}
	n := len(rows)
	e.Value, e.Shown.Value, e.Shown.Unit = explanation.Count(&n), strconv.Itoa(n), quarter
	var parts []string
	for _, state := range []string{outlook.StateDone, outlook.StateOnTrack, outlook.StateAtRisk, outlook.StateUnlikely,
		outlook.StateUnknown} {
		if counts[state] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", counts[state], stateNames[state]))
		}
	}
	e.Numbers = strings.Join(parts, " + ") + fmt.Sprintf(" = %d", n)
	return e
}

// PortfolioDecided opens how many of some initiatives a team decides the date of: it is most often the last one.
func PortfolioDecided(rows []outlook.Row, team string, decides func(outlook.Row) string,
	at time.Time) explanation.Explanation {
	e := explanation.BeginOnPage(catalogue.OfForecast, "row_decided", "Decided by "+team,
		"initiatives at risk or unlikely whose date is most often that of the team", "row")
	e.At, e.Quality, e.Unit = at.UTC(), grade.Quality{Grade: grade.Whole}, "rows"
	n := 0
	for _, row := range rows {
		one := 0
		if decides(row) == team {
			one = 1
		}
		n += one
		e.Quality.Grade = lowerGrade(e.Quality.Grade, row.Quality.Grade)
		e.Inputs = append(e.Inputs, explanation.Input{Term: "row", Issue: row.Name, Listed: true,
			What:  stateNames[row.State] + ", decided by " + decides(row),
			Value: explanation.Count(&one), Shown: strconv.Itoa(one)})
	}
	e.Value, e.Shown.Value, e.Shown.Unit = explanation.Count(&n), strconv.Itoa(n), "of "+
		words.Count(len(rows), "initiative")
	e.Numbers = fmt.Sprintf("%d of %d", n, len(rows))
	return e
}

// lowerGrade returns the lower of two grades.
func lowerGrade(a, b grade.Grade) grade.Grade {
	for _, one := range []grade.Grade{grade.Limited, grade.Partial} {
		if a == one || b == one {
			return one
		}
	}
	return a
}

// TeamQuarter is a team with its quarter.
type TeamQuarter struct {
	Team    *measure.Team
	Quarter *measure.Quarter
}

// SharesDone opens what the teams have done of their quarters: of those that have epics in it, how many tell a share.
func SharesDone(teams []TeamQuarter, at time.Time) explanation.Explanation {
	e := explanation.BeginOnPage(catalogue.OfQuarter, "shares_done", "Done of the quarter",
		"done ÷ total of each team, over its epics of the quarter; counted are the teams that have one", "team")
	e.At, e.Quality, e.Unit = at.UTC(), grade.Quality{Grade: grade.Whole}, "teams"
	told, planned := 0, 0
	for _, one := range teams {
		q := one.Quarter
		if len(q.Epics) == 0 {
			continue
		}
		planned++
		w := explanation.WordsOf(one.Team)
		in := explanation.Input{Term: "team", Issue: one.Team.History().Team.Name, What: "nothing is estimated",
			Value: explanation.Number(0),
			Shown: "–", Listed: true}
		if q.Progression != nil {
			told++
			in.Value, in.Shown = explanation.Number(1), words.Percent(q.Progression)
			in.What = w.FormatAmount(q.Done) + " of " + w.CountAmount(q.Total)
		}
		e.Quality.Grade = lowerGrade(e.Quality.Grade, q.Quality.Grade)
		e.Inputs = append(e.Inputs, in)
	}
	e.Value, e.Shown.Value, e.Shown.Unit = explanation.Count(&told), strconv.Itoa(told), "of "+
		words.Count(planned, "team")
	e.Numbers = fmt.Sprintf("told of %d of %s with epics in the quarter", told, words.Count(planned, "team"))
	e.Notes = []string{"Estimates of two teams are never added: they are not in one unit. Each figure opens in the " +
		"table, team by team."}
	return e
}

// EpicsOnce returns the epics of the quarter of each team, in their order: one that several teams have counts with the
// first of them in each initiative.
func EpicsOnce(teams []TeamQuarter) [][]measure.QuarterEpic {
	type place struct {
		initiative string
		epic       measure.EpicIdentity
	}
	counted, out := map[place]bool{}, make([][]measure.QuarterEpic, len(teams))
	for n, one := range teams {
		for _, epic := range one.Quarter.Epics {
			in := place{epic: epic.Identity}
			if epic.Initiative != nil {
				in.initiative = *epic.Initiative
			}
			if !counted[in] {
				counted[in], out[n] = true, append(out[n], epic)
			}
		}
	}
	return out
}

// InitiativeEpics opens what is done of an initiative, epic by epic, each in the unit of its team; sums are those of
// each team in words. "" is what belongs to no initiative.
func InitiativeEpics(teams []TeamQuarter, initiative string, sums []string, at time.Time) explanation.Explanation {
	title := initiative
	if title == "" {
		title = "No initiative"
	}
	e := explanation.BeginOnPage(catalogue.OfInitiative, "epics", title,
		"Σ done of Σ total, over the epics of a team in the quarter that carry the initiative's label; each team by "+
			"itself", "")
	e.At, e.Quality, e.Unit = at.UTC(), grade.Quality{Grade: grade.Whole}, "each team's"
	var exact []string // of each team that estimates in time
	for n, epics := range EpicsOnce(teams) {
		one := teams[n]
		w, name := explanation.WordsOf(one.Team), one.Team.History().Team.Name
		done, total := 0.0, 0.0 // of what is estimated in time
		for _, epic := range epics {
			if of := epic.Initiative; (of == nil) != (initiative == "") || of != nil && *of != initiative {
				continue
			}
			e.Quality.Grade = lowerGrade(e.Quality.Grade, one.Quarter.Quality.Grade)
			if w.Unit == agile.Seconds {
				done, total = done+epic.Done, total+epic.Total
			}
			e.Inputs = append(e.Inputs, explanation.Input{Issue: epic.Key,
				What:   name + ": " + epic.Summary,
				Shown:  w.FormatPart(epic.Done) + " of " + w.CountPart(epic.Total),
				Listed: true})
		}
		if total > 0 {
			exact = append(exact, name+": exactly "+words.Duration(done)+" of "+words.Duration(total))
		}
	}
	e.Numbers, e.Issues = strings.Join(append(slices.Clone(sums), exact...), "; "), explanation.KeysOf(e.Inputs)
	switch {
	case len(sums) == 1:
		e.Shown.Value, e.Shown.Unit = sums[0], "done"
	case len(sums) > 1:
		e.Shown.Value, e.Shown.Unit = words.Count(len(sums), "team"), "each by itself"
	}
	return e
}
