package roadmap

import (
	"fmt"
	"html/template"

	"jerem/measure/outlook"
	"jerem/measure/unexpected"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/roadmap/subject"
)

// onCallPrice is what call-outs cost the quarter: the price of the unexpected with and without them, and by alert rule.
type onCallPrice struct {
	Reading template.HTML
	Lines   []priceLine
	Rules   []rulePrice
	// MoreRules is what the rules that are not listed took together; nil where all are.
	MoreRules *rulePrice
	Rest      string // what rest that is owed does to the date; "" where none is
	Note      string
	Why       string // why there is no price; "" where there is one
}

// priceLine is a price in working days, with the id of what opens it.
type priceLine struct{ Name, Days, Explain string }

// rulePrice is what an alert rule cost.
type rulePrice struct{ Rule, Callouts, Nights, Hours, Rest, Days, Explain string }

// fillOnCall fills in what call-outs cost by a forecast; nothing where nobody is on call for the team.
func (p *page) fillOnCall(s subject.Subject, f *outlook.Forecast) {
	if f.Price == nil || f.Price.OnCall == nil {
		return
	}
	p.OnCall = newOnCallPrice(f)
	p.Explains = append(p.Explains, drawer.OnCallPrice(s.Team, f, s.Jira)...)
}

func newOnCallPrice(f *outlook.Forecast) *onCallPrice {
	price := f.Price.OnCall
	v := &onCallPrice{Rest: restInWords(f.Rest)}
	from, to := dayWord(price.From), dayWord(price.To)
	unpriced := 0
	for n, r := range price.ByRule {
		if r.Why != "" {
			unpriced++
		}
		if n >= drawer.MostRules {
			continue
		}
		v.Rules = append(v.Rules, rulePrice{format.OrElse(r.Rule, "without an alert"), fmt.Sprint(r.Callouts),
			countOrDash(r.Nights), format.HoursColumn(r.Seconds), restOrDash(r.RestSeconds), countOrDash(r.Days),
			drawer.RuleID(n)})
	}
	v.MoreRules = sumOfRules(price.ByRule[len(v.Rules):])
	v.Note = "From " + from + " to " + to + ", the days that the forecast draws from. Hours that no impediment " +
		"accounts for, and working hours owed as rest; each rule is given back alone, so days need not add up."
	if price.Nights == nil {
		v.Note += " Nights and rest are not told, and rest is not given back: fewer than three people were on duty."
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
	v.Lines = []priceLine{{"Without on-call: impediments alone", countOrDash(f.Price.Days), "price"},
		{"Call-outs alone", countOrDash(price.CalloutDays), "price-callouts"},
		{"With on-call: both given back together", countOrDash(price.Days), "price-oncall"}}
	return v
}

// sumOfRules adds up rules that are not listed; nil for none.
func sumOfRules(rules []outlook.RulePrice) *rulePrice {
	if len(rules) == 0 {
		return nil
	}
	var left []unexpected.Rule
	for _, r := range rules {
		left = append(left, unexpected.Rule{Callouts: r.Callouts, CountedSeconds: r.Seconds,
			RestSeconds: r.RestSeconds})
	}
	sum := unexpected.SumOfRules(left)
	line := &rulePrice{Rule: "and " + format.Plural(len(rules), "more rule"), Callouts: fmt.Sprint(sum.Callouts),
		Nights: "–", Hours: format.HoursColumn(sum.CountedSeconds), Rest: "–", Days: "–"}
	if sum.RestSeconds != nil {
		line.Rest = format.HoursColumn(*sum.RestSeconds)
	}
	return line
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
	text := fmt.Sprintf("%s h of rest are owed on %s ahead", format.Hours(rest.Seconds),
		format.WorkingDays(len(rest.Days)))
	if rest.Why != "" {
		return text + ". " + format.Capital(rest.Why) + "."
	}
	return text + ", and lower the team's working time there."
}

func restOrDash(seconds *int64) string {
	if seconds == nil {
		return "–"
	}
	return format.HoursColumn(*seconds)
}

func dayWord(text *string) string {
	if d, ok := format.DateOf(text); ok {
		return format.DateWord(d)
	}
	return "–"
}

func countOrDash(n *int) string {
	if n == nil {
		return "–"
	}
	return fmt.Sprint(*n)
}

// onCallRows is the price of on-call by alert rule, for other programs.
func onCallRows(f *outlook.Forecast) [][]string {
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
