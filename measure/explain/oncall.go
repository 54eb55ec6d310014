package explain

import (
	"fmt"
	"time"

	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain/explanation"
	"jerem/measure/outlook"
	"jerem/measure/unexpected"
	"jerem/measure/words"
)

// onCall gathers what the explanations of a sprint's call-outs share.
type onCall struct {
	sprint *measure.Sprint
	told   *unexpected.Figures
}

// OnCall opens the figures of a sprint's call-outs, in the order of the catalogue; none where nobody is on call.
func OnCall(sp *measure.Sprint) []explanation.Explanation {
	if sp.OnCall == nil {
		return nil
	}
	o := onCall{sp, sp.OnCall}
	list := []explanation.Explanation{
		o.explainDays("oncall.callouts", int64(o.told.Callouts), "call-outs",
			func(d unexpected.Day) int64 { return int64(d.Callouts) }),
		o.explainDays("oncall.beside", int64(o.told.Beside), "call-outs",
			func(d unexpected.Day) int64 { return int64(d.Beside) }),
		o.explainDays("oncall.seconds", o.told.Seconds, "hours",
			func(d unexpected.Day) int64 { return d.Seconds }),
		o.explainDays("oncall.counted_seconds", o.told.CountedSeconds, "hours",
			func(d unexpected.Day) int64 { return d.CountedSeconds }),
	}
	list = append(list, o.explainLoad()...)
	list = append(list, o.explainActionability(), o.explainUnexpectedCount(), o.explainUnexpectedTime())
	for i := range list {
		list[i].At, list[i].Quality = sp.At, sp.QualityOf(list[i].Figure.Name)
	}
	return list
}

// explainDays opens a sum over the local days of the sprint.
func (o onCall) explainDays(name string, value int64, unit string,
	of func(unexpected.Day) int64) explanation.Explanation {
	e := explanation.Begin(catalogue.OfOnCall, name)
	format := partWriterOf(e.Unit)
	e.Value, e.Shown.Value, e.Shown.Unit = explanation.Count(&value), writerOf(e.Unit)(value), unit
	var terms []string
	for _, d := range o.told.Daily {
		n := of(d)
		if n == 0 {
			continue
		}
		terms = append(terms, format(n))
		e.Inputs = append(e.Inputs, explanation.Input{Term: "day", Date: d.Date, When: dayWord(d.Date), What: unit,
			Value: explanation.Count(&n), Shown: format(n), Listed: true})
	}
	e.Numbers = explanation.Sum(terms, format(value))
	e.Notes = []string{"A call-out is told by its day alone: beside a public rota a time would name a person.",
		"A test is no call-out."}
	return e
}

// OnCallRules opens the counted time of each alert rule of a sprint, day by day; the row of each is its rule. None
// where nobody is on call.
func OnCallRules(sp *measure.Sprint) []explanation.Explanation {
	if sp.OnCall == nil {
		return nil
	}
	var list []explanation.Explanation
	for _, rule := range sp.OnCall.ByRule {
		e := explainRule(rule, sp.OnCall.Why)
		e.At, e.Quality, e.Row = sp.At, sp.QualityOf(e.Figure.Name), rule.Rule
		list = append(list, e)
	}
	return list
}

func explainRule(rule unexpected.Rule, why string) explanation.Explanation {
	e := explanation.Begin(catalogue.OfOnCall, "oncall.by_rule.counted_seconds")
	e.Value, e.Shown.Value, e.Shown.Unit = explanation.Count(&rule.CountedSeconds), words.Hours(rule.CountedSeconds),
		"hours"
	var terms []string
	for _, d := range rule.Daily() {
		taken := words.Duration(float64(d.CountedSeconds))
		terms = append(terms, taken)
		e.Inputs = append(e.Inputs, explanation.Input{Term: "day", Date: d.Date, When: dayWord(d.Date),
			What: words.Count(d.Callouts, "call-out"), Value: explanation.Count(&d.CountedSeconds), Shown: taken,
			Listed: true})
	}
	e.Numbers = explanation.Sum(terms, words.Duration(float64(rule.CountedSeconds)))
	e.Notes = []string{takenInWords(rule.Callouts, rule.Nights, rule.RestSeconds, why),
		"A call-out of several rules counts in each; its time and the rest that it owes are split equally."}
	return e
}

