package flow

import (
	"fmt"
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
	for n, count := range countByColumn(wip.Issues, place, len(a.Columns)) {
		a.Columns[n].Dots = make([]chart.Dot, 0, count)
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
			dot := chart.Dot{Value: float64(one.Age), Title: one.Issue}
			if p := pace[*one.Column]; p != nil && one.Age > *p && older <= mostNames { // the oldest come first
				dot.Name = one.Issue
			}
			a.Columns[n].Dots = append(a.Columns[n].Dots, dot)
		}
	}
	for n := range a.Columns {
		a.Columns[n].Dots = tellDots(mergeDots(a.Columns[n].Dots, "#explain-flow-wip"), v.base, v.keep)
	}
	v.fillAges(pace, longest)
	reading := "No work in progress is older than the pace of its column"
	if older > 0 {
		reading = format.Plural(older, "issue") + format.Agree(fmt.Sprint(older),
			" is older than the pace of its column", " are older than the pace of their columns")
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

// countByColumn tells how much work in progress stands in each of some columns, by their places.
func countByColumn(issues []flow.WIPIssue, place map[string]int, columns int) []int {
	counts := make([]int, columns)
	for _, one := range issues {
		if one.Column == nil {
			continue
		}
		if n, ok := place[*one.Column]; ok {
			counts[n]++
		}
	}
	return counts
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
		line.Bar = frame.HTML(inline.Meter(float64(one.Age)/float64(longest), tick, "f-exp"))
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
	reading := fmt.Sprintf("%d came in and %d %s done since %s", came, done,
		format.Agree(fmt.Sprint(done), "was", "were"), format.DateWord(from))
	c.Title = fmt.Sprintf("Cumulative flow by column. %s.", reading)
	v.Cumulative = &frame.Figure{Reading: reading,
		Opened: frame.OpenFigures(reading, [2]string{fmt.Sprint(came), "flow-cfd"}, [2]string{fmt.Sprint(done),
			"flow-cfd"}),
		SVG:  frame.HTML(c.SVG()),
		Note: noteOfCumulative(base, back, from)}
	if e, ok := onpage.Arrivals(v.F); ok {
		addAddressed(v, drawer.Of("flow-cfd", e, v.jira))
	}
}

// noteOfCumulative says what the cumulative flow leaves out, the issues done by the end of its first day, and how often
// an issue went back.
func noteOfCumulative(before, back int, from calendar.Date) string {
	note := "Issues that ever reached a column or a later one."
	if before > 0 {
		note += fmt.Sprintf(" Left out: %s done by the end of %s.", format.Plural(before, "issue"),
			format.DateWord(from))
	}
	if back == 0 {
		return note + " None moved back."
	}
	return note + " " + format.Capital(format.Plural(back, "move")) + " back."
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
		reading = format.Figure(x.Mean) + " " + format.UnitOf(format.Figure(x.Mean), "issues a week") +
			" in the mean, " + outsideLimits(x.Outside, "week")
		note = fmt.Sprintf("Hatched: the week is not whole, and not in the mean. Ordinary variation: %s to %s.",
			format.Figure(x.Lower), format.Figure(x.Upper))
	}
	v.Throughput = &frame.Figure{Reading: reading,
		Opened: frame.OpenFigures(reading, [2]string{strings.Fields(reading)[0], "flow-throughput"}),
		SVG:    frame.HTML(w.SVG()), Note: note}
}

// mondayOf returns the first day of the ISO week of a date.
func mondayOf(d calendar.Date) calendar.Date { return d.Add(-(int(d.Weekday()) + 6) % 7) }
