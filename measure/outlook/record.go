package outlook

import (
	"fmt"
	"math"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/forecast"
	"jerem/measure/internal/amount"
	"jerem/measure/internal/roadmap"
)

// ownEnough is the number of own forecasts from which on a record stands for itself.
const ownEnough = 20

// Calibration tells how often the dates of past forecasts held, at the horizon next to the one asked.
type Calibration struct {
	Horizon   int              `json:"horizon"`   // working days
	Forecasts int              `json:"forecasts"` // replayed, their outcome known
	Quarters  int              `json:"quarters"`  // distinct ones: forecasts that overlap are not independent
	Own       int              `json:"own"`       // outcomes of the team that correct the dates
	Prior     int              `json:"prior"`     // pseudo-outcomes of other projects beside them
	At        []CalibrationAt  `json:"at"`
	ByHorizon []HorizonHits    `json:"by_horizon"` // of every horizon, that of At among them
	Pinball   []PinballAt      `json:"pinball"`    // of the forecasts of At
	Dots      []CalibrationDot `json:"dots"`
}

// HorizonHits is how often the dates of forecasts of a length held.
type HorizonHits struct {
	Horizon int             `json:"horizon"` // working days
	At      []CalibrationAt `json:"at"`
}

// PinballAt is the mean loss of the dates of given odds, in parts of the horizon: each day that the outcome lay beyond
// the date costs the odds, each day short of it what they lack to 1. Nil where no outcome is known.
type PinballAt struct {
	P    float64  `json:"p"`
	Loss *float64 `json:"loss"`
}

// CalibrationAt is how often the date of given odds held, with the interval of Wilson at 95 %.
type CalibrationAt struct {
	P     float64  `json:"p"`
	Held  int      `json:"held"`
	Of    int      `json:"of"`
	Share *float64 `json:"share"`
	Low   *float64 `json:"low"`
	High  *float64 `json:"high"`
}

// CalibrationDot is a past forecast: what was told at 85 % and what came.
type CalibrationDot struct {
	Date string  `json:"date"` // as of the beginning of this day
	Work float64 `json:"work"`
	P50  int     `json:"p50"` // working days shown
	P85  int     `json:"p85"`
	Took int     `json:"took"`
	Held bool    `json:"held"`
}

// horizon is the place of the horizon next to the median asked; of 20 days where none is.
func (o *projection) horizon() int {
	median := 20
	if len(o.base.Days) > 0 {
		median = o.base.Median()
	}
	return forecast.NearestHorizon(median)
}

// HasOwnRecord tells whether outcomes of the team correct the dates, and not those of other projects alone.
func (f *Forecast) HasOwnRecord() bool {
	own := f.Calibration.Own
	if f.projection != nil { // the calibration itself is not asked by every forecast
		own, _ = f.projection.corrected.Own(f.projection.horizon())
	}
	return own > 0
}

// judgeRecord judges the record at the horizon next to the median asked, or over all of them where none is.
func judgeRecord(o *projection) Calibration {
	horizon := o.horizon()
	c := Calibration{Horizon: forecast.Horizons[horizon], Dots: []CalibrationDot{}}
	c.Own, c.Prior = o.corrected.Own(horizon)
	var hits [len(forecast.Horizons)][len(forecast.Levels)]forecast.Hits
	var loss [len(forecast.Levels)]float64
	quarters := map[roadmap.QuarterName]bool{}
	for _, told := range o.record {
		if told.Known > len(o.past.Throughput) {
			continue
		}
		for level := range forecast.Levels {
			hits[told.Horizon][level].Count(told.Held(level))
		}
		if told.Horizon != horizon {
			continue
		}
		c.Forecasts++
		date := o.past.Days[told.Day]
		quarters[o.team.Roadmap.QuarterAt(date.Midnight(o.team.Index.History.Team.Calendar.Zone))] = true
		for level, p := range forecast.Levels {
			loss[level] += forecast.Pinball(p, told.Shown[level], told.Days) / float64(c.Horizon)
		}
		c.Dots = append(c.Dots, CalibrationDot{date.String(), amount.Tidy(told.Work), told.Shown[0], told.Shown[2],
			told.Days, told.Held(2)})
	}
	c.Quarters = len(quarters)
	c.At = hitsAt(hits[horizon])
	for n, days := range forecast.Horizons {
		c.ByHorizon = append(c.ByHorizon, HorizonHits{days, hitsAt(hits[n])})
	}
	for level, p := range forecast.Levels {
		c.Pinball = append(c.Pinball, PinballAt{p, amount.Share(loss[level], float64(c.Forecasts))})
	}
	return c
}

