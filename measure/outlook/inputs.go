package outlook

import (
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/forecast"
)

// DaysBasis returns what the working days at given odds are made from; false where a forecast tells none.
func (f *Forecast) DaysBasis(odds float64) (forecast.Basis, bool) {
	if !f.hasSimulation() {
		return forecast.Basis{}, false
	}
	return f.projection.corrected.DaysBasis(odds, f.projection.base.Median()), true
}

// OddsBasis returns what the odds of a deadline are made from, and the working days to it; false where a forecast tells
// none.
func (f *Forecast) OddsBasis() (basis forecast.Basis, days int, ok bool) {
	if !f.hasSimulation() || f.projection.scope.deadline == nil {
		return basis, 0, false
	}
	days = f.projection.ahead.daysUntil(*f.projection.scope.deadline)
	return f.projection.corrected.OddsBasis(f.projection.base.Median(), days), days, true
}

// AmountBasis is what an amount by a date rests on.
type AmountBasis struct {
	Days   int // working days to the date
	Median int // the greatest median whose shown days at the odds are not more; the amount is what it stands for
	Shown  int // those days
}

// AmountBasis returns what an amount at given odds is made from; false where none is told.
func (f *Forecast) AmountBasis(odds float64) (b AmountBasis, ok bool) {
	if f.Amounts == nil || f.byDate == nil {
		return b, false
	}
	o := f.projection
	b.Days = o.ahead.daysUntil(*f.byDate)
	b.Median = o.corrected.Within(odds, b.Days)
	b.Shown = o.corrected.Days(odds, b.Median)
	return b, true
}

// PaceDays returns the working days in which the work is done in a share of the trials; false where a forecast tells
// none.
func (f *Forecast) PaceDays(odds float64) (int, bool) {
	if !f.hasSimulation() {
		return 0, false
	}
	return f.projection.base.Quantile(odds), true
}

func (f *Forecast) hasSimulation() bool {
	return f.projection != nil && len(f.projection.base.Days) > 0
}

// WorkingDay returns the date of the n-th working day of a forecast, 1 being today while its working hours last; ""
// where that lies too far ahead.
func (f *Forecast) WorkingDay(n int) string {
	if date, ok := f.projection.ahead.dateOf(n); ok {
		return date.String()
	}
	return ""
}

// WorkingDaysTo counts the working days of a forecast to a date, the date included.
func (f *Forecast) WorkingDaysTo(date calendar.Date) int { return f.projection.ahead.daysUntil(date) }

// Part is what a team has of an initiative, in issues.
type Part struct {
	Team         string
	Done, Issues int
}

// PartsOf returns what each team has of an initiative in a quarter, in the order of the teams; none where no epic
// belongs to it.
func PartsOf(teams []Asked, initiative string, name measure.QuarterName) []Part {
	var out []Part
	for _, asked := range teams {
		if part, ok := partOfInitiative(asked.Team, initiative, name, asked.At); ok {
			out = append(out, Part{asked.Team.History().Team.Name, part.issues - part.open, part.issues})
		}
	}
	return out
}

// Figures are the figures of a forecast that stand for themselves, as a series tells them. What cannot be told is nil.
type Figures struct {
	Dates     LevelDates
	Odds      *float64
	Held      *float64 // the share of past 85 % dates of this length that held
	PriceDays *int
}

// Figures tells the figures of a question: the same as [Ask], without what else an answer holds.
func (inquiry *Inquiry) Figures(q Question, at time.Time) (Figures, error) {
	o, err := inquiry.projectQuestion(q, at)
	if err != nil {
		return Figures{}, err
	}
	var f Forecast
	if !o.can {
		return Figures{}, nil
	}
	o.fillDates(&f)
	out := Figures{Dates: f.Dates, Odds: f.Odds, Held: judgeRecord(o).At[level85].Share}
	if !o.nothingLeft() {
		out.PriceDays = o.priceOfAll(gatherLostTime(o.team.Impediments, o.past.days, o.at)).Days
	}
	return out, nil
}

// level85 is the place of the 85 % among the levels.
var level85 = len(forecast.Levels) - 2
