package explain

import (
	"fmt"
	"strings"

	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain/explanation"
	"jerem/measure/outlook"
	"jerem/measure/unexpected"
)

// OnCallParts opens the verdicts of a sprint's call-outs; none where nobody is on call.
func OnCallParts(sp *measure.Sprint) []explanation.Explanation {
	if sp.OnCall == nil {
		return nil
	}
	o := onCall{sp, sp.OnCall}
	list := []explanation.Explanation{
		o.explainDays("oncall.useful", int64(o.told.Useful), "call-outs", unexpected.Day.Useful),
		o.explainDays("oncall.noise", int64(o.told.Noise), "call-outs", unexpected.Day.Noise),
		o.explainDays("oncall.unset", int64(o.told.Unset), "call-outs", unexpected.Day.Unset),
	}
	for i := range list {
		list[i].At, list[i].Quality = sp.At, sp.QualityOf(list[i].Figure.Name)
	}
	return list
}

// OnCallRows lists the alert rules of a figure of a sprint's call-outs; of their time see [OnCallRules].
func OnCallRows(sp *measure.Sprint, figure string) (rows []Row) {
	if sp.OnCall == nil || figure == "oncall.by_rule.counted_seconds" {
		return nil
	}
	for _, rule := range sp.OnCall.ByRule {
		rows = append(rows, Row{[]string{rule.Rule}, func() explanation.Explanation {
			e := explanation.Begin(catalogue.OfOnCall, figure)
			switch figure {
			case "oncall.by_rule.callouts":
				e = explainRuleCallouts(rule)
			case "oncall.by_rule.nights":
				tellWhole(&e, numberOrNil(rule.Nights), "in the sprint", sp.OnCall.Why)
			case "oncall.by_rule.rest_seconds":
				tellWhole(&e, rule.RestSeconds, "in the sprint", sp.OnCall.Why)
			}
			e.At, e.Quality, e.Row = sp.At, sp.QualityOf(figure), rule.Rule
			return e
		}})
	}
	return rows
}

func explainRuleCallouts(rule unexpected.Rule) explanation.Explanation {
	e := explanation.Begin(catalogue.OfOnCall, "oncall.by_rule.callouts")
	e.Value, e.Shown.Value, e.Shown.Unit = explanation.Count(&rule.Callouts), fmt.Sprint(rule.Callouts), "call-outs"
	for _, d := range rule.Daily() {
		if d.Callouts > 0 {
			e.Inputs = append(e.Inputs, explanation.Input{Term: "day", Date: d.Date, When: dayWord(d.Date),
				What: "call-outs", Value: explanation.Count(&d.Callouts), Shown: fmt.Sprint(d.Callouts), Listed: true})
		}
	}
	e.Numbers = explanation.Sum(explanation.ShownOf(e.Inputs), e.Shown.Value)
	return e
}

// tellWhole fills in a figure that is its own only input: by day it would be one person's load. why says why it is not
// told.
func tellWhole(e *explanation.Explanation, value *int64, what, why string) {
	e.Shown.Value, e.Shown.Unit, e.Numbers = "–", e.Unit, why
	if value == nil {
		return
	}
	text := partWriterOf(e.Unit)(*value)
	e.Value, e.Shown.Value, e.Numbers = explanation.Count(value), writerOf(e.Unit)(*value), text
	e.Inputs = []explanation.Input{{Term: e.Figure.Expression, What: what, Value: explanation.Count(value),
		Shown: text}}
	if why != "" {
		e.Notes = []string{strings.ToUpper(why[:1]) + why[1:] + "."}
	}
}

// OnCallPriceParts opens what the price of on-call gives back; none where nobody is on call for the team.
func OnCallPriceParts(f *outlook.Forecast) []explanation.Explanation {
	if f.Price == nil || f.Price.OnCall == nil {
		return nil
	}
	p := f.Price.OnCall
	callouts := int64(p.Callouts)
	var list []explanation.Explanation
	for _, one := range []wholeOnCall{{"callouts", &callouts, ""}, {"nights", numberOrNil(p.Nights), p.WhyLoad},
		{"seconds", &p.Seconds, ""}, {"rest_seconds", p.RestSeconds, p.WhyLoad}} {
		list = append(list, one.explainPart(f, "price.oncall."))
	}
	return list
}

// wholeOnCall is a number of what call-outs took on the days that a forecast draws from.
type wholeOnCall struct {
	name  string
	value *int64
	why   string // it is not told, or is of other days
}

func (one wholeOnCall) explainPart(f *outlook.Forecast, list string) explanation.Explanation {
	e := explanation.Begin(catalogue.OfOnCallPrice, list+one.name)
	tellWhole(&e, one.value, "on the days from "+*f.Price.OnCall.From+" to "+*f.Price.OnCall.To, one.why)
	e.At, e.Quality = f.At, f.QualityOf(e.Figure.Name)
	return e
}

// OnCallPriceRows lists the alert rules of a figure of the price of on-call; of their days see [OnCallPrice].
func OnCallPriceRows(f *outlook.Forecast, figure string) (rows []Row) {
	if f.Price == nil || f.Price.OnCall == nil || figure == "price.oncall.by_rule.days" {
		return nil
	}
	const list = "price.oncall.by_rule."
	for _, rule := range f.Price.OnCall.ByRule {
		rows = append(rows, Row{[]string{rule.Rule}, func() explanation.Explanation {
			callouts := int64(rule.Callouts)
			one := map[string]wholeOnCall{list + "callouts": {"callouts", &callouts, ""},
				list + "nights":       {"nights", numberOrNil(rule.Nights), f.Price.OnCall.WhyLoad},
				list + "seconds":      {"seconds", &rule.Seconds, ""},
				list + "rest_seconds": {"rest_seconds", rule.RestSeconds, f.Price.OnCall.WhyLoad}}[figure]
			e := one.explainPart(f, list)
			e.Row = rule.Rule
			return e
		}})
	}
	return rows
}
