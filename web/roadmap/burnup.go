package roadmap

import (
	"fmt"
	"slices"

	"jerem/calendar"
	"jerem/chart"
	"jerem/measure"
	"jerem/measure/explain/onpage"
	"jerem/sorting"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/roadmap/subject"
)

// drawBurnup draws scope and done day by day and, while the quarter lasts, scope and pace carried on to where they
// meet, the outcomes of the forecast with its dates, and the quarter's end.
func drawBurnup(p *page, s subject.Subject) {
	q, w := p.Q, p.W
	list := s.Team.Burnup(s.Name, s.At)
	if q.Total == 0 && !slices.ContainsFunc(list,
		func(day measure.BurnupDay) bool { return day.Total > 0 }) {
		p.Burnup = &frame.Figure{Reading: "Nothing is estimated in the epics of " + q.Quarter,
			Empty: "Without an estimate above 0 there is no line to draw."}
		return
	}
	end := axisEnd(p, s)
	b := burnupAxis("t-burnup", s, end)
	n := float64(len(b.Days))
	if len(list) == 0 {
		reading := fmt.Sprintf("%s planned; the line begins on %s", w.Count(q.Total), format.DateWord(s.First))
		b.Title = fmt.Sprintf("Burnup of %s: %s.", q.Quarter, reading)
		p.Burnup = &frame.Figure{Reading: reading, SVG: frame.HTML(b.SVG()),
			Empty: "The quarter has not begun. What is planned for it stands below."}
		return
	}
	addBurnupDays(&b, list, w)
	reading := fmt.Sprintf("%s of %s %s done at the quarter's end", w.Amount(q.Done), w.Count(q.Total), w.Were(q.Total))
	opened := [][2]string{{w.Amount(q.Done), "progression"}, {w.Count(q.Total), "progression"}}
	if !s.QuarterIsOver() {
		markNow(p, &b, s, len(list))
		told := addCapacity(p, &b, s, end)
		reading = fmt.Sprintf("%s of %s %s done", w.Amount(q.Done), w.Count(q.Total), w.Are(q.Total)) + told.reading
		opened = append(opened, told.link)
		drawFan(p, &b, s, n)
	}
	b.Grown = growthMarks(s, list, w, n)
	b.Opens = chart.BurnupLinks{First: "#explain-growth", Last: "#explain-progression", Done: "#explain-progression",
		Pace: "#explain-velocity"}
	b.Title = fmt.Sprintf("Burnup of %s: %s.", q.Quarter, reading)
	p.Burnup = &frame.Figure{Reading: reading, Opened: frame.OpenFigures(reading, opened...), SVG: frame.HTML(b.SVG()),
		Note: burnupNote(b) + unestimatedNote(p, b)}
}

// burnupAxis begins a burnup: its days, to the end of the axis.
func burnupAxis(id string, s subject.Subject, end calendar.Date) chart.Burnup {
	cal := s.TeamCalendar()
	b := chart.Burnup{ID: id}
	for d := s.First; !end.Before(d); d = d.Add(1) {
		b.Days = append(b.Days, chart.Day{Number: fmt.Sprint(d.Day), Month: d.Month.String()[:3], Off: !cal.Working(d)})
	}
	b.End = float64(s.First.DaysUntil(s.Last)+1) / float64(len(b.Days))
	return b
}

// addBurnupDays adds scope and done at the end of each day, and names the lines.
func addBurnupDays(b *chart.Burnup, list []measure.BurnupDay, w format.Words) {
	n := float64(len(b.Days))
	for i, day := range list {
		x := float64(i) / n
		b.Scope = append(b.Scope, chart.XY{X: x, Y: w.Scale(day.Total)})
		b.Done = append(b.Done, chart.XY{X: x, Y: w.Scale(day.Done)})
	}
	last := list[len(list)-1]
	b.First, b.Last, b.DoneLabel = w.Amount(list[0].Total)+" at first", w.Amount(last.Total)+" in all",
		w.Amount(last.Done)+" done"
}

// markNow ends the lines at the moment shown, and marks the quarter's end.
func markNow(p *page, b *chart.Burnup, s subject.Subject, days int) {
	now := float64(days) / float64(len(b.Days))
	b.End, b.Now, b.NowName = now, &now, "now"
	if p.Asked != "" {
		b.NowName = p.W.Day(s.At)
	}
	due := float64(s.First.DaysUntil(s.Last)+1) / float64(len(b.Days))
	b.Deadline, b.DueName = &due, "ends "+subject.ShortDate(s.Last)
}

// burnupNote says what the lines of a burnup are.
func burnupNote(b chart.Burnup) string {
	note := "Upper line: the scope. Lower line: what is done of it."
	if len(b.Grown) > 0 {
		note += " Triangles: what changed the scope most."
	}
	if len(b.Capacity) > 0 {
		note += " Dotted: the velocity on every working day to come."
	}
	if len(b.Fan) > 0 {
		note += " Bands: 40, 70 and 90" + format.Thin +
			"% of the outcomes, no more than the scope of today; the dates " +
			"allow for its growth too."
	}
	return note
}

