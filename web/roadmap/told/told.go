package told

import (
	"fmt"
	"strings"
	"time"

	"jerem/calendar"
	"jerem/chart"
	"jerem/measure"
	"jerem/measure/explain/onpage"
	"jerem/measure/outlook"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/roadmap/subject"
)

// View is what was told of the quarter week by week, against its end and what came.
type View struct {
	*frame.Figure
	Lines []toldLine
}

// toldLine is what was told at the end of a week.
type toldLine struct{ On, P50, P85, Odds, Held string }

// titleOfTold says what was told at a moment; a date that lies too far away is said to.
func titleOfTold(line toldLine) string {
	if line.P85 == "–" {
		return fmt.Sprintf("told on %s: %s, no 85"+format.Thin+"%% date, odds %s", line.On, line.P50, line.Odds)
	}
	return fmt.Sprintf("told on %s: %s to %s, odds %s", line.On, line.P50, line.P85, line.Odds)
}

// Of draws the dates that were told of the quarter at the end of each week of it. Where no date was ever
// told there is nothing to draw.
func Of(s subject.Subject, q *measure.Quarter) (View, []frame.Explanation) {
	var view View
	list := outlook.PastForecasts(s.Team, s.Name, s.At)
	if !onpage.HasDates(list) {
		return view, nil
	}
	axis := axisOfTold(s, list)
	c := chart.Told{ID: "t-told", Link: "#explain-told-dates", Ticks: listTicks(axis),
		Dates: []chart.ToldDate{{Y: axis.PositionOf(s.Last),
			Name: "ends " + subject.ShortDate(s.Last), Short: "end", Class: "s-end"}}}
	held, judged := 0, 0
	for _, one := range list {
		on := calendar.DateOf(one.At, s.TimeZone())
		line := toldLine{On: format.DateWord(on), P50: format.LikelyDate(one.P50, s.At),
			P85: format.LikelyDate(one.P85, s.At), Odds: format.OddsWord(one.Odds), Held: "–"}
		dates := chart.ToldDates{Name: subject.ShortDate(on), From: placeAt(axis, one.P50), To: placeAt(axis, one.P85),
			Title: titleOfTold(line)}
		if one.Held != nil {
			judged++
			line.Held, dates.Class = "no", "bad"
			if *one.Held {
				held++
				line.Held, dates.Class = "yes", "good"
			}
		}
		c.Moments = append(c.Moments, dates)
		view.Lines = append(view.Lines, line)
	}
	last := list[len(list)-1]
	if came, ok := format.DateOf(last.Came); ok {
		c.Dates = append(c.Dates, chart.ToldDate{Y: *placeAt(axis, last.Came), Name: "came " + subject.ShortDate(came),
			Short: "came",
			Class: "s-exp"})
	}
	reading := format.Capital(readingOfTold(view.Lines, held, judged))
	c.Title = "Dates told of " + s.Name.String() + " week by week. " + reading + "."
	view.Figure = &frame.Figure{Reading: reading, SVG: frame.HTML(c.SVG()),
		Note: "Each line reaches from the 50" + format.Thin + "% date, a ring, to the 85" + format.Thin +
			"% date, as told at the end of that Sunday; later is higher. A ring alone: no 85" + format.Thin +
			"% date is near enough to be told."}
	if judged > 0 {
		view.Opened = frame.OpenFigures(reading, [2]string{fmt.Sprint(held), "told-dates"})
	} else if last := view.Lines[len(view.Lines)-1].P85; strings.Contains(reading, last) {
		view.Opened = frame.OpenFigures(reading, [2]string{view.Lines[0].P85, "told-dates"},
			[2]string{last, "told-dates"})
	}
	opened := []frame.Explanation{drawer.Of("told-dates", onpage.DatesTold(s.Team, q, list), s.Jira)}
	return view, drawer.Addressed(opened, s.Team, q.At, "quarter", q.Quarter)
}

