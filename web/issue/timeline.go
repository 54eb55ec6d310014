package issue

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"jerem/calendar"
	"jerem/chart"
	"jerem/measure"
	"jerem/measure/issuehistory"
	"jerem/sorting"
	"jerem/web/format"
	"jerem/web/frame"
)

// loggedDay is the time logged on an issue for the work of a day.
type loggedDay struct {
	Day, Hours string
	date       calendar.Date
	seconds    int64
}

// fillDays adds up the time logged on an issue by the day of the work.
func (p *page) fillDays(issue *issuehistory.History, w format.Words) {
	for _, l := range issue.Worklogs {
		date := calendar.DateOf(l.Started, w.Zone)
		n := slices.IndexFunc(p.Days, func(d loggedDay) bool { return d.date == date })
		if n < 0 {
			n = len(p.Days)
			p.Days = append(p.Days, loggedDay{Day: w.DayYear(l.Started), date: date})
		}
		p.Days[n].seconds += l.Seconds
	}
	sorting.By(p.Days, func(a, b loggedDay) int { return b.date.DaysUntil(a.date) })
	for i := range p.Days {
		p.Days[i].Hours = format.HoursColumn(p.Days[i].seconds)
	}
}

// span is the time that a timeline shows: from the first thing known of an issue to the moment shown.
type span struct{ from, to time.Time }

// placeOf is the place of a moment on the axis, between 0 and 1.
func (s span) placeOf(t time.Time) float64 {
	whole := s.to.Sub(s.from)
	if whole <= 0 {
		return 0
	}
	return min(max(float64(t.Sub(s.from))/float64(whole), 0), 1)
}

// stateFills are the fills of the states of work.
var stateFills = map[measure.State]string{measure.Done: "f-done", measure.Doing: "f-doing", measure.ToDo: "f-todo"}

// drawTimeline draws what changed of an issue on one axis: status, estimate, sprints, epic, flag, time logged.
func (p *page) drawTimeline(team *measure.Team, issue *issuehistory.History, at time.Time) {
	w := format.WordsOf(team)
	axis := span{issue.Status[0].From, at}
	names := sprintNames(team, at)
	lanes := []chart.Lane{{Name: "Status", Spans: spansOf(axis, issue.Status, func(x string) string { return x })},
		{Name: "Estimate, " + w.UnitName(), Spans: spansOf(axis, issue.Estimate, func(x *float64) string {
			return writeEstimate(w, x)
		})},
		{Name: "Sprints", Spans: spansOf(axis, issue.Sprints,
			func(ids []int64) string { return writeLatest(names, ids) })},
		{Name: "Epic", Spans: spansOf(axis, issue.Epic, func(x *string) string { return writeKey(x) })}}
	for i := range lanes[0].Spans {
		lanes[0].Spans[i].Class = fillAt(issue.State, issue.Status[i].From)
	}
	if len(issue.Flag) > 0 {
		flags := chart.Lane{Name: "Flag", Spans: spansOf(axis, issue.Flag, writeFlag)}
		for i := range flags.Spans {
			if issue.Flag[i].Value {
				flags.Spans[i].Class = "f-flag"
			}
		}
		lanes = append(lanes, flags)
	}
	if len(p.Days) > 0 {
		lanes = append(lanes, p.loggedLane(axis, w))
	}
	held := lanes[0].Spans[len(lanes[0].Spans)-1].Name
	p.Reading = fmt.Sprintf("%s since %s", held, w.Day(issue.Status[len(issue.Status)-1].From))
	title := fmt.Sprintf("Timeline of %s from %s to %s: %s, %s.", issue.Key, w.DayYear(axis.from), w.DayYear(at),
		format.Plural(len(issue.Status), "status"), p.Reading)
	title = strings.Replace(title, "statuss", "statuses", 1)
	p.Timeline = &frame.Figure{SVG: frame.HTML(chart.Lanes{ID: "t-issue", Title: title, Lanes: lanes,
		Ticks: ticksOf(axis, w)}.SVG())}
}

// spansOf are the values of a field on the axis of a timeline; those that begin after it are left out.
func spansOf[T any](axis span, list []issuehistory.Held[T], write func(T) string) []chart.LaneSpan {
	var out []chart.LaneSpan
	for n, h := range list {
		to := axis.to
		if n+1 < len(list) {
			to = list[n+1].From
		}
		out = append(out, chart.LaneSpan{From: axis.placeOf(h.From), To: axis.placeOf(to), Name: write(h.Value)})
	}
	return out
}

// fillAt is the fill of the state that holds at a moment.
func fillAt(states []issuehistory.Held[measure.State], at time.Time) string {
	fill := ""
	for _, h := range states {
		if !h.From.After(at) {
			fill = stateFills[h.Value]
		}
	}
	return fill
}

// loggedLane is the time logged, a column for each day.
func (p *page) loggedLane(axis span, w format.Words) chart.Lane {
	most := int64(1)
	for _, d := range p.Days {
		most = max(most, d.seconds)
	}
	lane := chart.Lane{Name: "Time logged, hours a day worked", Class: "f-exp"}
	for _, d := range p.Days {
		lane.Columns = append(lane.Columns, chart.LaneColumn{X: axis.placeOf(d.date.Noon(w.Zone)),
			Share: float64(d.seconds) / float64(most), Name: d.Hours})
	}
	return lane
}

// mostTicks is how many moments an axis names at most.
const mostTicks = 8

// ticksOf names days of the axis at even steps, each at its midnight.
func ticksOf(axis span, w format.Words) []chart.Tick {
	first, last := calendar.DateOf(axis.from, w.Zone), calendar.DateOf(axis.to, w.Zone)
	step := max(1, (first.DaysUntil(last)+mostTicks-1)/mostTicks)
	var out []chart.Tick
	for d := first.Add(1); !last.Before(d); d = d.Add(step) {
		name := fmt.Sprintf("%d %s", d.Day, d.Month.String()[:3])
		if first.Year != last.Year {
			name += fmt.Sprintf(" %d", d.Year)
		}
		out = append(out, chart.Tick{X: axis.placeOf(d.Midnight(w.Zone)), Name: name})
	}
	return out
}
