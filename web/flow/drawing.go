package flow

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"jerem/calendar"
	"jerem/chart"
	"jerem/chart/inline"
	"jerem/measure/explain/onpage"
	"jerem/measure/flow"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
)

// flowDays are the days of a window as an axis.
func (v *page) flowDays(from, to calendar.Date) []chart.Day {
	cal := v.team.History().Team.Calendar
	var out []chart.Day
	for d := from; !to.Before(d); d = d.Add(1) {
		out = append(out, chart.Day{Number: fmt.Sprint(d.Day), Month: d.Month.String()[:3], Off: !cal.Working(d)})
	}
	return out
}

// drawCycleTime draws the cycle time of what was finished, by day of finish.
func (v *page) drawCycleTime(from, to calendar.Date) {
	c := v.F.CycleTime
	if c.Measured == 0 {
		v.Cycle = &frame.Figure{Reading: "How long work takes cannot be told",
			Empty: "A cycle time begins with the first issue that was in progress and is done."}
		return
	}
	s := chart.Scatter{ID: "t-cycle", Days: v.flowDays(from, to)}
	zone := v.team.History().Team.Calendar.Zone
	for _, one := range c.Issues {
		s.Dots = append(s.Dots, chart.Dot{Day: from.DaysUntil(calendar.DateOf(one.Finish, zone)),
			Value: float64(one.Days),
			Title: one.Issue + ", " + format.Plural(one.Days, "day"),
			Link:  frame.IssueAddress(v.base, one.Issue, v.keep)})
	}
	s.Dots = mergeDots(s.Dots, "#explain-flow-cycle")
	s.Levels = []chart.Level{{Value: float64(*c.P85), Name: "85" + format.Thin + "%: " + format.Plural(*c.P85, "day"),
		Short: "85" + format.Thin + "%", Class: "s-end", Link: "#explain-flow-cycle"},
		{Value: float64(*c.P50), Name: "50" + format.Thin + "%: " + format.Plural(*c.P50, "day"),
			Short: "50" + format.Thin + "%", Class: "s-ideal", Link: "#explain-flow-cycle"}}
	note := fmt.Sprintf("%s by day of finish.", format.Plural(c.Measured, "issue"))
	if x := v.F.XmR.CycleTime; x != nil {
		s.Levels = append(s.Levels, chart.Level{Value: x.Upper, Name: "limit " + format.Figure(x.Upper), Short: "limit",
			Class: "s-now", Link: "#explain-flow-cycle"})
		note += fmt.Sprintf(" Dotted: the upper limit of ordinary variation, %s days; %s.", format.Figure(x.Upper),
			strings.Replace(outsideLimits(x.Outside, "issue"), "the limits", "it", 1))
	}
	if c.NeverInProgress > 0 {
		note += " " + format.Capital(format.Plural(c.NeverInProgress, "issue")) +
			" more done without ever being in progress: no cycle time."
	}
	reading := fmt.Sprintf("Half of the issues take %s or less, 85%s%% take %s", format.Plural(*c.P50, "day"),
		format.Thin,
		format.Plural(*c.P85, "day"))
	s.Title = "Cycle time by day of finish. " + reading + "."
	v.Cycle = &frame.Figure{Reading: reading,
		Opened: frame.OpenFigures(reading, [2]string{format.Plural(*c.P50, "day"),
			"flow-cycle"}, [2]string{format.Plural(*c.P85, "day"), "flow-cycle"}), SVG: frame.HTML(s.SVG()), Note: note}
}

// mostDots is how many issues a chart shows each by a dot of its own. A reader tells no more apart.
const mostDots = 200

// mergeDots draws issues of one day and one value as one dot where there are more than [mostDots]; link is what a dot
// of several leads to.
func mergeDots(dots []chart.Dot, link string) []chart.Dot {
	if len(dots) <= mostDots {
		return dots
	}
	type place struct {
		day   int
		value float64
	}
	issues := map[place]int{}
	var out []chart.Dot
	for _, dot := range dots {
		at := place{dot.Day, dot.Value}
		if issues[at] == 0 {
			out = append(out, dot)
		}
		issues[at]++
	}
	for n, dot := range out {
		if count := issues[place{dot.Day, dot.Value}]; count > 1 {
			out[n].Link = link
			out[n].Title = fmt.Sprintf("%d issues, %s", count, format.Plural(int(dot.Value), "day"))
		}
	}
	return out
}

