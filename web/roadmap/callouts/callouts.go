package callouts

import (
	"fmt"
	"html/template"
	"strconv"

	"jerem/measure/outlook"
	"jerem/measure/unexpected"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
)

// Price is what call-outs cost the quarter: the price of the unexpected with and without them, and by alert rule.
type Price struct {
	Reading template.HTML
	Lines   []Line
	Rules   []RuleLine
	// MoreRules is what the rules that are not listed took together; nil where all are.
	MoreRules *RuleLine
	Rest      string // what rest that is owed does to the date; "" where none is
	Note      string
	Why       string // why there is no price; "" where there is one
}

// Line is a price in working days, with the id of what opens it.
type Line struct{ Name, Days, Explain string }

// RuleLine is what an alert rule cost.
type RuleLine struct{ Rule, Callouts, Nights, Hours, Rest, Days, Explain string }

// Of tells what call-outs cost by a forecast that has a price of them.
func Of(f *outlook.Forecast) *Price {
	price := f.Price.OnCall
	v := &Price{Rest: restInWords(f.Rest)}
	from, to := format.DateOrDash(price.From), format.DateOrDash(price.To)
	unpriced := 0
	for n, r := range price.ByRule {
		if r.Why != "" {
			unpriced++
		}
		if n >= drawer.MostRules {
			continue
		}
		v.Rules = append(v.Rules, RuleLine{format.OrElse(r.Rule, "without an alert"), fmt.Sprint(r.Callouts),
			format.OrDash(r.Nights, strconv.Itoa), format.HoursColumn(r.Seconds),
			format.OrDash(r.RestSeconds, format.HoursColumn), format.OrDash(r.Days, strconv.Itoa), drawer.RuleID(n)})
	}
	v.MoreRules = sumOfRules(price.ByRule[len(v.Rules):])
	v.Note = "From " + from + " to " + to + ", the days that the forecast draws from. Hours that no impediment " +
		"accounts for, and working hours owed as rest; each rule is given back alone, so days need not add up."
	if calloutsOfRules(price.ByRule) != price.Callouts {
		v.Note += " Of " + format.Plural(price.Callouts, "call-out") + " those of several rules count in each; their " +
			"time and rest are split equally."
	}
	switch {
	case price.Nights == nil:
		v.Note += " Nights and rest are not told, and rest is not given back: " + price.WhyLoad + "."
	case price.WhyLoad != "":
		v.Note += " " + format.Capital(price.WhyLoad) + "."
	}
	if unpriced > 0 {
		v.Note += " " + format.Capital(format.Plural(unpriced, "rule")) + " without days: " +
			price.ByRule[len(price.ByRule)-1].Why + "."
	}
	if v.MoreRules != nil {
		v.Note += fmt.Sprintf(" The first %d rules are listed, the CSV has all; days and nights of the others are not "+
			"added up.", len(v.Rules))
	}
	if price.Days == nil {
		v.Reading, v.Why = "What call-outs cost cannot be told", format.Capital(price.Why)+"."
		return v
	}
	v.Reading = frame.OpenFigures("Call-outs cost "+format.WorkingDays(*price.CalloutDays)+" of the 85"+format.Thin+
		"% date"+nightsAndHours(price), [2]string{fmt.Sprint(*price.CalloutDays), "price-callouts"})
	v.Lines = []Line{{"Without on-call: impediments alone", format.OrDash(f.Price.Days, strconv.Itoa), "price"},
		{"Call-outs alone", format.OrDash(price.CalloutDays, strconv.Itoa), "price-callouts"},
		{"With on-call: both given back together", format.OrDash(price.Days, strconv.Itoa), "price-oncall"}}
	return v
}

// calloutsOfRules adds up the call-outs of some rules: one of several rules counts in each.
func calloutsOfRules(rules []outlook.RulePrice) int {
	sum := 0
	for _, r := range rules {
		sum += r.Callouts
	}
	return sum
}

// sumOfRules adds up rules that are not listed; nil for none.
func sumOfRules(rules []outlook.RulePrice) *RuleLine {
	if len(rules) == 0 {
		return nil
	}
	var left []unexpected.Rule
	for _, r := range rules {
		left = append(left, unexpected.Rule{Callouts: r.Callouts, CountedSeconds: r.Seconds,
			RestSeconds: r.RestSeconds})
	}
	sum := unexpected.SumOfRules(left)
	return &RuleLine{Rule: "and " + format.Plural(len(rules), "more rule"), Callouts: fmt.Sprint(sum.Callouts),
		Nights: "–", Hours: format.HoursColumn(sum.CountedSeconds),
		Rest: format.OrDash(sum.RestSeconds, format.HoursColumn), Days: "–"}
}

// nightsAndHours ends a sentence with what call-outs took beside days of the date.
func nightsAndHours(price *outlook.OnCallPrice) string {
	if price.Callouts == 0 {
		return ""
	}
	hours := format.HoursInWords(price.Seconds)
	if price.Nights == nil || *price.Nights == 0 {
		return ", and took " + hours
	}
	return ", took " + hours + " and disturbed " + format.Plural(*price.Nights, "night")
}

// restInWords says what rest that is owed on the days ahead does to the date.
func restInWords(rest *outlook.RestAhead) string {
	if rest == nil {
		return ""
	}
	text := "Rest is owed on working days ahead"
	if rest.Lowers {
		text += ", and lowers the team's working time there"
	}
	return text + ". " + format.Capital(rest.Why) + "."
}

// Rows is the price of on-call by alert rule, for other programs.
func Rows(f *outlook.Forecast) [][]string {
	rows := [][]string{{"of", "rule", "callouts", "nights", "seconds", "rest_seconds", "days"}}
	if f.Price == nil || f.Price.OnCall == nil {
		return rows
	}
	price := f.Price.OnCall
	rows = append(rows, []string{"impediments", "", "", "", "", "", format.Cell(f.Price.Days)},
		[]string{"callouts", "", fmt.Sprint(price.Callouts), format.Cell(price.Nights), fmt.Sprint(price.Seconds),
			format.Cell(price.RestSeconds), format.Cell(price.CalloutDays)},
		[]string{"all", "", "", "", "", "", format.Cell(price.Days)})
	for _, r := range price.ByRule {
		rows = append(rows, []string{"rule", r.Rule, fmt.Sprint(r.Callouts), format.Cell(r.Nights),
			fmt.Sprint(r.Seconds), format.Cell(r.RestSeconds), format.Cell(r.Days)})
	}
	return rows
}
