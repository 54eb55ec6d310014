package roadmap

import (
	"fmt"
	"time"

	"jerem/calendar"
	"jerem/chart"
	"jerem/measure/explain"
	"jerem/measure/explain/onpage"
	"jerem/measure/outlook"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/waterfall"
	"jerem/web/roadmap/callouts"
	"jerem/web/roadmap/subject"
	"jerem/web/roadmap/told"
)

// forecastView is what the roadmap tells of the forecast. Of a quarter that is over it tells what was said and what
// came.
type forecastView struct {
	F      *outlook.Forecast // nil for a quarter that is over
	Tiles  []frame.Tile
	Record record
	Moved  waterfall.Sum
	Price  waterfall.Price
}

// record is how often dates like these held.
type record struct {
	Reading string
	Lines   []recordLine
	Note    string
	Dots    *frame.Figure // nil where no such date has come
}

type recordLine struct{ P, Held, Share, Between string }

// fillForecast fills in the forecast of the quarter.
func (p *page) fillForecast(s subject.Subject) {
	if s.QuarterIsOver() {
		p.fillOutcome(s)
		return
	}
	at := s.At
	f, err := outlook.Ask(s.Team, outlook.Question{Quarter: &s.Name}, at)
	if err != nil {
		return
	}
	o := &forecastView{F: f}
	p.Forecast = o
	until := format.DateWord(s.Last)
	v := format.Verdicts[f.State]
	odds := frame.Tile{Name: "Odds by " + until, Value: format.OddsWord(f.Odds), Explain: "odds", Verdict: &v,
		Note: f.Why}
	if f.State == outlook.StateDone {
		odds.Value, odds.Note = "done", "nothing remains"
	}
	o.Tiles = []frame.Tile{odds, dateTile(p, "50", f.Dates.P50, f.WorkingDays.P50, f, at),
		dateTile(p, "85", f.Dates.P85, f.WorkingDays.P85, f, at), recordTile(p, f)}
	if f.Dates.P85 != nil {
		o.Tiles[2].Note = explain.PaceAndRecord(f, format.LikelyDate(f.PaceAlone.P85, at),
			format.LikelyDate(f.Dates.P85, at))
	}
	o.fillRecord(f)
	o.Moved = waterfall.OfMove(f, p.W)
	o.Price = waterfall.OfPrice(s.Team, f, waterfall.Links{CSV: p.File("price.csv"),
		Issue: func(key string) string { return frame.IssueAddress(s.Ask.Base, key, s.Ask.KeptQuery()) }})
	p.Explains = append(p.Explains, drawer.Forecast(s.Team, f, s.Jira, "quarter", s.Name.String())...)
	p.fillOnCall(s, f)
}

// dateTile tells the date by which the quarter's work is done with given odds.
func dateTile(p *page, odds string, date *string, days *int, f *outlook.Forecast, at time.Time) frame.Tile {
	t := frame.Tile{Name: odds + format.Thin + "% date", Value: format.LikelyDate(date, at), Explain: "date-" + odds}
	switch {
	case f.State == outlook.StateDone:
		t.Note = "nothing remains"
	case f.Why != "":
		t.Note = f.Why
	case date == nil:
		t.Note = "further away than can be told"
	default:
		t.Note = "in " + format.WorkingDays(*days)
	}
	return t
}

func recordTile(p *page, f *outlook.Forecast) frame.Tile {
	c := f.Calibration
	t := frame.Tile{Name: "Record of 85" + format.Thin + "% dates", Value: "–", Explain: "record",
		Note: explain.RecordInWords(c)}
	if held := c.At[2]; held.Of > 0 {
		t.Value, t.Unit = fmt.Sprint(held.Held), fmt.Sprintf("of %d held", held.Of)
		t.Note = "replayed from the past, for work of about " + format.WorkingDays(c.Horizon)
		if borrowed := explain.BorrowedInWords(c); borrowed != "" {
			t.Note += "; " + borrowed
		}
	}
	return t
}

// fillRecord lists how often dates of each odds held.
func (o *forecastView) fillRecord(f *outlook.Forecast) {
	c := f.Calibration
	o.Record.Reading = format.Capital(explain.RecordInWords(c))
	if c.At[2].Of == 0 {
		o.Record.Note = "The first outcomes come about a year after the team's first finish: forecasts are replayed " +
			"from its 250th working day on."
		return
	}
	for _, at := range c.At {
		p := at.P
		line := recordLine{P: format.Percent(&p), Held: fmt.Sprintf("%d of %d", at.Held, at.Of),
			Share: format.Percent(at.Share), Between: "–"}
		if at.Low != nil && at.High != nil {
			line.Between = format.Percent(at.Low) + " to " + format.Percent(at.High)
		}
		o.Record.Lines = append(o.Record.Lines, line)
	}
	o.Record.Note = fmt.Sprintf("Replayed from the past for work of about %s: %s over %s. Those that overlap are "+
		"not independent.",
		format.WorkingDays(c.Horizon), format.Plural(c.Forecasts, "forecast"), format.Plural(c.Quarters, "quarter"))
	o.Record.Dots = told.DrawRecord(c)
}