// outsideLimits says what lies outside of limits.
func outsideLimits(outside []string, thing string) string {
	names := slices.Clone(outside)
	for i, name := range names {
		if _, week, ok := strings.Cut(name, "-W"); ok && thing == "week" {
			names[i] = "week " + week
		}
	}
	switch n := len(names); {
	case n == 0:
		return "nothing lies beyond the limits"
	case n > 3:
		return fmt.Sprintf("%d %ss lie beyond the limits", n, thing)
	case n == 1:
		return names[0] + " lies beyond the limits"
	}
	return strings.Join(names, ", ") + " lie beyond the limits"
}

// drawAgeing draws the age of the work in progress by column, and lists it.
func (v *page) drawAgeing() {
	wip := v.F.WIP
	if wip.Count == 0 {
		v.Ageing = &frame.Figure{Reading: "Nothing is in progress",
			Empty: "Work shows here from its start until it is done."}
		return
	}
	a := chart.Ageing{ID: "t-ageing", Title: "Age of the work in progress, by column:"}
	pace, place := map[string]*int{}, map[string]int{}
	for _, p := range v.F.ColumnPace[:max(0, len(v.F.ColumnPace)-1)] { // what reached the last one is done
		column := chart.AgeColumn{Name: p.Column}
		if p.P85 != nil {
			days := float64(*p.P85)
			column.PaceLink = "#explain-flow-wip"
			column.Pace, column.PaceName = &days, "85"+format.Thin+"% by "+fmt.Sprint(*p.P85)
		}
		pace[p.Column], place[p.Column] = p.P85, len(a.Columns)
		a.Columns = append(a.Columns, column)
	}
	older, longest := 0, 1
	for _, one := range wip.Issues {
		longest = max(longest, one.Age)
		if one.Column == nil {
			continue
		}
		if p := pace[*one.Column]; p != nil {
			longest = max(longest, *p) // the tick of a pace has its place on the rail
			if one.Age > *p {
				older++
			}
		}
		if n, ok := place[*one.Column]; ok {
			a.Columns[n].Dots = append(a.Columns[n].Dots, chart.Dot{Value: float64(one.Age),
				Title: one.Issue + ", " + format.Plural(one.Age, "day"),
				Link:  frame.IssueAddress(v.base, one.Issue, v.keep)})
		}
	}
	for n := range a.Columns {
		a.Columns[n].Dots = mergeDots(a.Columns[n].Dots, "#explain-flow-wip")
	}
	v.fillAges(pace, longest)
	reading := "No work in progress is older than the pace of its column"
	if older == 1 {
		reading = "1 issue is older than the pace of its column"
	} else if older > 1 {
		reading = fmt.Sprintf("%d issues are older than the pace of their columns", older)
	}
	a.Title += " " + reading + "."
	v.Ageing = &frame.Figure{Reading: reading, SVG: frame.HTML(a.SVG()),
		Note: "Lines: 85" + format.Thin + "% of what left the column in the last 90 days was that old or younger. No " +
			"line: nothing left it."}
	if older > 0 {
		v.Ageing.Opened = frame.OpenFigures(reading, [2]string{fmt.Sprint(older), "flow-wip"})
	}
	v.AgeReading = frame.OpenFigures(format.Plural(wip.Count, "issue")+", the oldest first",
		[2]string{format.Plural(wip.Count, "issue"), "flow-wip"})
}

