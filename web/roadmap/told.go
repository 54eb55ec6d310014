package roadmap

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/chart"
	"jerem/measure/explain/onpage"
	"jerem/measure/outlook"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
)

// toldView is what was told of the quarter week by week, against its end and what came.
type toldView struct {
	*frame.Figure
	Lines []toldLine
}

// toldLine is what was told at the end of a week.
type toldLine struct{ On, P50, P85, Odds, Held string }

// fillTold draws the dates that were told of the quarter at the end of each week of it. Where no date was ever
// told there is nothing to draw.
func (p *page) fillTold(s subject) {
	list := outlook.PastForecasts(s.team, s.name, s.at)
	if !slices.ContainsFunc(list, func(one outlook.PastForecast) bool { return one.P50 != nil }) {
		return
	}
	axis := axisOfTold(s, list)
	c := chart.Told{ID: "t-told", Ticks: axis.listTicks(), Dates: []chart.ToldDate{{Y: axis.positionOf(s.last),
		Name: "ends " + shortDate(s.last), Short: "end", Class: "s-end"}}}
	held, judged := 0, 0
	for _, one := range list {
		on := calendar.DateOf(one.At, s.timeZone())
		line := toldLine{On: format.DateWord(on), P50: format.LikelyDate(one.P50, s.at),
			P85: format.LikelyDate(one.P85, s.at), Odds: format.OddsWord(one.Odds), Held: "–"}
		dates := chart.ToldDates{Name: shortDate(on), From: axis.placeOf(one.P50), To: axis.placeOf(one.P85),
			Title: fmt.Sprintf("told on %s: %s to %s, odds %s", line.On, line.P50, line.P85, line.Odds)}
		if one.Held != nil {
			judged++
			line.Held, dates.Class = "no", "bad"
			if *one.Held {
				held++
				line.Held, dates.Class = "yes", "good"
			}
		}
		c.Moments = append(c.Moments, dates)
		p.Told.Lines = append(p.Told.Lines, line)
	}
	if came, ok := format.DateOf(list[len(list)-1].Came); ok {
		c.Dates = append(c.Dates, chart.ToldDate{Y: axis.positionOf(came), Name: "came " + shortDate(came),
			Short: "came",
			Class: "s-exp"})
	}
	reading := format.Capital(readingOfTold(p.Told.Lines, held, judged))
	c.Title = "Dates told of " + s.name.String() + " week by week. " + reading + "."
	p.Told.Figure = &frame.Figure{Reading: reading, SVG: frame.HTML(c.SVG()),
		Note: "Each line reaches from the 50" + format.Thin + "% date, a ring, to the 85" + format.Thin +
			"% date, as told at the end of that Sunday; later is higher. A ring alone: no 85" + format.Thin +
			"% date within four horizons."}
	if judged > 0 {
		p.Told.Opened = frame.OpenFigures(reading, [2]string{fmt.Sprint(held), "told-dates"})
	}
	p.Explains = append(p.Explains, drawer.Of("told-dates", onpage.DatesTold(s.team, p.Q, list), s.jira))
}

// ToldFile is what was told of a quarter week by week, as a table for other programs.
func (s *Pages) ToldFile(r *http.Request) (frame.View, error) {
	team, at, err := s.Teams.Asked(r)
	if err != nil {
		return frame.View{}, err
	}
	name, err := asked.QuarterOf(r.PathValue("quarter"))
	if err != nil {
		return frame.View{}, err
	}
	rows := [][]string{{"at", "p50", "p85", "odds", "came", "held"}}
	for _, one := range outlook.PastForecasts(team, name, at) {
		rows = append(rows, []string{one.At.Format(time.RFC3339Nano), format.Cell(one.P50), format.Cell(one.P85),
			format.Cell(one.Odds), format.Cell(one.Came), format.Cell(one.Held)})
	}
	return frame.Table("told-"+name.String(), rows), nil
}

// readingOfTold says how the dates held, or between what they moved.
func readingOfTold(lines []toldLine, held, judged int) string {
	if judged > 0 {
		return fmt.Sprintf("%d of %s told held", held, format.Plural(judged, "85"+format.Thin+"% date"))
	}
	first, last := lines[0], lines[len(lines)-1]
	if first.P85 == "–" || last.P85 == "–" {
		return fmt.Sprintf("%s on %s, %s on %s", toldOrNot(first.P85), first.On, toldOrNot(last.P85), last.On)
	}
	if first.P85 == last.P85 {
		return fmt.Sprintf("The 85%s%% date is where it was on %s", format.Thin, first.On)
	}
	return fmt.Sprintf("%s was told on %s, %s on %s", first.P85, first.On, last.P85, last.On)
}

