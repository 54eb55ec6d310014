package roadmap

import (
	"jerem/calendar"
	"jerem/chart"
	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/roadmap/subject"
)

// Past the quarter's end the axis of the burnup goes on for so many days at most, and so many after the 85 % date.
const (
	mostDaysBeyond = 92
	daysAfterDate  = 4
)

// hasForecastDate tells whether the forecast tells an 85 % date.
func hasForecastDate(p *page) bool {
	return p.Forecast != nil && p.Forecast.F != nil && p.Forecast.F.Dates.P85 != nil
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

// addDates marks the 50 and the 85 % date of a forecast on the scope carried on; opens is what the addresses of their
// explanations begin with.
func addDates(b *chart.Burnup, s subject.Subject, f *outlook.Forecast, n float64, opens string) {
	for _, date := range []struct {
		odds string
		text *string
	}{{"50", f.Dates.P50}, {"85", f.Dates.P85}} {
		if d, ok := format.DateOf(date.text); ok && placeOfDay(s, d, n) <= 1 && placeOfDay(s, d, n) >= b.End {
			b.Dates = append(b.Dates, chart.DateMark{X: placeOfDay(s, d, n),
				Name: date.odds + format.Thin + "% " + subject.ShortDate(d), Link: opens + date.odds})
		}
	}
}
