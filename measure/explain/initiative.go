package explain

import (
	"fmt"
	"slices"

	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain/explanation"
	"jerem/measure/outlook"
	"jerem/measure/words"
)

// Initiative opens how far an initiative is over its teams, and when it is done; false where no epic belongs to it.
func Initiative(teams []outlook.Asked, initiative string, name measure.QuarterName) ([]explanation.Explanation, bool) {
	parts := outlook.PartsOf(teams, initiative, name)
	f, ok := outlook.AskInitiative(teams, initiative, name)
	if !ok {
		return nil, false
	}
	e := explanation.Begin(catalogue.OfInitiative, "progression")
	done, all := 0, 0
	var totals []explanation.Input
	for _, part := range parts {
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
	e.At, e.Quality, e.Shown.Value = f.At, f.Quality, words.Percent(e.Value)
	e.Numbers = fmt.Sprintf("%d ÷ %d = %s", done, all, e.Shown.Value)
	return append([]explanation.Explanation{e}, explainLastTeam(teams, f)...), true
}

// explainLastTeam opens odds and dates of an initiative: they are those of the team that decides, in its working days,
// with the last dates of all teams.
func explainLastTeam(teams []outlook.Asked, f *outlook.InitiativeForecast) []explanation.Explanation {
	n := slices.IndexFunc(teams, func(asked outlook.Asked) bool {
		return f.Decides != nil && asked.Team.History().Team.Name == *f.Decides
	})
	if n < 0 || f.Deciding() == nil {
		return untoldInitiative(f)
	}
	s := forecastWords{explanation.WordsOf(teams[n].Team), f.Deciding(), ""}
	s.until = s.formatDate(&f.Deadline)
	list := append([]explanation.Explanation{s.explainOdds()}, s.explainDates()...)
	list = append(list, s.explainPaceAlone()...)
	for i := range list {
		list[i].Figure, _ = catalogue.Find(catalogue.OfInitiative, list[i].Figure.Name)
		list[i].At, list[i].Quality = f.At, f.Quality
		list[i].Notes = append(list[i].Notes,
			fmt.Sprintf("%s is most often the last of %s: its working days and its record "+
				"count.", *f.Decides, words.Count(len(f.Teams), "team")))
	}
	return list
}

// untoldInitiative opens odds and dates that cannot be told, or that are behind.
func untoldInitiative(f *outlook.InitiativeForecast) []explanation.Explanation {
	why := f.Why
	if why == "" {
		why = "nothing is left"
	}
	var list []explanation.Explanation
	for _, figure := range catalogue.All() {
		if figure.Of != catalogue.OfInitiative || figure.Name == "progression" {
			continue
		}
		e := explanation.Begin(catalogue.OfInitiative, figure.Name)
		e.At, e.Quality, e.Numbers, e.Shown.Value = f.At, f.Quality, why, "–"
		list = append(list, e)
	}
	return list
}