// unestimatedNote says what the bands leave out beside growth: open issues without an estimate, whose likely size only
// the dates hold; with the odds, where no date can be told for them.
func unestimatedNote(p *page, b chart.Burnup) string {
	if len(b.Fan) == 0 || p.Forecast.F.Unestimated == nil || *p.Forecast.F.Unestimated == 0 {
		return ""
	}
	note := fmt.Sprintf(" The bands leave out %s without an estimate, the dates and odds do not",
		format.The(*p.Forecast.F.Unestimated, "open issue"))
	if !hasForecastDate(p) && hasForecastOdds(p) {
		note += ": those are " + format.OddsWord(p.Forecast.F.Odds) + ", however soon the bands meet the scope"
	}
	return note + "."
}

// paceTold is what a burnup says of the team's pace, and what opens the figure in it.
type paceTold struct {
	reading string
	link    [2]string
}

// addCapacity adds the line of the team's pace, to where it meets the scope or the axis ends, and says which.
func addCapacity(p *page, b *chart.Burnup, s subject.Subject, end calendar.Date) paceTold {
	q, w, cal := p.Q, p.W, s.TeamCalendar()
	if q.Velocity == nil || q.Remaining <= 0 || q.Velocity.Median <= 0 {
		return paceTold{}
	}
	n := float64(len(b.Days))
	day := calendar.DateOf(s.At, cal.Zone)
	if day.Before(s.First) {
		day = s.First
	}
	value, meets := q.Done, ""
	b.Capacity = append(b.Capacity, chart.XY{X: b.End, Y: w.Scale(value)})
	for ; !end.Before(day) && meets == ""; day = day.Add(1) {
		x := float64(s.First.DaysUntil(day)+1) / n
		if cal.Working(day) {
			value += q.Velocity.Median
		}
		if value >= q.Total-1e-9 {
			value, meets = q.Total, subject.ShortDate(day)
		}
		b.Capacity = append(b.Capacity, chart.XY{X: x, Y: w.Scale(value)})
	}
	b.Pace = "capacity, " + w.Rate(q.Velocity.Median) + " a day"
	if meets != "" {
		b.PaceShort = b.Pace
		b.Pace += ", meets the scope on " + meets
	}
	if q.DaysToComplete != nil && *q.DaysToComplete <= q.WorkingDaysLeft {
		days := fmt.Sprint(*q.DaysToComplete)
		return paceTold{"; at the usual pace the rest takes " + format.WorkingDays(*q.DaysToComplete),
			[2]string{days, "days"}}
	}
	e := onpage.UsualPace(s.Team, q)
	p.open(s, "reach", e)
	return paceTold{fmt.Sprintf("; the usual pace would reach %s by %s", e.Shown.Value, format.DateWord(s.Last)),
		[2]string{e.Shown.Value, "reach"}}
}

// The changes of the scope that a burnup marks: so many of the greatest, and none below so large a share of it.
const (
	mostGrowthMarks  = 6
	leastGrowthShare = 0.03
)

// growthMarks are the greatest changes of the scope by the end of a day, each with the epic that did most of it.
func growthMarks(s subject.Subject, list []measure.BurnupDay, w format.Words, n float64) []chart.Growth {
	type change struct {
		day int
		by  float64
	}
	var changes []change
	highest := 0.0
	for i := range list {
		highest = max(highest, list[i].Total)
		if i > 0 && list[i].Total != list[i-1].Total {
			changes = append(changes, change{i, list[i].Total - list[i-1].Total})
		}
	}
	size := func(c change) float64 { return max(c.by, -c.by) }
	sorting.By(changes, func(a, b change) int {
		switch {
		case size(a) > size(b):
			return -1
		case size(a) < size(b):
			return 1
		}
		return 0
	})
	epics := measure.EpicBurnups(s.Team, s.Name, s.At)
	var out []chart.Growth
	for _, c := range changes {
		if len(out) == mostGrowthMarks || size(c) < leastGrowthShare*highest {
			break
		}
		key := epicOfChange(epics, c.day, c.by > 0)
		mark := chart.Growth{X: float64(c.day) / n, Y: w.Scale(list[c.day].Total), Up: c.by > 0,
			Text: w.Signed(c.by) + " " + key,
			Title: fmt.Sprintf("%s %s on %s, most of it by %s", w.Signed(c.by), w.UnitFor(c.by),
				format.DateWord(list[c.day].Date), key)}
		if key != "" {
			mark.Address = frame.IssueAddress(s.Ask.Base, key, s.Ask.KeptQuery())
		}
		out = append(out, mark)
	}
	return out
}

// epicOfChange is the key of the epic whose total changed most on a day, in the direction of the whole.
func epicOfChange(epics []measure.EpicBurnup, day int, up bool) string {
	key, most := "", 0.0
	for _, epic := range epics {
		by := epic.Days[day].Total - epic.Days[day-1].Total
		if !up {
			by = -by
		}
		if by > most {
			key, most = epic.Key, by
		}
	}
	return key
}