func hitsAt(hits [len(forecast.Levels)]forecast.Hits) []CalibrationAt {
	var out []CalibrationAt
	for level, p := range forecast.Levels {
		out = append(out, calibrationAt(p, hits[level]))
	}
	return out
}

func calibrationAt(p float64, hits forecast.Hits) CalibrationAt {
	at := CalibrationAt{P: p, Held: hits.Held, Of: hits.Of}
	if hits.Of > 0 {
		share := hits.Share()
		low, high := hits.Wilson()
		at.Share, at.Low, at.High = &share, &low, &high
	}
	return at
}

// PastForecast is what was told of a quarter at an earlier moment, and what came.
type PastForecast struct {
	At   time.Time `json:"at"`
	P50  *string   `json:"p50"`
	P85  *string   `json:"p85"`
	Odds *float64  `json:"odds"`
	Came *string   `json:"came"` // the date on which the quarter's work was done; nil while it is not
	Held *bool     `json:"held"` // it came by the 85 % date; nil while that cannot be told
}

// PastForecasts lists what was told of a quarter at the end of each week of it, up to a moment, oldest first.
func PastForecasts(team *measure.Team, name roadmap.QuarterName, at time.Time) []PastForecast {
	span := team.Roadmap.Span(name)
	came := doneOn(team, span, at, takeAll)
	out := []PastForecast{}
	zone := team.Index.History.Team.Calendar.Zone
	sunday := span.First
	for sunday.Weekday() != time.Sunday {
		sunday = sunday.Add(1)
	}
	for ; !span.Last.Before(sunday); sunday = sunday.Add(7) {
		told := sunday.Add(1).Midnight(zone).Add(-roadmap.Instant)
		if told.After(at) {
			break
		}
		f, err := likelyDates(team, name, told)
		if err != nil {
			continue
		}
		p := PastForecast{At: told.UTC(), P50: f.Dates.P50, P85: f.Dates.P85, Odds: f.Odds, Came: came}
		p.Held = dateHeld(f.Dates.P85, came, team.Index.Date(at))
		out = append(out, p)
	}
	return out
}

// likelyDates tells dates and odds of a quarter alone.
func likelyDates(team *measure.Team, name roadmap.QuarterName, at time.Time) (*Forecast, error) {
	return AskDates(team, Question{Quarter: &name}, at)
}

func takeAll(*agile.Issue) bool { return true }

// doneOn returns the date since which nothing is left of those epics of a quarter that are taken, as known at a moment;
// nil while something is. A quarter stands as of its end: what came into an epic after it, and what was done at it and
// was reopened since, is work of a later one.
func doneOn(team *measure.Team, span roadmap.QuarterSpan, at time.Time, take func(epic *agile.Issue) bool) *string {
	asOf := span.AsOf(at)
	var last time.Time
	for _, m := range team.Roadmap.EpicsOf(span.Name, asOf) {
		if !take(m.Issue) {
			continue
		}
		for id := range team.Index.IssuesOfEpic(m.Issue.ID, asOf) {
			history := team.Index.Histories.Of(id)
			done, ok := history.DoneSince(asOf)
			if now, _ := history.At(at); !ok && now.Epic != m.Issue.ID {
				continue // it was taken out of the epic
			}
			if !ok {
				done, ok = history.DoneSince(at)
			}
			if !ok {
				return nil
			}
			if done.After(last) {
				last = done
			}
		}
	}
	if last.IsZero() {
		return nil
	}
	date := team.Index.Date(last).String()
	return &date
}

