package explain

import (
	"fmt"
	"strings"
	"time"

	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain/explanation"
	"jerem/measure/flow"
	"jerem/measure/grade"
	"jerem/measure/investment"
	"jerem/measure/sprintreport"
	"jerem/measure/words"
)

// WhyLate says why an issue needs a look, in the zone of its team.
func WhyLate(l flow.LateIssue, zone *time.Location) string {
	var out []string
	for _, why := range l.Why {
		switch why {
		case "older":
			out = append(out, "older than its column's pace")
		case "untouched":
			out = append(out, "untouched for "+words.Count(l.UntouchedDays, "working day"))
		case "blocked":
			out = append(out, "blocked since "+l.BlockedSince.In(zone).Format("Mon 2 Jan"))
		}
	}
	return strings.Join(out, ", ")
}

// Mix opens where the time and the finished work of a quarter went.
func Mix(team *measure.Team, mix investment.Quarter, at time.Time) []explanation.Explanation {
	w := explanation.WordsOf(team)
	var list []explanation.Explanation
	for _, what := range []string{"seconds", "estimate"} {
		for _, kind := range []string{investment.ByInitiative, investment.ByType, investment.ByNature} {
			e := explanation.Begin(catalogue.OfMix, "mix."+what+"."+kind)
			e.At, e.Quality = at.UTC(), mix.QualityOf(e.Figure.Name)
			total, shown, part := 0.0, w.FormatAmount, w.FormatPart
			if what == "seconds" {
				shown = func(x float64) string { return words.Hours(int64(x)) }
				part = words.Duration
				e.Shown.Unit = "hours"
			} else {
				e.Unit, e.Shown.Unit = string(team.Unit()), w.UnitName()
			}
			for _, row := range mix.Rows {
				if row.Kind != kind {
					continue
				}
				value := row.Estimate
				if what == "seconds" {
					value = float64(row.Seconds)
				}
				total += value
				if what == "seconds" && row.Share != nil {
					e.Beside = append(e.Beside, explanation.Input{Issue: orNone(row.Name),
						What: "share of all time logged", Value: row.Share, Shown: words.Percent(row.Share)})
				}
				e.Inputs = append(
					e.Inputs,
					explanation.Input{Term: "row", Issue: orNone(row.Name), What: kind, Value: &value,
						Shown:  part(value),
						Listed: true},
				)
			}
			e.Value, e.Shown.Value = &total, shown(total)
			e.Numbers = explanation.Sum(explanation.ShownOf(e.Inputs), part(total))
			list = append(list, e)
		}
	}
	return list
}

func orNone(name *string) string {
	if name == nil {
		return "none"
	}
	return *name
}

// Differences opens the sums of Jira's own report of a sprint and where the ledger parts from it; none where the sprint
// has no ledger.
func Differences(team *measure.Team, d *sprintreport.Differences, quality grade.Quality) []explanation.Explanation {
	if d == nil {
		return nil
	}
	w := explanation.WordsOf(team)
	e := explanation.Begin(catalogue.OfDifferences, "differences")
	for _, one := range d.Differences {
		estimate := one.Estimate
		e.Inputs = append(
			e.Inputs,
			explanation.Input{
				Term:   "issue",
				Issue:  one.Issue,
				What:   strings.ReplaceAll(one.Why, "_", " "),
				Value:  &estimate,
				Shown:  w.FormatSignedPart(estimate),
				Listed: true,
			},
		)
	}
	n := len(d.Differences)
	e.Value, e.Shown.Value, e.Numbers, e.Issues = explanation.Count(
		&n,
	), fmt.Sprint(
		n,
	), words.Count(
		n,
		"issue",
	), explanation.KeysOf(
		e.Inputs,
	)
	list := []explanation.Explanation{e}
	for _, one := range []struct {
		list   string
		issues []sprintreport.Issue
	}{{sprintreport.ListCompleted, d.Report.Completed}, {sprintreport.ListNotCompleted, d.Report.NotCompleted},
		{sprintreport.ListCompletedOutside, d.Report.CompletedOutside}, {sprintreport.ListRemoved, d.Report.Removed}} {
		sums := d.Sums[one.list]
		list = append(
			list,
			explainReportSum(w, one.list+".initial", sums.Initial, one.issues,
				func(i sprintreport.Issue) *float64 { return i.Initial }),
			explainReportSum(w, one.list+".final", sums.Final, one.issues,
				func(i sprintreport.Issue) *float64 { return i.Final }),
		)
	}
	for i := range list {
		list[i].At, list[i].Quality = d.At, quality
		if list[i].Unit == catalogue.UnitEstimate {
			list[i].Unit = string(team.Unit())
		}
	}
	return list
}

// explainReportSum opens a sum of a list of the report.
func explainReportSum(
	w explanation.TeamWords,
	name string,
	value float64,
	issues []sprintreport.Issue,
	part func(sprintreport.Issue) *float64,
) explanation.Explanation {
	e := explanation.Begin(catalogue.OfDifferences, "sums."+name)
	e.Value, e.Shown.Value, e.Shown.Unit = &value, w.FormatAmount(value), w.UnitName()
	for _, i := range issues {
		input := explanation.Input{Term: "issue", Issue: i.Issue, What: "no estimate", Shown: "–", Listed: true}
		if x := part(i); x != nil {
			input.What, input.Value, input.Shown = "", x, w.FormatPart(*x)
		}
		e.Inputs = append(e.Inputs, input)
	}
	e.Numbers, e.Issues = explanation.Sum(explanation.ShownOf(e.Inputs),
		w.FormatPart(value)), explanation.KeysOf(e.Inputs)
	return e
}