// takenInWords says how many call-outs there were, and what they took beside their time where that is told; why says
// that it is not, or that it is of other days.
func takenInWords(callouts int, nights *int, rest *int64, why string) string {
	text := words.Count(callouts, "call-out")
	if nights == nil || rest == nil {
		return text + "; nights and owed rest are not told: " + why + "."
	}
	text += ", " + words.Count(*nights, "night") + " disturbed, " + words.Duration(float64(*rest)) +
		" of working time owed as rest"
	if why != "" {
		text += ": " + why
	}
	return text + "."
}

// writerOf returns how the value of a figure is written: hours for seconds.
func writerOf(unit string) func(int64) string {
	if unit == catalogue.UnitSeconds {
		return words.Hours
	}
	return func(n int64) string { return fmt.Sprint(n) }
}

// partWriterOf returns how what stands beside a sum is written: time exactly, so that it adds up as it is read.
func partWriterOf(unit string) func(int64) string {
	if unit == catalogue.UnitSeconds {
		return func(seconds int64) string { return words.Duration(float64(seconds)) }
	}
	return writerOf(unit)
}

// dayWord writes a date as people read it.
func dayWord(date string) string {
	d, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return d.Format("Mon 2 Jan")
}

// explainLoad opens what would be one person's load by day: each is its own only input.
func (o onCall) explainLoad() []explanation.Explanation {
	gap := o.told.GapSeconds
	return []explanation.Explanation{
		o.explainWhole("oncall.out_of_hours", "outside", "call-outs", numberOrNil(o.told.OutOfHours)),
		o.explainWhole("oncall.nights", "night", "nights", numberOrNil(o.told.Nights)),
		o.explainWhole("oncall.rest_seconds", "rest", "working hours", o.told.RestSeconds),
		o.explainWhole("oncall.gap_seconds", "gap", "hours", &gap),
	}
}

func numberOrNil(n *int) *int64 {
	if n == nil {
		return nil
	}
	wide := int64(*n)
	return &wide
}

func (o onCall) explainWhole(name, term, unit string, value *int64) explanation.Explanation {
	e := explanation.Begin(catalogue.OfOnCall, name)
	e.Shown.Value, e.Shown.Unit, e.Numbers = "–", unit, o.told.Why
	if value == nil {
		return e
	}
	text := partWriterOf(e.Unit)(*value)
	e.Value, e.Shown.Value, e.Numbers = explanation.Count(value), writerOf(e.Unit)(*value), text
	e.Inputs = []explanation.Input{{Term: term, What: "in the sprint", Value: explanation.Count(value), Shown: text}}
	return e
}

func (o onCall) explainActionability() explanation.Explanation {
	e := explanation.Begin(catalogue.OfOnCall, "oncall.actionability")
	e.Value, e.Shown.Value, e.Shown.Unit = o.told.Actionability, words.Percent(o.told.Actionability), "of the verdicts"
	e.Numbers = "no call-out of the sprint was judged"
	if o.told.Actionability == nil {
		e.Shown.Value = "–"
		return e
	}
	e.Numbers = fmt.Sprintf("%d ÷ (%d + %d) = %s; %d without a verdict", o.told.Useful, o.told.Useful, o.told.Noise,
		e.Shown.Value, o.told.Unset)
	e.Inputs = []explanation.Input{inputOf("useful", "judged useful", int64(o.told.Useful), "call-outs"),
		inputOf("noise", "judged noise", int64(o.told.Noise), "call-outs")}
	return e
}

// inputOf is one number of a formula.
func inputOf(term, what string, value int64, unit string) explanation.Input {
	return explanation.Input{Term: term, What: what, Value: explanation.Count(&value),
		Shown: partWriterOf(unit)(value)}
}

func (o onCall) explainUnexpectedCount() explanation.Explanation {
	u, i := o.sprint.Unexpected, o.sprint.Impediments
	e := explanation.Begin(catalogue.OfOnCall, "unexpected.count")
	e.Value, e.Shown.Value, e.Shown.Unit = explanation.Count(&u.Count), fmt.Sprint(u.Count), "impediments and call-outs"
	e.Numbers = fmt.Sprintf("%d + %d = %d", i.Count, o.told.Beside, u.Count)
	e.Inputs = []explanation.Input{inputOf("impediments", "impediments", int64(i.Count), ""),
		inputOf("callouts", "call-outs that are none of them", int64(o.told.Beside), "")}
	e.Notes = []string{fmt.Sprintf("%d of %s: a call-out whose issue is an impediment of the sprint counts as that "+
		"issue.", o.told.Callouts-o.told.Beside, words.Count(o.told.Callouts, "call-out"))}
	return e
}

