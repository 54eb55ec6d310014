package outlook

import (
	"slices"

	"jerem/calendar"
	"jerem/measure/forecast"
	"jerem/measure/internal/amount"
	"jerem/measure/internal/naming"
	"jerem/measure/outlook/inputs"
	"jerem/sorting"
)

// This file tells what the figures of a forecast are made from, for their explanations.

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

// OpenPart is what is left of an epic, or of an issue of a sprint.
type OpenPart struct {
	Key    string
	Left   float64
	Issues []string // those without an estimate
}

// OpenParts tells what is left of what was asked, by epic, of a sprint by issue, in order of key; and by how much the
// question makes it more or less.
func (f *Forecast) OpenParts() (parts []OpenPart, change float64) {
	if f.projection == nil || f.Remaining == nil {
		return nil, 0
	}
	o := f.projection
	byKey, sum := map[string]*OpenPart{}, 0.0
	for _, one := range o.scope.Open() {
		key := o.team.Index.Key(one.Epic)
		if one.Epic == 0 {
			key = o.team.Index.Key(one.ID)
		}
		if byKey[key] == nil {
			byKey[key] = &OpenPart{Key: key}
		}
		byKey[key].Left += one.Estimate
		sum += one.Estimate
		if one.Unestimated {
			byKey[key].Issues = append(byKey[key].Issues, o.team.Index.Key(one.ID))
		}
	}
	for _, part := range byKey {
		part.Left = amount.Tidy(part.Left)
		slices.SortFunc(part.Issues, naming.CompareKeys)
		parts = append(parts, *part)
	}
	sorting.By(parts, func(a, b OpenPart) int { return naming.CompareKeys(a.Key, b.Key) })
	return parts, amount.Tidy(*f.Remaining - sum)
}

// PastDay is what was finished on a working day of the past.
type PastDay struct {
	Date   calendar.Date
	Amount float64
}

// pastDays are the working days of a past from one place to another.
func pastDays(o *projection, amounts forecast.Throughput, from int) []PastDay {
	out := make([]PastDay, len(amounts))
	for n, finished := range amounts {
		out[n] = PastDay{o.past.Days[from+n], amount.Tidy(finished)}
	}
	return out
}

// DrawnDays are the working days that a forecast draws from, oldest first, each with what is drawn for it.
func (f *Forecast) DrawnDays() []PastDay {
	if f.projection == nil {
		return nil
	}
	past := f.projection.past.Throughput
	return pastDays(f.projection, past.Window(), len(past)-past.WindowLength())
}

// DaysOfCap are the working days with a finish that tell what an ordinary day is.
func (f *Forecast) DaysOfCap() []PastDay {
	past := f.projection.past.Throughput
	days := past.CapDays()
	return slices.DeleteFunc(pastDays(f.projection, days, len(past)-len(days)), func(d PastDay) bool {
		return d.Amount <= 0
	})
}

// FinishedIssue is an issue with its estimate when it was finished.
type FinishedIssue struct {
	Key    string
	Amount float64
}

// FinishedOn lists what was finished on a working day that a forecast draws from.
func (f *Forecast) FinishedOn(date string) (out []FinishedIssue) {
	o := f.projection
	for _, one := range inputs.FinishedOn(o.unit, o.past, date, o.at, o.epicsOnly) {
		out = append(out, FinishedIssue{o.team.Index.Key(one.Issue), max(0, one.Estimate.Value)})
	}
	return out
}

// FanBasis is what an amount of a fan is made from.
type FanBasis struct {
	Day, Median             int // the working day, and the median whose date is not after it
	Done, Finished, Earlier float64
}

// FanBasis returns what the amount of a day of the fan is made from, by the place of its quantile.
func (f *Forecast) FanBasis(date string, place int) FanBasis {
	o := f.projection
	day, err := calendar.ParseMoment(date)
	if err != nil {
		return FanBasis{} // a fan writes dates in this very form
	}
	b := FanBasis{Day: o.ahead.DaysUntil(day.Date()), Done: o.scope.Done, Earlier: o.scope.Earlier}
	b.Median = o.corrected.Within(fanLevels[place], b.Day)
	b.Finished = amountsOfProjection(o, []int{b.Median}, fanTrials)[0]
	return b
}

// FanOdds returns the odds of the quantiles of a fan, in the order of its fields.
func FanOdds() []float64 { return fanLevels[:] }

// PastForecastBasis is a forecast of the record, with what came of it.
type PastForecastBasis struct {
	Date    string // as of the beginning of this day
	Quarter string
	Length  int // working days
	Work    float64
	Median  int
	Shown   []int // working days at each of the levels
	Took    int

	told forecast.Told
}

// Held tells whether the date of a level held.
func (b PastForecastBasis) Held(level int) bool { return b.told.Held(level) }

// Loss returns the loss of the date of a level, in parts of the length.
func (b PastForecastBasis) Loss(level int) float64 {
	return forecast.Pinball(forecast.Levels[level], b.Shown[level], b.Took) / float64(b.Length)
}

// Ratio is how much longer it took than was told.
func (b PastForecastBasis) Ratio() float64 { return b.told.Ratio() }

// Replayed lists the forecasts of the record of a length whose outcome is known, oldest first.
func (f *Forecast) Replayed(length int) (out []PastForecastBasis) {
	if f.projection == nil {
		return nil
	}
	o := f.projection
	zone := o.team.Index.History.Team.Calendar.Zone
	for _, told := range o.record {
		if forecast.Horizons[told.Horizon] != length || told.Known > len(o.past.Throughput) {
			continue
		}
		date := o.past.Days[told.Day]
		out = append(out, PastForecastBasis{Date: date.String(), Length: length, Work: amount.Tidy(told.Work),
			Quarter: o.team.Roadmap.QuarterAt(date.Midnight(zone)).String(), Median: told.P50, Shown: told.Shown[:],
			Took: told.Days, told: told})
	}
	return out
}

// DaysOfPace are the working days whose pace made the work of a past forecast, each with what is drawn for it.
func DaysOfPace(f *Forecast, b PastForecastBasis) []PastDay {
	days := f.projection.past.Throughput[:b.told.Day].PaceDays()
	return pastDays(f.projection, days, b.told.Day-len(days))
}

// DaysTaken are the working days that the work of a past forecast took, each with what was finished on it.
func DaysTaken(f *Forecast, b PastForecastBasis) []PastDay {
	first := b.told.Day
	return pastDays(f.projection, f.projection.past.Throughput[first:first+b.Took], first)
}

// ShownBasis returns what the days of a level that a past forecast showed are made from.
func ShownBasis(f *Forecast, b PastForecastBasis, level int) forecast.Basis {
	record := make([]forecast.Outcome, len(f.projection.record))
	for n, told := range f.projection.record {
		record[n] = told.Outcome
	}
	return forecast.Correct(record, b.told.Day, forecast.Shipped()).DaysBasis(forecast.Levels[level], b.Median)
}
