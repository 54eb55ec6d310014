package outlook

import (
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/forecast"
	"jerem/measure/grade"
	"jerem/measure/internal/roadmap"
	"jerem/measure/outlook/inputs"
	"jerem/measure/outlook/workdays"
)

// Question is what a forecast is asked. Exactly one of Quarter, Epic, Sprint and Remaining is set, none where
// only By is.
type Question struct {
	Quarter   *roadmap.QuarterName
	Epic      string // key
	Sprint    int64
	Remaining *float64
	By        *calendar.Date // how much by then

	Issues   bool           // count issues, whatever the team estimates in
	Scope    float64        // what if: so much more or less is left
	Pace     float64        // what if: all is done so many times as fast; 0 for as it is
	Without  []string       // what if: these epics are left out, by key
	Deadline *calendar.Date // what if: it is due then
	Since    time.Time      // what moved since then; zero for a week ago
}

// EpicOf asks when an epic is done, judged by the end of one of its quarters: one that is carried over is due later in
// the view of the next quarter than in that of the present one.
func EpicOf(team *measure.Team, key string, name roadmap.QuarterName, at time.Time) Question {
	q := Question{Epic: key}
	epic, known := team.Index.Lookup(key)
	if !known {
		return q
	}
	if due, ok := inputs.DueQuarter(team.Roadmap, epic, at); !ok || due != name {
		_, last := team.Roadmap.Dates(name)
		q.Deadline = &last
	}
	return q
}

// Forecast tells when work will be done, with its odds and its record, as of a moment. Dates that cannot be told, or
// lie beyond four horizons, are nil.
type Forecast struct {
	At          time.Time      `json:"at"`
	Unit        agile.Unit     `json:"unit"`
	Remaining   *float64       `json:"remaining"`
	Unestimated *int           `json:"unestimated"` // issues that draw a size; nil where issues or a number are asked
	Trials      int            `json:"trials"`
	Seed        int64          `json:"seed"`
	HistoryDays int            `json:"history_days"` // working days that are drawn from
	By          *string        `json:"by,omitempty"`
	Amounts     *Amounts       `json:"amounts,omitempty"`
	Deadline    *string        `json:"deadline"`
	Odds        *float64       `json:"odds"`
	State       string         `json:"state"` // done, on_track, at_risk, unlikely or unknown
	Why         string         `json:"why,omitempty"`
	Dates       LevelDates     `json:"dates"`
	PaceAlone   LevelDates     `json:"pace_alone"`
	WorkingDays LevelDays      `json:"working_days"`
	Bulk        []Bulk         `json:"bulk_closings"`
	Fan         []FanDay       `json:"fan"`
	Calibration Calibration    `json:"calibration"`
	Moved       *Moved         `json:"moved"`
	Price       *Price         `json:"price"`
	Rest        *workdays.Rest `json:"rest,omitempty"` // nil where none is owed
	Quality     grade.Quality  `json:"quality"`

	reasons    grade.Reasons // what is to be said against its figures
	projection *projection   // what it is made from, for its explanation
	byDate     *calendar.Date
}

// ScopeGrows tells whether the trials draw how the scope grew: that of a number that is asked does not grow.
func (f *Forecast) ScopeGrows() bool { return f.projection != nil && f.projection.work.Growth != nil }

// The states of a forecast. On track from odds of 85 %, at risk from 25 %.
const (
	StateDone     = "done"
	StateOnTrack  = "on_track"
	StateAtRisk   = "at_risk"
	StateUnlikely = "unlikely"
	StateUnknown  = "unknown"

	onTrackFrom, atRiskFrom = 0.85, 0.25
)

// LevelDates are the dates by which work is done with odds of 50, 70, 85 and 95 %.
type LevelDates struct {
	P50 *string `json:"p50"`
	P70 *string `json:"p70"`
	P85 *string `json:"p85"`
	P95 *string `json:"p95"`
}

// LevelDays are the same in working days from now, 1 being today while its working hours last.
type LevelDays struct {
	P50 *int `json:"p50"`
	P70 *int `json:"p70"`
	P85 *int `json:"p85"`
	P95 *int `json:"p95"`
}

// Amounts are what is done by a date with odds of 50, 70, 85 and 95 %: at least so much.
type Amounts struct {
	P50 float64 `json:"p50"`
	P70 float64 `json:"p70"`
	P85 float64 `json:"p85"`
	P95 float64 `json:"p95"`
	// Note says which of them end with the last date that is told, and not with the one that is asked.
	Note string `json:"note,omitempty"`
}

// Bulk is a day on which more was finished than a day is taken to bring.
type Bulk struct {
	Date     string  `json:"date"`
	Amount   float64 `json:"amount"`
	CappedTo float64 `json:"capped_to"`
}

// FanDay is how much is done by the end of a day at the quantiles of the corrected distribution, what is done already
// included.
type FanDay struct {
	Date string  `json:"date"`
	P05  float64 `json:"p05"`
	P15  float64 `json:"p15"`
	P30  float64 `json:"p30"`
	P50  float64 `json:"p50"`
	P70  float64 `json:"p70"`
	P85  float64 `json:"p85"`
	P95  float64 `json:"p95"`
}

// RestAhead is the rest that call-outs owe on the working days ahead.
type RestAhead = workdays.Rest

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
	if !f.hasSimulation() || f.projection.scope.Deadline == nil {
		return basis, 0, false
	}
	days = f.projection.ahead.DaysUntil(*f.projection.scope.Deadline)
	return f.projection.corrected.OddsBasis(f.projection.base.Median(), days), days, true
}

// AmountBasis is what an amount by a date rests on.
type AmountBasis struct {
	Days   int // working days to the date
	Median int // the greatest median whose shown days at the odds are not more; the amount is what it stands for
	Shown  int // those days

	Cut bool // more is done by the date, of which no date is told
}

// AmountBasis returns what an amount at given odds is made from; false where none is told.
func (f *Forecast) AmountBasis(odds float64) (b AmountBasis, ok bool) {
	if f.Amounts == nil || f.byDate == nil {
		return b, false
	}
	o := f.projection
	b.Days = o.ahead.DaysUntil(*f.byDate)
	b.Median = o.corrected.Within(odds, b.Days)
	b.Shown, b.Cut = o.corrected.Days(odds, b.Median), o.cutsAmount(odds, b.Median, b.Days)
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
	if date, ok := f.projection.ahead.DateOf(n); ok {
		return date.String()
	}
	return ""
}

// WorkingDaysTo counts the working days of a forecast to a date, the date included.
func (f *Forecast) WorkingDaysTo(date calendar.Date) int { return f.projection.ahead.DaysUntil(date) }

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
		out.PriceDays = pricing{o, sumLostTime(o)}.priceOfAll().Days
	}
	return out, nil
}

// level85 is the place of the 85 % among the levels.
var level85 = len(forecast.Levels) - 2