// readingOfTold says how the dates held, or between what they moved.
func readingOfTold(lines []toldLine, held, judged int) string {
	if judged > 0 {
		return fmt.Sprintf("%d of %s told at 85%s%% held", held, format.Plural(judged, "date"), format.Thin)
	}
	first, last := lines[0], lines[len(lines)-1]
	if first.P85 == "–" || last.P85 == "–" {
		return fmt.Sprintf("Told on %s: %s; on %s: %s", first.On, toldOrNot(first.P85), last.On, toldOrNot(last.P85))
	}
	if first.P85 == last.P85 {
		return fmt.Sprintf("The 85%s%% date is where it was on %s", format.Thin, first.On)
	}
	return fmt.Sprintf("Told on %s: %s; on %s: %s", first.On, first.P85, last.On, last.P85)
}

// toldOrNot writes a date, or that none was told.
func toldOrNot(date string) string {
	if date == "–" {
		return "no 85" + format.Thin + "% date"
	}
	return date
}

// mostDaysShown is how many days after the end of a quarter a date may lie and still be drawn at its place; a later
// one stands at the edge.
const mostDaysShown = 274

// axisOfTold is as long as the quarter and all that was told of it need.
func axisOfTold(s subject.Subject, list []outlook.PastForecast) frame.DateAxis {
	axis := frame.DateAxis{From: s.First, To: s.Last.Add(7)}
	for _, one := range list {
		for _, text := range []*string{one.P50, one.P85, one.Came} {
			date, ok := format.DateOf(text)
			if ok && axis.To.Before(date) {
				axis.To = date.Add(7)
			}
			if ok && date.Before(axis.From) {
				axis.From = date
			}
		}
	}
	if most := s.Last.Add(mostDaysShown); most.Before(axis.To) {
		axis.To = most
	}
	return axis
}

// placeAt is the place of a date on the axis, at its edge where it lies beyond; nil for a date that is not told.
func placeAt(axis frame.DateAxis, text *string) *float64 {
	x := axis.PlaceOf(text)
	if x != nil {
		*x = min(max(*x, 0), 1)
	}
	return x
}

// mostTicks is how many months an axis of dates names at most.
const mostTicks = 6

// listTicks names the beginnings of months, every so many.
func listTicks(a frame.DateAxis) []chart.ToldDate {
	every := 1 + a.From.DaysUntil(a.To)/(30*mostTicks)
	var out []chart.ToldDate
	month := time.Date(a.From.Year, a.From.Month, 1, 0, 0, 0, 0, time.UTC)
	for n := 0; ; n += every {
		at := month.AddDate(0, n, 0)
		first := calendar.DateOf(at, time.UTC)
		if a.To.Before(first) {
			return out
		}
		if !first.Before(a.From) {
			out = append(out, chart.ToldDate{Y: a.PositionOf(first), Name: at.Format("Jan")})
		}
	}
}

// DrawRecord draws a dot for each past forecast of work that was about as large: how long it took, in percent of the
// working days told at 85 %. nil where there is none.
func DrawRecord(c outlook.Calibration) *frame.Figure {
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
			Title: fmt.Sprintf("told on %s %d: %s, took %d", format.DateWord(on), on.Year, format.WorkingDays(dot.P85),
				dot.Took),
			Link: "#explain-record"})
	}
	held := c.At[2]
	reading := fmt.Sprintf("%d of %d took no longer than was told", held.Held, held.Of)
	d.Title = "What past forecasts took, in percent of the working days told at 85 %. " + reading + "."
	return &frame.Figure{Reading: reading, SVG: frame.HTML(d.SVG()),
		Opened: frame.OpenFigures(reading, [2]string{fmt.Sprint(held.Held), "record"})}
}

// Rows are what was told of the quarter week by week for other programs.
func Rows(s subject.Subject) [][]string {
	rows := [][]string{{"at", "p50", "p85", "odds", "came", "held"}}
	for _, one := range outlook.PastForecasts(s.Team, s.Name, s.At) {
		rows = append(rows, []string{one.At.Format(time.RFC3339Nano), format.Cell(one.P50), format.Cell(one.P85),
			format.Cell(one.Odds), format.Cell(one.Came), format.Cell(one.Held)})
	}
	return rows
}
