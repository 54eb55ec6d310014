package sprint

import (
	"fmt"
	"html/template"
	"net/http"

	"jerem/agile"
	"jerem/chart/inline"
	"jerem/measure"
	"jerem/measure/unexpected"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
)

// onCallView is what the page of a sprint tells of call-outs: beside impediments, by alert rule, and what they cost.
type onCallView struct {
	Reading      template.HTML
	Lines        []onCallLine
	Note         string
	RulesReading string
	Rules        []ruleLine
	MoreRules    *ruleLine // what the rules that are not listed took together; nil where all are
	RulesNote    string
}

// onCallLine is a row of the unexpected: how many, how long; the id of what opens it.
type onCallLine struct {
	Name, Count, Hours string
	Explain            string
	IsSum              bool
}

// ruleLine is what an alert rule cost.
type ruleLine struct{ Rule, Callouts, Nights, Hours, Rest, Explain string }

// fillOnCall fills in the call-outs of a sprint; nothing where nobody is on call for the team.
func (m *page) fillOnCall(s *Pages, team *measure.Team, sp *measure.Sprint) {
	if sp.OnCall == nil {
		return
	}
	m.OnCall = newOnCallView(team, sp, m.Span)
	m.Explains = append(m.Explains, drawer.OnCall(team, sp, s.Teams.Jira)...)
}

// newOnCallView tells of a sprint or other days, which span names: "the sprint".
func newOnCallView(team *measure.Team, sp *measure.Sprint, span string) *onCallView {
	o, i, u := sp.OnCall, sp.Impediments, sp.Unexpected
	v := &onCallView{Reading: readingOfOnCall(sp)}
	v.Lines = []onCallLine{
		{Name: "Impediments", Count: fmt.Sprint(i.Count), Hours: columnOrDash(i), Explain: "impediments"},
		{Name: "Call-outs beside them", Count: fmt.Sprint(o.Beside), Hours: format.HoursColumn(o.CountedSeconds),
			Explain: "callout-time"},
		{Name: "Together", Count: fmt.Sprint(u.Count), Hours: secondsOrDash(u.Seconds), Explain: "unexpected-time",
			IsSum: true},
	}
	v.Lines = append(v.Lines, loadLines(o)...)
	v.Note = noteOfOnCall(team, sp, span)
	v.RulesReading = "No call-out in " + span
	if o.Callouts > 0 {
		v.RulesReading = format.Plural(o.Callouts, "call-out") + " took " + format.HoursInWords(o.Seconds)
	}
	listed := o.ByRule[:min(len(o.ByRule), drawer.MostRules)]
	for n, r := range listed {
		v.Rules = append(v.Rules, ruleLine{format.OrElse(r.Rule, "without an alert"), fmt.Sprint(r.Callouts),
			numberOrDash(r.Nights), format.HoursColumn(r.CountedSeconds), secondsOrDash(r.RestSeconds),
			drawer.RuleID(n)})
	}
	v.RulesNote = "Hours that no impediment accounts for, and working hours owed as rest. A call-out of several " +
		"rules counts in each; its time and rest are split equally."
	v.MoreRules = sumOfRules(o.ByRule[len(listed):])
	if v.MoreRules != nil {
		v.RulesNote += fmt.Sprintf(" The %d rules that took most are listed; the API has all of them, and a sprint's "+
			"CSV. A night may be of several rules: theirs are not added up.", len(listed))
	}
	return v
}

// sumOfRules adds up rules that are not listed; nil for none.
func sumOfRules(rules []unexpected.Rule) *ruleLine {
	if len(rules) == 0 {
		return nil
	}
	sum := unexpected.SumOfRules(rules)
	line := &ruleLine{Rule: "and " + format.Plural(len(rules), "more rule"), Callouts: fmt.Sprint(sum.Callouts),
		Nights: "–", Hours: format.HoursColumn(sum.CountedSeconds), Rest: "–"}
	if sum.RestSeconds != nil {
		line.Rest = format.HoursColumn(*sum.RestSeconds)
	}
	return line
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
func loadLines(o *unexpected.Figures) []onCallLine {
	return []onCallLine{
		{Name: "Out of hours", Count: numberOrDash(o.OutOfHours), Explain: "out-of-hours"},
		{Name: "Nights disturbed", Count: numberOrDash(o.Nights), Explain: "nights"},
		{Name: "Rest owed, working hours", Hours: secondsOrDash(o.RestSeconds), Explain: "rest"},
		{Name: "Nobody on duty", Hours: format.HoursColumn(o.GapSeconds), Explain: "duty-gaps"},
		{Name: "Useful, of those judged", Count: format.Percent(o.Actionability), Explain: "actionability"},
	}
}

// unexpectedTile measures the time of impediments and call-outs against a budget that includes both.
func unexpectedTile(sp *measure.Sprint) frame.Tile {
	i, u := sp.Impediments, sp.Unexpected
	used := float64(*u.BudgetUsed) / float64(*i.BudgetSeconds)
	return frame.Tile{Name: "The unexpected", Value: format.Hours(*u.BudgetUsed),
		Unit: "of " + format.Hours(*i.BudgetSeconds) + format.Thin + "h", Explain: "unexpected-time",
		Note: format.Percent(&used) + " of the budget, " + format.Plural(i.Count, "impediment") + ", " +
			format.Plural(sp.OnCall.Beside, "call-out"),
		Meter: frame.HTML(inline.Meter(format.Percent(&used)+" of the budget", used, nil, "f-unx"))}
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
	if o.Why != "" {
		note += "Nights, rest and starts out of hours are not told: " + o.Why + "."
	}
	return note
}

func secondsOrDash(seconds *int64) string {
	if seconds == nil {
		return "–"
	}
	return format.HoursColumn(*seconds)
}

// columnOrDash writes the time of impediments in a column, a dash where it was not read.
func columnOrDash(i *measure.Impediments) string {
	if i.TimeUnknown {
		return "–"
	}
	return format.HoursColumn(i.Seconds)
}

func numberOrDash(n *int) string {
	if n == nil {
		return "–"
	}
	return fmt.Sprint(*n)
}

// CalloutsCSV is the table of a sprint's call-outs by alert rule, for other programs, times in seconds; of a team for
// which nobody is on call it is empty.
func (s *Pages) CalloutsCSV(r *http.Request) (frame.View, error) {
	_, sp, _, err := s.Teams.SprintAsked(r)
	if err != nil {
		return frame.View{}, err
	}
	rows := [][]string{{"rule", "callouts", "nights", "counted_seconds", "rest_seconds"}}
	if sp.OnCall != nil {
		for _, one := range sp.OnCall.ByRule {
			rows = append(rows, []string{one.Rule, fmt.Sprint(one.Callouts), format.Cell(one.Nights),
				fmt.Sprint(one.CountedSeconds), format.Cell(one.RestSeconds)})
		}
	}
	return frame.Table(fmt.Sprintf("callouts-%d", sp.ID), rows), nil
}
