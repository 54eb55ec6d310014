package onpage

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain/explanation"
	"jerem/measure/words"
)

// sprintNames names the sprints of a team so that they are told from each other; one that it does not know keeps its
// own name.
func sprintNames(team *measure.Team) func(id int64, own string) string {
	names := measure.DistinctNames(team.Sprints(team.Now()))
	return func(id int64, own string) string { return cmp.Or(names[id], own) }
}

// SprintsKept opens how many of some closed sprints completed at least a share of what was committed. A sprint to which
// nothing was committed has no share and does not count.
func SprintsKept(team *measure.Team, closed []*measure.Sprint, least float64) explanation.Explanation {
	w := explanation.WordsOf(team)
	e := explanation.BeginOnPage(catalogue.OfSprint, PastKept, "Sprints that kept most",
		"closed sprints whose kept ÷ commitment is at least "+words.Percent(&least), "sprint")
	kept, of := 0, 0
	names := sprintNames(team)
	for _, one := range closed {
		share := one.Completion.Kept
		if share == nil {
			continue
		}
		of++
		counts := 0
		if *share >= least {
			counts = 1
		}
		kept += counts
		e.Inputs = append(e.Inputs, explanation.Input{Term: "sprint", Issue: names(one.ID, one.Name), Listed: true,
			What:  w.FormatAmount(*one.Kept) + " of " + w.CountAmount(one.Ledger.Commitment),
			Value: explanation.Count(&counts), Shown: words.Percent(share)})
	}
	e.At, e.Unit, e.Value = team.Now(), "sprints", explanation.Count(&kept)
	e.Quality = qualityOfSprints(closed, "kept")
	e.Shown.Value, e.Shown.Unit = strconv.Itoa(kept), "of "+words.Count(of, "sprint")
	e.Numbers = fmt.Sprintf("%d of %d", kept, of)
	e.Notes = []string{"Kept over committed is also called say/do. What was added later does not count here."}
	return e
}

// SprintRates opens the usual velocity beside its lowest and highest: a row for each closed sprint that it is made of.
// What is to be said against it is told by these sprints.
func SprintRates(team *measure.Team, v measure.Velocity) explanation.Explanation {
	w := explanation.WordsOf(team)
	e := explanation.BeginOnPage(catalogue.OfSprint, PastVelocity, "Velocity",
		"median of completed ÷ working days from start to close", "")
	e.At, e.Value, e.Unit = team.Now(), explanation.Number(v.Median), string(team.Unit())+" a working day"
	e.Shown.Value, e.Shown.Unit = words.Rate(w.ScaleAmount(v.Median)), w.UnitName()+" a working day"
	names := sprintNames(team)
	var sprints []*measure.Sprint
	for _, one := range v.Sprints {
		if sp, err := team.Sprint(one.ID, team.Now()); err == nil {
			sprints = append(sprints, sp)
		}
		e.Inputs = append(e.Inputs, explanation.Input{Term: "rate", Issue: names(one.ID, one.Name), Listed: true,
			What: w.UnitName() + " a working day", Value: explanation.Number(one.Rate),
			Shown: w.FormatRate(one.Rate)})
	}
	e.Numbers = fmt.Sprintf("the middle of %s, between %s and %s, is %s", words.Count(len(v.Sprints), "value"),
		w.FormatRate(v.Low), w.FormatRate(v.High), w.FormatRate(v.Median))
	e.Quality = qualityOfSprints(sprints, "completed")
	return e
}

// SprintsSum opens the sum of an amount of some closed sprints, a row for each of them. name is that of the figure,
// title what it is, what what each row tells.
func SprintsSum(
	team *measure.Team,
	closed []*measure.Sprint,
	name, title, what string,
	amount func(*measure.Sprint) float64,
) explanation.Explanation {
	w := explanation.WordsOf(team)
	e := explanation.BeginOnPage(catalogue.OfSprint, name, title, "Σ "+what+" over the sprints that are listed",
		"sprint")
	sum := 0.0
	var terms []string
	names := sprintNames(team)
	for _, one := range closed {
		value := amount(one)
		sum, terms = sum+value, append(terms, w.FormatPart(value))
		e.Inputs = append(e.Inputs, explanation.Input{Term: "sprint", Issue: names(one.ID, one.Name), Listed: true,
			What:  what,
			Value: explanation.Number(value), Shown: w.FormatPart(value)})
	}
	e.At, e.Value, e.Unit = team.Now(), explanation.Number(sum), string(team.Unit())
	e.Shown.Value, e.Shown.Unit = w.FormatAmount(sum), w.UnitName()
	e.Quality = qualityOfSprints(closed, "completed")
	e.Numbers = explanation.Sum(terms, w.FormatPart(sum))
	return e
}

// SprintsMean opens the mean of a share of some closed sprints, a row for each of them; a sprint without a commitment
// has no share and does not count. It is false where none has one.
func SprintsMean(
	team *measure.Team,
	closed []*measure.Sprint,
	name, title, formula string,
	share func(*measure.Sprint) *float64,
) (e explanation.Explanation, ok bool) {
	e = explanation.BeginOnPage(catalogue.OfSprint, name, title,
		"mean of "+formula+" over the sprints that are listed", "mean(share)")
	sum := 0.0
	var terms []string
	names := sprintNames(team)
	for _, one := range closed {
		value := share(one)
		if value == nil {
			continue
		}
		sum, terms = sum+*value, append(terms, words.Percent(value))
		e.Inputs = append(e.Inputs, explanation.Input{Term: "share", Issue: names(one.ID, one.Name), Listed: true,
			What:  formula,
			Value: value, Shown: words.Percent(value)})
	}
	if len(terms) == 0 {
		return e, false
	}
	mean := sum / float64(len(terms))
	e.At, e.Value, e.Unit, e.Shown.Value = team.Now(), &mean, catalogue.UnitShare, words.Percent(&mean)
	e.Quality = qualityOfSprints(closed, "completion.kept")
	e.Numbers = "mean of " + strings.Join(terms, ", ") + " = " + e.Shown.Value
	return e, true
}

// SprintsTime opens the time of impediments of some closed sprints, a row for each of them. It is false where that of
// one of them was never read.
func SprintsTime(team *measure.Team, closed []*measure.Sprint) (e explanation.Explanation, ok bool) {
	e = explanation.BeginOnPage(catalogue.OfSprint, PastImpediments, "Impediments of past sprints",
		"Σ time of impediments over the sprints that are listed", "sprint")
	sum := int64(0)
	var terms []string
	names := sprintNames(team)
	for _, one := range closed {
		if one.Impediments.TimeUnknown {
			return e, false
		}
		seconds := one.Impediments.Seconds
		shown := words.Duration(float64(seconds))
		sum, terms = sum+seconds, append(terms, shown)
		e.Inputs = append(e.Inputs, explanation.Input{Term: "sprint", Issue: names(one.ID, one.Name), Listed: true,
			What: "impediments", Value: explanation.Count(&seconds), Shown: shown})
	}
	e.At, e.Value, e.Unit = team.Now(), explanation.Count(&sum), catalogue.UnitSeconds
	e.Shown.Value, e.Shown.Unit = words.Hours(sum), "hours"
	e.Quality = qualityOfSprints(closed, "impediments.seconds")
	e.Numbers = explanation.Sum(terms, words.Duration(float64(sum)))
	return e, true
}
