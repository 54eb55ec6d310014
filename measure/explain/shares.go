package explain

import (
	"fmt"
	"strings"
	"time"

	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/flow"
	"jerem/measure/grade"
	investment "jerem/measure/investment"
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
func Mix(team *measure.Team, mix investment.Quarter, at time.Time, quality grade.Quality) []Explanation {
	w := wordsOf(team)
	var list []Explanation
	for _, what := range []string{"seconds", "estimate"} {
		for _, kind := range []string{investment.ByInitiative, investment.ByType, investment.ByNature} {
			e := beginExplanation(catalogue.OfMix, "mix."+what+"."+kind)
			e.At, e.Quality = at.UTC(), quality
			total, shown := 0.0, w.formatAmount
			if what == "seconds" {
				shown = func(x float64) string { return words.Hours(int64(x)) }
				e.Shown.Unit = "hours"
			} else {
				e.Unit, e.Shown.Unit = string(team.Unit()), w.unitName()
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
				e.Inputs = append(
					e.Inputs,
					Input{Term: "row", Issue: orNone(row.Name), What: kind, Value: &value, Shown: shown(value),
						Listed: true},
				)
			}
			e.Value, e.Shown.Value = &total, shown(total)
			e.Numbers = Sum(shownOf(e.Inputs), e.Shown.Value)
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
func Differences(team *measure.Team, d *measure.Differences, quality grade.Quality) []Explanation {
	if d == nil {
		return nil
	}
	w := wordsOf(team)
	e := beginExplanation(catalogue.OfDifferences, "differences")
	for _, one := range d.Differences {
		estimate := one.Estimate
		e.Inputs = append(
			e.Inputs,
			Input{
				Term:   "issue",
				Issue:  one.Issue,
				What:   strings.ReplaceAll(one.Why, "_", " "),
				Value:  &estimate,
				Shown:  w.formatSigned(estimate),
				Listed: true,
			},
		)
	}
	n := len(d.Differences)
	e.Value, e.Shown.Value, e.Numbers, e.Issues = pointerToCount(
		&n,
	), fmt.Sprint(
		n,
	), words.Count(
		n,
		"issue",
	), keysOf(
		e.Inputs,
	)
	list := []Explanation{e}
	for _, one := range []struct {
		list   string
		issues []measure.ReportIssue
	}{{measure.ListCompleted, d.Report.Completed}, {measure.ListNotCompleted, d.Report.NotCompleted},
		{measure.ListCompletedOutside, d.Report.CompletedOutside}, {measure.ListRemoved, d.Report.Removed}} {
		sums := d.Sums[one.list]
		list = append(
			list,
			w.reportSum(
				one.list+".initial",
				sums.Initial,
				one.issues,
				func(i measure.ReportIssue) *float64 { return i.Initial },
			),
			w.reportSum(one.list+".final", sums.Final, one.issues,
				func(i measure.ReportIssue) *float64 { return i.Final }),
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

// reportSum opens a sum of a list of the report.
func (w teamWords) reportSum(
	name string,
	value float64,
	issues []measure.ReportIssue,
	part func(measure.ReportIssue) *float64,
) Explanation {
	e := beginExplanation(catalogue.OfDifferences, "sums."+name)
	e.Value, e.Shown.Value, e.Shown.Unit = &value, w.formatAmount(value), w.unitName()
	for _, i := range issues {
		input := Input{Term: "issue", Issue: i.Issue, What: "no estimate", Shown: "–", Listed: true}
		if x := part(i); x != nil {
			input.What, input.Value, input.Shown = "", x, w.formatAmount(*x)
		}
		e.Inputs = append(e.Inputs, input)
	}
	e.Numbers, e.Issues = Sum(shownOf(e.Inputs), w.formatAmount(value)), keysOf(e.Inputs)
	return e
}
