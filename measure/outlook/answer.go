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
	epic, known := team.Lookup(key)
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