// fillAges lists the work in progress with its age, and the pace of its column, on a rail as long as the longest of
// them.
func (v *page) fillAges(pace map[string]*int, longest int) {
	issues := v.F.WIP.Issues
	v.AgesRest = frame.RemainderOf(len(issues), v.File("ageing.csv"))
	for _, one := range issues[:len(issues)-v.AgesRest.More] {
		line := ageLine{Key: one.Issue, Address: frame.IssueAddress(v.base, one.Issue, v.keep),
			Summary: v.summaryOf(one.Issue), Column: "–", Age: fmt.Sprint(one.Age), Pace: "–"}
		var tick *float64
		if one.Column != nil {
			line.Column, line.Pace = *one.Column, format.Days(pace[*one.Column])
			if p := pace[*one.Column]; p != nil {
				tick = frame.Ratio(float64(*p), float64(longest))
			}
		}
		line.Bar = frame.HTML(inline.Meter("age "+format.Plural(one.Age, "day"), float64(one.Age)/float64(longest),
			tick,
			"f-exp"))
		v.Ages = append(v.Ages, line)
	}
}

// drawCumulative draws how many issues reached each column since the first day of the window.
func (v *page) drawCumulative(from calendar.Date) {
	list, names := v.F.CFD.Days, v.F.CFD.Columns
	if len(list) < 2 || len(names) == 0 {
		v.Cumulative = &frame.Figure{Reading: "Nothing to add up yet", Empty: "The cumulative flow needs two days."}
		return
	}
	last := len(names) - 1
	base := list[0].Reached[last]
	to := from.Add(len(list) - 1)
	c := chart.Cumulative{ID: "t-cfd", Link: "#explain-flow-cfd", Days: v.flowDays(from, to)}
	for n, name := range names {
		column := chart.Reached{Name: name}
		for _, day := range list {
			column.Values = append(column.Values, float64(day.Reached[n]-base))
		}
		c.Columns = append(c.Columns, column)
	}
	end := list[len(list)-1]
	came, done, back := end.Reached[0]-list[0].Reached[0], end.Reached[last]-base, 0
	for _, day := range list[1:] {
		back += day.Backward
	}
	reading := fmt.Sprintf("%d came in and %d were done since %s", came, done, format.DateWord(from))
	c.Title = fmt.Sprintf("Cumulative flow by column. %s.", reading)
	v.Cumulative = &frame.Figure{Reading: reading,
		Opened: frame.OpenFigures(reading, [2]string{fmt.Sprint(came), "flow-cfd"}, [2]string{fmt.Sprint(done),
			"flow-cfd"}),
		SVG: frame.HTML(c.SVG()),
		Note: fmt.Sprintf("Issues that ever reached a column or a later one; the %d that were done by the end of %s "+
			"are left out. %s back.", base, format.DateWord(from), format.Capital(format.Plural(back, "move")))}
	if e, ok := onpage.Arrivals(v.F); ok {
		v.Explains = append(v.Explains, drawer.Of("flow-cfd", e, v.jira))
	}
}