// toldOrNot writes a date, or that none was told.
func toldOrNot(date string) string {
	if date == "–" {
		return "no 85" + format.Thin + "% date"
	}
	return date
}

// dateAxis is an axis of dates, from 0 to 1.
type dateAxis struct{ from, to calendar.Date }

// mostDaysShown is how many days after the end of a quarter a date may lie and still be drawn at its place; a later
// one stands at the edge.
const mostDaysShown = 274

// axisOfTold is as long as the quarter and all that was told of it need.
func axisOfTold(s subject, list []outlook.PastForecast) dateAxis {
	axis := dateAxis{s.first, s.last.Add(7)}
	for _, one := range list {
		for _, text := range []*string{one.P50, one.P85, one.Came} {
			date, ok := format.DateOf(text)
			if ok && axis.to.Before(date) {
				axis.to = date.Add(7)
			}
			if ok && date.Before(axis.from) {
				axis.from = date
			}
		}
	}
	if most := s.last.Add(mostDaysShown); most.Before(axis.to) {
		axis.to = most
	}
	return axis
}

func (a dateAxis) positionOf(d calendar.Date) float64 {
	return min(max(float64(a.from.DaysUntil(d))/float64(a.from.DaysUntil(a.to)), 0), 1)
}

// placeOf is the place of a date that may not be told.
func (a dateAxis) placeOf(text *string) *float64 {
	date, ok := format.DateOf(text)
	if !ok {
		return nil
	}
	x := a.positionOf(date)
	return &x
}

// mostTicks is how many months an axis of dates names at most.
const mostTicks = 6

// listTicks names the beginnings of months, every so many.
func (a dateAxis) listTicks() []chart.ToldDate {
	every := 1 + a.from.DaysUntil(a.to)/(30*mostTicks)
	var out []chart.ToldDate
	month := time.Date(a.from.Year, a.from.Month, 1, 0, 0, 0, 0, time.UTC)
	for n := 0; ; n += every {
		at := month.AddDate(0, n, 0)
		first := calendar.DateOf(at, time.UTC)
		if a.to.Before(first) {
			return out
		}
		if !first.Before(a.from) {
			out = append(out, chart.ToldDate{Y: a.positionOf(first), Name: at.Format("Jan")})
		}
	}
}

func shortDate(d calendar.Date) string { return d.In(time.UTC, 0).Format("2 Jan") }

// drawRecord draws a dot for each past forecast of work that was about as large: how long it took, in percent of the
// working days told at 85 %. nil where there is none.
func drawRecord(c outlook.Calibration) *frame.Figure {
	if len(c.Dots) == 0 {
		return nil
	}
	first, ok := format.DateOf(&c.Dots[0].Date)
	last, known := format.DateOf(&c.Dots[len(c.Dots)-1].Date)
	if !ok || !known {
		return nil
	}
	d := chart.Scatter{ID: "t-record", Third: true,
		Levels: []chart.Level{{Value: 100, Name: "as told", Short: "told", Class: "s-end", Link: "#explain-record"}}}
	for day := first; !last.Before(day); day = day.Add(1) {
		d.Days = append(d.Days, chart.Day{Number: day.In(time.UTC, 0).Format("Jan 2006")})
	}
	for _, dot := range c.Dots {
		on, ok := format.DateOf(&dot.Date)
		if !ok || dot.P85 <= 0 {
			continue
		}
		d.Dots = append(d.Dots, chart.Dot{Day: first.DaysUntil(on), Value: 100 * float64(dot.Took) / float64(dot.P85),
			Title: fmt.Sprintf("told on %s: %s, took %d", format.DateWord(on), format.WorkingDays(dot.P85), dot.Took),
			Link:  "#explain-record"})
	}
	held := c.At[2]
	reading := fmt.Sprintf("%d of %d took no longer than was told", held.Held, held.Of)
	d.Title = "What past forecasts took, in percent of the working days told at 85 %. " + reading + "."
	return &frame.Figure{Reading: reading, SVG: frame.HTML(d.SVG()),
		Opened: frame.OpenFigures(reading, [2]string{fmt.Sprint(held.Held), "record"})}
}
