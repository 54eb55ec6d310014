package outlook

import (
	"time"

	"jerem/measure/forecast"
)

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
	out := Figures{Dates: f.Dates, Odds: f.Odds, Held: o.judgeRecord().At[level85].Share}
	if !o.nothingLeft() {
		out.PriceDays = o.priceOfAll(gatherLostTime(o.team.Impediments, o.past.days, o.at)).Days
	}
	return out, nil
}

// level85 is the place of the 85 % among the levels.
var level85 = len(forecast.Levels) - 2
