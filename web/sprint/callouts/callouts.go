package callouts

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/unexpected"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
)

// View is what the page of a sprint tells of call-outs: beside impediments, by alert rule, and what they cost.
type View struct {
	Reading      template.HTML
	Lines        []Line // impediments, call-outs, and both together
	Load         []Line // what call-outs cost beside their time
	Note         string
	RulesReading string
	Rules        []RuleLine
	MoreRules    *RuleLine // what the rules that are not listed took together; nil where all are
	RulesNote    string
}

// Line is a row of the unexpected: how many, how long; the id of what opens it.
type Line struct {
	Name, Count, Hours string
	Explain            string
	IsSum              bool
}

// RuleLine is what an alert rule cost.
type RuleLine struct{ Rule, Callouts, Nights, Hours, Rest, Explain string }

// Of tells the call-outs of a sprint, or of other days; span names them: "the sprint".
func Of(team *measure.Team, sp *measure.Sprint, span string) *View {
	o, i, u := sp.OnCall, sp.Impediments, sp.Unexpected
	v := &View{Reading: readingOfOnCall(sp)}
	v.Lines = []Line{
		{Name: "Impediments", Count: fmt.Sprint(i.Count), Hours: format.LoggedHours(i, i.Seconds),
			Explain: "impediments"},
		{Name: "Call-outs beside them", Count: fmt.Sprint(o.Beside), Hours: format.HoursColumn(o.CountedSeconds),
			Explain: "callout-time"},
		{Name: "Together", Count: fmt.Sprint(u.Count), Hours: format.OrDash(u.Seconds, format.HoursColumn),
			Explain: "unexpected-time", IsSum: true},
	}
	v.Load = loadLines(o)
	rounding := format.RoundingNote("hours", v.Lines[2].Hours, v.Lines[0].Hours, v.Lines[1].Hours)
	v.Note = strings.TrimSpace(noteOfOnCall(team, sp, span) + " " + rounding)
	v.RulesReading = "No call-out in " + span
	if o.Callouts > 0 {
		v.RulesReading = format.Plural(o.Callouts, "call-out") + " took " + format.HoursInWords(o.Seconds)
	}
	listed := o.ByRule[:min(len(o.ByRule), drawer.MostRules)]
	for n, r := range listed {
		v.Rules = append(v.Rules, RuleLine{format.OrElse(r.Rule, "without an alert"), fmt.Sprint(r.Callouts),
			format.OrDash(r.Nights, strconv.Itoa), format.HoursColumn(r.CountedSeconds),
			format.OrDash(r.RestSeconds, format.HoursColumn), drawer.RuleID(n)})
	}
	v.RulesNote = "Hours that no impediment accounts for, and working hours owed as rest. A call-out of several " +
		"rules counts in each; its time and rest are split equally."
	v.MoreRules = sumOfRules(o.ByRule[len(listed):])
	if v.MoreRules != nil {
		v.RulesNote += fmt.Sprintf(" The %d rules that took most are listed; the API has all of them, and a sprint's "+
			"CSV. A night may be of several rules: theirs are not added up.", len(listed))
	}
	v.RulesNote = strings.TrimSpace(v.RulesNote + " " + roundingOfRules(v))
	return v
}

// roundingOfRules says of the time of call-outs where that of their rules does not add up as it is shown.
func roundingOfRules(v *View) string {
	var hours []string
	for _, r := range v.Rules {
		hours = append(hours, r.Hours)
	}
	if v.MoreRules != nil {
		hours = append(hours, v.MoreRules.Hours)
	}
	return format.RoundingNote("hours", v.Lines[1].Hours, hours...)
}

// sumOfRules adds up rules that are not listed; nil for none.
func sumOfRules(rules []unexpected.Rule) *RuleLine {
	if len(rules) == 0 {
		return nil
	}
	sum := unexpected.SumOfRules(rules)
	return &RuleLine{Rule: "and " + format.Plural(len(rules), "more rule"), Callouts: fmt.Sprint(sum.Callouts),
		Nights: "–", Hours: format.HoursColumn(sum.CountedSeconds),
		Rest: format.OrDash(sum.RestSeconds, format.HoursColumn)}
}

// readingOfOnCall says what impediments and call-outs took together.
func readingOfOnCall(sp *measure.Sprint) template.HTML {
	u := sp.Unexpected
	if u.Seconds == nil {
		return template.HTML(template.HTMLEscapeString(fmt.Sprintf("%d came in, time logged was not read", u.Count)))
	}
	hours := format.Hours(*u.Seconds)
	return frame.OpenFigures(fmt.Sprintf("%d came in unplanned and took %s", u.Count, format.HoursInWords(*u.Seconds)),
		[2]string{hours, "unexpected-time"})
}

// loadLines tell what call-outs cost beside their time.
func loadLines(o *unexpected.Figures) []Line {
	return []Line{
		{Name: "Out of hours", Count: format.OrDash(o.OutOfHours, strconv.Itoa), Explain: "out-of-hours"},
		{Name: "Nights disturbed", Count: format.OrDash(o.Nights, strconv.Itoa), Explain: "nights"},
		{Name: "Rest owed, working hours", Hours: format.OrDash(o.RestSeconds, format.HoursColumn), Explain: "rest"},
		{Name: "Nobody on duty", Hours: format.HoursColumn(o.GapSeconds), Explain: "duty-gaps"},
		{Name: "Useful, of those judged", Count: format.Percent(o.Actionability), Explain: "actionability"},
	}
}

// noteOfOnCall says which call-outs are impediments already, what counts in the budget, and why something is not told.
func noteOfOnCall(team *measure.Team, sp *measure.Sprint, span string) string {
	o := sp.OnCall
	note := ""
	switch n := o.Callouts - o.Beside; {
	case n == 1:
		note = fmt.Sprintf("1 of %s is an impediment of %s, and counted as that. ",
			format.Plural(o.Callouts, "call-out"), span)
	case n > 1:
		note = fmt.Sprintf("%d of %s are impediments of %s, and counted as these. ", n,
			format.Plural(o.Callouts, "call-out"), span)
	}
	if sp.Impediments.BudgetSeconds != nil {
		if team.History().Team.Sprint.BudgetIncludes == agile.WithOnCall {
			note += "Both count in the budget. "
		} else {
			note += "Only impediments count in the budget: sprint.budget_includes is not set. "
		}
	}
	switch {
	case o.Nights == nil:
		note += "Nights, rest and starts out of hours are not told: " + o.Why + "."
	case o.Why != "":
		note += format.Capital(o.Why) + "."
	}
	return note
}
