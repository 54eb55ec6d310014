package explain

import (
	"fmt"
	"slices"
	"strings"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain/explanation"
	"jerem/measure/outlook"
	"jerem/measure/words"
)

// Initiative opens how far an initiative is over its teams, and when it is done; false where no epic belongs to it.
func Initiative(teams []outlook.Asked, initiative string, name measure.QuarterName) ([]explanation.Explanation, bool) {
	f, ok := outlook.AskInitiative(teams, initiative, name)
	if !ok {
		return nil, false
	}
	list := append([]explanation.Explanation{explainProgression(teams, f, name)}, explainLastTeam(teams, f)...)
	return append(list, explainTrend(teams, f)), true
}

// InitiativeProgression opens how far an initiative is over its teams, and nothing else of it; false where no epic
// belongs to it.
func InitiativeProgression(teams []outlook.Asked, initiative string,
	name measure.QuarterName) (explanation.Explanation, bool) {
	f, ok := outlook.AskInitiative(teams, initiative, name)
	if !ok {
		return explanation.Explanation{}, false
	}
	return explainProgression(teams, f, name), true
}

func explainProgression(teams []outlook.Asked, f *outlook.InitiativeForecast,
	name measure.QuarterName) explanation.Explanation {
	e := explanation.Begin(catalogue.OfInitiative, "progression")
	done, all := 0, 0
	var totals []explanation.Input
	for _, part := range outlook.PartsOf(teams, f.Initiative, name) {
		done, all = done+part.Done, all+part.Issues
		e.Inputs = append(
			e.Inputs,
			explanation.Input{
				Term:   "done",
				Issue:  part.Team,
				What:   "issues done",
				Value:  explanation.Count(&part.Done),
				Shown:  fmt.Sprintf("%d of %d", part.Done, part.Issues),
				Listed: true,
			},
		)
		totals = append(
			totals,
			explanation.Input{
				Term:  "total",
				Issue: part.Team,
				What:  "issues",
				Value: explanation.Count(&part.Issues),
				Shown: fmt.Sprint(part.Issues),
			},
		)
	}
	e.Inputs = append(e.Inputs, totals...)
	if all > 0 {
		e.Value = explanation.Number(float64(done) / float64(all))
	}
	e.At, e.Quality, e.Shown.Value = f.At, f.QualityOf(e.Figure.Name), words.Percent(e.Value)
	e.Numbers = fmt.Sprintf("%d ÷ %d = %s", done, all, e.Shown.Value)
	return e
}

// explainTrend opens by how much the 85 % date of an initiative moved in a week.
func explainTrend(teams []outlook.Asked, f *outlook.InitiativeForecast) explanation.Explanation {
	e := explanation.Begin(catalogue.OfInitiative, "trend_days")
	e.At, e.Quality, e.Shown.Value = f.At, f.Quality, "–"
	e.Numbers = "it needs an 85 % date now and one a week before"
	trend := outlook.TrendOf(teams, f)
	if trend.Days == nil {
		return e
	}
	w := explanation.WordsOf(trend.Counted)
	e.Value, e.Shown.Value = explanation.Count(trend.Days), words.Signed(float64(*trend.Days), agile.Issues)
	e.Shown.Unit = "working days since " + w.FormatDay(trend.Since)
	e.Numbers = fmt.Sprintf("%d − %d = %s", trend.DaysNow, trend.DaysBefore, e.Shown.Value)
	e.Inputs = []explanation.Input{
		{Term: "now", What: "85 % date of now", Date: *trend.Now, Value: explanation.Count(&trend.DaysNow),
			Shown: fmt.Sprint(trend.DaysNow), Listed: true},
		{Term: "before", What: "85 % date of a week before", Date: *trend.Before,
			Value: explanation.Count(&trend.DaysBefore), Shown: fmt.Sprint(trend.DaysBefore), Listed: true},
	}
	return e
}

// explainLastTeam opens odds and dates of an initiative: they are those of the team that decides, in its working days,
// with the last dates of all teams, or of those of which something can be told.
func explainLastTeam(teams []outlook.Asked, f *outlook.InitiativeForecast) []explanation.Explanation {
	told := map[string]explanation.Explanation{}
	n := slices.IndexFunc(teams, func(asked outlook.Asked) bool { return asked.Team == f.DecidingTeam() })
	if n >= 0 {
		prefix := ""
		if f.AtBest != nil {
			prefix = "at_best."
		}
		s := forecastWords{explanation.WordsOf(teams[n].Team), f.Deciding(), ""}
		s.until = s.formatDate(&f.Deadline)
		opened := append([]explanation.Explanation{s.explainOdds()}, s.explainDates()...)
		for _, e := range append(opened, s.explainPaceAlone()...) {
			e.Notes = append(e.Notes, deciderInWords(teams[n].Team, f))
			told[prefix+e.Figure.Name] = e
		}
	}
	var list []explanation.Explanation
	for _, figure := range catalogue.All() {
		if figure.Of != catalogue.OfInitiative || figure.Name == "progression" || figure.Name == "trend_days" {
			continue
		}
		e, known := told[figure.Name]
		if !known {
			e = untoldFigure(figure.Name, f)
		}
		e.Figure, e.At, e.Quality = figure, f.At, f.QualityOf(figure.Name)
		list = append(list, e)
	}
	return list
}

// deciderInWords says whose working days and whose record an initiative's dates are told in, and of which teams.
func deciderInWords(team *measure.Team, f *outlook.InitiativeForecast) string {
	teams := words.Count(len(f.Teams), "team")
	if f.AtBest != nil {
		teams = "those teams of which something can be told, without " + strings.Join(f.AtBest.Without, ", ")
	}
	return fmt.Sprintf("%s is most often the last of %s: its working days and its record count.",
		team.History().Team.Name, teams)
}

// untoldFigure opens odds or a date that cannot be told.
func untoldFigure(name string, f *outlook.InitiativeForecast) explanation.Explanation {
	e := explanation.Begin(catalogue.OfInitiative, name)
	e.Numbers, e.Shown.Value = f.Why, "–"
	switch {
	case f.Why == "" && strings.HasPrefix(name, "at_best."):
		e.Numbers = "every team can tell: see " + strings.TrimPrefix(name, "at_best.")
	case f.Why == "":
		e.Numbers = "nothing is left"
	case f.AtBest == nil && strings.HasPrefix(name, "at_best."):
		e.Numbers += "; nothing is left of the other teams"
	}
	return e
}