// drawThroughput draws the issues finished in each ISO week of the window, with the limits of its whole weeks.
func (v *page) drawThroughput(from, to calendar.Date) {
	if v.F.CycleTime.Measured+v.F.CycleTime.NeverInProgress == 0 {
		v.Throughput = &frame.Figure{Reading: "Nothing was finished in these days",
			Empty: "Each week shows what was finished in it."}
		return
	}
	counts := map[calendar.Date]int{}
	for _, day := range v.F.Throughput {
		if d, err := time.Parse(time.DateOnly, day.Date); err == nil {
			counts[mondayOf(calendar.Date{Year: d.Year(), Month: d.Month(), Day: d.Day()})] += day.Issues
		}
	}
	today := calendar.DateOf(v.at, v.team.History().Team.Calendar.Zone)
	w := chart.Weeks{ID: "t-through", Third: true, Title: "Issues finished week by week:"}
	for monday := mondayOf(from); !to.Before(monday) && !today.Before(monday); monday = monday.Add(7) {
		_, week := monday.Midnight(time.UTC).ISOWeek()
		sunday := monday.Add(6)
		part := monday.Before(from) || to.Before(sunday) ||
			!sunday.Before(today) // whole weeks are over and lie in the window
		w.Weeks = append(w.Weeks, chart.Week{Name: fmt.Sprintf("W%02d", week), Value: float64(counts[monday]),
			Open: part, Link: "#explain-flow-throughput"})
		w.Title += fmt.Sprintf(" W%02d %d,", week, counts[monday])
	}
	w.Title = strings.TrimSuffix(w.Title, ",") + "."
	reading := format.Plural(v.F.CycleTime.Measured+v.F.CycleTime.NeverInProgress, "issue") + " finished in these days"
	note := "Hatched: the week is not whole. Limits need two whole weeks."
	if x := v.F.XmR.Throughput; x != nil {
		w.Across = []chart.Level{{Value: x.Mean, Name: "mean " + format.Figure(x.Mean), Short: "mean", Class: "s-end",
			Link: "#explain-flow-throughput"},
			{Value: x.Upper, Name: "limit " + format.Figure(x.Upper), Short: "limit", Class: "s-now",
				Link: "#explain-flow-throughput"}}
		if x.Lower > 0 {
			w.Across = append(w.Across, chart.Level{Value: x.Lower, Name: "limit " + format.Figure(x.Lower),
				Short: "limit", Class: "s-now", Link: "#explain-flow-throughput"})
		}
		reading = format.Figure(x.Mean) + " issues a week in the mean, " + outsideLimits(x.Outside, "week")
		note = fmt.Sprintf("Hatched: the week is not whole, and not in the mean. Ordinary variation: %s to %s.",
			format.Figure(x.Lower), format.Figure(x.Upper))
	}
	v.Throughput = &frame.Figure{Reading: reading,
		Opened: frame.OpenFigures(reading, [2]string{strings.Fields(reading)[0], "flow-throughput"}),
		SVG:    frame.HTML(w.SVG()), Note: note}
}

// mondayOf returns the first day of the ISO week of a date.
func mondayOf(d calendar.Date) calendar.Date { return d.Add(-(int(d.Weekday()) + 6) % 7) }

// ruleWords say what each rule asks for, and of which issues.
var ruleWords = map[string][2]string{
	flow.RuleDoneWithoutProgress:     {"Passed through in progress before done", "finished issues"},
	flow.RuleUntouched:               {"Touched in the last working days", "issues in progress"},
	flow.RuleImpedimentWithoutTime:   {"Closed with time logged", "finished impediments"},
	flow.RuleEstimatedAfterStart:     {"Estimated before the start, not after", "issues begun"},
	flow.RuleInSprintWithoutEstimate: {"Has an estimate", "issues of active sprints"},
}

// mostNamedIssues is how many exceptions a rule names beside its share; the explanation lists all.
const mostNamedIssues = 4

// fillRules lists the rules of a ticket's lifecycle: how many keep each, and which do not.
func (v *page) fillRules() {
	for n, rule := range v.F.Lifecycle {
		said := ruleWords[rule.Rule]
		e := onpage.RuleKept(v.team, v.F, rule, said[0], said[1])
		line := ruleLine{Name: said[0], Of: said[1], Share: e.Shown.Value, Explain: fmt.Sprintf("flow-rule-%d", n),
			More: max(0, len(rule.Issues)-mostNamedIssues)}
		switch {
		case rule.Count == nil:
			line.Why = "says nothing: the team counts issues"
		case e.Value == nil:
			line.Why = "no such issue"
		default:
			line.Bar = frame.HTML(inline.Meter(said[0], *e.Value, nil, "f-exp"))
		}
		for _, key := range rule.Issues[:min(len(rule.Issues), mostNamedIssues)] {
			line.Issues = append(line.Issues, frame.Choice{Name: key, Address: frame.IssueAddress(v.base, key, v.keep)})
		}
		opened := drawer.Of(line.Explain, e, v.jira)
		opened.LimitRows(v.File("rules.csv"))
		v.Rules, v.Explains = append(v.Rules, line), append(v.Explains, opened)
	}
	e, kept, all := onpage.RulesKept(v.F)
	said := fmt.Sprintf("Rules are kept %d of %d times", kept, all)
	v.RuleReading = frame.OpenFigures(said, [2]string{fmt.Sprint(kept), "flow-kept"})
	v.Explains = append(v.Explains, drawer.Of("flow-kept", e, v.jira))
}