func (o onCall) explainUnexpectedTime() explanation.Explanation {
	u, i := o.sprint.Unexpected, o.sprint.Impediments
	e := explanation.Begin(catalogue.OfOnCall, "unexpected.seconds")
	e.Shown.Value, e.Shown.Unit, e.Numbers = "–", "hours", timeUnread
	if u.Seconds == nil {
		return e
	}
	e.Value, e.Shown.Value = explanation.Count(u.Seconds), words.Hours(*u.Seconds)
	e.Numbers = fmt.Sprintf("%s + %s = %s", words.Duration(float64(i.Seconds)),
		words.Duration(float64(o.told.CountedSeconds)), words.Duration(float64(*u.Seconds)))
	e.Inputs = []explanation.Input{inputOf("impediments", "time logged on impediments", i.Seconds,
		catalogue.UnitSeconds),
		inputOf("callouts", "time of call-outs that no impediment accounts for", o.told.CountedSeconds,
			catalogue.UnitSeconds)}
	return e
}

// OnCallPrice opens the price of the unexpected with on-call, that of call-outs alone, and that of each alert rule,
// whose row is the rule; none where nobody is on call for the team.
func OnCallPrice(f *outlook.Forecast) []explanation.Explanation {
	if f.Price == nil || f.Price.OnCall == nil {
		return nil
	}
	p := f.Price.OnCall
	list := []explanation.Explanation{
		explainOnCallPrice(f, "price.oncall.days", p.Days,
			"the same with the time of impediments and call-outs given back"),
		explainOnCallPrice(f, "price.oncall.callout_days", p.CalloutDays,
			"the same with the time of call-outs given back"),
	}
	for i := range list {
		list[i].Notes = append(givenBackInWords(p, p.Seconds, p.RestSeconds),
			takenInWords(p.Callouts, p.Nights, p.RestSeconds, p.WhyLoad))
	}
	for _, rule := range p.ByRule {
		e := explainOnCallPrice(f, "price.oncall.by_rule.days", rule.Days,
			"the same with the time of the rule's call-outs given back")
		if rule.Why != "" {
			e.Numbers = rule.Why
		}
		e.Row, e.Notes = rule.Rule, append(givenBackInWords(p, rule.Seconds, rule.RestSeconds),
			takenInWords(rule.Callouts, rule.Nights, rule.RestSeconds, p.WhyLoad))
		list = append(list, e)
	}
	for i := range list {
		list[i].At, list[i].Quality = f.At, f.QualityOf(list[i].Figure.Name)
	}
	return list
}

func explainOnCallPrice(f *outlook.Forecast, name string, days *int, without string) explanation.Explanation {
	p := f.Price.OnCall
	e := explanation.Begin(catalogue.OfOnCallPrice, name)
	e.Shown.Value, e.Shown.Unit, e.Numbers = "–", "working days of the 85 % date", "it needs an 85 % date"
	if p.Why != "" {
		e.Numbers = p.Why
	}
	if days == nil || f.WorkingDays.P85 == nil {
		return e
	}
	rest := *f.WorkingDays.P85 - *days
	e.Value, e.Shown.Value = explanation.Count(days), fmt.Sprint(*days)
	e.Numbers = fmt.Sprintf("%d − %d = %d, measured against %s time", *f.WorkingDays.P85, rest, *days, f.Price.Basis)
	e.Inputs = []explanation.Input{
		inputOf("with", "working days of the 85 % date", int64(*f.WorkingDays.P85), ""),
		inputOf("without", without, int64(rest), "")}
	return e
}

// givenBackInWords says how much time is given back of the days that a forecast draws from.
func givenBackInWords(p *outlook.OnCallPrice, seconds int64, rest *int64) []string {
	called := words.Duration(float64(seconds)) + " of call-outs"
	days := "from " + dayWord(*p.From) + " to " + dayWord(*p.To) + ", each once"
	if rest == nil {
		return []string{called + " are given back, " + days + "; owed rest is not told, and not given back."}
	}
	return []string{fmt.Sprintf("%s + %s of owed rest = %s are given back, %s.", called,
		words.Duration(float64(*rest)), words.Duration(float64(seconds+*rest)), days)}
}
