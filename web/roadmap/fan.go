package roadmap

import (
	"fmt"
	"time"

	"jerem/calendar"
	"jerem/chart"
	"jerem/measure"
	"jerem/measure/outlook"
	"jerem/web/format"
)

// Past the quarter's end the axis of the burnup goes on for so many days at most, and so many after the 85 % date.
const (
	mostDaysBeyond = 92
	daysAfterDate  = 4
)

// hasForecastDate tells whether the forecast tells an 85 % date.
func (p *page) hasForecastDate() bool {
	return p.Forecast != nil && p.Forecast.F != nil && p.Forecast.F.Dates.P85 != nil
}

// axisEnd returns the last day of the burnup: that of the quarter, or a few days after the 85 % date where that is
// later.
func axisEnd(p *page, last calendar.Date) calendar.Date {
	if !p.hasForecastDate() {
		return last
	}
	date, _ := format.DateOf(p.Forecast.F.Dates.P85)
	if date = date.Add(daysAfterDate); !last.Before(date.Add(-daysAfterDate)) {
		return last
	}
	if most := last.Add(mostDaysBeyond); most.Before(date) {
		return most
	}
	return date
}

// drawFan adds the outcomes of the forecast, no more than the scope, with its dates and the quarter's end.
func (p *page) drawFan(b *chart.Burnup, first, last calendar.Date, n float64) {
	if p.Forecast == nil || p.Forecast.F == nil || len(p.Forecast.F.Fan) == 0 || p.Q.Remaining <= 0 {
		return
	}
	f, w := p.Forecast.F, p.W
	x := func(d calendar.Date) float64 { return float64(first.DaysUntil(d)+1) / n }
	y := func(amount float64) float64 { return w.Scale(min(amount, p.Q.Total)) }
	done := y(p.Q.Done)
	b.Fan = []chart.FanPoint{{X: b.End, P05: done, P15: done, P30: done, P50: done, P70: done, P85: done, P95: done}}
	for _, day := range f.Fan {
		d, ok := format.DateOf(&day.Date)
		if at := x(d); ok && at > b.End && at <= 1 {
			b.Fan = append(b.Fan, chart.FanPoint{X: at, P05: y(day.P05), P15: y(day.P15), P30: y(day.P30),
				P50: y(day.P50),
				P70: y(day.P70), P85: y(day.P85), P95: y(day.P95)})
		}
	}
	if len(b.Fan) < 2 {
		b.Fan = nil
		return
	}
	for _, date := range []struct {
		odds string
		text *string
	}{{"50", f.Dates.P50}, {"85", f.Dates.P85}} {
		if d, ok := format.DateOf(date.text); ok && x(d) <= 1 && x(d) >= b.End {
			b.Dates = append(b.Dates, chart.DateMark{X: x(d),
				Name: date.odds + format.Thin + "% " + d.In(time.UTC, 0).Format("2 Jan")})
		}
	}
	due := x(last)
	b.Deadline, b.DueName = &due, "ends "+last.In(time.UTC, 0).Format("2 Jan")
}

// fillEpicDates tells of each epic by when it is likely done: epics are taken one after the other.
func (p *page) fillEpicDates(team *measure.Team, at time.Time) {
	if p.Forecast == nil || p.Forecast.F == nil {
		return
	}
	inquiry := outlook.About(team)
	for i := range p.Lines {
		line := &p.Lines[i]
		f, err := inquiry.AskDates(outlook.Question{Epic: line.Key}, at)
		if err != nil {
			continue
		}
		line.Verdict, line.Likely, line.Odds = format.Verdicts[f.State], format.LikelyDate(f.Dates.P85,
			at), format.OddsWord(f.Odds)
		switch f.State {
		case outlook.StateDone:
			line.Likely, line.Odds = "done", ""
		case outlook.StateUnknown:
			line.Odds = "cannot tell"
		}
	}
}

// epicOdds opens the forecast of an epic.
func epicOdds(line epicLine) string {
	if line.Likely == "" || line.Likely == "done" {
		return ""
	}
	return fmt.Sprintf("85 %% date %s, odds by the quarter's end %s; epics are taken one after the other: those "+
		"begun by the start of their first issue, then the others by key", line.Likely, line.Odds)
}