// fillOutcome tells of a quarter that is over what was told at its middle and what came.
func (p *page) fillOutcome(s subject.Subject) {
	at := s.At
	came, told := outlook.OutcomeOf(s.Team, s.Name, at)
	o := &forecastView{}
	p.Forecast = o
	done := frame.Tile{Name: "Came", Value: format.LikelyDate(came, at), Explain: "came",
		Note: "when nothing of the quarter remained"}
	if came == nil {
		done.Value, done.Note = "not done", "something of the quarter still remains"
	}
	before := frame.Tile{Name: "85" + format.Thin + "% date, told at the middle", Value: "–", Explain: "told",
		Note: "nothing could be told then"}
	odds := frame.Tile{Name: "Odds, told at the middle", Value: "–", Explain: "told",
		Note: "nothing could be told then"}
	switch {
	case told.WasDone(came):
		before.Value, before.Note = "done", "by "+p.W.Day(told.At)
		odds.Value, odds.Note = before.Value, before.Note
	case told != nil && (told.P85 != nil || told.Odds != nil):
		then := "on " + p.W.Day(told.At)
		before.Value, before.Note = format.LikelyDate(told.P85, at), then
		odds.Value, odds.Note = format.OddsWord(told.Odds), then
	}
	o.Tiles = []frame.Tile{odds, before, done}
	opened, cameOpened := onpage.Outcome(s.Team, p.Q, came, told)
	p.open(s, "told", opened)
	p.open(s, "came", cameOpened)
}

// Past the quarter's end the axis of the burnup goes on for so many days at most, and so many after the 85 % date.
const (
	mostDaysBeyond = 92
	daysAfterDate  = 4
)

// hasForecastDate tells whether the forecast tells an 85 % date.
func hasForecastDate(p *page) bool {
	return p.Forecast != nil && p.Forecast.F != nil && p.Forecast.F.Dates.P85 != nil
}

// hasForecastOdds tells whether the forecast tells odds of work that is not done: with or without a date.
func hasForecastOdds(p *page) bool {
	return p.Forecast != nil && p.Forecast.F != nil && p.Forecast.F.Odds != nil &&
		p.Forecast.F.State != outlook.StateDone
}

// axisEnd returns the last day of the burnup: that of the quarter, or a few days after the 85 % date where that is
// later.
func axisEnd(p *page, s subject.Subject) calendar.Date {
	if !hasForecastDate(p) {
		return s.Last
	}
	date, _ := format.DateOf(p.Forecast.F.Dates.P85)
	if !s.Last.Before(date) {
		return s.Last
	}
	if most := s.Last.Add(mostDaysBeyond); most.Before(date.Add(daysAfterDate)) {
		return most
	}
	return date.Add(daysAfterDate)
}

// drawFan adds the outcomes of the forecast, no more than the scope, with its dates.
func drawFan(p *page, b *chart.Burnup, s subject.Subject, n float64) {
	if p.Forecast == nil || p.Forecast.F == nil || len(p.Forecast.F.Fan) == 0 || p.Q.Remaining <= 0 {
		return
	}
	f, w := p.Forecast.F, p.W
	y := func(amount float64) float64 { return w.Scale(min(amount, p.Q.Total)) }
	done := y(p.Q.Done)
	b.Fan = []chart.FanPoint{{X: b.End, P05: done, P15: done, P30: done, P50: done, P70: done, P85: done, P95: done}}
	for _, day := range f.Fan {
		d, ok := format.DateOf(&day.Date)
		if at := placeOfDay(s, d, n); ok && at > b.End && at <= 1 {
			b.Fan = append(b.Fan, chart.FanPoint{X: at, P05: y(day.P05), P15: y(day.P15), P30: y(day.P30),
				P50: y(day.P50),
				P70: y(day.P70), P85: y(day.P85), P95: y(day.P95)})
		}
	}
	if len(b.Fan) < 2 {
		b.Fan = nil
		return
	}
	addDates(b, s, f, n, "#explain-date-")
}

// placeOfDay is the place of the end of a day on an axis of so many days.
func placeOfDay(s subject.Subject, d calendar.Date, n float64) float64 {
	return float64(s.First.DaysUntil(d)+1) / n
}

// addDates marks the 50 and the 85 % date of a forecast on the scope carried on, and tells the 85 % date at the edge
// where the axis ends before it; opens is what the addresses of their explanations begin with.
func addDates(b *chart.Burnup, s subject.Subject, f *outlook.Forecast, n float64, opens string) {
	for _, date := range []struct {
		odds string
		text *string
	}{{"50", f.Dates.P50}, {"85", f.Dates.P85}} {
		d, ok := format.DateOf(date.text)
		if !ok {
			continue
		}
		mark := chart.DateMark{X: placeOfDay(s, d, n), Name: date.odds + format.Thin + "% " + subject.ShortDate(d),
			Link: opens + date.odds}
		switch {
		case mark.X < b.End:
		case mark.X <= 1:
			b.Dates = append(b.Dates, mark)
		case date.odds == "85":
			mark.Name += fmt.Sprintf(" %d →", d.Year)
			b.Beyond = mark
		}
	}
}

// fillOnCall fills in what call-outs cost by a forecast; nothing where nobody is on call for the team.
func (p *page) fillOnCall(s subject.Subject, f *outlook.Forecast) {
	if f.Price == nil || f.Price.OnCall == nil {
		return
	}
	p.OnCall = callouts.Of(f)
	p.Explains = append(p.Explains, drawer.OnCallPrice(s.Team, f, s.Jira, "quarter", p.Q.Quarter)...)
}