// dateHeld tells whether what came, or did not come yet today, held a date.
func dateHeld(told, came *string, today calendar.Date) *bool {
	if told == nil {
		return nil
	}
	held := came != nil && *came <= *told
	if came == nil && today.String() <= *told {
		return nil
	}
	return &held
}

// fillAmounts fills in how much is done by a date: the greatest amount whose shown date is not after it.
func (o *projection) fillAmounts(f *Forecast, q Question) {
	if q.By == nil {
		return
	}
	days := o.ahead.DaysUntil(*q.By)
	var within [len(forecast.Levels)]int
	var cut []string
	for level, odds := range forecast.Levels {
		within[level] = o.corrected.Within(odds, days)
		if o.cutsAmount(odds, within[level], days) {
			cut = append(cut, fmt.Sprintf("%.0f %%", 100*odds))
		}
	}
	by := forecast.Amounts(o.work, within[:], forecastTrials)
	told := func(level int) float64 { return roundDown(o.unit.Unit, by[level]) }
	f.Amounts = &Amounts{P50: told(0), P70: told(1), P85: told(2), P95: told(3)}
	if len(cut) > 0 {
		f.Amounts.Note = "at " + strings.Join(cut, ", ") + " the amount ends with the last date that is told, four " +
			"horizons ahead: more may be done by the date that is asked"
	}
}

// cutsAmount tells whether an amount at given odds ends with the last date that is told, though more is done by that of
// some working days: its median is the greatest whose date is told.
func (o *projection) cutsAmount(odds float64, median, days int) bool {
	return o.corrected.Days(odds, median+1) <= days
}

// roundDown returns the greatest amount that can be told and is not above x: a whole number of issues, millionths of
// other units. An amount that is told for a date must be done by it, which it would not be where it was rounded up.
func roundDown(unit agile.Unit, x float64) float64 {
	parts := 1e6
	if unit == agile.Issues {
		parts = 1
	}
	if x*parts >= 1<<53 {
		return x
	}
	return math.Floor((x+forecast.Tolerance)*parts) / parts
}

// amountsOfProjection returns what the base has finished with even odds by the end of some working days.
func amountsOfProjection(o *projection, days []int, trials int) []float64 {
	amounts := forecast.Amounts(o.work, days, trials)
	for i := range amounts {
		amounts[i] = amount.Tidy(amounts[i])
	}
	return amounts
}

const (
	// mostFanDays is how far a fan reaches, in working days.
	mostFanDays = 240
	// fanPoints is the number of days that a fan shows at most.
	fanPoints = 60
)

// fanLevels are the odds of at least so much, for the quantiles 5 to 95 % of what is done.
var fanLevels = [7]float64{0.95, 0.85, 0.70, 0.50, 0.30, 0.15, 0.05}

// fanOfAmounts tells how much is done by the days to come, to the 95 % date or the deadline, whichever is later.
func fanOfAmounts(o *projection) []FanDay {
	if len(o.base.Days) == 0 || o.nothingLeft() {
		return []FanDay{}
	}
	last := forecast.Limit(o.base.Median())
	if days := o.shownDays(0.95); days != nil {
		last = *days
	}
	if o.scope.Deadline != nil {
		last = max(last, o.ahead.DaysUntil(*o.scope.Deadline))
	}
	last = min(last, mostFanDays)
	step := (last + fanPoints - 1) / fanPoints
	var days, within []int
	for day := step; day < last+step; day += step {
		day := min(day, last)
		days = append(days, day)
		for _, odds := range fanLevels {
			within = append(within, o.corrected.Within(odds, day))
		}
	}
	return fanDays(o, days, amountsOfProjection(o, within, fanTrials))
}

func fanDays(o *projection, days []int, amounts []float64) []FanDay {
	fan := []FanDay{}
	for i, day := range days {
		date, ok := o.ahead.DateOf(day)
		if !ok {
			break
		}
		at := func(level int) float64 {
			// what is taken before the epic that is asked for is done before it
			return amount.Tidy(o.scope.Done + max(0, amounts[i*len(fanLevels)+level]-o.scope.Earlier))
		}
		fan = append(fan, FanDay{date.String(), at(0), at(1), at(2), at(3), at(4), at(5), at(6)})
	}
	return fan
}
